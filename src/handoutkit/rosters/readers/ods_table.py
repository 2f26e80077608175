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
    faults_of_size,
    refused_table,
    too_many_rows,
    trimmed,
)
from .table_header import WITHIN, known_names
from .workbook_layout import JoinedCells
from .xlsx_table import to_the_minute

_KIND = b"application/vnd.oasis.opendocument.spreadsheet"
_MAX_UNPACKED = 400_000_000
# What zipfile and a parser let through of files that are not as they should be.
_DAMAGE = (*DAMAGED, KeyError, IndexError, TypeError, ArithmeticError, expat.ExpatError)


@dataclass(slots=True)
class _Sheet:
    """A sheet as it is written: the texts of its rows that are not blank, and what of it is hidden."""

    hidden: bool
    rows: list[tuple[int, list[str], bool]] = field(default_factory=list)
    columns: set[int] = field(default_factory=set)
    joined: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
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
                if sum(member.file_size for member in archive.infolist()) > _MAX_UNPACKED:
                    hint = "save the rows that matter as CSV"
                    raise refused_table(path, "too-large", "this workbook is too large to be read", hint)
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
        sheet, keep = self._sheet, self._reading.with_hidden
        hidden = set() if keep else sheet.columns
        joined = JoinedCells(sheet.joined)
        empty = set(hidden)
        for row, texts, is_hidden in sheet.rows:
            empty -= {column for column in hidden if column < len(texts) and texts[column]}
            filled = joined.filled(row, list(texts))
            cells = trimmed(["" if at in hidden else text for at, text in enumerate(filled)])
            if not cells:
                continue
            if is_hidden and not keep:
                self.facts.rows += 1
                continue
            yield TableRow(row, cells, tuple(faults_of_size(cells)))
        self.facts.columns = len(hidden) - len(empty)

    def _found(self, sheets: list[_Sheet]) -> _Sheet:
        """The one sheet that has the references. Raises ContentError."""
        seen = [sheet for sheet in sheets if not sheet.hidden or self._reading.with_hidden] or sheets
        self.facts.sheets = len(sheets) - len(seen)
        ranked = [(self._most_known(sheet), -at) for at, sheet in enumerate(seen)]
        if sum(has_references for (has_references, _), _ in ranked) > 1:
            message = "several sheets of this workbook have a column with references"
            hint = "hide the others, or save the one that is meant as a file of its own"
            raise refused_table(self._path, "which-sheet", message, hint)
        if not ranked:
            hint = f"write the names of the columns into its first row, `{CLIENT_REF}` among them"
            raise refused_table(self._path, "empty-file", "there is nothing in this workbook", hint)
        return seen[-max(ranked)[1]]

    def _most_known(self, sheet: _Sheet) -> tuple[bool, int]:
        texts = (trimmed(list(row)) for _, row, _ in sheet.rows[:WITHIN])
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
            sheet.columns.update(range(sheet.column, sheet.column + count))
        sheet.column += count

    def _end_of_cell(self, values: dict[str, str]) -> None:
        text = _text(values, "".join(self._text))
        count = min(int(values.get("number-columns-repeated", 1)), MAX_COLUMNS + 1 - len(self._cells))
        sheet = self._sheets[-1]
        if (rows := int(values.get("number-rows-spanned", 1))) > 1:
            sheet.joined.setdefault(len(self._cells), []).append((sheet.row + 1, sheet.row + rows))
        self._cells += [text] * max(0, count)

    def _end_of_row(self) -> None:
        sheet = self._sheets[-1]
        count = int(self._row.get("number-rows-repeated", 1))
        if any(self._cells):
            if sheet.row + count > MAX_ROWS + 1:
                raise _TooManyRowsError
            hidden = self._row.get("visibility") in ("collapse", "filter")
            sheet.rows += [(sheet.row + 1 + again, self._cells, hidden) for again in range(count)]
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
