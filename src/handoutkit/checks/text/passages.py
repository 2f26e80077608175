"""Every piece of text that a client reads, with where it stands in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, get_args, get_type_hints

from pydantic import AfterValidator

from handoutkit.files.source_file import Address
from handoutkit.models.base import WORDS, Model, check_plain
from handoutkit.models.blocks.frames_and_cards import SLOT
from handoutkit.models.blocks.lists_and_questions import Qa
from handoutkit.models.blocks.reading_blocks import Quotation
from handoutkit.models.blocks.scales import Measure
from handoutkit.models.markdown import BEFORE_ITEM, to_plain

PARAGRAPH = re.compile(rf"\n\s*\n|{BEFORE_ITEM}")
"""Where a paragraph ends: at an empty line, or at an item of a list below it."""
# Kept from the client (a key, a scoring), or someone else's words.
_LEFT_OUT: dict[type[Model], frozenset[str]] = {
    Measure: frozenset({"bands", "rights_statement"}),
    Quotation: frozenset({"text", "speaker", "rights"}),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, with its place in the file.

    Attributes:
        text: as it is written, with its Markdown.
        words: without.
        running: sentences may stand in it; else it is a title, a label or an option.
    """

    at: Address
    text: str
    words: str
    running: bool

    @property
    def field(self) -> str:
        """The name of the field it stands in."""
        return next(str(part) for part in reversed(self.at) if isinstance(part, str))


def passages_in(model: Model, at: Address) -> Iterator[Passage]:
    """The texts of a model in the order of its fields, those inside other models included."""
    left_out = _LEFT_OUT.get(type(model), frozenset())
    for name, running in _texts(type(model)):
        if name not in left_out:
            yield from _in_value(getattr(model, name), (*at, name), running, isinstance(model, Qa) and _is_quiz(model))


def passage(text: str, at: Address, *, running: bool) -> Passage:
    """One text by itself."""
    words = "\n\n".join(to_plain(paragraph) for paragraph in PARAGRAPH.split(text)) if running else text
    return Passage(at, text, SLOT.sub("it", words), running)


def _is_quiz(qa: Qa) -> bool:
    return qa.style == "quiz"


def _in_value(value: Any, at: Address, running: bool | None, quiz: bool) -> Iterator[Passage]:
    if isinstance(value, str) and running is not None:
        yield passage(value, at, running=running)
    elif isinstance(value, Model):
        yield from (passage for passage in passages_in(value, at) if not (quiz and passage.at[-1] == "answer"))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _in_value(item, (*at, number), running, quiz)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _in_value(item, (*at, key), running, quiz)


@lru_cache(maxsize=200)
def _texts(model: type[Model]) -> tuple[tuple[str, bool | None], ...]:
    """A model's fields that hold texts or models: whether a text is running; None if it is no text for reading."""
    hints = get_type_hints(model, include_extras=True)
    return tuple((name, _running(hints[name])) for name in model.model_fields)


def _running(annotation: Any) -> bool | None:
    """A label is plain, all other words may have small Markdown; an id, a date or a choice of words is no text."""
    marks = set(_marks(annotation))
    return check_plain not in marks if WORDS in marks else None


def _marks(annotation: Any) -> Iterator[Any]:
    """What a field's texts are marked with and checked by, those of its models left out."""
    if isinstance(annotation, AfterValidator):
        yield annotation.func
    elif annotation is WORDS:
        yield annotation
    elif not (isinstance(annotation, type) and issubclass(annotation, Model)):
        for part in (*get_args(annotation), *getattr(annotation, "__metadata__", ())):
            yield from _marks(part)
