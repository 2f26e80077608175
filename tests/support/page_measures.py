"""Measuring finished pages: sizes of type, lines and their pitch, contrast as it is printed."""

from __future__ import annotations

import io
import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from handoutkit.render.colour.oklch import contrast

MM = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed letter: its size and place in points, from the lower left corner of its page."""

    page: int
    char: str
    size: float
    x: float
    baseline: float
    colour: tuple[int, int, int]
    box: tuple[float, float, float, float]


def glyphs(pdf: bytes) -> list[Glyph]:
    """All letters in the order of the content; spaces left out."""
    return [glyph for number, page in enumerate(pypdfium2.PdfDocument(pdf)) for glyph in _glyphs(page, number)]


def _glyphs(page: Any, number: int) -> Iterator[Glyph]:
    textpage = page.get_textpage()
    matrix = pdfium.FS_MATRIX()
    red, green, blue, alpha = (pdfium.c_uint() for _ in range(4))
    for index in range(textpage.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(textpage, index))
        if char.isspace() or ord(char) < 32 or pdfium.FPDFText_IsGenerated(textpage, index):
            continue
        pdfium.FPDFText_GetMatrix(textpage, index, matrix)
        pdfium.FPDFText_GetFillColor(textpage, index, red, green, blue, alpha)
        size = pdfium.FPDFText_GetFontSize(textpage, index) * abs(matrix.d)
        colour = (red.value, green.value, blue.value)
        yield Glyph(number, char, round(size, 2), matrix.e, matrix.f, colour, textpage.get_charbox(index))


def lines(letters: list[Glyph]) -> list[list[Glyph]]:
    """Letters that stand on one line, from the upper left; what stands far beside is another line."""
    found: dict[tuple[int, float, float], list[Glyph]] = defaultdict(list)
    for glyph in letters:
        found[glyph.page, -round(glyph.baseline, 1), glyph.size].append(glyph)
    return [part for key in sorted(found) for part in _parted(sorted(found[key], key=lambda glyph: glyph.x))]


def _parted(line: list[Glyph]) -> Iterator[list[Glyph]]:
    part = [line[0]]
    for before, glyph in itertools.pairwise(line):
        if glyph.x - before.x > 3 * glyph.size:
            yield part
            part = []
        part.append(glyph)
    yield part


def words_in(line: list[Glyph]) -> int:
    """Characters of a line with a space between its words, as a measure counts them."""
    gaps = sum(glyph.box[0] - before.box[2] > 0.16 * glyph.size for before, glyph in itertools.pairwise(line))
    return len(line) + gaps


def worst_contrast(pdf: bytes) -> tuple[float, str]:
    """The least contrast of a line of text to what it is printed on, and the line; from a picture of each page."""
    document = pypdfium2.PdfDocument(pdf)
    worst = (21.0, "")
    letters = glyphs(pdf)
    for number in range(len(document)):
        page = document[number]
        picture = page.render(scale=1).to_pil().convert("RGB")
        for line in lines([glyph for glyph in letters if glyph.page == number]):
            middle = line[len(line) // 2]
            left, bottom, right, top = middle.box
            place = (
                int(left) - 3,
                int(page.get_height() - top) - 3,
                int(right) + 4,
                int(page.get_height() - bottom) + 4,
            )
            ground = max(picture.crop(place).getcolors(4_000))[1]
            found = contrast(_hex(middle.colour), _hex(ground))
            worst = min(worst, (found, "".join(glyph.char for glyph in line)))
    return worst


def _hex(colour: tuple[int, ...]) -> str:
    return "#{:02X}{:02X}{:02X}".format(*colour)


def painted(pdf: bytes) -> set[tuple[float, ...]]:
    """Every colour that the pages' operators set, as they set it: one number is a grey."""
    found: set[tuple[float, ...]] = set()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        streams = [*document.pages, *(obj for obj in document.objects if _is_form(obj))]
        for stream in streams:
            for instruction in pikepdf.parse_content_stream(stream):
                if str(instruction.operator) in ("g", "G", "rg", "RG", "k", "K", "sc", "SC", "scn", "SCN"):
                    found.add(tuple(round(float(part), 3) for part in instruction.operands))
    return found


def _is_form(obj: Any) -> bool:
    return isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Form"


def fields(pdf: bytes) -> dict[str, tuple[str, tuple[float, ...]]]:
    """What each field is called when heard, and its width and height in millimetres, by full name."""
    found: dict[str, tuple[str, tuple[float, ...]]] = {}
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for widget in page.get("/Annots", pikepdf.Array()):
                if widget.get("/Subtype") == "/Widget":
                    left, bottom, right, top = (float(side) * MM for side in widget.Rect)
                    name, heard = _name(widget), str(widget.get("/TU", ""))
                    found[name] = (heard, (right - left, top - bottom))
    return found


def _name(node: Any) -> str:
    own = [str(node.T)] if "/T" in node else []
    return ".".join([*([_name(node.Parent)] if "/Parent" in node else []), *own])


Box = tuple[float, float, float, float]


def box_of(pdf: bytes, number: int, words: str) -> Box:
    """Where words stand on a page (from 0): left, bottom, right and top in millimetres from its lower left corner."""
    page = pypdfium2.PdfDocument(pdf)[number].get_textpage()
    found = page.search(words).get_next()
    assert found, f"{words!r} is not on page {number + 1}"
    boxes = [page.get_charbox(index) for index in range(found[0], found[0] + found[1])]
    left, bottom, right, top = zip(*boxes, strict=True)
    return mm(min(left)), mm(min(bottom)), mm(max(right)), mm(max(top))


def paths(pdf: bytes, number: int) -> list[Box]:
    """The bounds of what is drawn on a page, in millimetres."""
    page = pypdfium2.PdfDocument(pdf)[number]
    drawn = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH], max_depth=4)
    bounds = [tuple(mm(edge) for edge in each.get_bounds()) for each in drawn]
    return [(left, bottom, right, top) for left, bottom, right, top in bounds]


def mm(points: float) -> float:
    return points * 25.4 / 72


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(pypdfium2.PdfDocument(pdf))


def fill(pdf: bytes, page: int = -1) -> float:
    """How far down a page something is printed above its foot, read from its picture."""
    number = range(page_count(pdf))[page]
    image = pypdfium2.PdfDocument(pdf)[number].render(scale=1).to_pil().convert("L")
    top, foot = round(image.height * 0.06), round(image.height * 0.90)
    rows = [y for y in range(top, foot) if image.crop((0, y, image.width, y + 1)).getextrema()[0] < 225]
    return (max(rows) - top) / (foot - top) if rows else 0.0


def is_sheet_of_cards(pdf: bytes, page: int) -> bool:
    """Whether a page has crop marks, or is left empty for the backs of cards."""
    words = pypdfium2.PdfDocument(pdf)[page].get_textpage().get_text_bounded()
    small = [box for box in paths(pdf, page) if 1.5 < box[2] - box[0] < 2.2 and 1.5 < box[3] - box[1] < 2.2]
    return len(small) >= 4 or "left empty" in words
