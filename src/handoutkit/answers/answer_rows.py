"""The answers of PDFs as rows, and what the worker says of one PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from handoutkit.errors import Problem
from handoutkit.models.clients.client_ref import CLIENT_REF
from handoutkit.models.filled_in.identifiers import ID_PATTERN

ASK = "ask for the file as handoutkit made it, with nothing but the answers added"
"""What to do about a file that was changed."""
_ID = ID_PATTERN.strip("^$")
_OUR_NAME = re.compile(rf"{_ID}(\.{_ID})*(\.{CLIENT_REF})?")

RowKind = Literal["alert", "answer", "score", "beside"]
"""What a row is: an answer that somebody must be told of, an answer, a result, or what stands beside the fields."""
DaySource = Literal["sheet", "saved", "file"]
"""Where a day is from: a field of the sheet, what its last program wrote into the PDF, or the file's own time."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer, or one result of a measure; the fields are the columns, explained in ``tables/answer_columns``."""

    file: str
    client_ref: str
    day: str
    day_from: str
    language: str
    handout: str
    edition: int | None
    kind: RowKind
    block: str
    field: str
    question: str
    row: str
    column: str
    value: str
    option: int | None = None
    read_as: str = ""

    def as_json(self) -> dict[str, str | int | None]:
        """The fields by name."""
        return {name: getattr(self, name) for name in self.__slots__}  # they are plain: `asdict` would copy each


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """What one field of a PDF says.

    Attributes:
        text: what was written, or the words of the option; empty if nothing was.
        option: the number of that option, from 1; 0 where there are none.
        asked: the question in the PDF's own words, cut short if it is long.
    """

    handout: str
    block: str
    field: str
    text: str
    option: int = 0
    asked: str = ""

    @property
    def name(self) -> str:
        """Its name within the handout."""
        return f"{self.block}.{self.field}"


@dataclass(frozen=True, slots=True)
class MarkBeside:
    """What was written or drawn on a page (counted from 1) beside the fields; ``text`` is empty for a drawing."""

    page: int
    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class FilledForm:
    """All that one PDF says, empty fields too.

    Attributes:
        client_ref: whose it is; empty if it does not say so.
        language: as a BCP 47 tag; empty if it does not say so.
        saved_on: the day that its last program wrote into it, in ISO 8601; empty if there is none.
        editions: of the handouts in it.
        marks: what stands beside the fields.
        shown_others: the names of fields for which the pages show words that these do not hold.
        gone: what fields hold that stand on no page of the file; they are not among the answers.
        refused: why the file gives no rows; its answers are there only to look for alerts among them.
        clients: whose references a refused file holds.
        unreadable: fields of a refused file whose answers cannot be read for certain.
    """

    answers: tuple[FormAnswer, ...]
    editions: dict[str, int]
    client_ref: str = ""
    language: str = ""
    saved_on: str = ""
    marks: tuple[MarkBeside, ...] = field(default=())
    gone: tuple[FormAnswer, ...] = ()
    shown_others: tuple[str, ...] = ()
    refused: tuple[Problem, ...] = ()
    clients: tuple[str, ...] = ()
    unreadable: tuple[FormAnswer, ...] = ()


def at_field(problem: Problem, name: str) -> Problem:
    """The problem, with the field that has it. A name that is not of our making may hold anything and stays out."""
    return replace(problem, path=name if is_ours(name) else "")


def is_ours(name: str) -> bool:
    """Whether a field has a name as we give them."""
    return _OUR_NAME.fullmatch(name) is not None


def is_reference(name: str) -> bool:
    """Whether a field holds a client's reference, wherever a program that merges files has put it."""
    return name.rpartition(".")[2] == CLIENT_REF


UNKNOWN_FIELD = Problem("unknown-field", "this file has a field that the handout does not have", ASK)
