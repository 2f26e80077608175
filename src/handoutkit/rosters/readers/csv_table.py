"""CSV as offices save it: any usual separator and encoding, quoted line ends, stray quotation marks."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from handoutkit.models.clients.client_ref import CLIENT_REF
from handoutkit.rosters.columns import normal

from .table import MAX_CELL, MAX_ROWS, CellFault, TableRow, faults_of_size, refused_table, too_many_rows, trimmed

_SEPARATORS = ",;\t|"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEP_LINE = re.compile(r"sep=(.)\n?")
# A cell that goes on for longer than this was opened by a quotation mark that nobody closed.
_MAX_LINES, _MAX_TEXT = 100, 2 * MAX_CELL
_UNCLOSED = CellFault(
    "quotation-mark",
    "a quotation mark in this row is never closed, or stands in the middle of a quoted cell",
    "write each quotation mark inside a quoted cell twice, or take them out",
)


class CsvTable:
    """A CSV file, read line by line; ``path`` is what problems call it."""

    def __init__(self, path: Path, data: bytes) -> None:
        self._path = path
        self._data = data
        self._encoding = _encoding(data)

    def lines(self) -> Iterator[TableRow]:
        """The rows from the start, blank ones left out."""
        if line := _line_of_another_encoding(self._data):
            message = f"line {line:,} is in another encoding than the other lines, so that their letters would change"
            raise refused_table(self._path, "two-encodings", message, "type its names anew, and save it as CSV UTF-8")
        try:
            with self._opened() as file:
                first = file.readline()
                # A first line ``sep=;`` names the separator; spreadsheets do not count it as a row.
                named = _SEP_LINE.fullmatch(first)
                separator = named[1] if named else self._separator(first)
                yield from self._rows(_Records(file if named else chain([first], file), separator))
        except UnicodeError:
            hint = "save it again as CSV UTF-8"
            raise refused_table(self._path, "not-text", "this file is not a table of text", hint) from None

    def _opened(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(io.BytesIO(self._data), encoding=self._encoding)

    def _rows(self, records: _Records) -> Iterator[TableRow]:
        for row, (cells, fault) in enumerate(records, 1):
            if row > MAX_ROWS + 1:
                raise too_many_rows(self._path)
            texts = trimmed(cells)
            if fault:
                yield TableRow(row, (), (fault,))
            elif texts:
                records.width = records.width or len(cells)
                yield TableRow(row, texts, tuple(faults_of_size(texts)))

    def _separator(self, first: str) -> str:
        """The one by which the first row that is not blank names the reference; else the one most often in a line."""
        for separator in _SEPARATORS:
            with self._opened() as file:
                records = islice(_Records(file, separator), _MAX_LINES)
                header = next((cells for cells, fault in records if fault or trimmed(cells)), [])
            if CLIENT_REF in map(normal, header):
                return separator
        return max(_SEPARATORS, key=first.count)


class _Records:
    """The records of a CSV file; one that cannot be read ends with its first line, so that no other is lost.

    However many records may begin above it, a line is looked at twice only: as the first of a record, and as one inside
    a quoted cell, which are the two things a line can be. What is known of the lines ahead is kept and added up.
    """

    def __init__(self, lines: Iterable[str], separator: str) -> None:
        self._ahead = deque[str]()
        self._file = iter(lines)
        self._separator = separator
        self._within = deque[_Within]()  # what the first of the lines ahead are, inside a cell that stays open
        self._characters = self._separators = 0  # of these lines
        self._end: _Within | None = None  # the line after them, if it is known and does not leave the cell open
        self.width = 0
        """Cells of the header; 0 while it is not known."""

    def __iter__(self) -> Iterator[tuple[list[str], CellFault | None]]:
        while line := self._next():
            cells = self._parsed(line)
            if cells is None:
                cells = self._of_several_lines(line)
            yield ([], _UNCLOSED) if cells is _WRONG else (cells, None)

    def _next(self) -> str:
        """The line that a record begins with."""
        if self._within:
            line = self._within.popleft()
            self._characters -= line.characters
            self._separators -= line.separators
        else:
            self._end = None
        return self._ahead.popleft() if self._ahead else next(self._file, "")

    def _of_several_lines(self, first: str) -> list[str]:
        """The cells of a record whose first line leaves a cell open; ``_WRONG`` if it is none, and no more is read."""
        self._look_ahead(first)
        separators = _separators(first, self._separator)
        if not (end := self._end) or not end.closes or not self._may_go_on(first):
            return _WRONG
        if self.width and separators + self._separators + end.separators + 1 != self.width:
            return _WRONG
        if len(first) + self._characters + end.characters > csv.field_size_limit():
            return _WRONG
        rest = [self._ahead.popleft() for _ in range(len(self._within) + 1)]
        self._within.clear()
        self._characters = self._separators = 0
        self._end = None
        return self._parsed("".join((first, *rest))) or _WRONG

    def _look_ahead(self, first: str) -> None:
        """See through the lines ahead, up to the one that ends a record or to where none may go on."""
        while self._end is None and self._may_go_on(first):
            number = len(self._within)
            if number == len(self._ahead):
                self._ahead.append(next(self._file, ""))
            if not (line := self._ahead[number]):
                return
            cells = self._parsed(f'"{line}')
            seen = _Within(len(line), _separators(f'"{line}', self._separator), cells is not _WRONG)
            if cells is None:
                self._within.append(seen)
                self._characters += seen.characters
                self._separators += seen.separators
            else:
                self._end = seen

    def _may_go_on(self, first: str) -> bool:
        return len(self._within) + 1 < _MAX_LINES and len(first) + self._characters < _MAX_TEXT

    def _parsed(self, text: str) -> list[str] | None:
        """The cells of a record; None if a quotation mark is still open at its end, ``_WRONG`` if it is no record."""
        try:
            return next(csv.reader([text], delimiter=self._separator, strict=True), [])
        except csv.Error as error:
            return None if "unexpected end" in str(error) else _WRONG


class _Within(NamedTuple):
    """A line as one that begins inside a quoted cell: its length, its separators, and whether it ends the record."""

    characters: int
    separators: int
    closes: bool


def _separators(text: str, separator: str) -> int:
    """How many separators there are outside of quotation marks."""
    try:
        return max(0, len(next(csv.reader([text], delimiter=separator), [])) - 1)
    except csv.Error:
        return 0


_WRONG: list[str] = []


_LETTERS_OF_UTF_8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
"""Letters as UTF-8 has them; as Windows-1252, each is a row of signs that hardly stands in any word."""


def _line_of_another_encoding(data: bytes) -> int:
    """The first line that is no UTF-8, in a file that otherwise is; 0 where all is in one encoding.

    Two exports that were put together are such a file. Taken as either, it has wrong letters in people's names.
    """
    if _encoding(data) != "windows-1252" or not _LETTERS_OF_UTF_8.search(data):
        return 0
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return number
    return 0


def _encoding(data: bytes) -> str:
    """By the mark at its start; else UTF-8 if all of it is, and Windows-1252 if not."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"
