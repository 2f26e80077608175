"""Response blocks: what a client fills in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from handoutkit.models.base import Id, Model, Plain, Text
from handoutkit.models.rule_problems import problem, problems_at

from .block import UNBROKEN, Block, BlockField, FieldKind
from .scales import MarkedRange

MAX_LINES = 24
"""Lines of one prompt: more do not fit on a page of large print."""


AlertOptions = Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(max_length=14)]
"""Numbers of options, from 1, that somebody must be told of."""


def _check_alert_options(options: Sequence[str], alerts: Sequence[int]) -> None:
    for at, number in enumerate(alerts):
        if number > len(options) or number in alerts[:at]:
            what = "stands here twice" if number in alerts[:at] else f"is no option: there are {len(options)}"
            fault = problem("no-such-option", f"{number} {what}", "name each option that calls for a talk once, from 1")
            raise problems_at((("alert_options", at), fault))


class LineResponse(Model):
    """A single line to write on."""

    field_kind: ClassVar[FieldKind] = "text"
    choices: ClassVar[tuple[str | int, ...]] = ()
    type: Literal["line"]


class LinesResponse(Model):
    """Several lines to write on.

    ``labels`` part them: each label stands small above ``count`` lines of its own, and is a field of its own.

    Attributes:
        short: whether each label is for a name, a number or a date; its line never becomes several on a sheet.
    """

    choices: ClassVar[tuple[str | int, ...]] = ()
    type: Literal["lines"]
    count: Annotated[int, Field(ge=1, le=24)]
    labels: Annotated[tuple[Plain, ...], Field(max_length=6)] = ()
    short: bool = False

    @property
    def field_kind(self) -> FieldKind:
        """One line is a line of text, more are a text of several lines."""
        return "multiline" if self.count > 1 else "text"

    @model_validator(mode="after")
    def _one_line_has_a_label(self) -> Self:
        if self.count == 1 and not self.labels:
            fault = problem("one-line", "this is a single line", "write `type: line`, or give the line `labels`")
            raise problems_at((("count",), fault))
        if self.short and not (self.count == 1 and self.labels):
            fault = problem("not-short", "these are no single lines with labels", "write `count: 1` and `labels`")
            raise problems_at((("short",), fault))
        if self.count * len(self.labels) > MAX_LINES:
            fault = problem("too-many-lines", f"these are more than {MAX_LINES} lines", "take out lines or labels")
            raise problems_at((("count",), fault))
        return self


class BoxResponse(Model):
    """An open box to write or draw in; ``height`` in millimetres."""

    field_kind: ClassVar[FieldKind] = "multiline"
    choices: ClassVar[tuple[str | int, ...]] = ()
    type: Literal["box"]
    height: Annotated[int, Field(ge=15, le=200)]


class ChoiceResponse(Model):
    """One of several options; ``alert_options`` are the numbers of those that call for a talk."""

    field_kind: ClassVar[FieldKind] = "choice"
    type: Literal["choice"]
    options: Annotated[tuple[Plain, ...], Field(min_length=2, max_length=10)]
    alert_options: AlertOptions = ()

    @model_validator(mode="after")
    def _alerts_are_options(self) -> Self:
        _check_alert_options(self.options, self.alert_options)
        return self

    @property
    def choices(self) -> tuple[str | int, ...]:
        """What one of is chosen."""
        return self.options


class YesNoResponse(Model):
    """Yes or no, and room for what is asked of those who say yes.

    Attributes:
        if_yes: what they are asked, such as ``Which ones?``.
        if_yes_lines: how many lines they have for it.
        yes, no: the words of the two.
    """

    field_kind: ClassVar[FieldKind] = "choice"
    type: Literal["yes_no"]
    if_yes: Plain | None = None
    if_yes_lines: Annotated[int, Field(ge=1, le=6)] = 1
    yes: Plain = "Yes"
    no: Plain = "No"

    @property
    def choices(self) -> tuple[str | int, ...]:
        """The words of the two."""
        return self.yes, self.no


class MultiChoiceResponse(Model):
    """Any number of several options.

    Attributes:
        other: adds a line for an option of one's own.
        alert_options: the numbers of those that call for a talk.
    """

    type: Literal["multi_choice"]
    options: Annotated[tuple[Plain, ...], Field(min_length=2, max_length=14)]
    other: bool = False
    alert_options: AlertOptions = ()

    @model_validator(mode="after")
    def _alerts_are_options(self) -> Self:
        _check_alert_options(self.options, self.alert_options)
        return self


class NumberResponse(Model):
    """A number, within bounds that are shown, and what it counts; ``mark`` sets numbers of a short scale off."""

    type: Literal["number"]
    minimum: Annotated[int, Field(ge=-1_000_000, le=1_000_000)] | None = None
    maximum: Annotated[int, Field(ge=-1_000_000, le=1_000_000)] | None = None
    unit: Plain | None = None
    mark: MarkedRange | None = None

    @model_validator(mode="after")
    def _bounds_in_order(self) -> Self:
        if self.minimum is not None and self.maximum is not None and self.minimum >= self.maximum:
            order = problem("bounds", "`minimum` is not below `maximum`", "swap them, or leave one out")
            raise problems_at((("minimum",), order))
        return self

    @model_validator(mode="after")
    def _mark_on_a_short_scale(self) -> Self:
        if self.mark is None:
            return self
        if self.field_kind != "choice":
            hint = "give it a `minimum` and a `maximum` at most 10 apart, or take the `mark` out"
            raise problems_at((("mark",), problem("mark-without-scale", "there are no numbers to mark", hint)))
        self.mark.check(self.minimum or 0, self.maximum or 0)
        return self

    @property
    def field_kind(self) -> FieldKind:
        """A short scale has its numbers to circle; any other number is written."""
        short = self.minimum is not None and self.maximum is not None and self.maximum - self.minimum <= 10
        return "choice" if short else "number"

    @property
    def choices(self) -> tuple[str | int, ...]:
        """The numbers to circle, of a short scale."""
        return tuple(range(self.minimum or 0, (self.maximum or 0) + 1)) if self.field_kind == "choice" else ()


class DateResponse(Model):
    """A day, in the order of the practice's locale."""

    field_kind: ClassVar[FieldKind] = "date"
    choices: ClassVar[tuple[str | int, ...]] = ()
    type: Literal["date"]


