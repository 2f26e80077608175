"""A whole roster: read once, checked from end to end, then given a client at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from handoutkit.errors import ContentError, Problem
from handoutkit.files.text_files import shown
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker
from handoutkit.models.clients.client_ref import CLIENT_REF
from handoutkit.models.clients.roster_client import Client, RowChoice
from handoutkit.rosters.readers.read_table_task import unpacked
from handoutkit.rosters.readers.table import CellFault, refused_table

from .client_rows import RowReader, RowSettings
from .columns import CHOICES, Columns, dropped_column, problems_in_header

WORKER = f"{__package__}.readers.read_table_task"
"""The module with what the worker does."""
LIMITS = ResourceLimits(seconds=300, wall=900, memory=1_500_000_000, output=200_000_000)
"""For one roster; a workbook of 200,000 rows and 14 columns, more than any practice has, takes 90 s and 0.3 GB."""


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
    choices: Counter[RowChoice]
    held: int
    valued: Counter[tuple[RowChoice, str]]

    @property
    def to_make(self) -> int:
        """How many packets are to be made."""
        return self.choices.total()


class Roster:
    """A roster's rows as they were when it was made; what happens to the file later does not matter.

    Raises:
        ContentError: it is no table, or has not the columns it must have, or took more than ``LIMITS``.
    """

    def __init__(self, path: Path, wanted: RowSettings) -> None:
        self.name = shown(path)
        self._rows: bytes = the_worker().call(f"{WORKER}:read_table", path, limits=LIMITS, file=self.name, reads=[path])
        known = {CLIENT_REF, *CHOICES, *wanted.values}
        required = [CLIENT_REF]
        if wanted.password_column:
            known.add(wanted.password_column)
            required.append(wanted.password_column)
        header = self._header(path)
        if problems := problems_in_header(header, known, required):
            raise ContentError(replace(problem, file=self.name) for problem in problems)
        self.columns = Columns.of(header, known)
        self.dropped = tuple(replace(dropped_column(name, known), file=self.name) for name in self.columns.dropped)
        self._reader = RowReader(self.columns, wanted)

    def check(self) -> Checked:
        """Go through all rows and keep what is wrong with them."""
        problems: dict[int, list[Problem]] = {}
        first: dict[str, int] = {}
        choices: Counter[RowChoice] = Counter()
        valued: Counter[tuple[RowChoice, str]] = Counter()
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
        """The clients in the order of their rows."""
        for row, client in self._read():
            if row not in without and isinstance(client, Client):
                yield client

    def _read(self) -> Iterator[tuple[int, Client | tuple[CellFault, ...]]]:
        for line in islice(unpacked(self._rows), 1, None):
            yield line.row, self._reader.client(line)

    def _header(self, path: Path) -> tuple[str, ...]:
        first = next(unpacked(self._rows), None)
        if first is None:
            hint = f"write the names of the columns into the first row, `{CLIENT_REF}` among them"
            raise refused_table(path, "empty-file", "there is nothing in this roster", hint)
        return first.cells

    def _problem(self, row: int, fault: CellFault) -> Problem:
        """A fault at its row and column; a column without a known name is called by its number."""
        number = 0 if fault.column is None else fault.column + 1
        names = {at + 1: name for name, at in self.columns.at.items()}
        column = f", {names.get(number, f'column {number}')}" if number else ""
        return Problem(
            fault.code, fault.message, fault.hint, file=self.name, line=row, column=number, path=f"row {row}{column}"
        )

    def _twice(self, other: int) -> CellFault:
        hint = "give each client a reference of their own; no packet is made for either row"
        message = f"row {other} has the same reference"
        return CellFault("duplicate-client-ref", message, hint, self.columns.at[CLIENT_REF])

    def problem(self, client: Client, code: str, message: str, hint: str = "", *, column: str = "") -> Problem:
        """A problem of a client's row that shows later."""
        return self._problem(client.row, CellFault(code, message, hint, self.columns.at.get(column)))
