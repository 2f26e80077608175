"""Every page of a handout ends well, or its space is tuned until it does."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from typing import Any

import pytest

from handoutkit.render import fit_pages
from handoutkit.render.fit_pages import (
    CLOSER,
    MAX_OPEN,
    MAX_TRIED,
    MIN_FILL,
    OWN_SETTING,
    PARTED,
    WIDER,
    Setting,
    by_promise,
    fitted,
    judgement,
    too_empty,
)
from handoutkit.render.weasyprint_patches.layout_boxes import PageFill, fills_of_pages
from tests.conftest import COPIES, HANDOUTS, Tree
from tests.render.conftest import SetBlock
from tests.support.page_measures import fill, is_sheet_of_cards, page_count
from tests.support.patched_pages import laid_out
from tests.support.samples import FILES, HANDOUT
from tests.support.short_suite import rest_is_long
from tests.support.typeset_here import set_in_this_process

MAX_PAGES = 5
HARD = (
    *(("thought-record", theme, "letter") for theme in ("calm", "editorial", "warm", "youth")),
    ("safety-plan", "calm", "letter"),
    ("crisis-wallet-card", "calm", "letter"),
    ("circles-of-control", "base", "a4"),
)
"""Templates that had pages with next to nothing on them; ``scripts/page_ends.py`` looks at all, in everything."""


def ends_well(pdf: bytes) -> bool:
    """Whether no page but the last is too empty; a picture is measured more coarsely than boxes are."""
    pages = range(page_count(pdf) - 1)
    return all(is_sheet_of_cards(pdf, page) or 1 - fill(pdf, page) <= MAX_OPEN + 0.03 for page in pages)


ONE_COPY = list(zip(HANDOUTS, cycle(COPIES), strict=False))
"""Each handout, in turns for one practice and for the other."""


@pytest.mark.parametrize(("handout", "copy"), rest_is_long(ONE_COPY, stays=lambda row: row in ONE_COPY[::5]))
def test_shipped_handouts_end_well(handout: str, copy: tuple[str, str], pdf_of: Callable[..., bytes]) -> None:
    practice, paper = copy
    pdf = pdf_of(handout, practice=practice, paper=paper, layout="booklet")
    assert page_count(pdf) <= MAX_PAGES
    assert page_count(pdf) == 1 or fill(pdf) >= MIN_FILL - 0.05
    assert ends_well(pdf)


@pytest.mark.parametrize(("template", "theme", "paper"), rest_is_long(HARD, stays=lambda row: row in HARD[:2]))
def test_no_page_holds_next_to_nothing_in_any_theme(
    template: str, theme: str, paper: str, pdf_of_template: SetBlock
) -> None:
    assert ends_well(pdf_of_template(template, theme=theme, paper=paper, layout="booklet"))


def test_tuning_the_space_lets_more_handouts_end_well(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of handouts with ever more lines to write on, some would spill a little onto a last page."""
    folders = []
    for lines in range(4, 25, 4):
        files = {**FILES, "handouts/small-page.yaml": HANDOUT.replace("count: 3", f"count: {lines}")}
        folders.append(tree({f"{lines}/{name}": content for name, content in files.items()}) / str(lines))

    def ending_well() -> int:
        rendered = [set_in_this_process(folder) for folder in folders]
        return sum(one.pages == 1 or fill(one.pdf) >= MIN_FILL - 0.05 for one in rendered)

    tuned = ending_well()
    monkeypatch.setattr(fit_pages, "MAX_TRIED", 0)
    assert tuned > ending_well()


def fills(*parts: float) -> list[PageFill]:
    return [PageFill(part) for part in parts]


def test_every_page_is_judged_and_not_the_last_alone() -> None:
    assert judgement(fills(0.9, 0.95, 0.4)).is_good
    assert judgement(fills(0.9, 0.12, 0.9)).open_pages == (2,)
    assert judgement(fills(0.9, 0.9, 0.1)).thin_end
    assert judgement(fills(0.2)).is_good, "one page is the last"
    assert judgement(
        [PageFill(0.9), PageFill(0.3, is_of_cards=True), PageFill(0, is_of_cards=True), PageFill(0.5)]
    ).is_good


def test_a_layout_is_better_with_fewer_open_pages_and_then_with_fewer_leaves() -> None:
    good, thin, stray = fills(0.9, 0.8, 0.9, 0.5), fills(0.9, 0.9, 0.1), fills(0.9, 0.1, 0.2, 0.9)
    assert sorted([stray, thin, good], key=lambda each: judgement(each).rank) == [good, thin, stray]
    assert judgement(fills(0.9, 0.9)).rank < judgement(fills(0.9, 0.7, 0.9)).rank


def test_what_promises_to_end_well_is_tried_first() -> None:
    assert by_promise(fills(0.9, 0.02))[0].room == 0.88  # a few lines too many: a little closer
    assert by_promise(fills(*[0.9] * 5, 0.27))[0].room == 0.76  # more lines over more pages: closer
    assert by_promise(fills(0.9, 0.9, 0.30))[0].room == 0.55 or by_promise(fills(0.9, 0.9, 0.30))[0].room > 1
    assert by_promise(fills(0.9, 0.1, 0.9)) == list(PARTED)  # a page with next to nothing: what comes next may part
    for pages in range(2, 9):
        tried = by_promise(fills(*[0.9] * (pages - 1), 0.2))
        assert len(set(tried)) == MAX_TRIED
        assert set(tried) <= {*CLOSER, *WIDER}


def test_the_first_that_ends_well_is_taken() -> None:
    one_page, spilling = laid_out("<p>A"), laid_out('<p style="break-after: page">A<p>B')
    assert 0 < fills_of_pages(spilling)[-1].part < MIN_FILL
    tried: list[Setting] = []

    def lay_out(setting: Setting) -> Any:
        tried.append(setting)
        return one_page if setting == PARTED[1] else spilling

    assert fitted(lay_out) is one_page
    assert tried[0] == OWN_SETTING
    assert tried[-1] == PARTED[1]
    assert len(tried) <= MAX_TRIED + 1


def test_if_none_ends_well_the_best_of_those_tried_is_taken() -> None:
    near, far = laid_out('<p style="break-after: page">A<p>B'), laid_out('<p style="break-after: page">A' * 3 + "<p>B")
    assert fitted(lambda setting: near if setting == CLOSER[0] else far) is near


def test_pages_that_no_spacing_fills_are_known_by_number() -> None:
    assert too_empty(laid_out('<p style="break-after: page">A' * 2 + "<p>B")) == (1, 2, 3)
    assert too_empty(laid_out("<p>A")) == ()
