"""A whole roster: read once, checked from end to end, then given a client at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from handoutkit.errors import ContentError, Problem, Severity
from handoutkit.files.text_files import shown
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker
from handoutkit.models.clients.client_ref import CLIENT_REF
from handoutkit.models.clients.day_names import DayOrder, order_in
from handoutkit.models.clients.roster_client import Client, RowChoice
from handoutkit.models.settings.workspace_settings import RosterSource
from handoutkit.rosters.readers.read_table_task import facts_of, unpacked
from handoutkit.rosters.readers.table import MAX_COLUMNS, CellFault, TableFacts, TableReading, refused_table
from handoutkit.rosters.readers.text_encoding import TWICE

from .client_rows import DUE, SESSION, RowReader, RowSettings
from .columns import CHOICES, NAME, NOT_USED, ColumnFinder, slips
from .day_columns import DayColumn
from .name_column import NameColumn
from .usual_names import NAME_PARTS, header_names, squashed

WORKER = f"{__package__}.readers.read_table_task"
"""The module with what the worker does."""
LIMITS = ResourceLimits(seconds=300, wall=900, memory=1_500_000_000, output=200_000_000)
"""For one roster; a workbook of 200,000 rows and 14 columns, more than any practice has, takes 90 s and 0.3 GB."""


@dataclass(frozen=True, slots=True)
class RosterChoices:
    """What the user said of a table, beside what it says itself.

    Attributes:
        mapped: our columns by the names that the table has for them.
        sources: what is remembered of tables, for one that has all the columns of one of them.
        encoding: of its text, as ``text_encoding`` calls it.
        dates: the order of the numbers in its dates.
        region: the practice's, whose order is taken else.
    """

    mapped: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[RosterSource, ...] = ()
    encoding: str | None = None
    with_hidden: bool = False
    dates: DayOrder | None = None
    region: str | None = None


class UnsureEncodingError(ContentError):
    """The encoding of a table had to be guessed: its user must see a few names before anything is made.

    Attributes:
        facts: with the guesses, and with samples that are for the user's own eyes.
    """

    def __init__(self, problem: Problem, facts: TableFacts) -> None:
        super().__init__(problem)
        self.facts = facts


@dataclass(frozen=True)
class Checked:
    """What a first pass over a roster found; of the clients it keeps row numbers only.

    Attributes:
        stopping: problems of the table as a whole: nothing is made before they are mended.
        problems: of rows, and warnings of columns; each names row and column and nothing that a cell holds.
        bad: rows that have problems, and so no packet.
        choices: how many of the other rows chose each.
        held: rows that are not safe to send.
        valued: how many rows have each value, for each choice.
    """

    stopping: tuple[Problem, ...]
    problems: tuple[Problem, ...]
    bad: frozenset[int]
    choices: Counter[RowChoice]
    held: int
    valued: Counter[tuple[RowChoice, str]]

    @property
    def to_make(self) -> int:
        """How many packets are to be made."""
        return self.choices.total()

    def without_value(self, choice: RowChoice, name: str) -> int:
        """How many rows of a choice have nothing for a value."""
        return self.choices[choice] - self.valued[choice, name]


class Roster:
    """A roster's rows as they were when it was made; what happens to the file later does not matter.

    Attributes:
        facts: what was found in the file beside its rows.
        known: our names of the columns that are looked for.
        columns: what its columns are for.
        days: its columns of days, by name, once it was checked.
        unnamed: columns without a name that hold something, once it was checked.

    Raises:
        ContentError: it is no table, or took more than ``LIMITS``.
        UnsureEncodingError: somebody must say whether it was read right.
    """

    def __init__(self, path: Path, wanted: RowSettings, choices: RosterChoices | None = None) -> None:
        choices = choices or RosterChoices()
        self.name = shown(path)
        known = [CLIENT_REF, *CHOICES, *wanted.values]
        self._required = [CLIENT_REF]
        if wanted.password_column:
            known.append(wanted.password_column)
            self._required.append(wanted.password_column)
        self.known = tuple(dict.fromkeys(known))
        self._rows: bytes = self._read_file(path, choices)
        self.facts = facts_of(self._rows)
        if self.facts.guesses:
            raise UnsureEncodingError(_unsure(self.name, self.facts), self.facts)
        header = self._header(path)
        source = _fitting(header, choices.sources)
        remembered = dict(source.columns) if source else {}
        targets = {*self.known, *NAME_PARTS}
        finder = ColumnFinder(header, self.known, choices.mapped, remembered, wanted.by_record)
        self._mapping_problems = tuple(finder.problems_of_mapping(targets)) if choices.mapped else ()
        self.columns = finder.columns()
        self._header_problems = (*self._mapping_problems, *finder.problems(self.columns, self._required))
        said = choices.dates or (source.dates if source else None)
        names = [name for name in (SESSION, DUE, *sorted(wanted.dated)) if name in self.columns.at]
        usual, from_1904 = order_in(choices.region), self.facts.from_1904
        self.days = {name: DayColumn(said, usual, from_1904=from_1904, weekdays=name == SESSION) for name in names}
        self.unnamed: tuple[int, ...] = ()
        self._names = NameColumn.of(self._whole_names())
        self._reader = RowReader(self.columns, wanted, self.days, self._names)

    def check(self) -> Checked:
        """Go through all rows and keep what is wrong with them, and with the table as a whole."""
        stopping = [replace(problem, file=self.name) for problem in self._header_problems]
        if self.columns.count > MAX_COLUMNS:  # each of its rows would have the same to say
            return Checked(tuple(stopping), (), frozenset(), Counter(), 0, Counter())
        warnings = [replace(problem, file=self.name) for problem in slips(self.columns, self.known)]
        warnings += self._notes_on_reading()
        self._look_through_columns()
        for name, column in self.days.items():
            at = self.columns.at[name]
            stopping += [self._problem(0, fault._replace(column=at)) for fault in column.decide()]
            warnings += [self._problem(0, one._replace(column=at), "warning") for one in column.warnings()]
        warnings += [
            self._problem(0, one._replace(column=self.columns.at[NAME]), "warning") for one in self._names.warnings()
        ]
        problems: dict[int, list[Problem]] = {}
        first: dict[str, int] = {}
        choices: Counter[RowChoice] = Counter()
        valued: Counter[tuple[RowChoice, str]] = Counter()
        held = 0
        for line in islice(unpacked(self._rows), 1, None):
            row, client = line.row, self._reader.client(line)
            if isinstance(client, Client):
                reference: str = client.client_ref
            else:  # the other row with its reference is told all the same
                problems.setdefault(row, []).extend(self._problem(row, fault) for fault in client)
                reference = self._reader.reference(line)
            before = first.setdefault(reference.casefold(), row) if reference else row
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
        return Checked(tuple(stopping), (*warnings, *found), bad, choices, held, valued)

    def clients(self, without: frozenset[int]) -> Iterator[Client]:
        """The clients in the order of their rows."""
        for row, client in self._read():
            if row not in without and isinstance(client, Client):
                yield client

    def said(self) -> str:
        """How the columns were understood, in one line."""
        return self.columns.said(self.unnamed, turned=self._names.is_turned)

    def understood(self, mapped: Mapping[str, str]) -> dict[str, str]:
        """Our columns by the names that the roster has for them, and those that the user left out."""
        header = self.columns.header
        used = {header[at]: name for name, at in sorted(self.columns.at.items(), key=lambda pair: pair[1])}
        left_out = {squashed(name) for name, ours in mapped.items() if ours == NOT_USED}
        return used | {name: NOT_USED for name in header if squashed(name) in left_out}

    def first_rows(self, count: int) -> list[tuple[str, ...]]:
        """The cells of the first rows, for their user's own eyes."""
        width = self.columns.count
        return [(*line.cells, *[""] * width)[:width] for line in islice(unpacked(self._rows), 1, count + 1)]

    def _whole_names(self) -> Iterator[tuple[int, str]]:
        """The cells of the column of whole names with their rows, if there is one."""
        at = None if self.columns.name_parts else self.columns.at.get(NAME)
        if at is None:
            return
        for line in islice(unpacked(self._rows), 1, None):
            yield line.row, line.cells[at] if at < len(line.cells) else ""

    def _look_through_columns(self) -> None:
        """Note the days of all rows, and which columns without a name hold something."""
        unnamed = {at for at, name in enumerate(self.columns.header) if not name}
        used: set[int] = set()
        for line in islice(unpacked(self._rows), 1, None):
            used.update(at for at in unnamed if at < len(line.cells) and line.cells[at])
            for name, column in self.days.items():
                at = self.columns.at[name]
                if at < len(line.cells) and line.cells[at]:
                    column.note(line.row, line.cells[at])
        self.unnamed = tuple(sorted(used))

    def _notes_on_reading(self) -> Iterator[Problem]:
        """What was left out of the file, in a notice each."""
        facts = self.facts
        hidden = [(facts.rows, "row"), (facts.columns, "column"), (facts.sheets, "sheet")]
        if counts := [f"{count:,} {what}{'s' * (count > 1)}" for count, what in hidden if count]:
            message = f"held back as hidden in the workbook: {' and '.join(counts)}"
            yield self._notice("hidden-held-back", message, "--with-hidden reads them as well")
        if facts.above or facts.below:
            parts = [(facts.above, "above"), (facts.below, "below")]
            told = " and ".join(f"{count} {'row' if count == 1 else 'rows'} {where}" for count, where in parts if count)
            yield self._notice("around-the-table", f"not read as clients: {told} the table", "")

    def _notice(self, code: str, message: str, hint: str) -> Problem:
        return Problem(code, message, hint, file=self.name, severity="notice")

    def _read(self) -> Iterator[tuple[int, Client | tuple[CellFault, ...]]]:
        for line in islice(unpacked(self._rows), 1, None):
            yield line.row, self._reader.client(line)

    def _read_file(self, path: Path, choices: RosterChoices) -> bytes:
        theirs = {name: ours for source in choices.sources for name, ours in source.columns.items()}
        names = header_names(self.known, theirs | dict(choices.mapped))
        reading = TableReading(names, choices.encoding, choices.with_hidden)
        task = f"{WORKER}:read_table"
        read = the_worker().call(task, path, reading, limits=LIMITS, file=self.name, reads=[path])
        assert isinstance(read, bytes)  # noqa: S101 - for the type checker
        return read

    def _header(self, path: Path) -> tuple[str, ...]:
        first = next(unpacked(self._rows), None)
        if first is None:
            hint = f"write the names of the columns into the first row, `{CLIENT_REF}` among them"
            raise refused_table(path, "empty-file", "there is nothing in this roster", hint)
        return first.cells

    def _problem(self, row: int, fault: CellFault, severity: Severity = "error") -> Problem:
        """A fault at its row, if it has one, and column; a column without a known name is called by its number."""
        number = 0 if fault.column is None else fault.column + 1
        names = {at + 1: name for name, at in self.columns.at.items()}
        column = names.get(number, f"column {number}") if number else ""
        place = ", ".join([*([f"row {row}"] if row else []), *([column] if column else [])])
        code, message, hint, _ = fault
        return Problem(code, message, hint, self.name, row, number, place, severity)

    def _twice(self, other: int) -> CellFault:
        hint = "give each client a reference of their own; no packet is made for either row"
        message = f"row {other} has the same reference"
        return CellFault("duplicate-client-ref", message, hint, self.columns.at[CLIENT_REF])

    def problem(self, client: Client, code: str, message: str, hint: str = "", *, column: str = "") -> Problem:
        """A problem of a client's row that shows later."""
        return self._problem(client.row, CellFault(code, message, hint, self.columns.at.get(column)))


def _fitting(header: tuple[str, ...], sources: tuple[RosterSource, ...]) -> RosterSource | None:
    """The first of what is remembered that a table has all the columns of."""
    there = {squashed(name) for name in header}
    return next((source for source in sources if {squashed(name) for name in source.columns} <= there), None)


def _unsure(file: str, facts: TableFacts) -> Problem:
    """The problem of a text whose encoding its bytes do not say; the samples are told elsewhere."""
    first, *others = facts.guesses
    if first == TWICE:
        message = "this file was read in the wrong encoding and saved again: its accents have become two signs each"
        hint = f"--encoding {TWICE} mends them; --encoding utf-8 takes them as they are"
    else:
        message = f"this file is not in UTF-8; it seems to be in {first}"
        hint = f"look at its names: if they are right, say --encoding {first}; it could also be {', '.join(others)}"
    return Problem("other-encoding", message, hint, file=file)
