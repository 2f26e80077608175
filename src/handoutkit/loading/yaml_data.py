"""Reads YAML as plain data with the position of every key and value.

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
from handoutkit.files.source_file import TO_LINE_END, Address, FilePosition, SourceFile, Spot, clipped, dotted
from handoutkit.loading.diagnostics.yaml_problems import YamlFault

from .yaml_events import document_events, event_mark

MAX_DEPTH = 24
MAX_VALUES = 20_000
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]{1,18}|[0-9]{1,18}(\.[0-9]{0,18})?)([eE][-+]?[0-9]{1,2})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STRING_TAGS = ("tag:yaml.org,2002:str", "!")
_UNFINISHED = object()


def read_yaml(source: SourceFile) -> tuple[SourceFile, list[Problem]]:
    """Read a file's text: the file with its data and positions, and the problems of the YAML itself.

    A file that cannot be read as one mapping comes back without data and with at least one problem.
    """
    reader = _YamlReader(source)
    try:
        data = reader.read()
    except YamlFault as fault:
        return source, [*reader.problems, source.problem_at(fault.mark, fault.code, fault.message, fault.hint)]
    read = replace(source, data=data, spots=reader.spots)
    if isinstance(data, dict):
        return read, reader.problems
    what = "a list" if isinstance(data, tuple) else "a single text"
    hint = "start with lines like `id: ...` and `title: ...`, without a `-` before them"
    problem = read.problem("not-a-mapping", f"the whole file is {what}; it must be `key: value` lines", hint)
    return source, [*reader.problems, problem]


def _text(event: Any) -> str:
    """A quoted or block scalar's text; an empty line in a folded one (``>``) parts paragraphs, as people mean it."""
    text = str(event.value)
    if event.style != ">":
        return text
    words = text.rstrip("\n")
    return re.sub(r"\n+", "\n\n", words) + text[len(words) :]


def plain_scalar(text: str) -> str | int | float | bool | date | None:
    """An unquoted scalar's value by the YAML 1.2 core schema, and dates written ``YYYY-MM-DD``.

    Some numbers of the schema stay texts, because no field of ours wants them: ``0x1F``, ``0o17``, ``.inf`` and what
    has more than 18 digits. So does a day that the calendar does not have.
    """
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else text
    except ValueError:
        return text


