"""Runs other people's programs on our files: each fills in, splits, merges or rewrites them as its users would."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
import pypdf
from pikepdf.form import CheckboxField, Form, RadioButtonGroup, TextField
from pypdf.generic import NameObject

from tests.support.fill_in_viewer import in_viewer

DRIVERS = Path(__file__).resolve().parent / "other_programs"
PDFBOX = ":".join(f"/usr/share/java/{jar}.jar" for jar in ("pdfbox2", "fontbox2", "commons-logging"))
_SECONDS = 120


@dataclass(frozen=True, slots=True)
class TypedValue:
    """What is to be put into a field: ``kind`` is text, tick or choice.

    ``label`` is its accessible name, ``corner`` the lower left one of its place, and ``page`` is counted from 0.
    """

    name: str
    kind: str
    value: str
    label: str
    corner: tuple[float, float]
    page: int


@dataclass(frozen=True, slots=True)
class Program:
    """A program by its name and version, with what it can do; each takes files, and writes another.

    Attributes:
        fill: puts values into the form of a file.
        others: what else it does, by the words for it.
    """

    name: str
    version: str
    fill: Callable[[Path, Path, Sequence[TypedValue]], None] | None = None
    others: Mapping[str, Callable[[Sequence[Path], Path], object]] | None = None


def run(*command: object, folder: Path | None = None) -> str:
    """What a command prints. Raises CalledProcessError: it failed."""
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    if done.returncode not in (0, 3):  # 3: qpdf has a warning
        raise subprocess.CalledProcessError(done.returncode, str(command[0]), done.stdout, done.stderr)
    return done.stdout + done.stderr


def programs(node: Path) -> list[Program]:
    """All of them; ``node`` is the folder with the packages of npm."""
    return [
        Program("pdf.js (Firefox)", _npm(node, "pdfjs-dist"), _by_node(node, "pdfjs.mjs", "pdfjs-dist")),
        Program("PDFium (Chrome, Edge)", version("pypdfium2"), _pdfium),
        Program("Poppler (Evince, Okular)", run("pdftotext", "-v").split()[2], _poppler, _POPPLER),
        Program("MuPDF", run("mutool", "-v").split()[-1], _mupdf, _MUPDF),
        *(
            Program(name, _npm(node, name), _by_node(node, "pdf_lib.mjs", name), _pdf_lib(node, name))
            for name in ("pdf-lib", "@cantoo/pdf-lib")
        ),
        Program("pypdf", version("pypdf"), _pypdf, {"merge": _pypdf_merge, "split": _pypdf_split}),
        Program("pikepdf", version("pikepdf"), _pikepdf),
        Program("PDFBox", "2.0.27", _pdfbox, {what: _pdfbox_does(what) for what in ("merge", "split", "flatten")}),
        Program("pdftk", run("pdftk", "--version").split()[3].strip("-"), _pdftk, _PDFTK),
        Program("qpdf", run("qpdf", "--version").split()[2], None, _QPDF),
        Program("Ghostscript", run("gs", "--version").strip(), None, {"rewrite": _gs}),
    ]


def _npm(node: Path, name: str) -> str:
    told: str = json.loads((node / "node_modules" / name / "package.json").read_text(encoding="utf-8"))["version"]
    return told


def _order(to: Path, sources: Sequence[Path], values: Sequence[TypedValue] = (), what: str = "fill") -> Path:
    order = {
        "from": list(map(str, sources)),
        "to": str(to),
        "what": what,
        "values": [asdict(value) for value in values],
    }
    path = to.with_suffix(".json")
    path.write_text(json.dumps(order), encoding="utf-8")
    return path


def _by_node(node: Path, driver: str, package: str) -> Callable[[Path, Path, Sequence[TypedValue]], None]:
    def fill(source: Path, to: Path, values: Sequence[TypedValue]) -> None:
        run("node", DRIVERS / driver, package, _order(to, [source], values), folder=node)

    return fill


def _pdf_lib(node: Path, package: str) -> dict[str, Callable[[Sequence[Path], Path], object]]:
    def does(what: str) -> Callable[[Sequence[Path], Path], object]:
        return lambda sources, to: run(
            "node", DRIVERS / "pdf_lib.mjs", package, _order(to, sources, what=what), folder=node
        )

    return {what: does(what) for what in ("merge", "split", "flatten", "rewrite")}


def _pdfium(source: Path, to: Path, values: Sequence[TypedValue]) -> None:
    to.write_bytes(in_viewer(source.read_bytes(), {value.name: value.value for value in values}))


def _poppler(source: Path, to: Path, values: Sequence[TypedValue]) -> None:
    run("/usr/bin/python3", DRIVERS / "poppler.py", _order(to, [source], values))


def _mupdf(source: Path, to: Path, values: Sequence[TypedValue]) -> None:
    run("mutool", "run", DRIVERS / "mupdf.js", _order(to, [source], values))


def _pypdf(source: Path, to: Path, values: Sequence[TypedValue]) -> None:
    writer = pypdf.PdfWriter(clone_from=source)
    filled: dict[str, Any] = {
        value.name: value.value if value.kind == "text" else NameObject(f"/{value.value}") for value in values
    }
    for page in writer.pages:
        writer.update_page_form_field_values(page, filled, auto_regenerate=False)
    writer.write(to)


def _pypdf_merge(sources: Sequence[Path], to: Path) -> None:
    writer = pypdf.PdfWriter()
    for source in sources:
        writer.append(source)
    writer.write(to)


def _pypdf_split(sources: Sequence[Path], to: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.append(sources[0], pages=(0, 1))
    writer.write(to)


def _pikepdf(source: Path, to: Path, values: Sequence[TypedValue]) -> None:
    with pikepdf.open(source) as pdf:
        form = Form(pdf)
        for value in values:
            field = form[value.name]
            if isinstance(field, TextField):
                field.value = value.value
            elif isinstance(field, CheckboxField):
                field.checked = True
            elif isinstance(field, RadioButtonGroup):
                field.value = pikepdf.Name(f"/{value.value}")
        pdf.save(to)


def _pdfbox(source: Path, to: Path, values: Sequence[TypedValue]) -> None:
    given = [part for value in values for part in (value.name, value.kind, value.value)]
    run("java", "-cp", PDFBOX, DRIVERS / "PdfBox.java", "fill", to, source, *given)


def _pdfbox_does(what: str) -> Callable[[Sequence[Path], Path], object]:
    return lambda sources, to: run("java", "-cp", PDFBOX, DRIVERS / "PdfBox.java", what, to, *sources)


def _pdftk(source: Path, to: Path, values: Sequence[TypedValue]) -> None:
    tree: dict[str, Any] = {}
    for value in values:
        *path, last = value.name.split(".")
        node = tree
        for part in path:
            node = node.setdefault(part, {})
        node[last] = value.value
    xfdf = to.with_suffix(".xfdf")
    fields = "".join(_xfdf(name, node) for name, node in tree.items())
    head = '<?xml version="1.0" encoding="UTF-8"?><xfdf xmlns="http://ns.adobe.com/xfdf/">'
    xfdf.write_text(f"{head}<fields>{fields}</fields></xfdf>", encoding="utf-8")
    run("pdftk", source, "fill_form", xfdf, "output", to)


def _xfdf(name: str, node: Any) -> str:
    if isinstance(node, dict):
        inside = "".join(_xfdf(part, below) for part, below in node.items())
    else:
        inside = f"<value>{escape(node)}</value>"
    return f'<field name="{name}">{inside}</field>'


def _gs(sources: Sequence[Path], to: Path) -> None:
    run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", f"-sOutputFile={to}", *sources)


_POPPLER: dict[str, Callable[[Sequence[Path], Path], object]] = {
    "merge": lambda sources, to: run("pdfunite", *sources, to),
    "split": lambda sources, to: run("pdfseparate", "-l", "1", sources[0], to),
}
_MUPDF: dict[str, Callable[[Sequence[Path], Path], object]] = {
    "merge": lambda sources, to: run("mutool", "merge", "-o", to, *sources),
    "rewrite": lambda sources, to: run("mutool", "clean", "-gggz", *sources, to),
}
_PDFTK: dict[str, Callable[[Sequence[Path], Path], object]] = {
    "merge": lambda sources, to: run("pdftk", *sources, "cat", "output", to),
    "split": lambda sources, to: run("pdftk", *sources, "cat", "1", "output", to),
    "flatten": lambda sources, to: run("pdftk", *sources, "output", to, "flatten"),
}
_QPDF: dict[str, Callable[[Sequence[Path], Path], object]] = {
    "merge": lambda sources, to: run("qpdf", sources[0], "--pages", *sources, "--", to),
    "split": lambda sources, to: run("qpdf", sources[0], "--pages", ".", "1", "--", to),
    "flatten": lambda sources, to: run("qpdf", "--flatten-annotations=all", *sources, to),
    "rewrite": lambda sources, to: run(
        "qpdf", "--linearize", "--object-streams=generate", "--recompress-flate", *sources, to
    ),
}
