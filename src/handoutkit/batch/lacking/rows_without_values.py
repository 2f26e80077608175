"""Rows of a batch that have no value for what their letter says, told before anything is made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Protocol

from handoutkit.errors import Problem
from handoutkit.models.clients.client_ref import CLIENT_REF
from handoutkit.models.clients.roster_client import Client, RowChoice
from handoutkit.rosters.client_rows import DUE
from handoutkit.rosters.roster import Checked, Roster

from .rows_without_layout import in_ranges

_NOT_GUESSED = "; it is never guessed from a whole name"
_OTHER_WORDS = (
    "other-words",
    "other words stand there in the letter",
    "fill it in if these clients have one; else look at their letter, and leave them out of the roster",
)
_GAP = (
    "gap-in-letter",
    "the letter has a gap in its sentence there",
    "write into the packet what is said then, such as {{{name}|...}}; or fill the column in",
)


class WordsOfPackets(Protocol):
    """Says what the packets that rows choose ask for, and say where it is empty."""

    def asked_for(self, choice: RowChoice, /) -> tuple[str, ...]:
        """The values that the packet of a choice has places for."""

    def said_instead(self, choice: RowChoice, /) -> Mapping[str, str]:
        """What the packet of a choice says where a value is empty, by its name."""

    def left_open(self, choice: RowChoice, /) -> frozenset[str]:
        """The values without which the packet of a choice has a gap among its words."""


def words_for_all(
    roster: Roster, choices: Collection[RowChoice], packets: WordsOfPackets, *, allow_empty: bool
) -> Iterator[Problem]:
    """What every letter says where no column has a value: a notice with the words, a warning where there is a gap.

    Args:
        allow_empty: whether a value without a column is meant; else that is a problem already.
    """
    everyone: dict[str, str] = {}
    for choice in choices:
        lacking = packets.said_instead(choice).keys() - roster.columns.filled - {*packets.asked_for(choice), CLIENT_REF}
        everyone |= {name: words for name, words in packets.said_instead(choice).items() if name in lacking}
    for name, words in everyone.items():
        message = f'no column for `{name}`: everyone\'s packet says "{words}" instead'
        hint = f"add a column `{name}`{_NOT_GUESSED if name == 'first_name' else ''}"
        yield Problem("words-instead", message, hint, file=roster.name, path=name, severity="notice")
    gaps = {name for choice in choices for name in packets.left_open(choice)} - roster.columns.filled - {CLIENT_REF}
    for name in sorted(gaps) if allow_empty else ():
        message = f"no column for `{name}`: everyone's letter has a gap in its sentence there"
        hint = f"write into the packet what is said then, such as {{{name}|...}}; or add a column `{name}`"
        yield Problem(_GAP[0], message, hint, roster.name, path=name, severity="warning")


def rows_without_values(
    roster: Roster, checked: Checked, choices: Collection[RowChoice], packets: WordsOfPackets
) -> Iterator[Problem]:
    """A warning for each value that a letter says and that is empty in some rows, with these rows."""
    kinds = (_OTHER_WORDS, _GAP)
    said = {choice: (packets.said_instead(choice).keys(), packets.left_open(choice)) for choice in choices}
    asked = {(choice, name) for choice, both in said.items() for names in both for name in names}
    if all(checked.without_value(choice, name) == 0 for choice, name in asked if name in roster.columns.filled):
        return  # so that the rows need not be gone through again
    rows: defaultdict[tuple[tuple[str, str, str], str], list[int]] = defaultdict(list)
    for client in roster.clients(checked.bad):
        for kind, names in zip(kinds, said.get(client.choice, ()), strict=False):
            for name in names:
                if client.safe_to_send and name in roster.columns.filled and _lacks(client, name):
                    rows[kind, name].append(client.row)
    for ((code, what, hint), name), its in sorted(rows.items()):
        which, count = ("row", "1 row") if len(its) == 1 else ("rows", f"{len(its):,} rows")
        message = f"`{name}` is empty in {count}, and {what}"
        place = f"{which} {in_ranges(its)}, {name}"
        yield Problem(code, message, hint.format(name=name), roster.name, its[0], path=place, severity="warning")


def _lacks(client: Client, name: str) -> bool:
    """Whether a row has nothing for a value; a day that is due is no value of the row, but a part of its choice."""
    if name == DUE:
        return name in client.choice.without
    return all(name != given for given, _ in client.values)
