"""Lists, questions with answers, and stories: blocks to read, some of which have fields to tick or answer in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from handoutkit.models.base import Item, Model, Plain, Prose, Text
from handoutkit.models.markdown import BEFORE_ITEM
from handoutkit.models.rule_problems import At, problem, problems_at

from .block import UNBROKEN, Block, BlockField, FieldKind


class ListGroup(Model):
    """A part of a longer list, under a label of its own."""

    label: Plain
    items: Annotated[tuple[Item, ...], Field(min_length=1, max_length=UNBROKEN)]


class ListBlock(Block):
    """Items; a list longer than seven is broken into labelled groups.

    Attributes:
        items: the items, one after the other; below an item, lines that start with ``- `` are a list of its own.
    """

    order = 60
    type: Literal["list"]
    style: Literal["bullet", "number", "steps", "checklist"] = "bullet"
    items: Annotated[tuple[Item, ...], Field(max_length=UNBROKEN)] = ()
    groups: Annotated[tuple[ListGroup, ...], Field(max_length=8)] = ()

    @model_validator(mode="after")
    def _items_or_groups(self) -> Self:
        if bool(self.items) == bool(self.groups):
            found = "both `items` and `groups`" if self.items else "neither `items` nor `groups`"
            raise problem("items-or-groups", f"this list has {found}", "write one of the two")
        return self

    @model_validator(mode="after")
    def _a_box_is_for_one_thing(self) -> Self:
        every: list[tuple[At, str]] = [(("items", n), item) for n, item in enumerate(self.items)]
        every += [
            (("groups", g, "items", n), item)
            for g, group in enumerate(self.groups)
            for n, item in enumerate(group.items)
        ]
        if self.style == "checklist" and (deep := [at for at, item in every if BEFORE_ITEM in item]):
            fault = problem(
                "list-in-checklist", "an item to tick has no list of its own", "use `groups`, with a label each"
            )
            raise problems_at(*((at, fault) for at in deep))
        return self

    def fields(self) -> Iterator[BlockField]:
        """Yield a box to tick for each item of a checklist; items and groups count from 1."""
        if self.style != "checklist":
            return
        for number, item in enumerate(self.items, start=1):
            yield BlockField(number, self.named(f"item-{number}"), (item,), "tick")
        for part, group in enumerate(self.groups, start=1):
            for number, item in enumerate(group.items, start=1):
                yield BlockField((part, number), f"group-{part}-item-{number}", (group.label, item), "tick")


class QuestionAndAnswer(Model):
    """A question with its answer; ``choices`` are offered in a quiz, one of them being the answer."""

    question: Text
    answer: Text
    choices: Annotated[tuple[Plain, ...], Field(max_length=6)] = ()

    @model_validator(mode="after")
    def _answer_is_a_choice(self) -> Self:
        if self.choices and self.answer not in self.choices:
            hint = "write it the same way in both"
            fault = problem("answer-not-offered", "this answer is not one of the `choices`", hint)
            raise problems_at((("answer",), fault))
        return self


class Qa(Block):
    """Questions and answers; the key to a quiz is on the clinician's copy only."""

    order = 70
    type: Literal["qa"]
    style: Literal["faq", "myth_fact", "quiz"]
    pairs: Annotated[tuple[QuestionAndAnswer, ...], Field(min_length=1, max_length=12)]

    @model_validator(mode="after")
    def _choices_are_for_quizzes(self) -> Self:
        if self.style != "quiz" and any(pair.choices for pair in self.pairs):
            fault = problem("choices-outside-quiz", "only a quiz has `choices`", "set `style: quiz`, or take them out")
            offering = [number for number, pair in enumerate(self.pairs) if pair.choices]
            raise problems_at(*((("pairs", number, "choices"), fault) for number in offering))
        return self

    def fields(self) -> Iterator[BlockField]:
        """Yield a field for each question of a quiz, counted from 1; a clinician's copy has the answer instead."""
        for number, pair in enumerate(self.pairs if self.style == "quiz" else (), start=1):
            kind: FieldKind = "choice" if pair.choices else "text"
            yield BlockField(
                number, f"question-{number}", (pair.question,), kind, max(1, len(pair.choices)), pair.choices
            )


class Vignette(Block):
    """A short story about invented people; the questions after it may be answered in writing."""

    order = 80
    type: Literal["vignette"]
    story: Prose
    questions: Annotated[tuple[Text, ...], Field(max_length=7)] = ()
    answer_lines: Annotated[int, Field(ge=0, le=8)] = 0
    """Lines to write on after each question; 0 for none."""

    def fields(self) -> Iterator[BlockField]:
        """Yield a field for each question that has lines to answer on, counted from 1."""
        for number, question in enumerate(self.questions if self.answer_lines else (), start=1):
            yield BlockField(number, f"question-{number}", (question,), "multiline")
