"""Rows of a batch whose packet cannot be laid out: one problem for all that ask for the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from handoutkit.errors import HandoutkitError, Problem
from handoutkit.files.source_file import clipped
from handoutkit.models.clients.roster_client import RowChoice
from handoutkit.rosters.roster import Checked, Roster

NO_LANGUAGE = "no-such-language"
_MAX_RANGES = 6
"""Most rows or ranges of rows that a message counts up."""


def rows_without_layout(
    roster: Roster, checked: Checked, broken: Mapping[RowChoice, HandoutkitError]
) -> tuple[set[int], list[Problem]]:
    """The rows that chose what cannot be made, and the problems: each of a packet once, then its rows together."""
    if not broken:
        return set(), []
    rows: defaultdict[tuple[Problem, ...], list[int]] = defaultdict(list)
    for client in roster.clients(checked.bad):
        if client.safe_to_send and client.choice in broken:
            rows[_of_rows(roster, client.choice, broken[client.choice].problems)].append(client.row)
    of_packets: dict[Problem, None] = {}
    of_rows: list[Problem] = []
    for problems, its in rows.items():
        if all(problem.path == "language" and problem.file == roster.name for problem in problems):
            of_rows += [_at_rows(roster, problem, its) for problem in problems]
            continue
        of_packets |= dict.fromkeys(problems)
        # A warning may stand before what stops the layout, and is not why.
        cause = next((problem for problem in problems if problem.severity == "error"), problems[0])
        message = f"what {_told(its)} cannot be made (see `{cause.code}`)"
        of_rows.append(_at_rows(roster, Problem("no-layout", message), its))
    return {row for its in rows.values() for row in its}, [*of_packets, *of_rows]


def _of_rows(roster: Roster, choice: RowChoice, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems of a layout; where only its language is not there, those of the column that asks for it."""
    at = roster.columns.at.get("language")
    if at is None or not choice.language or any(problem.code != NO_LANGUAGE for problem in problems):
        return tuple(problems)
    way_out = f'to make them as the packet is written, leave the column out: --map "{_name(roster, at)}=-"'
    return tuple(
        replace(problem, hint=f"{problem.hint}; {way_out}", file=roster.name, path="language", column=at + 1)
        for problem in problems
    )


def _name(roster: Roster, at: int) -> str:
    return clipped(roster.columns.header[at])


def _at_rows(roster: Roster, problem: Problem, rows: Sequence[int]) -> Problem:
    """A problem at its row, if it has only one, or at the first, with the others counted up."""
    path = f"row {rows[0]}" if len(rows) == 1 else f"rows {in_ranges(rows)}"
    message = problem.message
    if problem.path:
        path = f"{path}, {problem.path}"
        message += "" if len(rows) == 1 else f", and {len(rows):,} rows ask for it"
    return replace(problem, message=message, file=roster.name, line=rows[0], path=path)


def _told(rows: Sequence[int]) -> str:
    return "this row asks for" if len(rows) == 1 else f"{len(rows):,} rows ask for"


def in_ranges(rows: Sequence[int]) -> str:
    """Ascending rows as ``2-30, 33``; after some of them, how many more there are."""
    ranges = [[row for _, row in group] for _, group in groupby(enumerate(rows), lambda pair: pair[1] - pair[0])]
    shown = [str(each[0]) if len(each) == 1 else f"{each[0]}-{each[-1]}" for each in ranges[:_MAX_RANGES]]
    left = sum(map(len, ranges[_MAX_RANGES:]))
    return ", ".join(shown) + (f" and {left:,} more" if left else "")
