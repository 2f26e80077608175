"""From a roster to its labels: the recipe of ``handoutkit batch --labels``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from handoutkit.batch.batch_request import BatchRequest
from handoutkit.errors import ContentError, Problem
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import Worker
from handoutkit.models.clients.roster_client import Client
from handoutkit.render.theme import Theme
from handoutkit.rosters.roster import Roster

from .addresses import ADDRESS_VALUES, WITH_A_STREET, label_lines
from .label_pages import label_pages, name_of
from .label_sheets import LabelSheet

LIMITS = ResourceLimits(seconds=600, wall=1_800, memory=2_000_000_000)
"""For all labels of a roster; a sheet takes a twentieth of a second."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a roster as one PDF.

    Attributes:
        count: how many there are, on so many ``sheets``.
        held: rows that are not safe to send.
        problems: of rows that have no label.
    """

    pdf: bytes
    count: int
    sheets: int
    held: int
    problems: tuple[Problem, ...]


def make_labels(request: BatchRequest, sheet: LabelSheet, told: Callable[[Roster], None]) -> Labels:
    """Make a label for each row that has an address and no problem, in the order of the rows.

    Args:
        told: given the roster as soon as it is read.

    Raises:
        ContentError: the table has a problem as a whole, or no row has a label that can be made.
        WithheldError: what was made is not what it should be.
    """
    maker, roster = request.roster_for(ADDRESS_VALUES)
    told(roster)
    checked = roster.check()
    if checked.stopping:
        raise ContentError([*checked.stopping, *checked.problems])
    if roster.columns.filled.isdisjoint(WITH_A_STREET):
        raise ContentError([_no_address_column(roster), *checked.problems])
    rows = [client for client in roster.clients(checked.bad) if client.safe_to_send]
    labels = [(client, lines) for client in rows if (lines := label_lines(dict(client.values), maker.region))]
    with_label = {client.row for client, _ in labels}
    lacking = [_without_address(roster, client) for client in rows if client.row not in with_label]
    problems = [*checked.problems, *lacking]
    pdf = b""
    while labels and not pdf:
        try:
            pdf = _in_worker(roster, labels, sheet, maker.theme)
        except _UnfitLabelsError as error:  # those that it tells first may have hidden what is wrong with others
            labels = [(client, lines) for client, lines in labels if client.row not in error.rows]
            problems += error.problems
    if not labels:
        raise ContentError(problems or [Problem("no-rows", "no row of this roster gets a label", file=roster.name)])
    return Labels(pdf, len(labels), -(-len(labels) // sheet.count), checked.held, tuple(problems))


class _UnfitLabelsError(ContentError):
    """Labels that cannot be set; the others can, without these ``rows``."""

    def __init__(self, problems: Sequence[Problem], rows: frozenset[int]) -> None:
        super().__init__(problems)
        self.rows = rows


def _in_worker(roster: Roster, labels: Sequence[tuple[Client, list[str]]], sheet: LabelSheet, theme: Theme) -> bytes:
    """The labels' PDF, by a worker that makes nothing else.

    Raises:
        _UnfitLabelsError: with the problems of rows whose labels cannot be set.
        ContentError, WithheldError: nothing of it can be made.
    """
    texts = ["\n".join(lines) for _, lines in labels]
    worker = Worker()
    try:
        function = f"{label_pages.__module__}:{label_pages.__name__}"
        pdf = worker.call(function, sheet, theme, texts, limits=LIMITS, file=roster.name, reads=theme.roots)
    except ContentError as error:
        clients = {name_of(number): client for number, (client, _) in enumerate(labels)}
        told = [_at_row(roster, clients.get(problem.path), problem) for problem in error.problems]
        if rows := frozenset(clients[each.path].row for each in error.problems if each.path in clients):
            raise _UnfitLabelsError(told, rows) from None
        raise ContentError(told) from None
    finally:
        worker.end()
    assert isinstance(pdf, bytes)  # noqa: S101 - for the type checker
    return pdf


def _at_row(roster: Roster, client: Client | None, problem: Problem) -> Problem:
    if client is None:
        return replace(problem, file=roster.name)
    message = problem.message.replace(f"the value for `{problem.path}`", "this label")
    if problem.code == "value-too-long":
        message = "this name and address do not fit a label"
    return roster.problem(client, problem.code, message, problem.hint)


def _no_address_column(roster: Roster) -> Problem:
    """One problem for the table, and none for each row."""
    wanted = ", ".join(f"`{name}`" for name in ADDRESS_VALUES if name != "display_name")
    message = "this roster has no column with a street or an address, and so no labels"
    hint = (
        f'labels are made of {wanted}; name a column so, or say --map "THEIR COLUMN=street"; '
        "docs/rosters.md has the usual names"
    )
    return Problem("no-address-column", message, hint, file=roster.name)


def _without_address(roster: Roster, client: Client) -> Problem:
    hint = "fill in its street, or its address; columns are known by usual names, see docs/rosters.md"
    return roster.problem(client, "no-address", "this row has no address, and so no label", hint)
