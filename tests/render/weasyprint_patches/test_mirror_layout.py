"""Grids, indents and centred blocks on pages that run from right to left."""

from __future__ import annotations

import pytest

from handoutkit.render.weasyprint_patches import mirror_layout
from handoutkit.render.weasyprint_patches.engine import Patch
from handoutkit.render.weasyprint_patches.layout_boxes import page_boxes
from handoutkit.render.weasyprint_patches.painting.painted_pages import painting_noted
from tests.support.patched_pages import laid_out, without

GRIDS, INDENTS, MARGINS = mirror_layout.PATCHES


def edges(page: str) -> dict[str, tuple[float, float]]:
    """Left and right edge of each word of a page, in parts of the page's width."""
    (box,) = page_boxes(laid_out(page))
    words = [part for part in box.descendants() if getattr(part, "text", "").strip()]
    width = box.margin_width()
    return {word.text: (word.position_x / width, (word.position_x + word.width) / width) for word in words}


def test_weasyprint_alone_fills_grids_from_the_left() -> None:
    with without(GRIDS):
        words = edges(GRIDS.page)
    assert words["A"][1] < words["B"][0]


def test_grids_are_filled_from_the_right() -> None:
    words = edges(GRIDS.page)
    assert words["B"][1] < words["A"][0]


def test_weasyprint_alone_leaves_indents_from_the_right_out() -> None:
    with without(INDENTS):
        words = edges(INDENTS.page)
    assert words["A"][1] == pytest.approx(words["B"][1])


def test_first_lines_are_indented_from_the_right() -> None:
    words = edges(INDENTS.page)
    assert (words["B"][1] - words["A"][1]) * 794 == pytest.approx(40, abs=0.1)


def test_weasyprint_alone_moves_centred_blocks_twice() -> None:
    with without(MARGINS):
        assert edges(MARGINS.page)["A"][0] > 0.7


def test_centred_blocks_stand_in_the_middle() -> None:
    left, right = edges(MARGINS.page.replace("auto", "auto; text-align: center"))["A"]
    assert (left + right) / 2 == pytest.approx(0.5, abs=0.001)


@pytest.mark.parametrize("patch", mirror_layout.PATCHES, ids=lambda patch: str(patch.name))
def test_pages_from_the_left_stay_as_they_are(patch: Patch) -> None:
    page = patch.page.replace("rtl", "ltr")
    with without(patch):
        before = edges(page)
    assert edges(page) == before


COLUMNS = """<style>@page { size: 120mm 160mm; margin: 10mm } p { margin: 0 0 2mm; break-inside: avoid }
.columns { display: grid; grid-template-columns: 1fr 1fr; column-gap: 8mm }</style>
<div style="height: 96mm"></div><h2 style="margin: 0">Sources</h2>
<div class="columns"><div><p>The first column. Words that go on and on for a while, so that it takes more lines.</div>
<div><p>The other column. Words that go on and on for a while, so that it takes more lines. Words that go on and on
for a while, so that it takes more lines.</div></div>"""
"""Two columns at the end of a page, of which the second has no room there."""


def test_columns_that_reach_over_the_end_of_a_page_stay_on_paper() -> None:
    with without(GRIDS), painting_noted() as alone:
        laid_out(COLUMNS).write_pdf()
    assert any(text.bounds[1] < 0 for text in alone.texts)
    with painting_noted() as mended:
        laid_out(COLUMNS).write_pdf()
    assert {text.page for text in mended.texts} == {1}
    assert all(text.bounds[1] > 0 for text in mended.texts)
