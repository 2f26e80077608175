"""Any colour a practice brings gives an accessible palette. Contrast is measured by the formula of WCAG 2.2 here."""

from __future__ import annotations

import pytest
from coloraide import Color
from hypothesis import example, given
from hypothesis import strategies as st

from handoutkit.render.colour.oklch import Oklch, contrast, from_hex, to_hex
from handoutkit.render.colour.palette import Palette, palette, palette_on_off_white

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@given(colours)
@example("#FFF9B0")
@example("#FFFFFF")
@example("#000000")
@example("#808080")
@example("#FF00FF")
@example("#00FFFF")
def test_every_pair_holds_its_contrast(colour: str) -> None:
    assert palette(colour).paper == "#FFFFFF"
    for p in (palette(colour), palette_on_off_white(colour)):
        holds_its_contrast(p)


@given(colours, colours, colours)
@example("#17635A", "#FFF9B0", "#FFFFFF")
@example("#FFFFFF", "#000000", "#FF00FF")
def test_two_colours_and_a_neutral_are_each_made_readable(colour: str, second: str, neutral: str) -> None:
    for p in (palette(colour, second, neutral), palette_on_off_white(colour, second, neutral)):
        holds_its_contrast(p)


def test_each_of_three_colours_is_where_it_belongs() -> None:
    alone, all_three = palette("#17635A"), palette("#17635A", "#7A2E4D", "#4A4A4A")
    assert (all_three.brand, all_three.deep) == (alone.brand, alone.deep)
    assert all_three.accent == "#7A2E4D"
    assert from_hex(all_three.ink).chroma < 0.005 < from_hex(alone.ink).chroma
    assert palette("#17635A", neutral="#4A4A4A").accent == alone.accent


def holds_its_contrast(p: Palette) -> None:
    grounds = (p.paper, p.wash, p.accent_wash)
    for text in (p.ink, p.deep):
        assert min(ratio(text, ground) for ground in grounds) >= 7
    for text in (p.brand, p.soft, p.accent):
        assert min(ratio(text, ground) for ground in grounds) >= 4.5
    for border in (p.line, p.accent_line):
        assert min(ratio(border, ground) for ground in grounds) >= 3
    assert ratio(p.on_deep, p.deep) >= 7
    assert min(ratio(p.on_deep, p.brand), ratio(p.soft_on_deep, p.deep)) >= 4.5


@given(colours, colours)
def test_contrast_is_the_formula_of_wcag(one: str, other: str) -> None:
    assert contrast(one, other) == pytest.approx(ratio(one, other))
    assert contrast(one, other) == pytest.approx(Color(one).contrast(other, method="wcag21"), rel=1e-3)


@given(colours)
def test_oklch_is_what_coloraide_says(colour: str) -> None:
    lightness, chroma, hue = from_hex(colour)
    expected = Color(colour).convert("oklch").coords()
    assert (lightness, chroma) == pytest.approx(expected[:2], abs=1e-4)
    if chroma > 0.01:
        assert abs((hue - expected[2] + 180) % 360 - 180) < 0.5
    assert to_hex(from_hex(colour)) == colour


@given(st.floats(0.2, 0.98), st.floats(0, 0.4), st.floats(0, 360))
def test_colours_no_screen_can_show_lose_chroma_and_nothing_else(lightness: float, chroma: float, hue: float) -> None:
    shown = from_hex(to_hex(Oklch(lightness, chroma, hue)))
    assert shown.lightness == pytest.approx(lightness, abs=0.02)
    assert shown.chroma <= chroma + 0.02


@given(colours)
def test_a_readable_colour_stays_the_practices_own(colour: str) -> None:
    p = palette(colour)
    if min(ratio(colour, ground) for ground in (p.paper, p.wash, p.accent_wash)) >= 4.51:
        assert p.brand == colour
