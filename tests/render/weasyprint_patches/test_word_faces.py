"""A word is set in one face, also where its family lacks a letter."""

from __future__ import annotations

from handoutkit.render.weasyprint_patches import word_faces
from tests.support.patched_pages import pdf_of_html, without
from tests.support.pdf_reading import fonts, opened


def test_weasyprint_alone_sets_a_word_in_two_faces() -> None:
    with without(word_faces.PATCH):
        assert set(fonts(opened(pdf_of_html(word_faces.PATCH.page)))) == {"Literata", "Noto-Sans"}


def test_a_word_is_set_in_one_face() -> None:
    assert set(fonts(opened(pdf_of_html(word_faces.PATCH.page)))) == {"Noto-Sans"}


def test_a_word_that_its_family_has_stays_in_it() -> None:
    page = word_faces.PATCH.page.replace("T\u1ecd\u0301p\u1eb9\u0301", "Andr\u00e9")
    assert set(fonts(opened(pdf_of_html(page)))) == {"Literata"}
