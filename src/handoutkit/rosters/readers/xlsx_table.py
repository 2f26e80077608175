"""XLSX workbooks: the sheet that has the references, as texts."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from handoutkit.models.clients.client_ref import CLIENT_REF
from handoutkit.rosters.columns import normal

from .table import MAX_COLUMNS, MAX_ROWS, CellFault, TableRow, faults_of_size, refused_table, too_many_rows, trimmed

_MAX_UNPACKED = 400_000_000
_HEADER_WITHIN = 20
"""Rows at the top of a sheet among which its header is looked for."""
# What zipfile and openpyxl let through of files that are not as they should be.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, KeyError, ValueError, TypeError, AttributeError),
    *(IndexError, SyntaxError, ArithmeticError, OSError),
)
_FORMULA = CellFault(
    "formula",
    "this cell has a formula without a result",
    "open the roster in a spreadsheet and save it, or paste the value in place of the formula",
)
_ERROR = CellFault("formula-error", "the formula in this cell gives an error", "mend it, or write the value itself")


class XlsxTable:
    """A workbook, read row by row; ``path`` is what problems call it."""

    def __init__(self, path: Path, data: bytes) -> None:
        self._path = path
        self._data = data
        self._check_size()
        self._sheet = self._find_sheet()

    def lines(self) -> Iterator[TableRow]:
        """The rows from the start, blank ones left out."""
        with self._opened(values=True) as values, self._opened(values=False) as written:
            sheets = values.worksheets[self._sheet], written.worksheets[self._sheet]
            for row, (shown, typed) in enumerate(zip(*map(_rows, sheets), strict=False), 1):
                if row > MAX_ROWS + 1:
                    raise too_many_rows(self._path)
                texts = trimmed([_text(cell) for cell in shown])
                faults = tuple(_faults(shown, typed))
                if texts or faults:
                    yield TableRow(row, texts, (*faults, *faults_of_size(texts)))

    def _find_sheet(self) -> int:
        """The number of the one sheet that has the references. Raises ContentError."""
        with self._opened(values=True) as book:
            found = [number for number, sheet in enumerate(book.worksheets) if _has_references(sheet)]
            single = len(book.worksheets) == 1
        if len(found) > 1:
            message = f"{len(found)} sheets of this workbook have a column `{CLIENT_REF}`"
            raise refused_table(self._path, "which-sheet", message, "keep one of them, or save it as a file of its own")
        if not found and not single:
            message = f"no sheet of this workbook has a column `{CLIENT_REF}`"
            hint = f"name the column with the clients' references `{CLIENT_REF}`"
            raise refused_table(self._path, "no-client-ref", message, hint)
        return found[0] if found else 0

    def _check_size(self) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(self._data)) as archive:
                size = sum(member.file_size for member in archive.infolist())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
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
        except _DAMAGE:
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


def _has_references(sheet: Any) -> bool:
    for row in islice(_rows(sheet), _HEADER_WITHIN):
        if any(cell.value is not None for cell in row):
            return CLIENT_REF in (normal(_text(cell)) for cell in row)
    return False


def _faults(shown: tuple[Any, ...], typed: tuple[Any, ...]) -> Iterator[CellFault]:
    for column, (cell, formula) in enumerate(zip(shown, typed, strict=False)):
        if cell.data_type == "e":
            yield _ERROR._replace(column=column)
        elif formula.data_type == "f" and cell.value is None:
            yield _FORMULA._replace(column=column)


def _text(cell: Any) -> str:
    """A cell as text: days and times in ISO 8601, whole numbers without a point and with the zeros they show."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and re.fullmatch("0+", cell.number_format or ""):
        return str(value).zfill(len(cell.number_format))
    return str(value)
