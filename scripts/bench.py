"""How long the commands take, as ratios against a named peer, in one run: of whole processes, or inside this one.

usage: bench.py [WORDS]; with words, only the lines that have them in their name

Each pair is run in turn (ours, peer, ours, peer, ...) so that a machine that slows down slows both; the median of the
pairs' ratios is what counts. Whole processes are measured by the processor's time, with all that they start, unless the
line says otherwise. ``make bench`` prints a table and fails if a ratio is above its limit, after all were measured.
"""

from __future__ import annotations

import io
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import pikepdf

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.checks.check_library import CheckOptions, check_library
from handoutkit.checks.measured_sheets import SheetSetting
from handoutkit.checks.text.reading_grade import _pronunciations, count_syllables
from handoutkit.compose.compose_document import CopyOptions, compose
from handoutkit.errors import HandoutkitError
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.document import FORMATS
from handoutkit.render.fit_pages import OWN_SETTING
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.templating.document_html import document_to_html
from handoutkit.render.templating.jinja_environment import environment
from handoutkit.render.theme import Theme
from handoutkit.render.weasyprint_patches.engine import FONTS_CONF
from handoutkit.scaffold.start import start_workspace
from scripts import bench_build, bench_sheets
from scripts.bench_languages import Second
from scripts.bench_page_checks import Holding
from scripts.bench_pages import FILLED_PAGES, PARSING, filled_pages
from scripts.measuring import Command, import_of, machine

ROOT = Path(__file__).resolve().parent.parent
PREVIEWED = "i-and-we"
HANDOUT = "what-healthy-interdependence-looks-like"
PRACTICE = "riverbend-counseling"
PAIRS, SHEET_PAIRS = 7, 3
LOOKS = (
    *(("--theme", name) for name in ("calm", "editorial", "warm", "youth")),
    *(("--format", name) for name in FORMATS[1:]),
)
FILLED = 200
IN_THIS_PROCESS = """
import importlib
from handoutkit.isolation.worker import Worker

def call(worker, function, *args, limits, file, reads=()):
    module, _, name = function.partition(":")
    return getattr(importlib.import_module(module), name)(*args)

Worker.call, Worker.start = call, lambda worker, reads=(): None
from handoutkit.cli import main
main()
"""
FEW, MANY = 12, 1_200
TODAY = date(2026, 11, 21)
MAMMOTH = "import sys, mammoth; mammoth.convert_to_html(open(sys.argv[1], 'rb'))"
OPENING = "import sys, pikepdf; [pikepdf.open(name).close() for name in sys.argv[1:]]"


@dataclass(frozen=True)
class Work:
    """Something done inside this process; its time counts for each of ``parts``."""

    do: Callable[[], object]
    parts: int = 1

    def seconds(self) -> float:
        """Wall time of one part."""
        started = time.perf_counter()
        self.do()
        return (time.perf_counter() - started) / self.parts


class Timed(Protocol):
    """Something that takes time."""

    def seconds(self) -> float:
        """Wall time of one run."""


@dataclass(frozen=True)
class Measure:
    """Ours against a peer, with the ratio that must hold."""

    name: str
    ours: Timed
    peer: Timed
    limit: float
    pairs: int = PAIRS


def main(words: str = "") -> int:
    """Measure, print each line as it comes, and say with the exit code whether every limit holds."""
    print(f"{machine()}\n\n| measured | ours (s) | peer (s) | ratio | limit |\n|---|---|---|---|---|")
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for group in (of_build, measures, of_sheets, of_preview):
            below = Path(folder, group.__name__)
            below.mkdir()
            try:
                failed += sum(not _holds(measure) for measure in group(below) if words in measure.name)
            except (OSError, subprocess.SubprocessError, HandoutkitError) as error:  # the other groups go on
                print(f"| {group.__name__} | could not be measured: {type(error).__name__} | | | |")
                failed += 1
    return int(failed > 0)


