"""Response blocks: what a client fills in."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from handoutkit.models.base import Id, Model, Plain, Text
from handoutkit.models.rule_problems import problem, problems_at

from .block import Block
from .reading_blocks import UNBROKEN


class LineResponse(Model):
    """A single line to write on."""

    type: Literal["line"]


class LinesResponse(Model):
    """Several lines to write on."""

    type: Literal["lines"]
    count: Annotated[int, Field(ge=2, le=24)]


class BoxResponse(Model):
    """An open box to write or draw in; ``height`` in millimetres."""

    type: Literal["box"]
    height: Annotated[int, Field(ge=15, le=200)]


class ChoiceResponse(Model):
    """One of several options."""

    type: Literal["choice"]
    options: Annotated[tuple[Plain, ...], Field(min_length=2, max_length=10)]


class MultiChoiceResponse(Model):
    """Any number of several options; ``other`` adds a line for an option of one's own."""

    type: Literal["multi_choice"]
    options: Annotated[tuple[Plain, ...], Field(min_length=2, max_length=14)]
    other: bool = False


class NumberResponse(Model):
    """A number, within bounds that are shown, and what it counts."""

    type: Literal["number"]
    minimum: Annotated[int, Field(ge=-1_000_000, le=1_000_000)] | None = None
    maximum: Annotated[int, Field(ge=-1_000_000, le=1_000_000)] | None = None
    unit: Plain | None = None

    @model_validator(mode="after")
    def _bounds_in_order(self) -> Self:
        if self.minimum is not None and self.maximum is not None and self.minimum >= self.maximum:
            order = problem("bounds", "`minimum` is not below `maximum`", "swap them, or leave one out")
            raise problems_at((("minimum",), order))
        return self


class DateResponse(Model):
    """A day, in the order of the practice's locale."""

    type: Literal["date"]


Response = Annotated[
    LineResponse | LinesResponse | BoxResponse | ChoiceResponse | MultiChoiceResponse | NumberResponse | DateResponse,
    Field(discriminator="type"),
]


class Prompt(Block):
    """A reflection question and the room to answer it."""

    type: Literal["prompt"]
    id: Id
    question: Text
    helper: Text | None = None
    response: Response


class ExerciseLog(Model):
    """A small table to note each time the exercise was done."""

    columns: Annotated[tuple[Plain, ...], Field(min_length=1, max_length=5)]
    rows: Annotated[int, Field(ge=1, le=14)]


class Exercise(Block):
    """Something to do between sessions."""

    type: Literal["exercise"]
    id: Id
    title: Plain
    purpose: Text
    when: Text
    how_often: Text
    how_long: Text
    steps: Annotated[tuple[Text, ...], Field(min_length=1, max_length=UNBROKEN)]
    stop_rule: Text | None = None
    log: ExerciseLog | None = None
