"""Writes docs/sheets.md, what every handout and template comes to on paper, in each theme and on each paper.

usage: make_sheets.py [THEME,...|all] [PAPER,...|all]

A row is measured on the pages that a build makes, and is kept as long as all that those are made of stays the same.
"""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, product
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pypdfium2
from PIL import ImageStat

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.files.kept_entries import default_folder
from handoutkit.library.library import Library
from handoutkit.library.shipped_files import PACKAGE
from handoutkit.library.workspace import Workspace
from handoutkit.loading.load_file import Loaded
from handoutkit.models.handout import Handout
from handoutkit.render.render_cache import RenderCache
from tests.support.page_measures import glyphs, is_sheet_of_cards

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "sheets.md"
PRACTICE = "riverbend-counseling"
THEMES, PAPERS = ("base", "calm", "editorial", "warm", "youth"), ("letter", "a4")
BLANK = 12
"""Millimetres of white from one margin to the other, from which on they are open, and not between lines to write on."""
RESOLUTION = 200
"""Dots per inch at which ink is measured: at the 72 of a screen, thin strokes come out darker than they are printed."""
_LETTER_HEIGHT, _SHADE = 279.4, 225
_SHOWS_LETTERS = ("Tj", "TJ", "'", '"')
_TOP = f"""\
# Sheets in numbers

Made by `make docs`, from pages that the build made for `{PRACTICE}`; what did not change since is not made again.

- **sides**: pages; up to two are one sheet of paper.
- **open**: the part of the emptiest page that is white from one margin to the other, in bands of {BLANK} mm and more.
- **write**: room to write, in percent of one page: the fields that take words, of all pages.
- **ink**, **low**: how dark a page is on average, in percent, at {RESOLUTION} dots per inch, and how dark it is with
  `--format low-ink`. Letters alone are most of it: black letters of 12 points that fill a page are five to six percent.
  Low ink is all black, so that a copy of a copy can still be read, where other pages have a softer ink: it saves fills,
  drawings and every drop of colour, and not the letters.
- **drawn**: what of **low** is not letters: rules, frames, drawings.
- **type**: the smallest letters, in points.
- **of**: what a row was measured of: the handout, its practice and theme, and the program that sets them.
"""
_HEAD = "| handout | sides | open | write | ink | low | drawn | type | of |\n|---|---|---|---|---|---|---|---|---|"


class Row(NamedTuple):
    """What a handout comes to in a theme and on a paper; see ``_TOP``."""

    theme: str
    paper: str
    handout: str
    sides: int
    open: int
    write: int
    ink: float
    low: float
    drawn: float
    type: float
    of: str


Place = tuple[str, str, str]
"""A theme, a paper and a handout's id."""


def measured(place: Place, standard: bytes, low_ink: bytes, of: str) -> Row:
    """The row of a handout: its theme, paper and id, its PDF, and the one with little ink."""
    theme, paper, handout = place
    return Row(
        theme,
        paper,
        handout,
        sides=len(pypdfium2.PdfDocument(standard)),
        open=_open(standard),
        write=_room_to_write(standard),
        ink=_ink(standard),
        low=_ink(low_ink),
        drawn=_ink(_without_letters(low_ink)),
        type=round(min(glyph.size for glyph in glyphs(standard)), 1),
        of=of,
    )


def text(rows: Sequence[Row]) -> str:
    """The page of all rows, those of a theme and a paper together."""
    parts = [_TOP]
    ordered = sorted(rows, key=lambda row: (THEMES.index(row.theme), PAPERS.index(row.paper)))
    for (theme, paper), some in groupby(ordered, key=lambda row: (row.theme, row.paper)):
        lines = [f"| {' | '.join(map(str, row[2:]))} |" for row in some]
        parts.append("\n".join((f"## {theme}, {paper}", "", _HEAD, *lines)) + "\n")
    return "\n".join(parts)


def rows_of(page: str) -> Iterator[Row]:
    """The rows that stand on the page."""
    theme = paper = ""
    for line in page.splitlines():
        if line.startswith("## "):
            theme, paper = line.removeprefix("## ").split(", ")
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if theme and len(cells) == len(Row._fields) - 2 and cells[1].isdigit():
            ink, low, drawn, size = map(float, cells[4:8])
            whole = [int(cell) for cell in cells[1:4]]
            yield Row(theme, paper, cells[0], whole[0], whole[1], whole[2], ink, low, drawn, size, cells[8])


