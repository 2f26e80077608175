"""A table of texts with its rows numbered as a spreadsheet numbers them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from handoutkit.errors import ContentError, Problem
from handoutkit.files.text_files import reason, shown

ENDINGS = (".csv", ".tsv", ".xlsx")
"""What the file of a roster may be called; what it is read as does not depend on it."""
MAX_BYTES = 100_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELL = 10_000
"""Most characters of a cell."""


class CellFault(NamedTuple):
    """What is wrong with a row or a cell, without a word of what it holds; ``column`` counts from 0."""

    code: str
    message: str
    hint: str
    column: int | None = None


class TableRow(NamedTuple):
    """One row that is not blank: its texts, stripped; and what cannot be read of it."""

    row: int
    cells: tuple[str, ...]
    faults: tuple[CellFault, ...] = ()


class RosterTable(Protocol):
    """A file as rows; the first of them is the header."""

    def lines(self) -> Iterator[TableRow]:
        """The rows from the start, blank ones left out. Raises ContentError: it cannot be read as a table."""


def refused_table(path: Path, code: str, message: str, hint: str) -> ContentError:
    """A problem of the file as a whole."""
    return ContentError(Problem(code, message, hint, file=shown(path)))


def unreadable_table(path: Path, error: Exception) -> ContentError:
    """The system would not give the file."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return refused_table(path, "no-such-file", "there is no such file", "check the spelling of its name")
    if isinstance(error, IsADirectoryError):
        return refused_table(path, "is-a-folder", "this is a folder, not a file", "name the roster in it")
    hint = "close it in other programs, and check that you may open it"
    return refused_table(path, "unreadable", f"this file cannot be read ({reason(error)})", hint)


def too_many_rows(path: Path) -> ContentError:
    """More rows than are taken."""
    hint = "split the roster in two"
    return refused_table(path, "too-many-rows", f"this roster has more than {MAX_ROWS:,} rows", hint)


def faults_of_size(cells: tuple[str, ...]) -> Iterator[CellFault]:
    """Cells that hold more than any value of a client does."""
    for column, cell in enumerate(cells):
        if len(cell) > MAX_CELL:
            message = f"this cell has {len(cell):,} characters, and at most {MAX_CELL:,} are taken"
            yield CellFault("too-long", message, "shorten it", column)


def trimmed(cells: list[str]) -> tuple[str, ...]:
    """Texts without the space around them and without empty cells at the end; of too many, one too many is kept."""
    texts = [cell.strip() for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts if len(texts) <= MAX_COLUMNS else [*texts[:MAX_COLUMNS], texts[-1]])