Response = Annotated[
    LineResponse
    | LinesResponse
    | BoxResponse
    | ChoiceResponse
    | YesNoResponse
    | MultiChoiceResponse
    | NumberResponse
    | DateResponse,
    Field(discriminator="type"),
]


class Prompt(Block):
    """A reflection question and the room to answer it."""

    order = 100
    type: Literal["prompt"]
    id: Id
    question: Text
    helper: Text | None = None
    response: Response

    def fields(self) -> Iterator[BlockField]:
        """Yield a field named ``answer``, or one for each label or option, counted from 1."""
        response = self.response
        if isinstance(response, LinesResponse) and response.labels:
            for number, label in enumerate(response.labels, start=1):
                yield BlockField(number, f"answer-{number}", (self.question, label), response.field_kind)
            return
        if not isinstance(response, MultiChoiceResponse):
            of_several = isinstance(response, ChoiceResponse | YesNoResponse)
            places = len(response.choices) if of_several else 1
            yield BlockField("answer", "answer", (self.question,), response.field_kind, places, response.choices)
            if isinstance(response, YesNoResponse) and response.if_yes:
                kind: FieldKind = "multiline" if response.if_yes_lines > 1 else "text"
                yield BlockField("if-yes", "if-yes", (self.question, response.if_yes), kind)
            return
        for number, option in enumerate(response.options, start=1):
            yield BlockField(number, self.named(f"option-{number}"), (self.question, option), "tick")
        if response.other:
            yield BlockField("other", "other", (self.question,), "tick")
            yield BlockField("other-text", "other-text", (self.question,), "text")

    @property
    def alerts(self) -> dict[str, tuple[int, ...]]:
        """The fields in which an option calls for a talk, with the numbers of these options."""
        response = self.response
        if isinstance(response, MultiChoiceResponse):
            return {f"option-{number}": (number,) for number in response.alert_options}
        if isinstance(response, ChoiceResponse) and response.alert_options:
            return {"answer": response.alert_options}
        return {}


class ExerciseLog(Model):
    """A small table to note each time the exercise was done."""

    columns: Annotated[tuple[Plain, ...], Field(min_length=1, max_length=5)]
    rows: Annotated[int, Field(ge=1, le=14)]


class Exercise(Block):
    """Something to do between sessions."""

    order = 180
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

    def fields(self) -> Iterator[BlockField]:
        """Yield a field for each column of each row of the log; both count from 1."""
        for row in range(1, self.log.rows + 1) if self.log else ():
            for column, header in enumerate(self.log.columns if self.log else (), start=1):
                yield BlockField((row, column), f"row-{row}-column-{column}", (header, row), "multiline")
