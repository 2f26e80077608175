"""The loaders as fuzzers call them: any bytes give a model, rows or a refusal, and nothing else."""

from __future__ import annotations

import io
import random
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl

from handoutkit.answers.pages.read_page_task import read_page
from handoutkit.answers.read_pdf_task import read_pdf
from handoutkit.errors import ContentError
from handoutkit.loading.load_file import load_framing, load_handout, load_practice, load_settings, load_theme
from handoutkit.pictures.picture_check import PictureFault
from handoutkit.pictures.print_ready import print_ready
from handoutkit.rosters.client_rows import AllowedChoices, RowSettings
from handoutkit.rosters.readers.read_table_task import read_table as read_roster
from handoutkit.rosters.readers.table import TableReading
from handoutkit.rosters.roster import Roster, RosterChoices, UnsureEncodingError
from handoutkit.rosters.usual_names import header_names
from tests.support.hand_made_forms import FormPdf
from tests.support.template_expressions import from_bytes, try_template

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
_FOLDER = tempfile.TemporaryDirectory(prefix="handoutkit-fuzz-")


def _yaml(load: Callable[[Path], object]) -> Callable[[bytes], None]:
    def try_it(data: bytes) -> None:
        load(_file("any.yaml", data))

    return try_it


def _picture(name: str) -> Callable[[bytes], None]:
    def try_it(data: bytes) -> None:
        print_ready(data, name)  # in this process, where a fuzzer sees which lines run

    return try_it


def _roster(name: str) -> Callable[[bytes], None]:
    def try_it(data: bytes) -> None:
        known = AllowedChoices(
            packets=["one"], handouts=["a"], framings=["none"], formats=["standard"], locations=["Ost"]
        )
        path = _file(name, data)
        read_roster(
            path, TableReading(header_names(("display_name", "note"), {}))
        )  # in this process, where a fuzzer sees which lines run
        settings = RowSettings(known, ("display_name", "note"))
        try:
            roster = Roster(path, settings)
        except UnsureEncodingError as error:
            roster = Roster(path, settings, RosterChoices(encoding=error.facts.encoding))
        checked = roster.check()
        assert all(problem.message for problem in checked.problems)
        assert len(list(roster.clients(checked.bad))) == checked.to_make + checked.held

    return try_it


def _pdf(data: bytes) -> None:
    read_pdf(_file("any.pdf", data), "", None)


def _page(data: bytes) -> None:
    read_page(_file("any.html", data), "")


def _values(data: bytes) -> None:
    """Any text as a client's name, note and answer: the packet is what it should be, or it is refused."""
    from tests.support.packet_sample import sample  # laid out once, and only where values are tried

    text = data.decode("utf-8", "replace")
    values = {"client_ref": "QX-1", "display_name": text[:60], "note": text, "who": text[-60:]}
    sample().verifier.verify(sample().personaliser.personalise(values), values)


def _file(name: str, data: bytes) -> Path:
    path = Path(_FOLDER.name, name)
    path.write_bytes(data)
    return path


LOADERS: dict[str, Callable[[bytes], object]] = {
    "handout": _yaml(load_handout),
    "practice": _yaml(load_practice),
    "framing": _yaml(load_framing),
    "settings": _yaml(load_settings),
    "theme": _yaml(load_theme),
    "svg": _picture("any.svg"),
    "png": _picture("any.png"),
    "pdf": _pdf,
    "page": _page,
    "csv": _roster("any.csv"),
    "xlsx": _roster("any.xlsx"),
    "template": lambda data: try_template(from_bytes(data)),
    "values": _values,
}


def seeds(loader: str) -> list[bytes]:
    """A few files that the loader takes, to start from."""
    if loader == "pdf":
        return [FormPdf().text("elsewhere.thoughts.answer", "words").edition("elsewhere").save()]
    if loader == "page":
        return [_SAVED_PAGE.encode()]
    if loader == "template":
        return [random.Random(number).randbytes(60) for number in range(40)]  # noqa: S311 - where a fuzzer starts from
    if loader == "values":
        names = ("Zoë Łukasik", "Nguyễn Linh", "\u0633\u0627\u0631\u0629 12 mg", "\u05d3\u05e0\u05d4", "x" * 400)
        return [name.encode() for name in names]
    if loader == "csv":
        return ["client_ref;display_name;packet\r\nQX-1;Zoë;one\r\nQX-2;Bo;\r\n".encode("utf-8-sig")]
    if loader == "xlsx":
        book, file = openpyxl.Workbook(), io.BytesIO()
        for row in (["client_ref", "display_name", "next_session"], ["QX-1", "Zoë", date(2026, 12, 3)]):
            book.worksheets[0].append(row)
        book.save(file)
        return [file.getvalue()]
    return [path.read_bytes() for path in sorted(ROOT.glob(_SEEDS[loader]))[:12]]


_SAVED_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta name="elsewhere.edition" content="1"><meta name="saved" content="2026-11-30"></head>
<body><textarea class="field" name="elsewhere.thoughts.answer">words</textarea>
<input type="radio" class="field" name="elsewhere.a.answer" value="1" data-words="Yes" checked></body></html>
"""
_SEEDS = {
    "handout": "handouts/**/*.yaml",
    "practice": "practices/*.yaml",
    "framing": "handouts/framings/*.yaml",
    "settings": "handoutkit.yaml",
    "theme": "templates/*/theme.yaml",
    "svg": "practices/*.svg",
    "png": "docs/blocks/list.png",
}


def has_words(loader: str, data: bytes) -> bool:
    """Load bytes: whether each refusal, if any, says what is wrong and what to do. Raises whatever else is raised."""
    return all(message and hint for message, hint in _refusals(loader, data))


def _refusals(loader: str, data: bytes) -> list[tuple[str, str]]:
    try:
        LOADERS[loader](data)
    except ContentError as refused:
        return [(problem.message, problem.hint) for problem in refused.problems]
    except PictureFault as refused:
        return [(refused.message, refused.hint)]
    return []