def _holds(measure: Measure) -> bool:
    """Measure one line and print it; whether its ratio is within its limit."""
    try:
        ours, peer, ratio = _measured(measure)
    except (OSError, subprocess.SubprocessError, HandoutkitError) as error:
        print(f"| {measure.name} | failed: {type(error).__name__} | | | {measure.limit:.2f} |", flush=True)
        return False
    over = "" if ratio <= measure.limit else " (too much)"
    print(f"| {measure.name} | {ours:.3f} | {peer:.3f} | {ratio:.2f}{over} | {measure.limit:.2f} |", flush=True)
    return ratio <= measure.limit


def of_build(folder: Path) -> Iterator[Measure]:
    """What is built again, after a change, and side by side."""
    for name, ours, peer, limit, times in bench_build.pairs(folder):
        yield Measure(name, ours, peer, limit, pairs=times)


def of_sheets(folder: Path) -> Iterator[Measure]:
    """What a sheet costs against a booklet, in processor time."""
    for name, ours, peer, limit in bench_sheets.pairs(folder):
        yield Measure(f"{name} (processor time)", ours, peer, limit, pairs=SHEET_PAIRS)


def of_preview(folder: Path) -> Iterator[Measure]:
    """What is measured of the app; the browser is open while the second is."""
    from scripts.bench_preview import (
        CHOICES,
        Asked,
        ChosenToShown,
        FirstPage,
        Memory,
        PageOfMany,
        RenderedAs,
        RenderedOnce,
        SavedToShown,
        TypedToShown,
        many_handouts,
        opened,
        opened_app,
        running,
        started,
        workspace,
    )

    copy = workspace(folder / "preview")
    with running(copy) as address:
        starlette = Command((sys.executable, "-c", "import starlette"), {})
        yield Measure(
            'the app\'s first page, asked for / `python -c "import starlette"`', Asked(address), starlette, 4.0
        )
    # `import starlette` reads an empty package: for the start, the peer is what every app made with it reads.
    modules = "starlette.applications, starlette.staticfiles, uvicorn, uvicorn.protocols.http.h11_impl"
    yield Measure(
        "from the start of the command to the first cards with their pictures / importing starlette and uvicorn",
        FirstPage(copy),
        import_of(modules),
        1.5,
    )
    with opened(copy, PREVIEWED) as page:
        ours, peer = SavedToShown(copy, PREVIEWED, page), RenderedOnce(copy, PREVIEWED)
        yield Measure("a handout saved until its new pages are seen / rendering it once", ours, peer, 1.5)
    with opened_app(copy, PREVIEWED, XDG_CACHE_HOME=str(folder / "fresh")) as (page, process):
        chosen, same, times = ChosenToShown(page, process), RenderedAs(copy, PREVIEWED, CHOICES), len(CHOICES)
        yield Measure(
            "a choice until its pages are seen / rendering it once (processor time)", chosen, same, 1.1, times
        )
        typed, once = TypedToShown(page, process, PREVIEWED), RenderedAs(copy, PREVIEWED)
        yield Measure("a letter typed until the page with it is seen / the same", typed, once, 0.6)
    few, many = (many_handouts(folder / f"of-{count}", count, PREVIEWED) for count in (12, 1_000))
    with started(many) as (address, process), started(few) as (address_of_few, process_of_few):
        page_of_many, page_of_few = PageOfMany(address, process), PageOfMany(address_of_few, process_of_few)
        yield Measure("the library page of 1,000 handouts / of 12 (processor time)", page_of_many, page_of_few, 2.0)
        yield Measure("the memory of the two (MB)", Memory(process), Memory(process_of_few), 1.2)


