"""Words in another language than their page have it in the PDF."""

from __future__ import annotations

import re
from typing import Any

from handoutkit.render.weasyprint_patches import pdf_lang
from tests.support.patched_pages import pdf_of_html, without


def languages(pdf: bytes) -> list[bytes]:
    """The languages of pieces of text, in the order of the file."""
    return re.findall(rb"/MCID \d+ ?/Lang \((\w+)\)", pdf)


def test_weasyprint_alone_writes_no_language_of_words() -> None:
    with without(pdf_lang.PATCH):
        assert languages(pdf_of_html(pdf_lang.PATCH.page, tagged=True)) == []


def test_words_have_their_language() -> None:
    assert languages(pdf_of_html(pdf_lang.PATCH.page, tagged=True)) == [b"en", b"es"]


def test_the_language_of_the_page_is_left_to_the_catalogue() -> None:
    def finisher(_document: Any, pdf: Any) -> None:
        pdf_lang.drop_page_language(pdf)

    pdf = pdf_of_html(pdf_lang.PATCH.page, finisher, tagged=True)
    assert languages(pdf) == [b"es"]
    assert b"/Lang (en)" in pdf
