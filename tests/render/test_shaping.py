"""What HarfBuzz measures is what the font's own tables say."""

from __future__ import annotations

import io

from fontTools.ttLib import TTFont

from handoutkit.render.shaping import ShapingFont
from tests.conftest import ROOT

FONT = (ROOT / "templates" / "fonts" / "Lexend-Regular.ttf").read_bytes()


def test_a_character_is_as_wide_as_the_font_says() -> None:
    table, font = TTFont(io.BytesIO(FONT)), ShapingFont(FONT)
    widths = {code: table["hmtx"][glyph][0] for code, glyph in table.getBestCmap().items()}
    assert font.characters == widths.keys()
    assert {code: font.advance(chr(code)) for code in font.characters} == widths
    assert font.units == table["head"].unitsPerEm
    assert font.advance("\u4e00") is None


def test_a_text_is_one_glyph_for_each_character_and_kerned() -> None:
    font = ShapingFont(FONT)
    shaped = font.shape("AVfi")
    assert len(shaped.glyphs) == 4
    assert shaped.width == sum(font.glyph_advance(number) - less for number, less in shaped.glyphs)
    assert shaped.width < sum(font.advance(char) or 0 for char in "AVfi")
