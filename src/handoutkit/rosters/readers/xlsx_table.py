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
from handoutkit.models.clients.client_ref import CLIENT_REF

from .number_format import plain_number, shown_number
from .table import (
    MAX_COLUMNS,
    MAX_ROWS,
    CellFault,
    TableFacts,
    TableReading,
    TableRow,
    faults_of_size,
    refused_table,
    too_many_rows,
    trimmed,
)
from .table_header import WITHIN, known_names
from .workbook_layout import JoinedCells, WorkbookLayout, workbook_layout

_MAX_UNPACKED = 400_000_000
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
            layout = self._layout(sheets[0])
            joined = JoinedCells(layout.joined)
            hidden = set() if self._reading.with_hidden else layout.columns
            empty = set(hidden)
            for row, (shown, typed) in enumerate(zip(*map(_rows, sheets), strict=False), 1):
                if row > MAX_ROWS + 1:
                    raise too_many_rows(self._path)
                found = [_text(cell) for cell in shown]
                empty -= {column for column in hidden if column < len(found) and found[column]}
                texts = trimmed(["" if at in hidden else text for at, text in enumerate(joined.filled(row, found))])
                faults = tuple(fault for fault in _faults(shown, typed) if fault.column not in hidden)
                if not texts and not faults:
                    continue
                if row in layout.rows and not self._reading.with_hidden:
                    self.facts.rows += 1
                    continue
                yield TableRow(row, texts, (*faults, *faults_of_size(texts)))
            self.facts.columns = len(hidden) - len(empty)

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
            most = {at: self._most_known(sheet) for at, sheet in seen}
        found = [at for at in most if most[at][0]]
        if len(found) > 1:
            message = f"{len(found)} sheets of this workbook have a column with references"
            hint = "hide the others, or save the one that is meant as a file of its own"
            raise refused_table(self._path, "which-sheet", message, hint)
        best = max(most, key=lambda at: most[at], default=0)
        if not found and len(seen) > 1 and most[best][1] < 2:
            message = f"no sheet of this workbook has a column `{CLIENT_REF}`"
            hint = f"name the column with the clients' references `{CLIENT_REF}`, or say which it is with --map"
            raise refused_table(self._path, "no-client-ref", message, hint)
        return best

    def _most_known(self, sheet: Any) -> tuple[bool, int]:
        """What the row at a sheet's top that names most columns names; see ``known_names``."""
        rows = (row for row in _rows(sheet) if any(cell.value is not None for cell in row))
        texts = ([_text(cell).strip() for cell in row] for row in islice(rows, WITHIN))
        return max((known_names(cells, self._reading.names) for cells in texts), default=(False, 0))

    def _check_size(self) -> None:
        try:
            with opened_archive(self._data) as archive:
                size = sum(member.file_size for member in archive.infolist())
        except DAMAGED:
            raise self._damaged() from None
        if size > _MAX_UNPACKED:
            hint = "save the rows that matter as CSV"
            raise refused_table(self._path, "too-large", "this workbook is too large to be read", hint)

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
