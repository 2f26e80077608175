"""Pictures of the places of problems: a strip of the page around each, with a frame, on one sheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from handoutkit.errors import PlacesPicture, Problem
from handoutkit.render.theme import Theme

from .fault import PlacedProblem
from .place_on_page import PlaceOnPage

MAX_SHOWN = 12
_DPI, _AROUND = 100, 95.0
"""Of the pictures; what is shown above and below a place, in CSS pixels."""
_LABEL, _GAP, _REACH = 26, 14, 4
"""In pixels: the height of a label, the space between strips, from words to their frame."""
_INK, _GROUND, _FRAME = "#2B3A38", "#DDE3E1", "#C4161C"


def with_picture(pdf: bytes, found: Sequence[PlacedProblem], theme: Theme) -> list[Problem]:
    """Problems of finished pages, those that have a place with the picture of them all."""
    png = pictures_of_places(pdf, found, theme)
    return [replace(problem, picture=PlacesPicture(png)) if place else problem for problem, place in found]


def pictures_of_places(pdf: bytes, found: Sequence[PlacedProblem], theme: Theme) -> bytes:
    """A PNG with a strip for each problem that has a place, under its code, its place and its file; or nothing.

    Args:
        pdf: the finished pages.
        theme: has the font of the labels.
    """
    shown = [(problem, place) for problem, place in found if place][:MAX_SHOWN]
    if not shown:
        return b""
    font = theme.asset(theme.lettering.bold)
    with pypdfium2.PdfDocument(pdf) as document:
        strips = [(_label(problem, place), _strip(document, place)) for problem, place in shown]
    width = max(strip.width for _, strip in strips) + 2 * _GAP
    sheet = Image.new("RGB", (width, sum(strip.height + _LABEL + _GAP for _, strip in strips) + _GAP), _GROUND)
    draw, lettering = ImageDraw.Draw(sheet), ImageFont.truetype(io.BytesIO(font), 15)
    top = _GAP // 2
    for number, (label, strip) in enumerate(strips, start=1):
        draw.text((_GAP, top + 3), f"{number}  {label}", _INK, lettering)
        sheet.paste(strip, (_GAP, top + _LABEL))
        top += strip.height + _LABEL + _GAP
    file = io.BytesIO()
    sheet.save(file, "PNG", optimize=True)
    return file.getvalue()


def _label(problem: Problem, place: PlaceOnPage) -> str:
    line = f":{problem.line}" if problem.line else ""
    return f"{problem.code}: {place.in_words()}  ({problem.file.rpartition('/')[2]}{line})"


def _strip(document: pypdfium2.PdfDocument, place: PlaceOnPage) -> Image.Image:
    """The page's whole width around a place; of one outside the page, what is nearest to it."""
    scale = _DPI / 96
    picture: Image.Image = document[place.page].render(scale=_DPI / 72).to_pil().convert("RGB")
    left, top, right, bottom = (
        min(max(side, 0), length) for side, length in zip(place.bounds, 2 * place.size, strict=True)
    )
    corners = (left * scale - _REACH, top * scale - _REACH, right * scale + _REACH, bottom * scale + _REACH)
    ImageDraw.Draw(picture).rectangle(corners, outline=_FRAME, width=3)
    above, below = max(round((top - _AROUND) * scale), 0), min(round((bottom + _AROUND) * scale), picture.height)
    return picture.crop((0, above, picture.width, max(below, above + 1)))
