"""Reading blocks: what a client takes in."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .base import Id, Model, Plain, Prose, Text, problem
from .block import Block

UNBROKEN = 7
"""Most items a list may run without a break (CDC Clear Communication Index, item 9)."""


class ProseBlock(Block):
    """Paragraphs under an optional heading."""

    type: Literal["prose"]
    text: Prose


class Concept(Block):
    """A term a client should leave with."""

    type: Literal["concept"]
    term: Plain
    definition: Text
    example: Text | None = None
    is_not: Text | None = None
    sources: Annotated[tuple[Id, ...], Field(max_length=6)] = ()


class ContrastSide(Model):
    """One way of relating, thinking or acting."""

    label: Plain
    summary: Text | None = None
    points: Annotated[tuple[Text, ...], Field(max_length=UNBROKEN)] = ()
    healthy_middle: bool = False


class ContrastRow(Model):
    """One criterion, with a cell for each side in the order of the sides."""

    criterion: Plain
    cells: Annotated[tuple[Text, ...], Field(min_length=2, max_length=4)]


class Contrast(Block):
    """Two to four ways of relating, thinking or acting, side by side."""

    type: Literal["contrast"]
    sides: Annotated[tuple[ContrastSide, ...], Field(min_length=2, max_length=4)]
    rows: Annotated[tuple[ContrastRow, ...], Field(max_length=12)] = ()
    sources: Annotated[tuple[Id, ...], Field(max_length=6)] = ()

    @model_validator(mode="after")
    def _sides_and_rows_agree(self) -> Self:
        if sum(side.healthy_middle for side in self.sides) > 1:
            raise problem(
                "two-middles", "more than one side is marked `healthy_middle`", "keep the mark on one side at most"
            )
        for number, row in enumerate(self.rows, start=1):
            if len(row.cells) != len(self.sides):
                raise problem(
                    "cells-and-sides",
                    f"row {number} has {len(row.cells)} cells for {len(self.sides)} sides",
                    "give each row one cell for each side, in the same order",
                )
        if not self.rows and not all(side.summary or side.points for side in self.sides):
            raise problem("empty-side", "a side says nothing", "give each side a `summary` or `points`, or add `rows`")
        return self


class Callout(Block):
    """A framed aside."""

    type: Literal["callout"]
    role: Literal["key_message", "cultural_note", "tip", "caution", "clinician_note"]
    title: Plain | None = None
    text: Prose

    @model_validator(mode="after")
    def _clinician_note_is_for_the_clinician(self) -> Self:
        if self.role == "clinician_note" and self.audience == "client":
            raise problem("wrong-audience", "a `clinician_note` cannot be for the client", "take `audience` out")
        return self


class Quotation(Block):
    """Someone's words, with where they stand and by what right they are here."""

    type: Literal["quotation"]
    text: Text
    speaker: Plain
    source: Id
    rights: Plain


class ListGroup(Model):
    """A part of a longer list, under a label of its own."""

    label: Plain
    items: Annotated[tuple[Text, ...], Field(min_length=1, max_length=UNBROKEN)]


class ListBlock(Block):
    """Items; a list longer than seven is broken into labelled groups."""

    type: Literal["list"]
    style: Literal["bullet", "number", "steps", "checklist"] = "bullet"
    items: Annotated[tuple[Text, ...], Field(max_length=UNBROKEN)] = ()
    groups: Annotated[tuple[ListGroup, ...], Field(max_length=8)] = ()

    @model_validator(mode="after")
    def _items_or_groups(self) -> Self:
        if bool(self.items) == bool(self.groups):
            raise problem("items-or-groups", "a list has either `items` or `groups`", "write one of the two")
        return self


class QuestionAndAnswer(Model):
    """A question with its answer; ``choices`` are offered in a quiz, one of them being the answer."""

    question: Text
    answer: Text
    choices: Annotated[tuple[Plain, ...], Field(max_length=6)] = ()

    @model_validator(mode="after")
    def _answer_is_a_choice(self) -> Self:
        if self.choices and self.answer not in self.choices:
            raise problem(
                "answer-not-offered", "the `answer` is not among the `choices`", "write it the same way in both"
            )
        return self


class Qa(Block):
    """Questions and answers; the key to a quiz is on the clinician's copy only."""

    type: Literal["qa"]
    style: Literal["faq", "myth_fact", "quiz"]
    pairs: Annotated[tuple[QuestionAndAnswer, ...], Field(min_length=1, max_length=12)]

    @model_validator(mode="after")
    def _choices_are_for_quizzes(self) -> Self:
        if self.style != "quiz" and any(pair.choices for pair in self.pairs):
            raise problem("choices-outside-quiz", "only a quiz has `choices`", "set `style: quiz`, or take them out")
        return self
