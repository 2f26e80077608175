"""The words of a form are found on the pages that were made of them, each in its own place."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest

from handoutkit.webapp.forms.places_on_pages import PagePlace, places_of

LINES = (
    ("Sleep well", 700),
    ("Going to bed at one time helps you to fall asleep, and to", 600),
    ("sleep well. Read more here.", 580),
    ("Sleep", 300),
)


@pytest.fixture(scope="module")
def page() -> bytes:
    """Lines of words, each so many points above the foot of a page of 600 by 800."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(600, 800))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font)))
    shown = "".join(f"BT /F 12 Tf 60 {height} Td ({words}) Tj ET\n" for words, height in LINES)
    pdf.pages[0].Contents = pdf.make_stream(shown.encode())
    made = io.BytesIO()
    pdf.save(made)
    return made.getvalue()


def _found(page: bytes, *texts: str) -> list[PagePlace | None]:
    with pypdfium2.PdfDocument(page) as document:
        return places_of(document, texts)


def test_each_text_has_its_own_place(page: bytes) -> None:
    long = "Going to bed **at one time** helps you to\nfall asleep, and to sleep well. [Read more](https://a.org) here."
    title, topic, prose, label = _found(page, "Sleep well", "asleep", long, "Sleep")
    assert title
    assert prose
    assert label
    assert topic is None  # it is a part of a sentence, which is another text
    assert {one.page for one in (title, prose, label)} == {1}
    assert [round(one.top * 800, -2) for one in (title, prose, label)] == [100, 200, 500]
    assert title.left == pytest.approx(0.1, abs=0.01)
    assert (prose.bottom - prose.top) * 800 > 20  # both of its lines
    assert prose.right > title.right


def test_what_is_on_no_page_has_no_place(page: bytes) -> None:
    assert _found(page, "", "…", "x", "Waking up early", "leep") == [None] * 5
