"""What the app shows of an uploaded roster's columns: what each is for, with what else it could be, and three rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from starlette.datastructures import QueryParams

from handoutkit.models.clients.day_names import DayOrder
from handoutkit.rosters.columns import CHOICES, NOT_USED
from handoutkit.rosters.readers.text_encoding import encoding_called
from handoutkit.rosters.roster import Roster, RosterChoices
from handoutkit.rosters.usual_names import NAME_PARTS

from .forms.form_words import label

_SAMPLES = 3
_LONGEST = 40
_ORDERS: dict[str, DayOrder] = {"dmy": "dmy", "mdy": "mdy", "ymd": "ymd"}


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """One column: its name, what it is for (``-`` if nothing), and its cells in the first rows."""

    theirs: str
    ours: str
    samples: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class RosterShown:
    """The columns of a roster as its page shows them.

    Attributes:
        said: how they were understood, in one line.
        choices: all that a column can be for, with words for it.
        hidden: how many rows, columns and sheets were held back.
        understood: our columns by theirs, to be remembered.
    """

    said: str
    columns: tuple[ColumnShown, ...]
    choices: tuple[tuple[str, str], ...]
    hidden: int
    understood: dict[str, str]


def roster_shown(roster: Roster, choices: RosterChoices) -> RosterShown:
    """The columns of a roster that was read."""
    rows = roster.first_rows(_SAMPLES)
    ours = {at: name for name, at in roster.columns.at.items()}
    columns = tuple(
        ColumnShown(name, ours.get(at, NOT_USED), tuple(row[at][:_LONGEST] for row in rows))
        for at, name in enumerate(roster.columns.header)
        if name
    )
    names = dict.fromkeys(["client_ref", "display_name", *NAME_PARTS, *roster.known, *CHOICES])
    words = {NOT_USED: "Not used", **{name: label(name, at=f"values/{name}") for name in names}}
    said = re.sub(r" -> (\w+)", lambda found: f": {words.get(found[1], label(found[1]))}", roster.said())
    facts = roster.facts
    hidden = facts.rows + facts.columns + facts.sheets
    return RosterShown(said, columns, tuple(words.items()), hidden, roster.understood(choices.mapped))


def choices_of_query(query: QueryParams) -> RosterChoices:
    """What the page of a roster says of the table."""
    pairs = (said.rpartition("=") for said in query.getlist("map"))
    mapped = {theirs: ours for theirs, _, ours in pairs if theirs}
    encoding, dates = query.get("encoding"), _ORDERS.get(query.get("dates", ""))
    return RosterChoices(mapped, (), encoding_called(encoding) if encoding else None, "hidden" in query, dates)
