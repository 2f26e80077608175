"""What a batch will make: the roster checked, the layouts made, and what nothing has a place for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from handoutkit.errors import ContentError, HandoutkitError, Problem, UsageError
from handoutkit.models.clients.client_ref import CLIENT_REF
from handoutkit.models.clients.roster_client import Client, RowChoice
from handoutkit.packets.packet_builder import BuiltLayout
from handoutkit.render.theme import Theme
from handoutkit.rosters.roster import Checked, Roster

from .batch_folder import LayoutStore
from .held_back.rows_without_fonts import rows_without_fonts
from .held_back.rows_without_layout import rows_without_layout
from .held_back.rows_without_values import WordsOfPackets, rows_without_values, words_for_all


class LayoutMaker(WordsOfPackets, Protocol):
    """Makes the layouts that rows choose."""

    theme: Theme

    def make(self, choice: RowChoice) -> BuiltLayout:
        """Lay out what a row chooses. Raises UsageError, ContentError, MachineError."""

    def options(self, choice: RowChoice) -> Mapping[str, object]:
        """How the layout of a choice is made, for the manifest."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A layout in the store, and what the manifest says of it.

    Attributes:
        pictures: where below the output folder what was wrong with its pages was shown, if anything was.
    """

    digest: str
    packet: str
    editions: tuple[tuple[str, int], ...]
    options: Mapping[str, object]
    pictures: tuple[Path, ...]


@dataclass(frozen=True)
class BatchPlan:
    """A batch before anything of it is made.

    Attributes:
        layouts: for each choice whose layout could be made.
        problems: of rows, columns and layouts; those of layouts name the row in a problem of its own.
        failed: rows whose layout cannot be made, or that need fonts which are not installed.
    """

    roster: Roster
    checked: Checked
    layouts: Mapping[RowChoice, Ready]
    problems: tuple[Problem, ...]
    failed: frozenset[int]

    @property
    def without(self) -> frozenset[int]:
        """Rows that get no packet because they have problems."""
        return self.checked.bad | self.failed

    @property
    def rows_of_choices(self) -> Counter[RowChoice]:
        """How many packets are to be made of each choice."""
        clients = self.roster.clients(self.without)
        return Counter(client.choice for client in clients if client.safe_to_send)

    @property
    def to_make(self) -> int:
        """How many packets the batch has."""
        return self.checked.to_make - len(self.failed)


def plan_batch(roster: Roster, maker: LayoutMaker, store: LayoutStore, *, allow_empty: bool = False) -> BatchPlan:
    """Check the roster and make its layouts, each once.

    Args:
        allow_empty: whether packets are made whose values no column has.

    Raises:
        ContentError, UsageError: nothing of it can be made; with every problem.
        MachineError: something the machine lacks, or the store cannot be written to.
    """
    checked = roster.check()
    layouts: dict[RowChoice, Ready] = {}
    broken: dict[RowChoice, HandoutkitError] = {}
    places: dict[RowChoice, frozenset[str]] = {}
    warnings: dict[Problem, None] = {}
    for choice in checked.choices:
        try:
            laid_out = maker.make(choice)
        except (ContentError, UsageError) as error:
            broken[choice] = error
            continue
        layout = laid_out.layout
        warnings |= dict.fromkeys(laid_out.warnings)
        places[choice] = frozenset(layout.values)
        digest, options = store.put(layout), maker.options(choice)
        layouts[choice] = Ready(digest, layout.packet, layout.editions, options, laid_out.pictures)
    stopping = [*checked.stopping, *([] if allow_empty else _unfilled(roster, checked, maker, layouts))]
    problems = [*stopping, *checked.problems, *warnings, *_unplaced(roster, checked.valued, places)]
    problems += words_for_all(roster, layouts, maker, allow_empty=allow_empty)
    problems += rows_without_values(roster, checked, layouts, maker)
    failed, told = rows_without_layout(roster, checked, broken)
    problems += told
    digests = {choice: ready.digest for choice, ready in layouts.items()}
    for client, lacking in rows_without_fonts(roster, checked, maker.theme, store, digests):
        failed.add(client.row)
        problems += [at_row(roster, client, problem) for problem in lacking]
    if stopping:
        raise ContentError(problems)
    if not layouts and any(problem.severity == "error" for problem in problems):
        kind = (
            UsageError if broken and all(isinstance(error, UsageError) for error in broken.values()) else ContentError
        )
        raise (ContentError if checked.bad else kind)(problems)
    return BatchPlan(roster, checked, layouts, tuple(problems), frozenset(failed))


def _unfilled(
    roster: Roster, checked: Checked, maker: LayoutMaker, layouts: Mapping[RowChoice, Ready]
) -> Iterator[Problem]:
    """A problem for each packet that says what no column of the roster has; if none can be made yet, for all."""
    lacking: dict[tuple[str, ...], None] = {}
    for choice in layouts or checked.choices or [RowChoice()]:
        with suppress(HandoutkitError):
            asked = maker.asked_for(choice)
            lacking[tuple(name for name in asked if name != CLIENT_REF and name not in roster.columns.filled)] = None
    for names in filter(None, lacking):
        told = ", ".join(f"`{name}`" for name in names)
        them = "it" if len(names) == 1 else "them"
        message = f"the packet says {told} of each client, and no column of this roster has {them}"
        hint = f'pick columns in the app or say --map "THEIR COLUMN={names[0]}"; or leave them out with --allow-empty'
        yield Problem("no-column-for-value", message, hint, file=roster.name)


def _unplaced(
    roster: Roster, valued: Counter[tuple[RowChoice, str]], places: Mapping[RowChoice, frozenset[str]]
) -> list[Problem]:
    """A warning for each column with values that some or all of the packets do not print."""
    lost: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for (choice, name), count in valued.items():
        # A part of a name is in the name already; what was made of another column has none of its own to take out.
        if choice in places and name in roster.columns.at and name not in roster.columns.name_parts:
            (kept if name in places[choice] else lost)[name] += count
    problems = []
    for name, count in sorted(lost.items()):
        what = f"the packets of {count} rows have" if kept[name] else "no packet of this roster has"
        hint = "name it in the `values` or the `prefill` of the packet, or take the column out"
        message = f"the column `{name}` is not used everywhere: {what} no place for it"
        if not kept[name]:
            message = f"the column `{name}` is not used: no packet of this roster has a place for it"
        problems.append(Problem("no-place", message, hint, file=roster.name, path=name, severity="warning"))
    return problems


def at_row(roster: Roster, client: Client, problem: Problem) -> Problem:
    """A problem of a packet as one of its row; ``problem.path`` may name the value that has it."""
    column = roster.columns.at.get(problem.path, -1) + 1
    path = f"row {client.row}, {problem.path}" if problem.path else f"row {client.row}"
    return replace(problem, file=roster.name, line=client.row, column=column, path=path, excerpt="", width=1)
