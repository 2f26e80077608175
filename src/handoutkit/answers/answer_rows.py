"""The answers of PDFs as rows."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace

from handoutkit.errors import Problem
from handoutkit.models.base import ID_PATTERN

CLIENT_REF = "packet.client_ref"
"""The field of a packet that says whose it is."""
ASK = "ask for the file as handoutkit made it, with nothing but the answers added"
"""What to do about a file that was changed."""
_ID = ID_PATTERN.strip("^$")
_OUR_NAME = re.compile(rf"{_ID}(\.{_ID})*")


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer, or one result of a measure; the fields are the columns.

    Attributes:
        value: what was written, or the words of the option that was chosen, in the language of the PDF.
        option: the number of that option, from 1: the same in every language; None where there are no options.
    """

    client_ref: str
    handout: str
    edition: int
    block: str
    field: str
    value: str
    option: int | None = None

    def as_json(self) -> dict[str, str | int | None]:
        """The fields by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class FilledForm:
    """All that one PDF says, empty fields too, and the editions of the handouts in it."""

    answers: tuple[AnswerRow, ...]
    editions: dict[str, int]


def at_field(problem: Problem, name: str) -> Problem:
    """The problem, with the field that has it. A name that is not of our making may hold anything and stays out."""
    return replace(problem, path=name if is_ours(name) else "")


def is_ours(name: str) -> bool:
    """Whether a field has a name as we give them."""
    return name == CLIENT_REF or _OUR_NAME.fullmatch(name) is not None


UNKNOWN_FIELD = Problem("unknown-field", "this PDF has a field that the handout does not have", ASK)
