"""A contact sheet: the first pages of all that was made in a theme, on one picture, drawn in the worker."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker
from handoutkit.library.shipped_files import shipped_root

LIMITS = ResourceLimits(seconds=300, wall=900, memory=2_000_000_000)
"""For one sheet."""
FIRST = 3
"""Pages of each that are shown."""
_WIDTH, _ACROSS, _GAP, _LABEL = 230, 9, 12, 24
_INK, _WRONG, _GROUND = "#2B3A38", "#A3121A", "#DDE3E1"
_FONT = "templates/fonts/AtkinsonHyperlegibleNext-Bold.ttf"


@dataclass(frozen=True, slots=True)
class MadePages:
    """A PDF that was made in a theme, what it is, and whether something is wrong with its pages."""

    what: str
    pdf: bytes
    has_problems: bool


def contact_sheet(made: Sequence[MadePages], theme: str) -> bytes:
    """The sheet as a PNG; each has its name above it, in red where something is wrong.

    Raises:
        ContentError: the pages took more than ``LIMITS``.
    """
    font = (shipped_root() / _FONT).read_bytes()
    png = the_worker().call(f"{__name__}:draw_here", tuple(made), font, limits=LIMITS, file=theme)
    assert isinstance(png, bytes)  # noqa: S101 - for the type checker
    return png


def draw_here(made: Sequence[MadePages], font: bytes) -> bytes:
    """What the worker does: the sheet as a PNG."""
    groups = [(each, list(_pages(each.pdf))) for each in made]
    rows = list(_rows(groups))
    heights = [max(page.height for _, pages in row for page in pages) + _LABEL + _GAP for row in rows]
    sheet = Image.new("RGB", (_ACROSS * (_WIDTH + _GAP) + _GAP, sum(heights) + _GAP), _GROUND)
    draw, lettering = ImageDraw.Draw(sheet), ImageFont.truetype(io.BytesIO(font), 14)
    top = _GAP // 2
    for row, height in zip(rows, heights, strict=True):
        left = _GAP
        for each, pages in row:
            draw.text((left, top + 3), each.what, _WRONG if each.has_problems else _INK, lettering)
            for page in pages:
                sheet.paste(page, (left, top + _LABEL))
                left += page.width + _GAP
        top += height
    file = io.BytesIO()
    sheet.save(file, "PNG", optimize=True)
    return file.getvalue()


Group = tuple[MadePages, list[Image.Image]]


def _rows(groups: Sequence[Group]) -> Iterator[list[Group]]:
    """Groups in rows, as many as stand beside each other."""
    row: list[Group] = []
    for group in groups:
        if sum(len(pages) for _, pages in [*row, group]) > _ACROSS:
            yield row
            row = []
        row.append(group)
    if row:
        yield row


def _pages(pdf: bytes) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(min(FIRST, len(document))):
            page = document[number]
            picture = page.render(scale=2 * _WIDTH / page.get_width()).to_pil().convert("RGB").reduce(2)
            yield picture.crop((0, 0, _WIDTH, picture.height))
