"""Ids of blocks that were added in a form: made from their words, so that nobody has to think of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from handoutkit.checks.blanks_to_blocks import NewIds
from handoutkit.yaml_writing.yaml_emit import MovedItem, plain

from .inputs_from_schema import title_of_item


def with_ids(data: Any) -> Any:
    """The data of a handout with an id wherever a form has left one empty.

    Args:
        data: as ``joined`` gives it; lists may have ``MovedItem``.
    """
    return _with_ids(data, NewIds(set(_ids(plain(data)))))


def _with_ids(value: Any, new_id: NewIds) -> Any:
    if isinstance(value, MovedItem):
        return replace(value, value=_with_ids(value.value, new_id))
    if isinstance(value, tuple):
        return tuple(_with_ids(one, new_id) for one in value)
    if not isinstance(value, Mapping):
        return value
    made = {"id": new_id(title_of_item(plain(value)))} if value.get("id") == "" else {}
    return {key: made.get(key) or _with_ids(one, new_id) for key, one in value.items()}


def _ids(value: Any) -> Iterator[str]:
    """All ids in the data, wherever they stand."""
    if isinstance(value, Mapping):
        if isinstance(value.get("id"), str):
            yield value["id"]
        for one in value.values():
            yield from _ids(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from _ids(one)