def measures(folder: Path) -> list[Measure]:
    """What is measured; everything is written below ``folder``."""
    python, cold, warm = sys.executable, folder / "cold", folder / "warm"
    html = folder / "handout.html"
    html.write_text(standalone_html(), encoding="utf-8")
    handoutkit = (python, "-m", "handoutkit")
    fresh = {"XDG_CACHE_HOME": str(cold)}
    kept = {"XDG_CACHE_HOME": str(warm)}
    output = ("-o", str(folder / "output"))
    cold_build = (*handoutkit, "build", HANDOUT, "--practice", PRACTICE, *output)
    filled = filled_pdfs(folder)
    pages = filled_pages(folder, Workspace(ROOT), HANDOUT)
    document, desk = word_document(folder), folder / "desk"
    start_workspace(desk, TODAY)
    holding, on_paper = Holding(fields=True), Holding(fields=False)
    seconds = {language: Second(language) for language in ("es", "ar", "zh-Hans")}
    return [
        Measure(
            "cold `handoutkit build ID` / `weasyprint` on the same HTML",
            Command(cold_build, fresh, lambda: _emptied(cold)),
            Command(
                (
                    python,
                    "-W",
                    "ignore",
                    "-m",
                    "weasyprint",
                    "--pdf-forms",
                    "--pdf-variant",
                    "pdf/ua-1",
                    str(html),
                    str(folder / "peer.pdf"),
                ),
                {"FONTCONFIG_FILE": str(FONTS_CONF)},
            ),
            3.3,
        ),
        Measure(
            "a handout with fields / without (`--no-fields`), cold",
            Command(cold_build, fresh, lambda: _emptied(cold)),
            Command(
                (*handoutkit, "build", HANDOUT, "--practice", PRACTICE, "--no-fields", *output),
                fresh,
                lambda: _emptied(cold),
            ),
            1.25,
        ),
        *(
            Measure(
                f"`{' '.join(look)}` / base standard, cold",
                Command((*cold_build, *look), fresh, lambda: _emptied(cold)),
                Command(cold_build, fresh, lambda: _emptied(cold)),
                1.2,
            )
            for look in LOOKS
        ),
        *(
            Measure(
                f"`--lang {language}` / English, cold",
                Command((*cold_build, "--lang", language), fresh, lambda: _emptied(cold)),
                Command(cold_build, fresh, lambda: _emptied(cold)),
                1.5,
            )
            for language in ("ar", "zh-Hans")
        ),
        *(
            Measure(f"a handout in `{language}` too / in English, in one run", second, second.first, 1.0)
            for language, second in seconds.items()
        ),
        *(
            Measure(f"finished pages {kind} held against what went in / the build of it", held, held.build, 0.08)
            for kind, held in (("with fields", holding), ("for paper", on_paper))
        ),
        Measure(
            f"`handoutkit answers` over {FILLED} filled PDFs / opening them with pikepdf",
            Command((*handoutkit, "answers", *filled, "-o", str(folder / "answers.csv")), kept),
            Command((python, "-c", OPENING, *filled), {}),
            3.0,
        ),
        Measure(
            f"`handoutkit answers` over {FILLED_PAGES:,} pages of phones / parsing them with tinyhtml5",
            Command((*handoutkit, "answers", *pages, "-o", str(folder / "pages.csv")), kept),
            Command((python, "-c", PARSING, *pages), {}),
            3.0,
            pairs=1,
        ),
        Measure(
            "`handoutkit import` of a Word document of 20 pages / `mammoth` alone",
            Command((*handoutkit, "-C", str(desk), "import", str(document)), kept, lambda: _emptied(desk / "handouts")),
            Command((python, "-c", MAMMOTH, str(document)), {}),
            3.0,
        ),
        Measure(
            "the library, set in the worker / in the process itself",
            Command(
                (*handoutkit, "build", "--all", "--processes", "1", "--practice", PRACTICE, *output),
                fresh,
                lambda: _emptied(cold),
            ),
            Command(
                (python, "-c", IN_THIS_PROCESS, "build", "--all", "--processes", "1", "--practice", PRACTICE, *output),
                fresh,
                lambda: _emptied(cold),
            ),
            1.1,
        ),
        *checking(folder),
    ]


def checking(folder: Path) -> list[Measure]:
    """What checking costs, the dictionary of pronunciations included, which is read anew each time."""
    library = Library(Workspace(ROOT))
    sheets = SheetSetting(Theme.find("base", library.workspace.roots), CopyOptions(), RenderCache(folder / "measured"))
    few, many = (copies(folder / str(count), count) for count in (FEW, MANY))
    return [
        Measure(
            "checking the whole library / loading it (in process)",
            Work(lambda: checked(library)),
            Work(lambda: loaded(library)),
            10.0,
        ),
        Measure(
            "the same with its sheets, measured before / without sheets (in process)",
            Work(lambda: checked(library, sheets=sheets)),
            Work(lambda: checked(library)),
            2.0,
        ),
        Measure(
            f"checking one of {MANY:,} handouts / one of {FEW} (in process)",
            Work(lambda: checked(many, of=MANY), MANY),
            Work(lambda: checked(few, of=FEW), FEW),
            1.3,
            pairs=1,
        ),
    ]


