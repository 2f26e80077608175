"""Reading blocks: what a client only reads, with nothing in them to fill in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from handoutkit.models.base import AssetPath, Id, Model, Plain, Prose, Text, Url
from handoutkit.models.rule_problems import At, problem, problems_at

from .block import UNBROKEN, Block

MAX_READ_COLUMNS = 6
"""Columns of a table to read; more would be too narrow for words."""


class PictureBeside(Model):
    """A picture that stands beside a text, which flows around it.

    Attributes:
        file: a photo or drawing beside the handout: JPEG, PNG, WebP or SVG.
        alt: what it shows, for those who hear it; without it, it only decorates.
        at: ``end`` has it at the right of a text that is read from the left, ``start`` at the left.
        width: in millimetres; its height follows.
    """

    file: AssetPath
    alt: Text | None = None
    at: Literal["start", "end"] = "end"
    width: Annotated[int, Field(ge=20, le=90)] = 55


class ProseBlock(Block):
    """Paragraphs under an optional heading, with a picture beside them if there is one.

    Attributes:
        picture: a photo or drawing that stands beside the text.
    """

    order = 10
    type: Literal["prose"]
    text: Prose
    picture: PictureBeside | None = None

    def pictures(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield the file of the picture beside the text."""
        if self.picture:
            yield ("picture", "file"), self.picture.file


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


class Table(Block):
    """A table to read: each row has a cell for each column.

    Attributes:
        columns: the heads of the columns, the first of which says what the rows are.
        rows: lists of cells; the first cell of each is the head of its row.
        row_heads: whether that is so; a plain table has heads of columns alone.
    """

    order = 35
    type: Literal["table"]
    columns: Annotated[tuple[Plain, ...], Field(min_length=2, max_length=MAX_READ_COLUMNS)]
    rows: Annotated[
        tuple[Annotated[tuple[Text, ...], Field(min_length=2, max_length=MAX_READ_COLUMNS)], ...],
        Field(min_length=1, max_length=24),
    ]
    row_heads: bool = True
    sources: Annotated[tuple[Id, ...], Field(max_length=6)] = ()

    @model_validator(mode="after")
    def _a_cell_for_each_column(self) -> Self:
        wanted = len(self.columns)
        hint = "give each row one cell for each column, in the same order; an empty one is written `–`"
        if faults := [
            (
                ("rows", number),
                problem("cells-and-columns", f"this row has {len(row)} cells for {wanted} columns", hint),
            )
            for number, row in enumerate(self.rows)
            if len(row) != wanted
        ]:
            raise problems_at(*faults)
        return self


class QrCode(Block):
    """A square for a phone's camera that leads to an address, with the address readable beside it.

    Attributes:
        url: where it leads; the shorter, the larger its dots.
        text: what is there.
        size: of the square, in millimetres.
    """

    order = 55
    type: Literal["qr"]
    url: Url
    text: Text
    size: Annotated[int, Field(ge=20, le=60)] = 26


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
