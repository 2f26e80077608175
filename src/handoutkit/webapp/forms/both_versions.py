"""Two versions of one file beside each other: the places where they differ, in the words of the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from . import form_words
from .inputs_from_schema import title_of_item

NOT_THERE = object()
_UNSAID = frozenset({"id", "type"})


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two versions differ; a text is empty where a version has nothing there."""

    place: str
    mine: str
    theirs: str


def differences(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[Difference]:
    """All places where two versions of one file differ, in the order of the first."""
    return list(_between(mine, theirs, ()))


def _between(mine: Any, theirs: Any, at: tuple[str, ...]) -> Iterator[Difference]:
    if mine == theirs:
        return
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        for key in dict.fromkeys([*mine, *theirs]):
            step = () if key in _UNSAID else (form_words.label(key),)
            yield from _between(mine.get(key, NOT_THERE), theirs.get(key, NOT_THERE), (*at, *step))
    elif _is_list(mine) and _is_list(theirs) and (_has_mappings(mine) or _has_mappings(theirs)):
        yield from _between_lists(mine, theirs, at)
    else:
        yield Difference(", ".join(at), _said(mine), _said(theirs))


def _between_lists(mine: Sequence[Any], theirs: Sequence[Any], at: tuple[str, ...]) -> Iterator[Difference]:
    """Items that are the same in both are passed over, so that one that is new does not make all behind it differ."""
    mine_left = [one for one in mine if one not in theirs]
    theirs_left = [one for one in theirs if one not in mine]
    if not mine_left and not theirs_left:
        yield Difference(", ".join(at), _titles(mine), _titles(theirs))  # only their order differs
    for one, other in zip_longest(mine_left, theirs_left, fillvalue=NOT_THERE):
        title = next((_title(each) for each in (one, other) if isinstance(each, Mapping)), "")
        yield from _between(one, other, (*at, f"“{title}”") if title else at)


def _is_list(value: Any) -> bool:
    return isinstance(value, tuple | list)


def _has_mappings(value: Sequence[Any]) -> bool:
    return any(isinstance(one, Mapping) for one in value)


def _title(item: Mapping[str, Any]) -> str:
    """What an item is called; a block without words, by its kind."""
    return title_of_item(item) or form_words.label(str(item.get("type", "")))


def _titles(items: Sequence[Any]) -> str:
    return "\n".join(_title(one) if isinstance(one, Mapping) else str(one) for one in items)


def _said(value: Any) -> str:
    """A value in words."""
    if value is NOT_THERE or value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "\n".join(filter(None, (_said(one) for key, one in value.items() if key not in _UNSAID)))
    if _is_list(value):
        return "\n".join(filter(None, (_said(one) for one in value)))
    return str(value)
