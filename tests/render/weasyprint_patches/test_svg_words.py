"""Words in drawings are set as a whole, so that Arabic is neither reversed nor taken apart; and in no group."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pytest

from handoutkit.models.blocks.figure import Figure, Region
from handoutkit.render.colour.palette import palette
from handoutkit.render.figures.draw_figure import draw_figure
from handoutkit.render.figures.typeface import Typeface
from handoutkit.render.templating.interface_messages import InterfaceMessages
from handoutkit.render.theme import Theme
from handoutkit.render.weasyprint_patches import svg_words
from tests.conftest import ROOT
from tests.support.patched_pages import pdf_of_html, without

WORD = "\u0643\u062a\u0628"
"""Three letters that join, the first of which stands at the right."""
FACE = "<style>@font-face { font-family: Vazirmatn; src: url(theme:fonts/Vazirmatn-Regular.ttf) }</style>"

CENTRED = '<svg width="100" height="40"><text x="50" y="30" text-anchor="middle" font-family="Noto Sans">H</text></svg>'
SHAPE = '<svg width="100" height="40"><g opacity=".5"><rect width="9" height="9"/></g></svg>'
GROUP = b"/S /Transparency"


def letters_from_right(pdf: bytes) -> str:
    """The Arabic letters of a page as they stand on it, the rightmost first."""
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    placed = [(page.get_charbox(n)[2], page.get_text_range(n, 1)) for n in range(page.count_chars())]
    return "".join(char for _, char in sorted(placed, reverse=True) if char in WORD)


def width(pdf: bytes) -> Any:
    """How wide the letters stand together, in points."""
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    boxes = [page.get_charbox(n) for n in range(page.count_chars()) if page.get_text_range(n, 1) in WORD]
    return max(box[2] for box in boxes) - min(box[0] for box in boxes)


def test_weasyprint_alone_reverses_arabic_words_and_takes_their_letters_apart() -> None:
    with without(svg_words.PATCH):
        pdf = pdf_of_html(svg_words.PATCH.page)
    assert letters_from_right(pdf) == WORD[::-1]
    assert width(pdf) > 28


def test_words_from_the_right_begin_at_the_right() -> None:
    pdf = pdf_of_html(svg_words.PATCH.page)
    assert letters_from_right(pdf) == WORD
    assert width(pdf) < 25


@pytest.mark.parametrize("kind", ["flow", "cycle", "rings"])
def test_arabic_words_of_figures_stand_in_order(kind: str) -> None:
    regions = tuple(Region(id=f"r-{n}", label=label) for n, label in enumerate((WORD, "a", "b")))
    figure = Figure(type="figure", id="f", kind=kind, alt="A figure.", regions=regions)
    face = Typeface.of(Theme.find("base", (ROOT,)))
    svg = draw_figure(figure, palette("#1B5E6B"), face, InterfaceMessages("ar"), 170).svg
    assert letters_from_right(pdf_of_html(FACE + svg)).startswith(WORD)


def test_weasyprint_alone_puts_a_centred_word_into_a_group() -> None:
    assert GROUP in pdf_of_html(CENTRED)


def test_a_word_stands_in_no_group() -> None:
    assert GROUP not in pdf_of_html(CENTRED, svg_words.strip_transparency_groups)


def test_shapes_that_show_through_keep_theirs() -> None:
    assert GROUP in pdf_of_html(SHAPE, svg_words.strip_transparency_groups)
