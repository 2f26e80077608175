"""Every shipped handout, for each practice, on each paper: what a reader, a listener and a viewer get."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pikepdf
import pytest

from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.markdown import to_plain
from tests.conftest import HANDOUTS, ROOT
from tests.support.pdf_reading import artifacts, bookmarks, failures, fonts, opened, tags, text, texts
from tests.support.short_suite import rest_is_long

SIZES = {"letter": (612, 792), "a4": (595.28, 841.89)}


def test_is_pdf_ua(shipped_pdf: bytes) -> None:
    assert failures(shipped_pdf) == []


def test_uses_only_shipped_fonts(shipped_pdf: bytes) -> None:
    found = fonts(opened(shipped_pdf))
    assert all(found.values()), "every font is embedded"
    assert {name.split("-")[0].replace("Atkinson-Hyperlegible", "AtkinsonHyperlegible") for name in found} <= {
        "Atkinson",
        "AtkinsonHyperlegibleNext",
        "Fraunces",
    }


def test_every_page_has_its_foot_as_an_artifact(shipped_pdf: bytes) -> None:
    pdf = opened(shipped_pdf)
    pages = texts(shipped_pdf)
    for number, words in enumerate(pages):
        assert f"Page {number + 1} of {len(pages)}" in words
        assert artifacts(pdf, number), "the foot is an artifact"


def test_headings_never_skip_a_level(shipped_pdf: bytes) -> None:
    levels = [int(tag.name[2:]) for tag in tags(opened(shipped_pdf)) if tag.name[:2] == "/H" and tag.name[2:].isdigit()]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_headings_never_strand(shipped_pdf: bytes) -> None:
    """No page ends with a heading: something always follows it above the foot."""
    titles = [title for _, title in bookmarks(opened(shipped_pdf))]
    for words in texts(shipped_pdf):
        body = words.rsplit(" Page ", 1)[0]
        foot = body.rfind(titles[0])
        assert not any(body[:foot].strip().endswith(title) for title in titles[1:])


def test_lists_and_header_cells_say_what_they_are(shipped_pdf: bytes) -> None:
    pdf = opened(shipped_pdf)
    found = tags(pdf)
    lists = [tag for tag in found if tag.name == "/L"]
    heads = [tag for tag in found if tag.name == "/TH"]
    assert lists
    assert all("/ListNumbering" in tag.element.A for tag in lists)
    assert all(tag.element.A.Scope in ("/Row", "/Column") for tag in heads)


def test_no_paragraph_stands_in_a_paragraph(shipped_pdf: bytes) -> None:
    pdf = opened(shipped_pdf)
    paragraphs = [tag for tag in tags(pdf) if tag.name == "/P"]
    assert paragraphs
    assert all(tag.element.P.S != "/P" for tag in paragraphs)


def test_links_are_described_and_safe(shipped_pdf: bytes) -> None:
    pdf = opened(shipped_pdf)
    links = [
        annotation
        for page in pdf.pages
        for annotation in page.get("/Annots", pikepdf.Array())
        if annotation.Subtype == "/Link"
    ]
    for link in links:
        assert str(link.get("/Contents", ""))
        assert str(link.A.URI).startswith(("https://", "http://", "mailto:", "tel:", "sms:"))


@pytest.mark.parametrize("handout", rest_is_long(HANDOUTS, stays=lambda handout: handout in HANDOUTS[::7]))
def test_metadata_is_the_handouts_and_the_practices(handout: str, pdf_of: Callable[..., bytes]) -> None:
    model = Library(Workspace(ROOT)).handout(handout).model
    pdf = opened(pdf_of(handout, practice="shift-your-journey", paper="a4"))
    assert str(pdf.docinfo.Title) == model.title
    assert str(pdf.docinfo.Author) == "SHIFT Your Journey Mental Health Counseling"
    assert str(pdf.Root.Lang) == "en"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert "/CreationDate" not in pdf.docinfo


@pytest.mark.parametrize("handout", HANDOUTS)
def test_text_stands_in_the_order_it_was_written(handout: str, pdf_of: Callable[..., bytes]) -> None:
    model = Library(Workspace(ROOT)).handout(handout).model
    words = text(pdf_of(handout))
    parts = [model.title, to_plain(model.key_message)]
    parts += [to_plain(block.heading) for block in model.blocks if block.heading]
    places: list[int] = []
    for part in parts:
        places.append(words.find(part, places[-1] if places else 0))
        assert places[-1] >= 0, part
    assert places == sorted(places)


@pytest.mark.parametrize("handout", HANDOUTS)
def test_bookmarks_are_title_and_chunks(handout: str, pdf_of: Callable[..., bytes]) -> None:
    model = Library(Workspace(ROOT)).handout(handout).model
    found = bookmarks(opened(pdf_of(handout)))
    assert found[0] == (1, model.title)
    headings = [to_plain(block.heading) for block in model.blocks if block.heading]
    assert [title for level, title in found if level == 2 and title in headings] == headings


@pytest.mark.parametrize("paper", SIZES)
def test_paper(paper: str, pdf_of: Callable[..., bytes]) -> None:
    pdf = opened(pdf_of(HANDOUTS[0], paper=paper))
    assert [float(side) for side in pdf.pages[0].mediabox[2:]] == pytest.approx(SIZES[paper], abs=0.5)


@pytest.mark.parametrize("handout", HANDOUTS)
def test_nothing_for_the_clinician_in_the_clients_copy(handout: str, pdf_of: Callable[..., bytes]) -> None:
    words = text(pdf_of(handout, practice="riverbend-counseling", paper="letter"))
    assert opening_of_the_guide(handout) not in words
    assert "For the clinician" not in words


def test_the_guide_is_in_the_clinicians_copy(pdf_of: Callable[..., bytes]) -> None:
    assert opening_of_the_guide(HANDOUTS[0]) in text(pdf_of(HANDOUTS[0], audience="clinician"))


def opening_of_the_guide(handout: str) -> str:
    """The first words of a handout's guide, as they are printed."""
    return to_plain(Library(Workspace(ROOT)).handout(handout).model.clinician_guide.what_for)[:60]
