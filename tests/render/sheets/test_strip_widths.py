"""The cells of the strip at the foot of a sheet are as wide as their words need."""

from __future__ import annotations

import pytest

from handoutkit.render.sheets.strip_widths import CELL_WIDTHS, cell_mark, strip_of

AREAS = {"cell-1": 1300, "cell-2": 620, "cell-3": 2200}
HEIGHTS = {cell_mark(cell, width): area / width for cell, area in AREAS.items() for width in CELL_WIDTHS}
WIDTH = 190


def widths(columns: str) -> list[float]:
    first = [float(width.removesuffix("mm")) for width in columns.split() if width != "1fr"]
    return [*first, WIDTH - sum(first)]


def test_more_words_get_more_width_and_none_gets_too_little() -> None:
    offers, reach, help_now = widths(strip_of(HEIGHTS, (), WIDTH).columns)
    assert 44 <= reach < offers < help_now


def test_the_strip_is_as_high_as_its_highest_cell() -> None:
    columns, height = strip_of(HEIGHTS, (), WIDTH)
    offers, reach, help_now = widths(columns)
    highest = max(AREAS["cell-1"] / offers, AREAS["cell-2"] / reach, AREAS["cell-3"] / help_now)
    assert highest <= height < highest + 6


@pytest.mark.parametrize("address", ["www.embracepsychotherapyllc.com", "somebody@a-long-name-of-a-practice.example"])
def test_an_address_is_on_one_line(address: str) -> None:
    offers, reach, help_now = widths(strip_of(HEIGHTS, ["www.short.org", address], WIDTH).columns)
    assert reach - 5.6 > 1.75 * min(len(address), 35)
    assert min(offers, help_now) >= 44


def test_one_cell_is_as_wide_as_the_sheet() -> None:
    alone = {mark: height for mark, height in HEIGHTS.items() if mark.startswith("cell-1")}
    columns, height = strip_of(alone, (), WIDTH)
    assert columns == "1fr"
    assert height == pytest.approx(1300 / 190 + 3.7, abs=0.1)


def test_no_cell_is_no_strip() -> None:
    assert strip_of({}, (), WIDTH) == ("1fr", 0.0)
