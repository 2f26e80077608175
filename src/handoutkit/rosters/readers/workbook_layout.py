"""What a sheet of a workbook hides and joins, and the rows of it that its user sees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from .table import CellFault, TableFacts, TableRow, faults_of_size, trimmed

_RANGE = re.compile(r"([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)")


@dataclass(slots=True)
class WorkbookLayout:
    """Rows count from 1, columns from 0.

    Attributes:
        rows: hidden ones that hold something, by hand, by a filter or without any height.
        columns: hidden ones.
        joined: the first row and the last of cells that are joined downwards, by their column.
    """

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    joined: dict[int, list[tuple[int, int]]] = field(default_factory=dict)


def visible_rows(
    rows: Iterable[tuple[int, list[str], Iterable[CellFault]]],
    layout: WorkbookLayout,
    facts: TableFacts,
    *,
    with_hidden: bool,
) -> Iterator[TableRow]:
    """Yield the rows that are not blank; hidden rows and columns are left out, and counted in ``facts``."""
    joined = _JoinedCells(layout.joined)
    hidden = set() if with_hidden else layout.columns
    empty = set(hidden)
    for row, found, faults in rows:
        empty -= {column for column in hidden if column < len(found) and found[column]}
        texts = trimmed(["" if at in hidden else text for at, text in enumerate(joined.filled(row, found))])
        seen = tuple(fault for fault in faults if fault.column not in hidden)
        if not texts and not seen:
            continue
        if row in layout.rows and not with_hidden:
            facts.rows += 1
            continue
        yield TableRow(row, texts, (*seen, *faults_of_size(texts)))
    facts.columns = len(hidden) - len(empty)


def workbook_layout(xml: IO[bytes], most_columns: int) -> WorkbookLayout:
    """Read from a sheet's XML what openpyxl does not give row by row. Raises ValueError: no workbook may hold it."""
    layout = WorkbookLayout()
    row = 0
    all_hidden = False

    def start(name: str, values: dict[str, str]) -> None:
        nonlocal row, all_hidden
        tag = name.rpartition(":")[2]
        if tag == "row":
            row = int(values.get("r", row + 1))
            if _is_hidden(values, "ht", otherwise=all_hidden and "ht" not in values):
                layout.rows.add(row)
        elif tag == "col" and _is_hidden(values, "width"):
            first, last = int(values["min"]) - 1, int(values["max"])
            layout.columns.update(range(first, min(last, most_columns)))
        elif tag == "sheetFormatPr":
            all_hidden = values.get("zeroHeight") in ("1", "true")
        elif tag == "mergeCell" and (found := _RANGE.fullmatch(values.get("ref", ""))):
            first, last = int(found[2]), int(found[4])
            if last > first:
                layout.joined.setdefault(_number(found[1]), []).append((first, last))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EntityDeclHandler = _refuse
    try:
        parser.ParseFile(xml)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None
    return layout


def _refuse(*_declared: object) -> None:
    raise ValueError("a sheet declares no entities")


def _is_hidden(values: dict[str, str], size: str, *, otherwise: bool = False) -> bool:
    """Whether a row or a column is hidden, or has no size on the screen."""
    hidden = values.get("hidden")
    if hidden is not None:
        return hidden in ("1", "true")
    return otherwise or (size in values and float(values[size]) == 0)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


class _JoinedCells:
    """Fills the rest of cells that are joined downwards with what stands in the first of them."""

    def __init__(self, joined: dict[int, list[tuple[int, int]]]) -> None:
        self._starts = {(column, first): last for column, ranges in joined.items() for first, last in ranges}
        self._open: dict[int, tuple[int, str]] = {}

    def filled(self, row: int, texts: list[str]) -> list[str]:
        """The texts of a row with what the rows above give to it; a row without a text of its own stays empty."""
        if not self._starts:
            return texts
        own = any(texts)
        for column, (end, text) in list(self._open.items()):
            if row > end:
                del self._open[column]
            elif own:
                texts += [""] * (column + 1 - len(texts))
                texts[column] = texts[column] or text
        for column, text in enumerate(texts):
            if text and (last := self._starts.get((column, row))):
                self._open[column] = (last, text)
        return texts
