"""Ids of blocks and topics that were written in a form: made from words, so that nobody has to think of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from handoutkit.checks.blanks_to_blocks import NewIds
from handoutkit.scaffold.ids_from_titles import words_as_id
from handoutkit.yaml_writing.yaml_emit import MovedItem, plain

from .inputs_from_schema import title_of_item


def with_ids(data: Any) -> Any:
    """The data of a handout with an id wherever a form has left one empty, and its topics as ids.

    Args:
        data: as ``joined`` gives it; lists may have ``MovedItem``.
    """
    made = _with_ids(data, NewIds(set(_ids(plain(data)))))
    return {**made, "topics": tuple(map(_as_topic, made["topics"]))} if isinstance(made.get("topics"), tuple) else made


def _as_topic(one: Any) -> Any:
    if isinstance(one, MovedItem):
        return replace(one, value=_as_topic(one.value))
    return words_as_id(one) or one if isinstance(one, str) else one


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
