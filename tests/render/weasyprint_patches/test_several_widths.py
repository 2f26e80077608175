"""An element that is laid out at several widths in one go."""

from __future__ import annotations

import pytest

from handoutkit.render.weasyprint_patches.layout_boxes import marked_heights
from handoutkit.render.weasyprint_patches.several_widths import PATCH
from tests.support.patched_pages import laid_out, without

WORDS = "<p>One, two, three, four, five, six, seven, eight, nine, ten</p>"
INSIDE = {
    "paragraph": WORDS,
    "grid": f'<section style="display: grid; grid-template-columns: 1fr 1fr; gap: 2mm">{WORDS * 3}</section>',
    "columns": f'<section style="columns: 2">{WORDS * 4}</section>',
    "flex": f'<section style="display: flex; flex-wrap: wrap">{WORDS * 3}</section>',
    "table": "<table><tr><td>One, two, three, four, five<td>Six, seven, eight, nine, ten</table>",
    "percent": f'<section style="width: 50%; padding: 3%">{WORDS}</section>',
    "float": f'<p style="float: left; width: 40%">One, two, three, four</p>{WORDS}',
    "words alone": "One, two, three, four, five, six, seven, eight",
}


def test_weasyprint_alone_knows_one_width() -> None:
    with without(PATCH):
        assert list(marked_heights(laid_out(PATCH.page), "data-tile")) == ["a"]


def test_each_width_has_a_height_of_its_own() -> None:
    heights = marked_heights(laid_out(PATCH.page), "data-tile")
    assert set(heights) == {"a-wide", "a-narrow"}
    assert heights["a-narrow"] > heights["a-wide"]


def test_what_is_marked_inside_is_found_at_each_width() -> None:
    page = (
        f'<div data-widths="wide=90 narrow=20"><div><p data-tile="a">A</p></div><div data-tile="b">{WORDS}</div></div>'
    )
    assert set(marked_heights(laid_out(page), "data-tile")) == {"a-wide", "a-narrow", "b-wide", "b-narrow"}


@pytest.mark.parametrize("inside", INSIDE.values(), ids=INSIDE)
def test_all_widths_together_give_what_each_gives_alone(inside: str) -> None:
    widths = (90, 61.5, 33, 74)

    def heights(*elements: str) -> dict[str, float]:
        return marked_heights(laid_out("<style>@page { size: 200mm 900mm }</style>" + "".join(elements)), "data-tile")

    alone = (f'<div data-tile="a-{width}" style="width: {width}mm">{inside}</div>' for width in widths)
    listed = " ".join(f"{width}={width}" for width in widths)
    together = heights(f'<div data-tile="a" data-widths="{listed}">{inside}</div>')
    assert together == pytest.approx(heights(*alone))
    assert len(together) == len(widths)
