"""CSV as offices save it: any usual separator and encoding, quoted line ends, stray quotation marks."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from .table import (
    MAX_BYTES,
    MAX_CELL,
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
from .text_encoding import TWICE, FoundEncoding, found_encoding, line_of_another_encoding, mended

csv.field_size_limit(MAX_BYTES)  # a longer cell than Python's own limit has is told as too long, not as a wrong mark
_SEPARATORS = ",;\t|"
_SEP_LINE = re.compile(r"sep=(.)\n?")
# A cell that goes on for longer than this was opened by a quotation mark that nobody closed.
_MAX_LINES, _MAX_TEXT = 100, 2 * MAX_CELL
_GUARDED_CELL = re.compile(r'(?:^|(?<=[,;\t|]))="(?:[^"]|"")*"(?=[,;\t|\r\n]|$)')
_UNCLOSED = CellFault(
    "quotation-mark",
    "a quotation mark in this row is never closed, or stands in the middle of a quoted cell",
    "write each quotation mark inside a quoted cell twice, or take them out",
)


_GUARD = re.compile(r'="((?:[^"]|"")*)"')
"""How programs keep Excel from reading a text as a number."""
_APOSTROPHE = re.compile(r"'(?=[=+@\t-]|[0-9][0-9\s.,:/()+-]*([ap]\.?m\.?)?$)", re.IGNORECASE)
"""The same, before what would be a formula or a number; a name such as 't Hooft keeps it."""


class CsvTable:
    """A CSV file, read line by line; ``path`` is what problems call it."""

    def __init__(self, path: Path, data: bytes, reading: TableReading) -> None:
        self._path = path
        self._data = data
        self._names = reading.names
        try:
            self._encoding: FoundEncoding = found_encoding(data, reading.encoding)
        except UnicodeError:
            raise self._no_text() from None
        self.facts = TableFacts(encoding=self._encoding.name, guesses=self._encoding.guesses)

    def lines(self) -> Iterator[TableRow]:
        """The rows from the start, blank ones left out."""
        if self._encoding.guesses and (line := line_of_another_encoding(self._data)):
            message = f"line {line:,} is in another encoding than the other lines, so that their letters would change"
            raise refused_table(self._path, "two-encodings", message, "type its names anew, and save it as CSV UTF-8")
        buffer = io.BytesIO(self._data)
        buffer.seek(self._encoding.start)
        try:
            with io.TextIOWrapper(buffer, encoding=self._encoding.codec) as text:
                lines = iter(text)
                file = map(mended, lines) if self._encoding.name == TWICE else lines
                physical = deque(islice(file, WITHIN))
                separator, width = self._separator(physical, file)
                yield from self._rows(_Records(map(_unwrapped, chain(physical, file)), separator, width))
        except UnicodeError:
            raise self._no_text() from None

    def _no_text(self) -> Exception:
        hint = "save it again as CSV UTF-8"
        return refused_table(self._path, "not-text", "this file is not a table of text", hint)

    def _rows(self, records: _Records) -> Iterator[TableRow]:
        for row, (cells, fault) in enumerate(records, 1):
            if row > MAX_ROWS + 1:
                raise too_many_rows(self._path)
            texts = trimmed([_unguarded(cell) for cell in cells])
            if fault:
                yield TableRow(row, (), (fault,))
            elif texts:
                records.width = records.width or len(cells)
                yield TableRow(row, texts, tuple(faults_of_size(texts)))

    def _separator(self, physical: deque[str], file: Iterator[str]) -> tuple[str, int]:
        """The separator, and the cells of the header, or 0 where that is not found.

        A first line ``sep=;`` says it, which spreadsheets do not count; else it is the one that finds most names.
        """
        if not physical:
            return _SEPARATORS[0], 0
        separators = _SEPARATORS
        if named := _SEP_LINE.fullmatch(physical[0].lstrip("\ufeff")):
            physical.popleft()
            physical.extend(islice(file, 1))
            separators = named[1]
        most, separator, width = (False, 0), "", 0
        for each in separators:
            for line in physical:
                cells = _cells_of_line(line, each)
                found = known_names([_unguarded(cell).strip() for cell in cells], self._names)
                if found > most:
                    most, separator, width = found, each, len(cells)
        return separator or max(separators, key=lambda each: _share(physical, each)), width


def _cells_of_line(line: str, separator: str) -> list[str]:
    """The cells of a line, if it has this separator."""
    return next(csv.reader([_unwrapped(line)], delimiter=separator), [])


def _share(lines: Iterable[str], separator: str) -> tuple[int, int]:
    """How often a separator stands in the first of some lines, and in all."""
    counts = [line.count(separator) for line in lines]
    return (counts[0] if counts else 0), sum(counts)


def _unwrapped(line: str) -> str:
    """A line whose cells ``="00123"`` are quoted as others are: the sign before the quotation mark is taken away."""
    return _GUARDED_CELL.sub(lambda found: found[0].replace('="', '"', 1), line) if '="' in line else line


def _unguarded(cell: str) -> str:
    """A cell without what keeps a spreadsheet from reading it as a number."""
    if guarded := _GUARD.fullmatch(cell):
        return guarded[1].replace('""', '"')
    return cell[1:] if _APOSTROPHE.match(cell) else cell


class _Records:
    """The records of a CSV file; one that cannot be read ends with its first line, so that no other is lost.

    However many records may begin above it, a line is looked at twice only: as the first of a record, and as one inside
    a quoted cell, which are the two things a line can be. What is known of the lines ahead is kept and added up.
    """

    def __init__(self, file: Iterator[str], separator: str, width: int) -> None:
        self._ahead = deque[str]()
        self._file = file
        self._separator = separator
        self._within = deque[_Within]()  # what the first of the lines ahead are, inside a cell that stays open
        self._characters = self._separators = 0  # of these lines
        self._end: _Within | None = None  # the line after them, if it is known and does not leave the cell open
        self.width = width
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
    return max(0, len(next(csv.reader([text], delimiter=separator), [])) - 1)


_WRONG: list[str] = []
