"""YAML to plain data with the position of every key and value.

The data is built from parser events here and not by PyYAML's constructor, because we need the positions, want YAML
1.2's plain scalars (``no`` is a word and not a falsehood), and must stop before aliases, nesting or size can hurt.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import yaml

from handoutkit.errors import Problem

from .source import Address, Mark, SourceFile, Spot, dotted
from .yaml_events import YamlFault, document_events, event_mark

MAX_DEPTH = 24
MAX_VALUES = 20_000
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_STRING_TAGS = ("tag:yaml.org,2002:str", "!")
_UNFINISHED = object()


def read_yaml(source: SourceFile) -> tuple[SourceFile, list[Problem]]:
    """The same file with its data and spots, and the problems of the YAML itself.

    A file that cannot be read as one mapping comes back without data and with at least one problem.
    """
    reader = _Reader(source)
    try:
        data = reader.read()
    except YamlFault as fault:
        return source, [*reader.problems, source.problem_at(fault.mark, fault.code, fault.message, fault.hint)]
    read = replace(source, data=data, spots=reader.spots)
    if isinstance(data, dict):
        return read, reader.problems
    what = "a list" if isinstance(data, tuple) else "a single text"
    hint = "start with lines like `id: ...` and `title: ...`, without a `-` before them"
    return source, [read.problem("not-a-mapping", f"at its top, this file holds {what}", hint)]


def plain_scalar(text: str) -> str | int | float | bool | date | None:
    """An unquoted scalar's value by the YAML 1.2 core schema, and dates written ``YYYY-MM-DD``."""
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-31") else text
    except ValueError:
        return text


class _Reader:
    """Builds the data of one file; keeps the spots and the problems that do not stop the reading."""

    def __init__(self, source: SourceFile) -> None:
        self.spots: dict[Address, Spot] = {}
        self.problems: list[Problem] = []
        self._source = source
        self._events = document_events(source)
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._values = 0

    def read(self) -> Any:
        data = self._value(next(self._events), ())
        for _ in self._events:  # runs to the end, where a second document would be
            pass
        return data

    def _value(self, event: Any, at: Address, key: Mark | None = None) -> Any:
        self._count(1, event)
        mark = event_mark(event)
        self.spots[at] = Spot(mark, key)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if len(at) > MAX_DEPTH:
            raise YamlFault(mark, "too-deep", f"this is nested more than {MAX_DEPTH} levels deep", "make it flatter")
        before = self._values
        if event.anchor:
            self._anchors[event.anchor] = (_UNFINISHED, 0)
        if isinstance(event, yaml.MappingStartEvent):
            value: Any = self._mapping(at)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence(at)
        else:
            value = self._scalar(event, mark)
        if event.anchor:
            self._anchors[event.anchor] = (value, self._values - before + 1)
        return value

    def _count(self, number: int, event: Any) -> None:
        self._values += number
        if self._values > MAX_VALUES:
            message = f"with its aliases, this file holds more than {MAX_VALUES:,} values"
            hint = "take out the aliases (`*name`), or split the file"
            raise YamlFault(event_mark(event), "too-many-values", message, hint)

    def _alias(self, event: Any) -> Any:
        value, size = self._anchors.get(event.anchor, (_UNFINISHED, 0))
        if value is _UNFINISHED:
            message = f"the alias `*{event.anchor}` stands for nothing that is finished above it"
            hint = f"a text that starts with `*` needs quotes: '*{event.anchor} ...'"
            raise YamlFault(event_mark(event), "bad-alias", message, hint)
        self._count(size, event)
        return value

    def _mapping(self, at: Address) -> dict[str, Any]:
        value: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            mark = event_mark(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise YamlFault(mark, "bad-key", "a key must be a plain word", "put quotes around text in brackets")
            key = str(event.value)
            if key in value:
                path = dotted((*at, key))
                self.problems.append(
                    self._source.problem_at(
                        mark, "duplicate-key", f"`{key}` stands here twice", "keep one of the two", path=path
                    )
                )
            value[key] = self._value(next(self._events), (*at, key), mark)
        return value

    def _sequence(self, at: Address) -> tuple[Any, ...]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*at, len(items))))
        return tuple(items)

    def _scalar(self, event: Any, mark: Mark) -> Any:
        if event.tag and event.tag not in _STRING_TAGS:
            raise YamlFault(
                mark, "yaml-tag", f"the YAML tag `{event.tag}` is not taken", "take out the word with the `!`"
            )
        return event.value if event.tag or event.style else plain_scalar(event.value)
