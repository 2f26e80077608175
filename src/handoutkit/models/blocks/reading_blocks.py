"""Reading blocks: what a client takes in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from handoutkit.models.base import Id, Model, Plain, Prose, Text
from handoutkit.models.rule_problems import At, problem, problems_at

from .block import Block, BlockField, FieldKind

UNBROKEN = 7
"""Most items a list may run without a break (CDC Clear Communication Index, item 9)."""


class ProseBlock(Block):
    """Paragraphs under an optional heading."""

    order = 10
    type: Literal["prose"]
    text: Prose


class Concept(Block):
    """A term a client should leave with."""

    order = 20
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

    order = 30
    type: Literal["contrast"]
    sides: Annotated[tuple[ContrastSide, ...], Field(min_length=2, max_length=4)]
    rows: Annotated[tuple[ContrastRow, ...], Field(max_length=12)] = ()
    sources: Annotated[tuple[Id, ...], Field(max_length=6)] = ()

    @model_validator(mode="after")
    def _sides_and_rows_agree(self) -> Self:
        if faults := [*self._second_middles(), *self._uneven_rows(), *self._silent_sides()]:
            raise problems_at(*faults)
        return self

    def _second_middles(self) -> Iterator[tuple[At, PydanticCustomError]]:
        marked = [number for number, side in enumerate(self.sides) if side.healthy_middle]
        for number in marked[1:]:
            fault = problem("two-middles", "another side is marked `healthy_middle` already", "keep the mark on one")
            yield ("sides", number, "healthy_middle"), fault

    def _uneven_rows(self) -> Iterator[tuple[At, PydanticCustomError]]:
        for number, row in enumerate(self.rows):
            if (cells := len(row.cells)) != len(self.sides):
                hint = "give each row one cell for each side, in the same order"
                fault = problem("cells-and-sides", f"this row has {cells} cells for {len(self.sides)} sides", hint)
                yield ("rows", number, "cells"), fault

    def _silent_sides(self) -> Iterator[tuple[At, PydanticCustomError]]:
        for number, side in enumerate(self.sides):
            if not (self.rows or side.summary or side.points):
                hint = "give it a `summary` or `points`, or give the contrast `rows`"
                yield ("sides", number), problem("empty-side", "this side says nothing", hint)


class Callout(Block):
    """A framed aside."""

    order = 40
    type: Literal["callout"]
    role: Literal["key_message", "cultural_note", "tip", "caution", "clinician_note"]
    title: Plain | None = None
    text: Prose

    @model_validator(mode="after")
    def _clinician_note_is_for_the_clinician(self) -> Self:
        if self.role == "clinician_note" and self.audience == "client":
            fault = problem("wrong-audience", "a `clinician_note` cannot be for the client", "take this line out")
            raise problems_at((("audience",), fault))
        return self


class Quotation(Block):
    """Someone's words, with where they stand and by what right they are here."""

    order = 50
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

    order = 60
    type: Literal["list"]
    style: Literal["bullet", "number", "steps", "checklist"] = "bullet"
    items: Annotated[tuple[Text, ...], Field(max_length=UNBROKEN)] = ()
    groups: Annotated[tuple[ListGroup, ...], Field(max_length=8)] = ()

    @model_validator(mode="after")
    def _items_or_groups(self) -> Self:
        if bool(self.items) == bool(self.groups):
            said = "both `items` and `groups`" if self.items else "neither `items` nor `groups`"
            raise problem("items-or-groups", f"this list has {said}", "write one of the two")
        return self

    def fields(self) -> Iterator[BlockField]:
        """Yield a box to tick for each item of a checklist; items and groups count from 1."""
        if self.style != "checklist":
            return
        for number, item in enumerate(self.items, start=1):
            yield BlockField(number, f"item-{number}", (item,), "tick")
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
            yield BlockField(number, f"question-{number}", (pair.question,), kind, max(1, len(pair.choices)))


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


class NextStep(Block):
    """How to reach the practice, and whom to call in a crisis; all of it drawn from the practice's profile."""

    order = 200
    once = True
    type: Literal["next_step"]
    text: Text | None = None


class CrisisLines(Block):
    """The crisis lines of the practice, in the middle of a plan; the end of the handout does not say them again.

    A practice that has none leaves the block out.
    """

    order = 195
    once = True
    type: Literal["crisis_lines"]


class References(Block):
    """Sources, credits of cultural notes, disclaimers, edition and review date; generated."""

    order = 210
    once = True
    type: Literal["references"]
