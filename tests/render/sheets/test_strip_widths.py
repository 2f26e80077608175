"""The cells of the strip at the foot of a sheet are as wide as their words need."""

from __future__ import annotations

import pytest

from handoutkit.arrange.sheet_grid import WIDTH
from handoutkit.render.sheets.strip_widths import strip_of

HEIGHTS = {"cell-1": 25.0, "cell-2": 12.0, "cell-3": 40.0}


def widths(columns: str) -> list[float]:
    first = [float(width.removesuffix("mm")) for width in columns.split() if width != "1fr"]
    return [*first, WIDTH - sum(first)]


def test_more_words_get_more_width_and_none_gets_too_little() -> None:
    offers, reach, help_now = widths(strip_of(HEIGHTS).columns)
    assert 44 <= reach < offers < help_now


@pytest.mark.parametrize("address", ["www.embracepsychotherapyllc.com", "somebody@a-long-name-of-a-practice.example"])
def test_an_address_is_on_one_line(address: str) -> None:
    offers, reach, help_now = widths(strip_of(HEIGHTS, ["www.short.org", address]).columns)
    assert reach - 5.6 > 1.75 * min(len(address), 35)
    assert min(offers, help_now) >= 44


def test_no_cell_is_no_strip() -> None:
    assert strip_of({}) == ("1fr", 0.0)
