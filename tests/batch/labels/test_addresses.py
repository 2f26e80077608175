"""An address as the lines of a label, as each region writes it, from columns or from one cell."""

from __future__ import annotations

import pytest

from handoutkit.batch.labels.addresses import label_lines

PARTS = {
    "display_name": "Alex Example",
    "street": "12 Mill Lane",
    "city": "Riverbend",
    "state": "NY",
    "postcode": "00501",
}


@pytest.mark.parametrize(
    ("region", "town"),
    [("US", ["Riverbend, NY 00501"]), ("GB", ["Riverbend", "NY", "00501"]), ("ES", ["00501 Riverbend, NY"])],
)
def test_the_code_stands_where_the_region_has_it(region: str, town: list[str]) -> None:
    assert label_lines(PARTS, region) == ["Alex Example", "12 Mill Lane", *town]


def test_what_is_empty_leaves_no_line() -> None:
    more = {**PARTS, "address_2": "Apt 4", "state": "", "country": "Canada"}
    assert label_lines(more, "CA") == ["Alex Example", "12 Mill Lane", "Apt 4", "Riverbend 00501", "Canada"]


@pytest.mark.parametrize("address", ["12 Mill Lane, Riverbend, NY 00501", "12 Mill Lane\nRiverbend, NY 00501"])
def test_an_address_in_one_cell_has_its_lines(address: str) -> None:
    lines = label_lines({"display_name": "Alex Example", "address": address}, "US")
    assert lines == ["Alex Example", "12 Mill Lane", "Riverbend, NY 00501"]


def test_without_an_address_there_is_no_label() -> None:
    assert label_lines({"display_name": "Alex Example", "city": "Riverbend"}, "US") == []
