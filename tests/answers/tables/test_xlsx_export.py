"""Rows as a workbook: every text comes back as the text it was, references with their zeros."""

from __future__ import annotations

import io

import openpyxl
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handoutkit.answers.tables.answer_columns import COLUMNS, MEANING
from handoutkit.answers.tables.xlsx_export import to_xlsx
from tests.support.answer_samples import TEXTS, a_row

NUMBERS = ("edition", "option")


def in_xml(char: str) -> str:
    """A character as a workbook has it: XML 1.0 knows three control characters, and all others but two."""
    return char if char in "\t\n\r" or (char >= " " and char not in "\ufffe\uffff") else "\ufffd"


@example(["\ufffe", "a\uffff\x07"])
@given(st.lists(TEXTS, min_size=1, max_size=3))
@settings(deadline=None, max_examples=40)
def test_a_workbook_comes_back(values: list[str]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(map(a_row, values))))
    head, *rows = book["answers"].iter_rows()
    assert [cell.value for cell in head] == list(COLUMNS)
    told = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    assert [row["client_ref"].value for row in told] == ["0012"] * len(values)
    assert [row["value"].value or "" for row in told] == ["".join(map(in_xml, text)) for text in values]
    assert {row["edition"].value for row in told} == {3}


def test_no_text_is_a_formula_or_a_number() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx([a_row("=1+1"), a_row("0012")])))
    cells = [row[COLUMNS.index("value")] for row in book["answers"].iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in cells] == [
        ("=1+1", "s", "@"),
        ("0012", "s", "@"),
    ]


def test_the_second_sheet_says_what_the_columns_mean() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx([])))
    told = {name.value: meaning.value for name, meaning in list(book["columns"].iter_rows())[1:]}
    assert told == MEANING
