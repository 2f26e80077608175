"""The word DRAFT across each page of a PDF, for pages that nobody is to be given yet.

It is drawn and not written: an artifact (ISO 14289-1, 7.1), which nobody hears, finds or copies.
"""

from __future__ import annotations

import io
import math
from typing import Any

import pikepdf
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Name

from .theme import Theme

WORD = "DRAFT"
_OPACITY, _GREY, _SHARE = 0.14, 0.35, 0.72
"""Of the mark; the last is its length as a part of the page's diagonal."""
_USUAL_HEIGHT = 0.7
"""Of a capital letter, as a part of the font's size."""
_STATE = "HDKT_Draft"


def with_draft_mark(pdf: bytes, theme: Theme) -> bytes:
    """The PDF with the word across each page, over all that stands there."""
    drawing, width, height = _word(theme.font(theme.lettering.bold))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        state = opened.make_indirect(Dictionary(Type=Name.ExtGState, ca=_OPACITY))
        for page in opened.pages:
            shared: Any = page.obj.get("/Resources")
            own: Any = Dictionary(shared or {})  # pages share theirs, and a copy may differ
            own.ExtGState = Dictionary(own.get("/ExtGState") or {})
            own.ExtGState[f"/{_STATE}"] = state
            page.obj.Resources = own
            place = _across([float(side) for side in page.mediabox], width, height)
            page.contents_add(b"q", prepend=True)
            page.contents_add(f"Q /Artifact BMC q /{_STATE} gs {_GREY} g {place}\n{drawing}f Q EMC".encode())
        file = io.BytesIO()
        opened.save(file, deterministic_id=True)
    return file.getvalue()


def _across(box: list[float], width: float, height: float) -> str:
    """The operator that turns and sizes the word, and puts its middle on that of the page."""
    left, bottom, right, top = box
    scale = _SHARE * math.hypot(right - left, top - bottom) / width
    turn = math.atan2(top - bottom, right - left)
    cos, sin = scale * math.cos(turn), scale * math.sin(turn)
    x = (left + right) / 2 - (cos * width - sin * height) / 2
    y = (bottom + top) / 2 - (sin * width + cos * height) / 2
    return f"{cos:.5f} {sin:.5f} {-sin:.5f} {cos:.5f} {x:.2f} {y:.2f} cm"


class _PathPen(BasePen):  # type: ignore[misc]  # fontTools has no types
    """Writes outlines as operators of a content stream (ISO 32000-2, 8.5.2)."""

    def __init__(self, glyphs: Any, shift: float) -> None:
        super().__init__(glyphs)
        self.operators: list[str] = []
        self._shift = shift

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - fontTools names it
        self._add("m", pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self._add("l", pt)

    def _curveToOne(self, pt1: Any, pt2: Any, pt3: Any) -> None:  # noqa: N802
        self._add("c", pt1, pt2, pt3)

    def _closePath(self) -> None:  # noqa: N802
        self._add("h")

    def _add(self, operator: str, *points: tuple[float, float]) -> None:
        numbers = [f"{x + self._shift:.0f} {y:.0f}" for x, y in points]
        self.operators.append(" ".join([*numbers, operator]))


def _word(font: bytes) -> tuple[str, float, float]:
    """The outlines of the word, and how wide and high it is, in units of the font."""
    opened = TTFont(io.BytesIO(font))
    glyphs, names = opened.getGlyphSet(), opened.getBestCmap()
    at, operators = 0.0, list[str]()
    for letter in WORD:
        pen = _PathPen(glyphs, at)
        glyph = glyphs[names.get(ord(letter), ".notdef")]
        glyph.draw(pen)
        operators += pen.operators
        at += glyph.width
    high = getattr(opened["OS/2"], "sCapHeight", _USUAL_HEIGHT * opened["head"].unitsPerEm)  # old fonts do not say it
    return "\n".join(operators) + "\n", at, float(high)
