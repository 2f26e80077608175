"""Tags of a finished page for a listener, each beside what WeasyPrint alone makes of the same page."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest

from handoutkit.render.weasyprint_patches.structure_tags import repair_structure
from tests.support.patched_pages import pdf_of_html
from tests.support.pdf_reading import artifacts, opened, tags

RUNNING_HEAD = '<style>@page { @top-left { content: "Head"; font-family: Noto Sans } }</style><p>Words'
NESTED = "<p>Before <span style='display: block'>inside</span>"
TABLE = "<table><tr><th scope=row>A<td>B</table>"
LIST = "<ol style='list-style: upper-roman'><li>A</ol>"
FIGURE = """<style>@page { size: 100pt; margin: 0 } body { margin: 0 }</style>
    <svg style="display: block" width="40" height="20" alt="A"><rect width="40" height="20"/></svg>"""


@pytest.fixture(params=["alone", "repaired"])
def is_repaired(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "repaired")


def page(html: str, is_repaired: bool) -> pikepdf.Pdf:
    def finisher(document: Any, pdf: Any) -> None:
        repair_structure(document, pdf, "one-handout")

    return opened(
        pdf_of_html('<html lang="en"><title>-</title>' + html, finisher if is_repaired else None, tagged=True)
    )


def test_running_heads_are_artifacts(is_repaired: bool) -> None:
    assert bool(artifacts(page(RUNNING_HEAD, is_repaired))) is is_repaired


def test_a_paragraph_stands_in_no_other(is_repaired: bool) -> None:
    names = [tag.name for tag in tags(page(NESTED, is_repaired))]
    assert names.count("/P") == (1 if is_repaired else 2)


@pytest.mark.parametrize("words", ["<h1>Go", "<ul><li>Go"])
def test_words_in_a_second_language_stay_in_their_heading_or_item(words: str, is_repaired: bool) -> None:
    pdf = page(f"{words}<span style='display: block'>Vaya</span>", is_repaired)
    names = [tag.name for tag in tags(pdf)]
    assert names.count("/H1") <= 1 or not is_repaired
    for item in (tag.element for tag in tags(pdf) if tag.name == "/LI"):
        beside = [kid for kid in item.K if kid.S not in ("/Lbl", "/LBody")]
        assert bool(beside) is not is_repaired


def test_header_cells_say_what_they_head_and_have_names_of_their_own(is_repaired: bool) -> None:
    pdf = page(TABLE, is_repaired)
    (cell,) = (tag.element for tag in tags(pdf) if tag.name == "/TH")
    assert (str(cell.A.get("/Scope")) == "/Row") is is_repaired
    assert str(cell.ID).startswith("one-handout.") is is_repaired


def test_lists_say_how_they_are_numbered(is_repaired: bool) -> None:
    pdf = page(LIST, is_repaired)
    (element,) = (tag.element for tag in tags(pdf) if tag.name == "/L")
    assert ("/A" in element and element.A.ListNumbering == "/UpperRoman") is is_repaired


def test_the_box_of_a_figure_is_in_points_from_the_foot(is_repaired: bool) -> None:
    pdf = page(FIGURE, is_repaired)
    (element,) = (tag.element for tag in tags(pdf) if tag.name == "/Figure")
    assert ([float(side) for side in element.A.BBox] == [0, 85, 30, 100]) is is_repaired
