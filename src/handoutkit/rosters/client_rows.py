"""One row of a roster to a client, or all that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, get_args

from handoutkit.models.clients.client_ref import CLIENT_REF, ClientRef
from handoutkit.models.clients.roster_client import Client, RowChoice
from handoutkit.models.fit_to_print.characters import faults_in_value
from handoutkit.models.packet import ClientValue
from handoutkit.rosters.readers.table import CellFault, TableRow

from . import cells
from .columns import NAME, Columns
from .day_columns import DayColumn
from .name_column import NameColumn
from .usual_names import NAME_PARTS

T = TypeVar("T")
SESSION, DUE = "next_session", "due"
_ONE_LINE = ("display_name", "first_name", "clinician", SESSION, *NAME_PARTS)
_ON_COVER = tuple(name for name in get_args(ClientValue) if name != CLIENT_REF)
_MAX_PASSWORD = 127
"""Bytes; ISO 32000-2, 7.6.4.3.3."""


@dataclass(frozen=True, slots=True)
class AllowedChoices:
    """What a row can choose from: the ids, formats and names of locations there are."""

    packets: Collection[str] = ()
    handouts: Collection[str] = ()
    framings: Collection[str] = ()
    formats: Collection[str] = ()
    locations: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class RowSettings:
    """What is read of a row.

    Attributes:
        values: names of the columns that hold a client's values.
        dated: those of them that are put into a field for a day.
        password_column: the column with the password of each packet, as we write it; None if there is none.
        password: of all packets.
        by_record: whether clients are called by first and last name as in the record, and not as they prefer.
    """

    known: AllowedChoices
    values: tuple[str, ...]
    dated: frozenset[str] = frozenset()
    password_column: str | None = None
    password: str | None = field(default=None, repr=False)
    by_record: bool = False


class RowReader:
    """Makes clients of the rows of one roster.

    Args:
        days: the columns of days, by their names as we write them.
        names: the column of whole names.
    """

    def __init__(self, columns: Columns, wanted: RowSettings, days: Mapping[str, DayColumn], names: NameColumn) -> None:
        self._names = names
        self._columns = columns
        self._wanted = wanted
        self._days = days

    def client(self, line: TableRow) -> Client | tuple[CellFault, ...]:
        """The client of a row, or every fault that it has."""
        reading = _Reading(line, self._columns.at)
        if not line.cells:
            return line.faults
        if len(line.cells) > self._columns.count:
            reading.faults.append(_MORE_CELLS)
        client_ref = reading.of(CLIENT_REF, cells.reference) or ClientRef("")
        values = tuple(self._values(reading))
        if client_ref and (name := dict(values).get(NAME)):
            reading.of(CLIENT_REF, lambda ref: cells.reference(ref, name))
        due = self._due(reading)
        there = {name for name, _ in values} | ({DUE} if due else set())
        client = Client(
            row=line.row,
            client_ref=client_ref,
            values=values,
            choice=self._choice(reading, tuple(name for name in _ON_COVER if name not in there)),
            due=due,
            copies=reading.of("copies", cells.copies) or 1,
            safe_to_send=reading.of("safe_to_send", cells.yes_or_no) is not False,
            password=self._password(reading),
        )
        return tuple(reading.faults) or client

    def reference(self, line: TableRow) -> str:
        """The reference of a row, whatever else is wrong with it; empty if it has none that can be one."""
        return _Reading(line, self._columns.at).of(CLIENT_REF, cells.reference) or "" if line.cells else ""

    def _choice(self, reading: _Reading, without: tuple[str, ...]) -> RowChoice:
        known = self._wanted.known
        choice = RowChoice(
            packet=reading.of("packet", lambda text: cells.known(text, "packet", known.packets)),
            handouts=reading.of("handouts", lambda text: cells.known_list(text, "handout", known.handouts)) or (),
            language=reading.of("language", cells.language_in),
            format=reading.of("format", lambda text: cells.known(text, "format", known.formats)),
            framings=reading.of("framing", lambda text: cells.known_list(text, "framing", known.framings)) or (),
            location=reading.of("location", lambda text: cells.known(text, "location", known.locations)),
            without=without,
            without_blocks=reading.of("without", cells.names_in) or (),
            only_blocks=reading.of("only", cells.names_in) or (),
            short=reading.of("sides", cells.is_one_side) or False,
            when=reading.of("when", cells.names_in) or (),
            rows=reading.of("rows", cells.rows_of_tables) or (),
        )
        if choice.packet and choice.handouts:
            reading.faults.append(_BOTH._replace(column=self._columns.at["handouts"]))
        return choice

    def _due(self, reading: _Reading) -> date | None:
        return reading.of(DUE, lambda text: cells.day_in(text, self._days[DUE]))

    def _values(self, reading: _Reading) -> Iterator[tuple[str, str]]:
        names = {name: self._text(name, reading) for name in self._columns.name_parts}
        given = names.get("preferred_name") or names.get("first_name") or ""
        for name in self._wanted.values:
            if name == NAME and names:
                text = whole_name(given, names.get("last_name", ""))
            elif name == "first_name" and given:
                text = given
            else:
                text = self._text(name, reading)
            if text:
                yield name, text

    def _text(self, name: str, reading: _Reading) -> str:
        def read(text: str) -> str:
            text = _value(name, text)
            text = self._names.read(text) if name == NAME else text
            return cells.session(text, self._days[name]) if name in self._days else text

        return reading.of(name, read) or ""

    def _password(self, reading: _Reading) -> str | None:
        column = self._wanted.password_column
        return reading.of(column, _password) if column else self._wanted.password


class _Reading:
    """One row being read; faults gather."""

    def __init__(self, line: TableRow, at: Mapping[str, int]) -> None:
        self._line = line
        self._at = at
        self.faults = list(line.faults)
        self._unread = {fault.column for fault in line.faults}

    def of(self, column: str, read: Callable[[str], T]) -> T | None:
        """What a cell means; None if the roster has no such column or the cell has a fault."""
        at = self._at.get(column)
        if at is None or at in self._unread:
            return None
        try:
            return read(self._line.cells[at] if at < len(self._line.cells) else "")
        except cells.CellError as error:
            self.faults.append(error.fault._replace(column=at))
            return None


def _value(name: str, text: str) -> str:
    if fault := faults_in_value(text):
        raise cells.CellError("bad-character", fault[0], fault[1])
    if name in _ONE_LINE and "\n" in text:
        raise cells.CellError("one-line", "this text must stay on one line", "join its lines into one")
    return text


def whole_name(given: str, last: str) -> str:
    """A name of its parts; one that is whole already, as a preferred name may be, is not made longer."""
    if last and given.casefold().endswith(last.casefold()) and given.casefold() != last.casefold():
        return given
    return " ".join(part for part in (given, last) if part)


def _password(text: str) -> str:
    if not 0 < len(text.encode()) <= _MAX_PASSWORD:
        hint = f"write one of at most {_MAX_PASSWORD} letters and digits"
        raise cells.CellError("bad-password", "this cell has no password that a PDF can have", hint)
    return text


_MORE_CELLS = CellFault(
    "too-many-cells",
    "this row has more cells than there are columns",
    "put quotation marks around cells that hold the separator, so that nothing moves into the next column",
)
_BOTH = CellFault("packet-and-handouts", "this row names a packet and handouts as well", "keep one of the two")
