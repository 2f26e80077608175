"""What the columns of a roster are for, by their names."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

from handoutkit.errors import Problem
from handoutkit.files.source_file import clipped
from handoutkit.rosters.readers.table import MAX_COLUMNS

CHOICES = ("packet", "handouts", "language", "format", "framing", "location", "due", "copies", "safe_to_send")
"""Columns by which a row chooses something."""
VALUES = ("display_name", "clinician", "next_session", "note", "own_words")
"""Columns with what every packet may say of a client; a packet's own prefilled values come to these."""


def normal(name: str) -> str:
    """A column's name as we write it: ``Client Ref`` and ``client-ref`` are ``client_ref``."""
    return re.sub(r"[\s\-_]+", "_", name.strip().casefold())


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one roster.

    Attributes:
        at: where each known column is, counted from 0, by its name as we write it.
        dropped: the others, as the roster has them.
        count: how many there are in all.
    """

    at: dict[str, int]
    dropped: tuple[str, ...]
    count: int

    @classmethod
    def of(cls, header: tuple[str, ...], known: Collection[str]) -> Columns:
        """The columns of a header."""
        names = [normal(name) for name in header]
        at = {name: number for number, name in reversed(list(enumerate(names))) if name in known}
        unknown = [
            clipped(header[n]) if name else f"column {n + 1}, without a name"
            for n, name in enumerate(names)
            if name not in known
        ]
        return cls(at, tuple(dict.fromkeys(unknown)), len(header))


def problems_in_header(header: tuple[str, ...], known: Collection[str], required: Collection[str]) -> list[Problem]:
    """What keeps a table from being a roster. If it may have no header, nothing of its first row is named."""
    names = [normal(name) for name in header]
    problems = []
    for name in required:
        if name not in names:
            hint = f"name the column `{name}` in the first row of the roster"
            problems.append(Problem(f"no-{name.replace('_', '-')}", f"there is no column `{name}`", hint))
    if len(header) > MAX_COLUMNS:
        message = f"there are more than {MAX_COLUMNS} columns, and no more are taken"
        problems.append(Problem("too-many-columns", message, "take out those that are not needed"))
    for name in dict.fromkeys(name for name in names if name in known and names.count(name) > 1):
        hint = "keep one of them, or give the others another name"
        problems.append(Problem("duplicate-column", f"two columns are called `{name}`", hint, path=name))
    return problems


def dropped_column(name: str, known: Collection[str]) -> Problem:
    """The warning of a column that is not used."""
    close = get_close_matches(normal(name), sorted(known), n=1, cutoff=0.7)
    hint = f"did you mean `{close[0]}`?" if close else ""
    message = f"the column `{name}` is not used: no packet of this roster has a place for it"
    return Problem("unknown-column", message, hint, severity="warning")
