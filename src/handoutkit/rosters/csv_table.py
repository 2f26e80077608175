"""CSV as offices save it: any usual separator and encoding, quoted line ends, stray quotation marks."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from .columns import REFERENCE, normal
from .table import MAX_CELL, MAX_ROWS, Fault, Line, faults_of_size, refusal, too_many_rows, trimmed

_SEPARATORS = ",;\t|"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEP_LINE = re.compile(r"sep=(.)\n?")
# A cell that goes on for longer than this was opened by a quotation mark that nobody closed.
_MOST_LINES, _MOST_TEXT = 100, 2 * MAX_CELL
_UNCLOSED = Fault(
    "quotation-mark",
    "a quotation mark in this row is never closed, or stands in the middle of a quoted cell",
    "write each quotation mark inside a quoted cell twice, or take them out",
)


class CsvTable:
    """A CSV file, read line by line; ``path`` is what problems call it."""

    def __init__(self, path: Path, data: bytes) -> None:
        self._path = path
        self._data = data

    def lines(self) -> Iterator[Line]:
        """The rows from the start, blank ones left out."""
        try:
            with io.TextIOWrapper(io.BytesIO(self._data), encoding=_encoding(self._data)) as file:
                physical = deque([file.readline()])
                separator = self._separator(physical, file)
                yield from self._rows(_Records(physical, file, separator))
        except UnicodeError:
            hint = "save it again as CSV UTF-8"
            raise refusal(self._path, "not-text", "this file is not a table of text", hint) from None

    def _rows(self, records: _Records) -> Iterator[Line]:
        for row, (cells, fault) in enumerate(records, 1):
            if row > MAX_ROWS + 1:
                raise too_many_rows(self._path)
            texts = trimmed(cells)
            if fault:
                yield Line(row, (), (fault,))
            elif texts:
                records.width = records.width or len(cells)
                yield Line(row, texts, tuple(faults_of_size(texts)))

    def _separator(self, physical: deque[str], file: Iterable[str]) -> str:
        """As a first line ``sep=;`` says, which spreadsheets do not count; else the one that finds the reference."""
        if said := _SEP_LINE.fullmatch(physical[0]):
            physical.clear()
            physical.append(next(iter(file), ""))
            return said[1]
        for separator in _SEPARATORS:
            if REFERENCE in map(normal, next(csv.reader([physical[0]], delimiter=separator), [])):
                return separator
        return max(_SEPARATORS, key=physical[0].count)


class _Records:
    """The records of a CSV file; one that cannot be read ends with its first line, so that no other is lost."""

    def __init__(self, physical: deque[str], file: Iterable[str], separator: str) -> None:
        self._waiting = physical
        self._file = iter(file)
        self._separator = separator
        self.width = 0
        """Cells of the header; 0 while it is not known."""

    def __iter__(self) -> Iterator[tuple[list[str], Fault | None]]:
        while line := self._next():
            taken = [line]
            cells = self._parsed(line)
            while cells is None and self._may_go_on(taken) and (line := self._next()):
                taken.append(line)
                cells = self._parsed("".join(taken))
            if cells is None or cells is _WRONG or (len(taken) > 1 and self.width and len(cells) != self.width):
                self._waiting.extendleft(reversed(taken[1:]))
                yield [], _UNCLOSED
            else:
                yield cells, None

    def _next(self) -> str:
        return self._waiting.popleft() if self._waiting else next(self._file, "")

    def _parsed(self, text: str) -> list[str] | None:
        """The cells of a record; None if a quotation mark is still open at its end, ``_WRONG`` if it is no record."""
        try:
            return next(csv.reader([text], delimiter=self._separator, strict=True), [])
        except csv.Error as error:
            return None if "unexpected end" in str(error) else _WRONG

    @staticmethod
    def _may_go_on(taken: list[str]) -> bool:
        return len(taken) < _MOST_LINES and sum(map(len, taken)) < _MOST_TEXT


_WRONG: list[str] = []


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
