"""What ``make test`` leaves to ``make test-all``: the rest of a matrix, of which a covering choice stays."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

Row = tuple[Any, ...]


def rest_is_long(rows: Sequence[Any], stays: Callable[[Any], bool]) -> list[Any]:
    """All rows for ``parametrize``, with the mark ``long`` on those that do not stay in the short suite.

    Raises:
        ValueError: none stays, or all do: then the mark shows nothing.
    """
    kept = [stays(row) for row in rows]
    if all(kept) or not any(kept):
        raise ValueError("some rows stay in the short suite, and some do not")
    return [
        row if short else pytest.param(*_values(row), marks=pytest.mark.long)
        for row, short in zip(rows, kept, strict=True)
    ]


def _values(row: Any) -> Row:
    return row if isinstance(row, tuple) else (row,)


def covering(rows: Sequence[Row]) -> list[Row]:
    """A few of the rows in which each pair of values that stand in one row together does so at least once.

    Most faults need one choice or two of them together (Kuhn, Wallace and Gallo 2004, doi:10.1109/TSE.2004.24), so
    that all pairs find nearly what all rows find. Row by row, the one with most new pairs is taken; of equals the
    first.
    """
    left = {pair for row in rows for pair in pairs(row)}
    chosen: list[Row] = []
    while left:
        best = max(rows, key=lambda row: sum(pair in left for pair in pairs(row)))
        chosen.append(best)
        left -= set(pairs(best))
    return chosen


def pairs(row: Row) -> list[tuple[tuple[int, Any], tuple[int, Any]]]:
    """Each two values of a row, with their places."""
    return list(itertools.combinations(enumerate(row), 2))


def spread(choices: Sequence[Row], over: Mapping[str, Sequence[Any]]) -> list[Row]:
    """Each choice with a name before it, and the names by turns.

    Args:
        over: the names, each with the last values of the choices that it can be had with, such as its languages.

    Raises:
        ValueError: a choice that no name can be had with.
    """
    turns = dict.fromkeys(over, 0)
    rows = []
    for choice in sorted(choices, key=lambda choice: sum(choice[-1] in values for values in over.values())):
        able = [name for name, values in over.items() if choice[-1] in values]
        if not able:
            raise ValueError(f"no name can be had with {choice}")
        name = min(able, key=lambda name: turns[name])
        turns[name] += 1
        rows.append((name, *choice))
    return rows
