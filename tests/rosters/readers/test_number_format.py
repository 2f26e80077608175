"""Numbers as Excel shows them; the expected texts are what Excel and LibreOffice print."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handoutkit.rosters.readers.number_format import plain_number, shown_number


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.5, "0%", "50%"),
        (0.1256, "0.0%", "12.6%"),
        (0.3, "General", "0.3"),
        (2.0, "General", "2"),
        (3, 'General" visits"', "3 visits"),
        (120, '"$"#,##0.00', "$120.00"),
        (1234.5, '_("$"* #,##0.00_);_("$"* (#,##0.00)', "$1,234.50"),
        (12.5, "[$€-407] #,##0.00", "€ 12.50"),
        (5550100, "000-0000", "555-0100"),
        (5551234567, "[<=9999999]###-####;(###) ###-####", "(555) 123-4567"),
        (5551234, "[<=9999999]###-####;(###) ###-####", "555-1234"),
        (123456789, "000-00-0000", "123-45-6789"),
        (42, '"QX-"0000', "QX-0042"),
        (9, "00-00", "00-09"),
        (1234567.891, "#,##0.0", "1,234,567.9"),
        (1500000, '0.0,,"M"', "1.5M"),
        (-5, "0;(0)", "(5)"),
        (-5.5, "0.0", "-5.5"),
        (-0.001, "0.00", "0.00"),
        (0, '0;-0;"none"', "none"),
        (0, "#", ""),
        (0.5, "# ?/?", "0.5"),
    ],
)
def test_as_the_cell_shows_it(value: float, code: str, shown: str) -> None:
    assert shown_number(value, code) == shown


@given(st.integers(0, 10**15 - 1))
@settings(max_examples=200, deadline=None)
def test_groups_and_zeros_are_those_of_python(value: int) -> None:
    assert shown_number(value, "#,##0") == f"{value:,}"
    assert shown_number(value, "0000000") == f"{value:07}"
    assert plain_number(Decimal(value)) == str(value)


@given(st.floats(-1e12, 1e12), st.text('0#?,.%;-()"\\ $/EGeneral[<=9]@_*', max_size=16))
@settings(max_examples=400, deadline=None)
def test_no_format_is_too_odd(value: float, code: str) -> None:
    assert isinstance(shown_number(value, code), str)
