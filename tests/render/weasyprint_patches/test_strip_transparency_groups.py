"""Centred words of a drawing stand in no transparency group."""

from __future__ import annotations

from handoutkit.render.weasyprint_patches.strip_transparency_groups import strip_transparency_groups
from tests.support.patched_pages import pdf_of_html

PAGE = '<svg width="100" height="40"><text x="50" y="30" text-anchor="middle" font-family="Noto Sans">H</text></svg>'
SHAPE = '<svg width="100" height="40"><g opacity=".5"><rect width="9" height="9"/></g></svg>'
GROUP = b"/S /Transparency"


def test_weasyprint_alone_puts_a_centred_word_into_a_group() -> None:
    assert GROUP in pdf_of_html(PAGE)


def test_a_word_stands_in_no_group() -> None:
    assert GROUP not in pdf_of_html(PAGE, strip_transparency_groups)


def test_shapes_that_show_through_keep_theirs() -> None:
    assert GROUP in pdf_of_html(SHAPE, strip_transparency_groups)
