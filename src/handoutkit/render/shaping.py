"""Text measured and shaped by HarfBuzz in one font, for text that is placed without a layout engine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import uharfbuzz

KERNING = {"kern": True, **dict.fromkeys(("ccmp", "locl", "calt", "liga", "clig", "rlig"), False)}
"""Features with which each glyph stands for one character, and is the one that the font's own table has for it."""


@dataclass(frozen=True, slots=True)
class ShapedText:
    """Glyphs, each with what is taken from its advance, and the width of all; in units of the font."""

    glyphs: tuple[tuple[int, int], ...]
    width: int


class ShapingFont:
    """A font in which text is measured and shaped; all widths are in units of the font.

    Attributes:
        units: of the font, to its size.
    """

    def __init__(self, font: bytes) -> None:
        self._font = uharfbuzz.Font(uharfbuzz.Face(font))
        self.units: int = self._font.face.upem

    @cached_property
    def characters(self) -> frozenset[int]:
        """Code points that the font has a glyph for."""
        return frozenset(self._font.face.unicodes)

    def advance(self, character: str) -> int | None:
        """The width of a character by itself, without kerning; None if the font lacks it."""
        glyph = self._font.get_nominal_glyph(ord(character))
        return None if glyph is None else self.glyph_advance(glyph)

    def glyph_advance(self, glyph: int) -> int:
        """The width of a glyph, by its number."""
        return int(self._font.get_glyph_h_advance(glyph))

    def shape(self, text: str, features: dict[str, bool] = KERNING) -> ShapedText:
        """The glyphs of a text in one line."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self._font, buffer, features)
        advances = [place.x_advance for place in buffer.glyph_positions or ()]
        numbers = [info.codepoint for info in buffer.glyph_infos or ()]
        less = [self.glyph_advance(number) - given for number, given in zip(numbers, advances, strict=True)]
        return ShapedText(tuple(zip(numbers, less, strict=True)), sum(advances))
