"""The words of a model that are there to be translated, each with a place it is known by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, get_args

from handoutkit.models.blocks.block import Block

from .base import KEPT, LINES, MAY_STAY, WORDS, Model

At = tuple[str | int, ...]
"""The way from a model to one of its texts: keys, as they stand in the file, and item numbers (from 0)."""

_HARD_BREAKS = ("  ", "\\")


@dataclass(frozen=True, slots=True)
class TranslatableText:
    """One text to translate.

    Attributes:
        at: where it stands in the file.
        place: what it is called: as ``at``, but by ids where there are some, so that it keeps its name when things are
            moved (``blocks.hard-to-ask.text``); what has no id is numbered from 1, a block among those of its type
            (``blocks.callout#2.text``).
        text: each paragraph on one line, so that it stays the same when lines are filled anew.
        may_stay: without a translation, it is the same in the other language.
    """

    at: At
    place: str
    text: str
    may_stay: bool = False


def words_of(model: Model) -> Iterator[TranslatableText]:
    """All words of a model that a reader of another language needs, in the order of its fields."""
    return _inside(model, (), ())


def pairs(one: Model, other: Model) -> dict[str, str]:
    """The texts of a model in another language, by those of this one; ``other`` is the same model, translated."""
    return {mine.text: its.text for mine, its in zip(words_of(one), words_of(other), strict=True)}


def unwrapped(text: str) -> str:
    """The text with each paragraph on one line, but for line breaks that are wanted."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(_one_line(paragraph) for paragraph in paragraphs)


def with_its_lines(text: str) -> str:
    """The text of a letter, whose lines end as they were typed, without the spaces that nobody sees there."""
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def _one_line(paragraph: str) -> str:
    lines = list[str]()
    broken = True
    for line in paragraph.split("\n"):
        is_item = line.lstrip().startswith("- ")
        if is_item and lines and not broken:
            lines.append("\n")
        piece = line.lstrip() if broken or is_item else " " + line.lstrip()
        broken = piece.endswith(_HARD_BREAKS)
        lines.append(piece + "\n" if broken else piece.rstrip())
    return "".join(lines).rstrip("\n")


def _inside(model: Model, at: At, place: tuple[str, ...]) -> Iterator[TranslatableText]:
    texts = _fields_in_words(type(model))
    for name, field in type(model).model_fields.items():
        key = field.alias or name
        for found in _value(getattr(model, name), (*at, key), (*place, key), texts.get(name)):
            yield replace(found, may_stay=True) if MAY_STAY in field.metadata else found


_AsOne = Callable[[str], str]
"""How a text is written where it is translated."""


def _value(value: Any, at: At, place: tuple[str, ...], in_words: _AsOne | None) -> Iterator[TranslatableText]:
    if isinstance(value, Model):
        yield from _inside(value, at, place)
    elif isinstance(value, str):
        if in_words:
            yield TranslatableText(at, ".".join(place), in_words(value))
    elif isinstance(value, tuple):
        for number, (name, item) in enumerate(zip(_names(value), value, strict=True)):
            yield from _value(item, (*at, number), (*place, name), in_words)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _value(item, (*at, key), (*place, str(key)), in_words)


def _names(items: tuple[Any, ...]) -> Iterator[str]:
    """What each item of a list is called: its id, or its number; a block's number among those of its type."""
    seen: dict[str, int] = {}
    for number, item in enumerate(items, start=1):
        name = getattr(item, "id", None)
        if name is None and isinstance(item, Block):
            seen[item.type] = seen.get(item.type, 0) + 1
            name = f"{item.type}#{seen[item.type]}"
        yield name or str(number)


@cache
def _fields_in_words(model: type[Model]) -> dict[str, _AsOne]:
    """The fields whose texts are in words, and not the same in every language, with what becomes of their lines."""
    marked = {name: {*field.metadata, *_marks(field.annotation)} for name, field in model.model_fields.items()}
    return {
        name: with_its_lines if LINES in marks else unwrapped
        for name, marks in marked.items()
        if WORDS in marks and KEPT not in marks
    }


def _marks(annotation: Any) -> Iterator[Any]:
    """All marks (``Annotated``) on a type, and on the types it is made of."""
    for part in get_args(annotation):
        yield from (part,) if part in (WORDS, KEPT, LINES) else _marks(part)
