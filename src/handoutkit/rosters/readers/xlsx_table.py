"""XLSX workbooks: the sheet that has the references, as its user sees it."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from handoutkit.files.zip_archive import DAMAGED, WORKBOOK_DAMAGED, opened_archive

from .number_format import plain_number, shown_number
from .table import (
    MAX_COLUMNS,
    MAX_ROWS,
    CellFault,
    TableFacts,
    TableReading,
    TableRow,
    refuse_large_workbook,
    refused_table,
    too_many_rows,
)
from .table_header import WITHIN, known_names, sheet_with_references
from .workbook_layout import WorkbookLayout, visible_rows, workbook_layout

_FORMULA = CellFault(
    "formula",
    "this cell has a formula without a result",
    "open the roster in a spreadsheet and save it, or paste the value in place of the formula",
)
_ERROR = CellFault("formula-error", "the formula in this cell gives an error", "mend it, or write the value itself")


class XlsxTable:
    """A workbook, read row by row; ``path`` is what problems call it."""

    def __init__(self, path: Path, data: bytes, reading: TableReading) -> None:
        self._path = path
        self._data = data
        self._reading = reading
        self.facts = TableFacts()
        self._check_size()
        self._sheet = self._find_sheet()

    def lines(self) -> Iterator[TableRow]:
        """The rows from the start, blank and hidden ones left out."""
        with self._opened(values=True) as values, self._opened(values=False) as written:
            self.facts.from_1904 = values.epoch.year == 1904
            sheets = values.worksheets[self._sheet], written.worksheets[self._sheet]
            layout, keep = self._layout(sheets[0]), self._reading.with_hidden
            yield from visible_rows(self._texts(*sheets), layout, self.facts, with_hidden=keep)

    def _texts(self, values: Any, written: Any) -> Iterator[tuple[int, list[str], Iterator[CellFault]]]:
        """The number of each row, its texts, and what is wrong with its cells."""
        for row, (shown, typed) in enumerate(zip(_rows(values), _rows(written), strict=False), 1):
            if row > MAX_ROWS + 1:
                raise too_many_rows(self._path)
            yield row, [_text(cell) for cell in shown], _faults(shown, typed)

    def _layout(self, sheet: Any) -> WorkbookLayout:
        with opened_archive(self._data) as archive, archive.open(_place_of(sheet)) as xml:
            return workbook_layout(xml, MAX_COLUMNS)

    def _find_sheet(self) -> int:
        """The number of the one sheet that has the references. Raises ContentError."""
        with self._opened(values=True) as book:
            sheets = list(enumerate(book.worksheets))
            seen = [(at, sheet) for at, sheet in sheets if sheet.sheet_state == "visible" or self._reading.with_hidden]
            self.facts.sheets = len(sheets) - len(seen)
            seen = seen or sheets
            known = [self._most_known(sheet) for _, sheet in seen]
        best = sheet_with_references(self._path, known)
        return seen[best][0] if seen else 0

    def _most_known(self, sheet: Any) -> tuple[bool, int]:
        """What the row at a sheet's top that names most columns names; see ``known_names``."""
        rows = (row for row in _rows(sheet) if any(cell.value is not None for cell in row))
        texts = ([_text(cell).strip() for cell in row] for row in islice(rows, WITHIN))
        return max((known_names(cells, self._reading.names) for cells in texts), default=(False, 0))

    def _check_size(self) -> None:
        try:
            with opened_archive(self._data) as archive:
                refuse_large_workbook(self._path, archive)
        except DAMAGED:
            raise self._damaged() from None

    @contextmanager
    def _opened(self, *, values: bool) -> Iterator[Any]:
        """The workbook, with the results of formulas or as it was typed. Raises ContentError: it is damaged."""
        import openpyxl  # slow to import, and most rosters are CSV

        book = None
        try:
            with warnings.catch_warnings(action="ignore"):  # of styles and extensions that do not matter here
                book = openpyxl.load_workbook(io.BytesIO(self._data), read_only=True, data_only=values)
                yield book
        except WORKBOOK_DAMAGED:
            raise self._damaged() from None
        finally:
            if book is not None:
                book.close()

    def _damaged(self) -> Exception:
        hint = "open it in a spreadsheet and save it again as .xlsx (without a password) or as CSV"
        return refused_table(self._path, "not-a-table", "this workbook cannot be read", hint)


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()  # what some programs write there is wrong
    for row in sheet.iter_rows():  # a cell that stands far out has filled up its row to there; one too many says it
        yield row if len(row) <= MAX_COLUMNS else (*row[:MAX_COLUMNS], row[-1])


def _place_of(sheet: Any) -> str:
    """Where a sheet's XML is in its archive."""
    return str(sheet._worksheet_path).lstrip("/")


def _faults(shown: tuple[Any, ...], typed: tuple[Any, ...]) -> Iterator[CellFault]:
    for column, (cell, formula) in enumerate(zip(shown, typed, strict=False)):
        if cell.data_type == "e":
            yield _ERROR._replace(column=column)
        elif formula.data_type == "f" and cell.value is None:
            yield _FORMULA._replace(column=column)


def _text(cell: Any) -> str:
    """A cell as text: days and times in ISO 8601, to the minute; all else as the cell shows it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        moment = to_the_minute(value)
        return moment.date().isoformat() if moment.time() == time() else moment.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, time):
        return to_the_minute(datetime.combine(date.min, value)).time().isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, int | float):
        code = cell.number_format
        return shown_number(value, code) if code else plain_number(Decimal(repr(value)))
    return str(value)


def to_the_minute(moment: datetime) -> datetime:
    """A time as a clock shows it; a workbook keeps 14:30 as a fraction of a day, which is a little less or more."""
    return (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)