def checked(library: Library, of: int | None = None, sheets: SheetSetting | None = None) -> None:
    """Check a whole library, or so many copies in it."""
    _pronunciations.cache_clear()
    count_syllables.cache_clear()
    wanted = [f"copy-{number}" for number in range(of)] if of else []
    check_library(library, wanted, CheckOptions(TODAY, PRACTICE, sheets=sheets))


def loaded(library: Library) -> None:
    """Load all that a check of the whole library reads."""
    files = library.workspace
    library.readable(library.handout, files.handout_files)
    library.readable(library.template, files.template_files)
    library.readable(library.framing, files.framing_files)
    library.readable(library.practice, files.practice_files)


def copies(folder: Path, count: int) -> Library:
    """A workspace with so many copies of a handout."""
    (folder / "handouts").mkdir(parents=True)
    text = Workspace(ROOT).handout_files[HANDOUT].read_text(encoding="utf-8")
    for number in range(count):
        copy = text.replace(f"id: {HANDOUT}", f"id: copy-{number}", 1)
        (folder / "handouts" / f"copy-{number}.yaml").write_text(copy, encoding="utf-8")
    return Library(Workspace(folder))


def filled_pdfs(folder: Path) -> list[str]:
    """Copies of a handout as clients send them back: answers typed in, saved anew by pikepdf."""
    builder = Builder(Library(Workspace(ROOT)), BuildOptions(practice=PRACTICE))
    pdf = builder.render([HANDOUT]).finished[0].rendered.pdf
    names = []
    for number in range(FILLED):
        with pikepdf.open(io.BytesIO(pdf)) as copy:
            for page in copy.pages:
                for widget in page.get("/Annots", pikepdf.Array()):
                    if widget.get("/FT") == "/Tx":
                        widget.V = pikepdf.String(f"Answer {number}, Zoë")
            names.append(str(folder / f"filled-{number}.pdf"))
            copy.save(names[-1])
    return names


def standalone_html() -> str:
    """The handout as our build lays it out, its styles inside and its files named by path, for any renderer."""
    workspace = Workspace(ROOT)
    library = Library(workspace)
    practice = library.practice(PRACTICE).model
    theme = Theme.find("base", workspace.roots)
    document = compose(library.handout(HANDOUT).model, practice)
    html = document_to_html(document, environment(theme, document.locale), theme)
    styles = "\n".join(path.read_text(encoding="utf-8") for path in theme.stylesheets)
    whole = html.replace("</head>", f"<style>{styles} {OWN_SETTING.css}</style></head>")
    logo = ROOT / "practices" / f"{PRACTICE}.svg"
    return whole.replace("theme:", (ROOT / "templates").as_uri() + "/").replace("practice:logo", logo.as_uri())


def _measured(measure: Measure) -> tuple[float, float, float]:
    """Median seconds of ours and of the peer, and the median ratio of the pairs."""
    pairs = [(measure.ours.seconds(), measure.peer.seconds()) for _ in range(measure.pairs)]
    ours, peer = zip(*pairs, strict=True)
    return statistics.median(ours), statistics.median(peer), statistics.median(a / b for a, b in pairs)


def word_document(folder: Path) -> Path:
    """A Word document of twenty pages: headings, paragraphs, lists and tables, all of invented words."""
    from docx import Document

    document = Document()
    for page in range(20):
        document.add_heading(f"Chapter {page + 1}", 1)
        for number in range(6):
            document.add_paragraph(f"On page {page + 1} you read paragraph {number}. It says a little about rest. " * 4)
        for number in range(6):
            document.add_paragraph(f"A small step, number {number}", style="List Bullet")
        document.add_paragraph("What helps you? ____________________")
        document.add_table(5, 3, style="Table Grid").cell(0, 0).text = "Day"
    document.save(str(folder / "document.docx"))
    return folder / "document.docx"


def _emptied(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
