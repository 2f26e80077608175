"""A table of texts with its rows numbered as a spreadsheet numbers them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol
from zipfile import ZipFile

from handoutkit.errors import ContentError, Problem
from handoutkit.files.text_files import reason, shown
from handoutkit.rosters.usual_names import HeaderNames

ENDINGS = (".csv", ".tsv", ".xlsx", ".ods")
"""What the file of a roster may be called; what it is read as does not depend on it."""
MAX_BYTES = 100_000_000
_MAX_UNPACKED = 400_000_000
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


@dataclass(frozen=True, slots=True)
class TableReading:
    """How a table is to be read.

    Attributes:
        names: by which its header is known.
        encoding: of its text, as the user said; None finds it.
        with_hidden: whether hidden rows, columns and sheets are read as well.
    """

    names: HeaderNames
    encoding: str | None = None
    with_hidden: bool = False


@dataclass(slots=True)
class TableFacts:
    """What was found in a table beside its rows.

    Attributes:
        encoding: of its text, as ``--encoding`` names it; empty for a workbook.
        guesses: encodings to ask about before a word of the table is used, the likeliest first.
        samples: three cells with accents, as the first of them reads them; for the user's eyes only.
        rows, columns, sheets: how many are hidden in the workbook, and were held back.
        above, below: rows around the table that are no part of it, such as its title and its total.
        from_1904: whether its days are counted from 1904.
    """

    encoding: str = ""
    guesses: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    rows: int = 0
    columns: int = 0
    sheets: int = 0
    above: int = 0
    below: int = 0
    from_1904: bool = False


class RosterTable(Protocol):
    """A file as rows; ``facts`` is whole when the last of them was read."""

    facts: TableFacts

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


def refuse_large_workbook(path: Path, archive: ZipFile) -> None:
    """Raise ContentError if a workbook is too large once it is unpacked."""
    if sum(member.file_size for member in archive.infolist()) > _MAX_UNPACKED:
        hint = "save the rows that matter as CSV"
        raise refused_table(path, "too-large", "this workbook is too large to be read", hint)


def faults_of_size(cells: tuple[str, ...]) -> Iterator[CellFault]:
    """Cells that hold more than any value of a client does."""
    for column, cell in enumerate(cells):
        if len(cell) > MAX_CELL:
            message = f"this cell has {len(cell):,} characters, and at most {MAX_CELL:,} are taken"
            yield CellFault("too-long", message, "shorten it", column)


_BLANK = "".join(map(chr, (*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200C), 0x2028, 0x2029)))
_BLANK += "\u202f\u205f\u3000\ufeff"
"""What Python strips, and the mark that begins a file, which stands anywhere where files were put together."""


def trimmed(cells: list[str]) -> tuple[str, ...]:
    """Texts without the space around them and without empty cells at the end; of too many, one too many is kept."""
    texts = [cell.strip(_BLANK) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts if len(texts) <= MAX_COLUMNS else [*texts[:MAX_COLUMNS], texts[-1]])