class _YamlReader:
    """Builds the data of one file; collects positions, and the problems that do not stop the reading."""

    def __init__(self, source: SourceFile) -> None:
        self.spots: dict[Address, Spot] = {}
        self.problems: list[Problem] = []
        self._source = source
        self._events = document_events(source)
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._unused: dict[str, FilePosition] = {}
        self._values = 0
        self._end: Any = None  # where the last closing bracket stands

    def read(self) -> Any:
        data = self._value(next(self._events), ())
        for _ in self._events:  # runs to the end, where a second document would be
            pass
        for anchor, mark in self._unused.items():
            message = f"`&{clipped(anchor)}` at the start of a value has a meaning of its own in YAML and would be lost"
            self._complain(mark, "unused-anchor", message, 'put the whole text in quotes ("...")')
        return data

    def _complain(self, mark: FilePosition, code: str, message: str, hint: str, at: Address = ()) -> None:
        self.problems.append(self._source.problem_at(mark, code, message, hint, path=dotted(at)))

    def _value(self, event: Any, at: Address, key: FilePosition | None = None) -> Any:
        self._count(1, event)
        mark = event_mark(event)
        self.spots[at] = Spot(_shown(event, mark, key), key, _last_line(event))
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if len(at) > MAX_DEPTH:
            hint = "take out some of the levels (or of the brackets) around it"
            raise YamlFault(mark, "too-deep", f"this is nested more than {MAX_DEPTH} levels deep", hint)
        _refuse_tag(event, mark)
        # An anchor that is used before its value has ended would hold itself: until then, it is unfinished.
        before = self._values
        if event.anchor:
            self._anchors[event.anchor] = (_UNFINISHED, 0)
            self._unused[event.anchor] = FilePosition(mark.line, mark.column, len(event.anchor) + 1)
        if isinstance(event, yaml.MappingStartEvent):
            value: Any = self._mapping(at)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence(at)
        else:
            value = _text(event) if event.tag or event.style else plain_scalar(event.value)
        # A list or mapping in brackets is underlined to its closing bracket, which is known only now.
        if self._end and not isinstance(event, yaml.ScalarEvent) and event.flow_style:
            self._underline_to_bracket(at, mark)
        if event.anchor:
            self._anchors[event.anchor] = (value, self._values - before + 1)
        return value

    def _underline_to_bracket(self, at: Address, mark: FilePosition) -> None:
        width = self._end.column + 1 - mark.column if self._end.line + 1 == mark.line else TO_LINE_END
        self.spots[at] = replace(self.spots[at], value=replace(mark, width=width))

    def _count(self, number: int, event: Any) -> None:
        self._values += number
        if self._values > MAX_VALUES:
            message = f"with its aliases (`*name`), this file holds more than {MAX_VALUES:,} values"
            hint = "write out what the aliases stand for, or split the file"
            raise YamlFault(event_mark(event), "too-many-values", message, hint)

    def _alias(self, event: Any) -> Any:
        value, size = self._anchors.get(event.anchor, (_UNFINISHED, 0))
        if value is _UNFINISHED:
            name = clipped(event.anchor)
            message = f"`*{name}` without quotes stands for something named `&{name}` above, and there is no such thing"
            raise YamlFault(event_mark(event), "bad-alias", message, 'put the whole text in quotes ("...")')
        self._unused.pop(event.anchor, None)
        self._count(size, event)
        return value

    def _mapping(self, at: Address) -> dict[str, Any]:
        value: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            mark = event_mark(event)
            if not isinstance(event, yaml.ScalarEvent):
                message = "a key must be a plain word, and this has a meaning of its own in YAML"
                hint = 'if this is text, put the whole of it in quotes ("...")'
                raise YamlFault(mark, "bad-key", message, hint)
            _refuse_tag(event, mark)
            key = str(event.value)
            if key in value:
                self._second(key, mark, (*at, key))
            else:
                value[key] = self._value(next(self._events), (*at, key), mark)
        self._end = event.end_mark
        return value

    def _second(self, key: str, mark: FilePosition, at: Address) -> None:
        """A key that was there before: what belongs to it is read past, so that the first keeps its spots."""
        first = self.spots[at].key
        where = f"it stands on line {first.line} already" if first else "it stands above already"
        hint = f"keep one of the two; {where}"
        self._complain(mark, "duplicate-key", f"`{clipped(key)}` stands twice in the same place", hint, at)
        kept, self.spots = self.spots, {}
        self._value(next(self._events), at, mark)
        self.spots = kept

    def _sequence(self, at: Address) -> tuple[Any, ...]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*at, len(items))))
        self._end = event.end_mark
        return tuple(items)


def _last_line(event: Any) -> int:
    """The last line of a value's text, counted from 1; the end of a block scalar is the start of the line after it."""
    end = event.end_mark
    return int(max(event.start_mark.line + 1, end.line + (end.column > 0)))


def _shown(event: Any, mark: FilePosition, key: FilePosition | None) -> FilePosition:
    """What to point at: an empty value and one that starts below its key are best shown by the key."""
    if isinstance(event, yaml.ScalarEvent):
        return key if key and not event.style and not event.value else mark
    if isinstance(event, yaml.AliasEvent) or event.flow_style:
        return mark
    return key or FilePosition(mark.line, mark.column, TO_LINE_END)


def _refuse_tag(event: Any, mark: FilePosition) -> None:
    if event.tag and event.tag not in _STRING_TAGS:
        tag = clipped(event.tag.replace("tag:yaml.org,2002:", "!!"))
        hint = 'take that word out; if it is text, put the whole text in quotes ("...")'
        message = f"`{tag}` without quotes has a meaning of its own in YAML, which is not taken"
        raise YamlFault(mark, "yaml-tag", message, hint)
