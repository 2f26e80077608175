"""What the columns of a roster are for, by their names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from handoutkit.errors import Problem
from handoutkit.files.source_file import clipped
from handoutkit.models.clients.client_ref import CLIENT_REF
from handoutkit.rosters.readers.table import MAX_COLUMNS

from .usual_names import NAME_PARTS, names_for, squashed, usual_names

CHOICES = (
    "packet",
    "handouts",
    "without",
    "only",
    "sides",
    "when",
    "rows",
    "language",
    "format",
    "framing",
    "location",
    "due",
    "copies",
    "safe_to_send",
)
"""Columns by which a row chooses something."""
VALUES = ("display_name", "first_name", "clinician", "next_session", "note", "own_words")
"""Columns with what every packet may say of a client; a packet's own prefilled values come to these."""
NOT_USED = "-"
"""What a column is mapped to that is not to be used."""
NAME = "display_name"


def normal(name: str) -> str:
    """A column's name as we write it: ``Client Ref`` and ``client-ref`` are ``client_ref``."""
    return re.sub(r"[\s\-_]+", "_", name.strip().casefold())


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one roster.

    Attributes:
        header: their names, as the roster has them.
        at: where each known column is, counted from 0, by its name as we write it.
        name_parts: the columns that are put together to a name, in their order; none if a column has the whole name.
        unused: where the others are that have a name.
        left_out: where those of them are that the user said are not to be used.
    """

    header: tuple[str, ...]
    at: Mapping[str, int]
    name_parts: tuple[str, ...] = ()
    unused: tuple[int, ...] = ()
    left_out: frozenset[int] = frozenset()

    @property
    def count(self) -> int:
        """How many there are in all."""
        return len(self.header)

    @property
    def filled(self) -> frozenset[str]:
        """The values and choices that rows have a cell for."""
        return frozenset({*self.at, *([NAME] if self.name_parts else [])})

    def said(self, unnamed: Iterable[int] = (), *, turned: bool = False) -> str:
        """How the columns were understood, in one line; empty if none was, and so the header may be a client's row.

        Args:
            unnamed: columns with something in them, but without a name.
            turned: whether the family name comes first in whole names, and they are put right.
        """
        if not self.at:
            return ""
        ours = {at: name for name, at in self.at.items()}
        joined = [self.at[name] for name in self.name_parts]
        known = {NAME: f"{self._name_said()} -> {NAME}"} if joined else {}
        for number, name in enumerate(self.header):
            if number in ours and number not in joined:
                its = ours[number]
                known[its] = its if normal(name) == its else f"{clipped(name)} -> {its}"
        if turned:
            known[NAME] += " (family name first, before a comma: put right)"
        parts = [known.pop(name) for name in (CLIENT_REF, NAME) if name in known] + list(known.values())
        unused = [
            *(clipped(self.header[at]) for at in self.unused),
            *(f"column {at + 1}, without a name" for at in unnamed),
        ]
        if unused:
            parts.append(f"{', '.join(unused)}: not used")
        return "; ".join(parts)

    def _name_said(self) -> str:
        names = {name: clipped(self.header[self.at[name]]) for name in self.name_parts}
        given = [names[name] for name in ("preferred_name", "first_name") if name in names]
        return " + ".join(
            [*([" or ".join(given)] if given else []), *([names["last_name"]] if "last_name" in names else [])]
        )


@dataclass(slots=True)
class ColumnFinder:
    """Finds what the columns of one header are for.

    Attributes:
        known: our names of the columns that are looked for.
        mapped: our names by theirs, as the user gave them; ``NOT_USED`` for a column to leave out.
        remembered: the same, as an earlier run was told or found them.
        by_record: whether names are put together as in the record, from first and last, and not as preferred.
    """

    header: tuple[str, ...]
    known: Collection[str]
    mapped: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)
    by_record: bool = False
    _at: dict[str, int] = field(default_factory=dict)
    _taken: set[int] = field(default_factory=set)
    _twice: list[str] = field(default_factory=list)

    def columns(self) -> Columns:
        """The columns that the user named, then those with our own names, then those with usual ones."""
        names = [squashed(name) for name in self.header]
        mapped = self._remembered() | {squashed(name): ours for name, ours in self.mapped.items()}
        for number, name in enumerate(names):
            if ours := mapped.get(name) if name else None:
                self._taken.add(number)
                if ours != NOT_USED:
                    self._take(ours, number)
        for ours in ("first_name", "last_name") if self.by_record else ():
            self._look_for(ours, [squashed(f"legal {ours}")], names)
        looked_for = [*self.known, *(part for part in NAME_PARTS if part not in self.known)]
        for ours in looked_for:
            self._look_for(ours, [squashed(ours)], names)
        for ours in ("last_name", "first_name", "preferred_name", *looked_for):
            self._look_for(ours, self._usual(ours), names)
        if self.by_record:
            self._prefer_record(self.mapped.values())
        parts = () if NAME in self._at or NAME not in self.known else tuple(p for p in NAME_PARTS if p in self._at)
        for part in NAME_PARTS:
            if part not in parts and part not in self.known and part in self._at:
                self._taken.discard(self._at.pop(part))
        unused = tuple(at for at, name in enumerate(self.header) if name and at not in self._at.values())
        left_out = frozenset(at for at, name in enumerate(names) if mapped.get(name) == NOT_USED)
        return Columns(self.header, self._at, parts, unused, left_out)

    def _remembered(self) -> dict[str, str]:
        """What is remembered, but for the names of a run that called clients as they prefer, if this one must not."""
        known = {squashed(name): ours for name, ours in self.remembered.items()}
        if not self.by_record:
            return known
        preferred = set(names_for("preferred_name"))
        return {
            name: ours
            for name, ours in known.items()
            if ours not in {NAME, *NAME_PARTS} or name not in {*names_for(ours), *preferred}
        }

    def _prefer_record(self, asked_for: Collection[str]) -> None:
        """Leave out the preferred name, and a whole one that may be it, where the record's own is there."""
        others = {"preferred_name": {"first_name"}, NAME: {"first_name", "last_name"}}
        for other, own in others.items():
            if other in self._at and other not in asked_for and own <= set(self._at):
                self._taken.discard(self._at.pop(other))

    def _usual(self, ours: str) -> list[str]:
        """The names by which a column is recognised beside those that it has in this table already."""
        names = list(names_for(ours))
        whole = {squashed(name) for name in usual_names()[NAME]}
        if ours == "first_name" and "last_name" not in self._at:
            return [name for name in names if name not in whole]
        if ours == NAME and {"first_name", "last_name"} <= set(self._at):
            return []  # two columns with the parts of a name say more than one that may have it turned round
        return names

    def _look_for(self, ours: str, called: Iterable[str], names: list[str]) -> None:
        if ours in self._at:
            return
        for name in called:
            found = [at for at, other in enumerate(names) if other == name and at not in self._taken]
            for at in found:
                self._taken.add(at)
                self._take(ours, at)
            if found:
                return

    def _take(self, ours: str, at: int) -> None:
        if ours in self._at:
            self._twice.append(ours)
        else:
            self._at[ours] = at

    def problems(self, columns: Columns, required: Collection[str]) -> Iterator[Problem]:
        """What keeps a table from being a roster. If it may have no header, nothing of its first row is named."""
        for name in required:
            if name not in columns.at:
                yield _missing(name, columns)
        if columns.count > MAX_COLUMNS:
            message = f"there are more than {MAX_COLUMNS} columns, and no more are taken"
            yield Problem("too-many-columns", message, "take out those that are not needed")
        for name in dict.fromkeys(self._twice):
            hint = "keep one of them, give the others another name, or say which is meant with --map"
            yield Problem("duplicate-column", f"two columns are called `{name}`", hint, path=name)

    def problems_of_mapping(self, targets: Collection[str]) -> Iterator[Problem]:
        """What is wrong with what the user said of columns."""
        there = {squashed(name) for name in self.header}
        for theirs, ours in self.mapped.items():
            if squashed(theirs) not in there:
                hint = "write the name as it stands in the first row of the roster"
                yield Problem("no-such-column", f"--map names a column `{clipped(theirs)}`, and there is none", hint)
            if ours != NOT_USED and ours not in targets:
                hint = f"there are: {', '.join(sorted(targets))}; and `{NOT_USED}` for a column to leave out"
                yield Problem("no-such-column", f"--map names `{clipped(ours)}`, which is no column of ours", hint)


def _missing(name: str, columns: Columns) -> Problem:
    code, message = f"no-{name.replace('_', '-')}", f"there is no column `{name}`"
    hint = f"name the column `{name}` in the first row of the roster"
    if columns.at:  # so the first row is a header, and no client's
        theirs = ", ".join(f"`{clipped(columns.header[at])}`" for at in columns.unused) or "none"
        hint = f'pick it in the app, or say --map "THEIR COLUMN={name}"; columns without a use are: {theirs}'
    if name == CLIENT_REF:
        message += ", nor one with a name that such columns usually have"
    return Problem(code, message, hint)


def slips(columns: Columns, known: Collection[str]) -> Iterator[Problem]:
    """A warning for each column that is not used, unasked, and is called nearly as one of ours that is not there."""
    lacking = {squashed(name): name for name in known if name not in columns.filled}
    for at in columns.unused:
        if at in columns.left_out:
            continue
        if close := get_close_matches(squashed(columns.header[at]), sorted(lacking), n=1, cutoff=0.75):
            message = f"the column `{clipped(columns.header[at])}` is not used"
            yield Problem("unknown-column", message, f"did you mean `{lacking[close[0]]}`?", severity="warning")
