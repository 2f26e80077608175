"""A whole roster: checked once from end to end, then read a client at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from handoutkit.errors import ContentError, Problem
from handoutkit.loading.files import shown
from handoutkit.models.client import Choice, Client

from .columns import CHOICES, REFERENCE, Columns, dropped_column, problems_in_header
from .csv_table import CsvTable
from .rows import RowReader, Wanted
from .table import MAX_BYTES, Fault, Table, refusal, unreadable
from .xlsx_table import XlsxTable


@dataclass(frozen=True)
class Checked:
    """What a first pass over a roster found; of the clients it keeps row numbers only.

    Attributes:
        problems: of rows, and warnings of columns; each names row and column and nothing that a cell holds.
        bad: rows that have problems, and so no packet.
        choices: how many of the other rows chose each.
        held: rows that are not safe to send.
        unplaced: how many rows have each value, for each choice.
    """

    problems: tuple[Problem, ...]
    bad: frozenset[int]
    choices: Counter[Choice]
    held: int
    valued: Counter[tuple[Choice, str]]

    @property
    def to_make(self) -> int:
        """How many packets are to be made."""
        return self.choices.total()


class Roster:
    """A roster's file.

    Raises:
        ContentError: it is no table, or has not the columns it must have.
    """

    def __init__(self, path: Path, wanted: Wanted) -> None:
        self.name = shown(path)
        self._path = path
        self._stamp = self._stamped()
        self._table = _table(path)
        known = {REFERENCE, *CHOICES, *wanted.values}
        required = [REFERENCE]
        if wanted.password_column:
            known.add(wanted.password_column)
            required.append(wanted.password_column)
        header = self._header()
        if problems := problems_in_header(header, known, required):
            raise ContentError(replace(problem, file=self.name) for problem in problems)
        self._header_texts = header
        self.columns = Columns.of(header, known)
        self.dropped = tuple(replace(dropped_column(name, known), file=self.name) for name in self.columns.dropped)
        self._reader = RowReader(self.columns, wanted)

    def check(self) -> Checked:
        """Read all rows and keep what is wrong with them. Raises ContentError: it cannot be read to its end."""
        problems: dict[int, list[Problem]] = {}
        first: dict[str, int] = {}
        choices: Counter[Choice] = Counter()
        valued: Counter[tuple[Choice, str]] = Counter()
        held = 0
        for row, client in self._read():
            if not isinstance(client, Client):
                problems.setdefault(row, []).extend(self._problem(row, fault) for fault in client)
                continue
            before = first.setdefault(client.client_ref.casefold(), row)
            if before != row:
                for one, other in ((before, row), (row, before)):
                    problems.setdefault(one, []).append(self._problem(one, self._twice(other)))
        bad = frozenset(problems)
        first.clear()
        for client in self.clients(bad):
            if client.safe_to_send:
                choices[client.choice] += 1
                valued.update((client.choice, name) for name, _ in client.values)
            else:
                held += 1
        found = tuple(problem for row in sorted(problems) for problem in dict.fromkeys(problems[row]))
        return Checked((*self.dropped, *found), bad, choices, held, valued)

    def clients(self, without: frozenset[int]) -> Iterator[Client]:
        """The clients in the order of their rows. Raises ContentError: the roster was changed meanwhile."""
        for row, client in self._read():
            if row not in without and isinstance(client, Client):
                yield client

    def _read(self) -> Iterator[tuple[int, Client | tuple[Fault, ...]]]:
        lines = self._table.lines()
        next(lines, None)
        for line in lines:
            yield line.row, self._reader.client(line)
        if self._stamped() != self._stamp:
            message, hint = "this roster was changed while it was read", "close it in other programs; run this again"
            raise refusal(self._path, "roster-changed", message, hint)

    def _header(self) -> tuple[str, ...]:
        first = next(self._table.lines(), None)
        if first is None:
            hint = f"write the names of the columns into the first row, `{REFERENCE}` among them"
            raise refusal(self._path, "empty-file", "there is nothing in this roster", hint)
        return first.cells

    def _stamped(self) -> tuple[int, int]:
        try:
            found = self._path.stat()
        except OSError as error:
            raise unreadable(self._path, error) from None
        return found.st_size, found.st_mtime_ns

    def _problem(self, row: int, fault: Fault) -> Problem:
        """A fault at its row and column; a column without a known name is called by its number."""
        number = 0 if fault.column is None else fault.column + 1
        names = {at + 1: name for name, at in self.columns.at.items()}
        column = f", {names.get(number, f'column {number}')}" if number else ""
        return Problem(
            fault.code, fault.message, fault.hint, file=self.name, line=row, column=number, path=f"row {row}{column}"
        )

    def _twice(self, other: int) -> Fault:
        hint = "give each client a reference of their own; no packet is made for either row"
        message = f"row {other} has the same reference"
        return Fault("duplicate-client-ref", message, hint, self.columns.at[REFERENCE])

    def problem(self, client: Client, code: str, message: str, hint: str = "", *, column: str = "") -> Problem:
        """A problem of a client's row that shows later."""
        return self._problem(client.row, Fault(code, message, hint, self.columns.at.get(column)))


def _table(path: Path) -> Table:
    """By what the file is, not by what it is called."""
    try:
        if path.is_dir():
            raise IsADirectoryError
        if path.stat().st_size > MAX_BYTES:
            hint = "split the roster in two"
            raise refusal(path, "too-large", f"this file is larger than {MAX_BYTES:,} bytes", hint)
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise unreadable(path, error) from None
    if start.startswith(b"PK\x03\x04"):
        return XlsxTable(path)
    if start.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")):
        hint = "open it in a spreadsheet and save it as .xlsx (without a password) or as CSV"
        raise refusal(path, "not-a-table", "this is neither CSV nor an XLSX workbook", hint)
    return CsvTable(path)
