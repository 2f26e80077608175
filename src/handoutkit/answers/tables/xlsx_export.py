"""Rows as an Excel workbook: every text stays text, so that no reference loses its zeros and no formula runs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from handoutkit.answers.answer_rows import AnswerRow

from .answer_columns import COLUMNS, MEANING, VERSION

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_cells = attrgetter(*COLUMNS)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no workbook can hold, since XML cannot (XML 1.0, section 2.2); openpyxl's list lacks the last three."""
_LOST = "\ufffd"
"""Stands for such a character."""


def to_xlsx(rows: Iterable[AnswerRow]) -> bytes:
    """A workbook with the rows, and a second sheet that says what the columns mean."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("answers")
    sheet.freeze_panes = "A2"
    sheet.append([_text(sheet, name, bold=True) for name in COLUMNS])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in _cells(row)])
    about = book.create_sheet("columns")
    about.append([_text(about, "column", bold=True), _text(about, f"meaning (version {VERSION})", bold=True)])
    for name in COLUMNS:
        about.append([_text(about, name), _text(about, MEANING[name])])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: WriteOnlyWorksheet, value: str | int | None) -> Any:
    return _text(sheet, value) if isinstance(value, str) else value


def _text(sheet: WriteOnlyWorksheet, value: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet)
    cell.value = _NOT_IN_XML.sub(_LOST, value)
    cell.data_type = "s"  # also where it begins with an equals sign
    cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
    return cell
