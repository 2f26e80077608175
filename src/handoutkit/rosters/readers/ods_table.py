"""OpenDocument spreadsheets (.ods): the sheet that has the references, as its user sees it (ODF 1.3, part 3, 9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from xml.parsers import expat

from handoutkit.files.zip_archive import DAMAGED, opened_archive
from handoutkit.models.clients.client_ref import CLIENT_REF

from .table import (
    MAX_COLUMNS,
    MAX_ROWS,
    TableFacts,
    TableReading,
    TableRow,
    refuse_large_workbook,
    refused_table,
    too_many_rows,
    trimmed,
)
from .table_header import WITHIN, known_names, sheet_with_references
from .workbook_layout import WorkbookLayout, visible_rows
from .xlsx_table import to_the_minute

_KIND = b"application/vnd.oasis.opendocument.spreadsheet"
# What zipfile and a parser let through of files that are not as they should be.
_DAMAGE = (*DAMAGED, KeyError, IndexError, TypeError, ArithmeticError, expat.ExpatError)


@dataclass(slots=True)
class _Sheet:
    """A sheet as it is written: the texts of its rows that are not blank, and what of it is hidden."""

    hidden: bool
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    layout: WorkbookLayout = field(default_factory=WorkbookLayout)
    row: int = 0
    column: int = 0


class OdsTable:
    """An OpenDocument workbook; ``path`` is what problems call it."""

    def __init__(self, path: Path, data: bytes, reading: TableReading) -> None:
        self._path = path
        self._reading = reading
        self.facts = TableFacts()
        try:
            with opened_archive(data) as archive:
                refuse_large_workbook(path, archive)
                content = archive.read("content.xml")
            sheets = _OdsContentReader().sheets(content)
        except _TooManyRowsError:
            raise too_many_rows(path) from None
        except _DAMAGE:
            hint = "open it in a spreadsheet and save it again as .ods (without a password), .xlsx or CSV"
            raise refused_table(path, "not-a-table", "this workbook cannot be read", hint) from None
        self._sheet = self._found(sheets)

    @staticmethod
    def is_one(data: bytes) -> bool:
        """Whether a zipped file is one, as the first file in it says (ODF 1.3, part 2, 3.3)."""
        return _KIND in data[:200]

    def lines(self) -> Iterator[TableRow]:
        """The rows from the start, blank and hidden ones left out."""
        rows = ((row, list(texts), ()) for row, texts in self._sheet.rows)  # a row that is repeated stands there once
        return visible_rows(rows, self._sheet.layout, self.facts, with_hidden=self._reading.with_hidden)

    def _found(self, sheets: list[_Sheet]) -> _Sheet:
        """The one sheet that has the references. Raises ContentError."""
        seen = [sheet for sheet in sheets if not sheet.hidden or self._reading.with_hidden] or sheets
        self.facts.sheets = len(sheets) - len(seen)
        if not seen:
            hint = f"write the names of the columns into its first row, `{CLIENT_REF}` among them"
            raise refused_table(self._path, "empty-file", "there is nothing in this workbook", hint)
        return seen[sheet_with_references(self._path, [self._most_known(sheet) for sheet in seen])]

    def _most_known(self, sheet: _Sheet) -> tuple[bool, int]:
        texts = (trimmed(list(row)) for _, row in sheet.rows[:WITHIN])
        return max((known_names(cells, self._reading.names) for cells in texts), default=(False, 0))


class _TooManyRowsError(Exception):
    pass


class _OdsContentReader:
    """Reads ``content.xml`` from its start to its end, and keeps nothing but texts."""

    def __init__(self) -> None:
        self._sheets: list[_Sheet] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._cells: list[str] = []
        self._row: dict[str, str] = {}
        self._cell: dict[str, str] | None = None
        self._text: list[str] = []
        self._depth = 0  # inside a paragraph of a cell
        self._aside = 0  # inside a remark at a cell, which is no part of its text

    def sheets(self, content: bytes) -> list[_Sheet]:
        """The sheets of a workbook. Raises ExpatError, ValueError: it is none."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._said
        parser.EntityDeclHandler = _refuse
        parser.Parse(content, True)
        return self._sheets

    def _start(self, name: str, values: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        plain = {key.rpartition(" ")[2]: value for key, value in values.items()}
        if tag == "style":
            self._style = plain.get("name", "")
        elif tag == "table-properties" and plain.get("display") == "false":
            self._hidden_styles.add(self._style)
        elif tag == "table":
            self._sheets.append(_Sheet(plain.get("style-name", "") in self._hidden_styles))
        elif tag == "table-column":
            self._column(plain)
        elif tag == "table-row":
            self._row, self._cells = plain, []
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell, self._text = plain, []
        elif tag == "annotation":
            self._aside += 1
        elif self._cell is not None and not self._aside:
            self._inside_cell(tag, plain)

    def _inside_cell(self, tag: str, values: dict[str, str]) -> None:
        if tag == "p":
            if self._text:
                self._text.append("\n")
            self._depth += 1
        elif tag == "s":
            self._text.append(" " * min(int(values.get("c", 1)), 100))
        elif tag in ("tab", "line-break"):
            self._text.append("\t" if tag == "tab" else "\n")

    def _said(self, text: str) -> None:
        if self._depth and not self._aside:
            self._text.append(text)

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "annotation":
            self._aside -= 1
        elif tag == "p" and self._depth and not self._aside:
            self._depth -= 1
        elif tag in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._end_of_cell(self._cell)
            self._cell = None
        elif tag == "table-row":
            self._end_of_row()

    def _column(self, values: dict[str, str]) -> None:
        sheet = self._sheets[-1]
        count = min(int(values.get("number-columns-repeated", 1)), MAX_COLUMNS + 1)
        if values.get("visibility") in ("collapse", "filter"):
            sheet.layout.columns.update(range(sheet.column, sheet.column + count))
        sheet.column += count

    def _end_of_cell(self, values: dict[str, str]) -> None:
        text = _text(values, "".join(self._text))
        count = min(int(values.get("number-columns-repeated", 1)), MAX_COLUMNS + 1 - len(self._cells))
        sheet = self._sheets[-1]
        if (rows := int(values.get("number-rows-spanned", 1))) > 1:
            sheet.layout.joined.setdefault(len(self._cells), []).append((sheet.row + 1, sheet.row + rows))
        self._cells += [text] * max(0, count)

    def _end_of_row(self) -> None:
        sheet = self._sheets[-1]
        count = int(self._row.get("number-rows-repeated", 1))
        if any(self._cells):
            if sheet.row + count > MAX_ROWS + 1:
                raise _TooManyRowsError
            numbers = range(sheet.row + 1, sheet.row + 1 + count)
            sheet.rows += [(number, self._cells) for number in numbers]
            if self._row.get("visibility") in ("collapse", "filter"):
                sheet.layout.rows.update(numbers)
        sheet.row += count


def _text(values: dict[str, str], shown: str) -> str:
    """A cell as text: days and times in ISO 8601, to the minute; all else as the cell shows it."""
    day = values.get("date-value")
    if values.get("value-type") != "date" or day is None:
        return shown
    moment = to_the_minute(datetime.fromisoformat(day))
    return moment.date().isoformat() if "T" not in day else moment.isoformat(sep=" ", timespec="minutes")


def _refuse(*_declared: object) -> None:
    raise ValueError("a workbook declares no entities")
