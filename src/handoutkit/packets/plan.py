"""Which page of a packet each handout starts on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Length:
    """A handout's pages, and whether its first must be the front of a leaf."""

    pages: int
    on_the_right: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Pages are counted from 0; those before a handout that belong to nothing are left empty.

    Attributes:
        starts: the first page of each handout.
        back: the first page behind the handouts.
        total: all pages of the packet.
    """

    starts: tuple[int, ...]
    back: int
    total: int


def plan(before: int, handouts: Sequence[Length], behind: int) -> Plan:
    """Where handouts start that follow ``before`` pages and are followed by ``behind`` more.

    >>> plan(2, [Length(3, True), Length(5, True)], 1)
    Plan(starts=(2, 6), back=11, total=12)
    """
    starts: list[int] = []
    page = before
    for handout in handouts:
        page += handout.on_the_right and page % 2
        starts.append(page)
        page += handout.pages
    return Plan(tuple(starts), page, page + behind)