def made(theme: str, paper: str, known: Mapping[Place, Row]) -> Iterator[Row]:
    """A row for each handout and template; those that are known and of the same things are kept."""
    library, cache = Library(Workspace(ROOT)), RenderCache(default_folder())
    common = {"practice": PRACTICE, "theme": theme, "paper": paper}
    builders = [Builder(library, BuildOptions(**common, format=form), cache) for form in ("standard", "low-ink")]  # type: ignore[arg-type]
    handouts, templates = library.workspace.handout_files, library.workspace.template_files
    for handout in (*map(library.handout, handouts), *map(library.template, templates)):
        place = (theme, paper, handout.model.id)
        of, before = digest(handout, builders), known.get(place)
        if before and before.of == of:
            yield before
            continue
        files = [builder.render([str(handout.source.path)]).finished[0].rendered.pdf for builder in builders]
        yield measured(place, files[0], files[1], of)


def digest(handout: Loaded[Handout], builders: Sequence[Builder]) -> str:
    """Eight digits of all that a row depends on."""
    total = hashlib.sha256(_program())
    for builder in builders:
        total.update(f"{builder.compose(handout)!r}{builder.theme.digest}".encode())
        for path in builder.logo.paths if builder.logo else ():
            total.update(path.read_bytes())
    return total.hexdigest()[:8]


def _program() -> bytes:
    """The modules that arrange and set pages, without those that only look at what came of it."""
    files = (path for room in ("arrange", "render") for path in sorted((PACKAGE / room).rglob("*.py")))
    files = (path for path in files if not {"page_checks", "complaints"} & {*path.parts})
    return b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)


def _open(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    return max((_white(document[n]) for n in range(len(document)) if not is_sheet_of_cards(pdf, n)), default=0)


def _white(page: pypdfium2.PdfPage) -> int:
    """Percent of the rows between the margins that are white, in bands that are high enough."""
    picture = page.render(scale=1).to_pil().convert("L")
    top, foot = round(picture.height * 0.05), round(picture.height * 0.94)
    rows = [picture.crop((0, y, picture.width, y + 1)).getextrema()[0] >= _SHADE for y in range(top, foot)]
    least = BLANK * picture.height / _LETTER_HEIGHT
    white = sum(length for is_white, band in groupby(rows) if is_white and (length := len(list(band))) >= least)
    return round(100 * white / len(rows))


def _room_to_write(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        left, bottom, right, top = map(float, document.pages[0].mediabox)
        widgets = [widget for page in document.pages for widget in page.get("/Annots", pikepdf.Array())]
        boxes = [tuple(map(float, widget.Rect)) for widget in widgets if _takes_words(widget)]
    area = sum((box[2] - box[0]) * (box[3] - box[1]) for box in boxes)
    return round(100 * area / (right - left) / (top - bottom))


def _takes_words(widget: pikepdf.Object) -> bool:
    field = widget
    while "/FT" not in field and "/Parent" in field:
        field = field.Parent
    return widget.get("/Subtype") == "/Widget" and field.get("/FT") == "/Tx"


def _ink(pdf: bytes) -> float:
    """How dark the pages are, in percent, on average."""
    pages = [page.render(scale=RESOLUTION / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(pdf)]
    return round(sum(100 - ImageStat.Stat(page).mean[0] / 2.55 for page in pages) / len(pages), 1)


def _without_letters(pdf: bytes) -> bytes:
    """The same pages with all that shows letters taken out."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            page.Contents = document.make_stream(_drawn(page))
        for stream in document.objects:
            if isinstance(stream, pikepdf.Stream) and stream.get("/Subtype") == "/Form":
                stream.write(_drawn(stream))
        written = io.BytesIO()
        document.save(written)
    return written.getvalue()


def _drawn(content: pikepdf.Page | pikepdf.Object) -> bytes:
    parts = pikepdf.parse_content_stream(content)
    return pikepdf.unparse_content_stream([part for part in parts if str(part.operator) not in _SHOWS_LETTERS])


def main() -> None:
    """Write the page; it is written after each row, so that nothing is lost if it is stopped."""
    themes, papers = [*sys.argv[1:], *["all"] * 2][:2]
    known = {row[:3]: row for row in rows_of(PAGE.read_text(encoding="utf-8") if PAGE.exists() else "")}
    chosen = (THEMES if themes == "all" else themes.split(","), PAPERS if papers == "all" else papers.split(","))
    for theme, paper in product(*chosen):
        rows: dict[Place, Row] = {}
        for row in made(theme, paper, known.copy()):
            rows[row[:3]] = row
            known[row[:3]] = row
            PAGE.write_text(text(list(known.values())), encoding="utf-8")
        known = {place: row for place, row in known.items() if place[:2] != (theme, paper)} | rows
        PAGE.write_text(text(list(known.values())), encoding="utf-8")


if __name__ == "__main__":
    main()
