"""A handout ends on a page that is at least a third full, or its space is tuned until it does."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from typing import Any

import pytest

from handoutkit.render import fit_pages
from handoutkit.render.fit_pages import LEAST_FILL, SPACING_FACTORS, by_promise, fitted
from handoutkit.render.weasyprint_patches.layout_boxes import fill_of_last_page
from tests.conftest import COPIES, HANDOUTS, Tree
from tests.support.patched_pages import laid_out
from tests.support.pdf_reading import picture, texts
from tests.support.samples import FILES, HANDOUT
from tests.support.typeset_here import set_in_this_process

LEAST_BEFORE = 0.55
"""Of a page that is not the last; what it leaves open is what a whole card on the next one needs."""
MOST_PAGES = 5


def fill(pdf: bytes, page: int = -1) -> float:
    """How far down a page something is printed above its foot, read from its picture."""
    image = picture(pdf, range(len(texts(pdf)))[page], dpi=36).convert("L")
    top, foot = round(image.height * 0.06), round(image.height * 0.90)
    rows = [y for y in range(top, foot) if image.crop((0, y, image.width, y + 1)).getextrema()[0] < 200]
    return (max(rows) - top) / (foot - top) if rows else 0.0


@pytest.mark.parametrize(("handout", "copy"), zip(HANDOUTS, cycle(COPIES), strict=False))
def test_shipped_handouts_end_well(handout: str, copy: tuple[str, str], pdf_of: Callable[..., bytes]) -> None:
    practice, paper = copy
    pdf = pdf_of(handout, practice=practice, paper=paper, layout="booklet")
    pages = len(texts(pdf))
    assert pages <= MOST_PAGES
    assert pages == 1 or fill(pdf) >= LEAST_FILL - 0.05
    assert all(fill(pdf, page) >= LEAST_BEFORE for page in range(pages - 1))


def test_tuning_the_space_lets_more_handouts_end_well(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of handouts with ever more lines to write on, some would spill a little onto a last page."""
    folders = []
    for lines in range(4, 25, 4):
        files = {**FILES, "handouts/small-page.yaml": HANDOUT.replace("count: 3", f"count: {lines}")}
        folders.append(tree({f"{lines}/{name}": content for name, content in files.items()}) / str(lines))

    def ending_well() -> int:
        rendered = [set_in_this_process(folder) for folder in folders]
        return sum(one.pages == 1 or fill(one.pdf) >= LEAST_FILL - 0.05 for one in rendered)

    tuned = ending_well()
    monkeypatch.setattr(fit_pages, "SPACING_FACTORS", ())
    assert tuned > ending_well()


def test_what_promises_to_end_well_is_tried_first() -> None:
    assert by_promise(pages=2, fill=0.02)[0] == 0.88  # a few lines too many: a little closer
    assert by_promise(pages=6, fill=0.27)[0] == 0.76  # more lines over more pages: as close as can be
    assert by_promise(pages=3, fill=0.30)[0] == 1.15  # too much to draw in: a little wider
    assert all(
        sorted(by_promise(pages, fill / 10)) == sorted(SPACING_FACTORS) for pages in range(2, 9) for fill in range(10)
    )


def test_the_first_that_ends_well_is_taken() -> None:
    one_page, spilling = laid_out("<p>A"), laid_out('<p style="break-after: page">A<p>B')
    assert 0 < fill_of_last_page(spilling) < LEAST_FILL
    tried: list[float] = []

    def lay_out(factor: float) -> Any:
        tried.append(factor)
        return one_page if factor == 1.15 else spilling

    assert fitted(lay_out) is one_page
    assert tried == [1.0, *SPACING_FACTORS[: SPACING_FACTORS.index(1.15) + 1]]
