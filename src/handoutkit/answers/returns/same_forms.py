"""When two forms are the same one: their handout, client, answers and day, and whether words tell that they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handoutkit.answers.answer_rows import AnswerRow
from handoutkit.models.filled_in.identifiers import NAME_AND_DATE

_WORDS = 20
"""Characters typed, letter for letter the same, that nobody types twice by chance."""


def alerts_first(rows: Iterable[AnswerRow]) -> list[AnswerRow]:
    """The rows with all alerts in front; else in their order."""
    return sorted(rows, key=lambda row: row.kind != "alert")


def same_form(rows: Sequence[AnswerRow]) -> tuple[object, ...]:
    """What the same form has in whichever file, also in one that lost its language: its answers and its day.

    It is empty if nothing is answered; what stands beside the fields is not of the form.
    """
    answers = same_answers(rows)
    return (*answers, rows[0].day) if answers else ()


def same_answers(rows: Iterable[AnswerRow]) -> tuple[object, ...]:
    """What the same form has on whichever day; empty if nothing is answered."""
    rows = alerts_first(rows)
    day = day_of_sheet(rows)
    return tuple(
        (row.client_ref, row.handout, row.edition, row.kind, row.block, row.field, row.value, row.option)
        for row in rows
        if row.kind != "beside" and row is not day
    )


def day_of_sheet(rows: Iterable[AnswerRow]) -> AnswerRow | None:
    """The row in which a form says its own day: beside the name, or else in its only question for a day."""
    days = [row for row in rows if row.day_from == "sheet" and row.read_as == row.day]
    beside_name = (row for row in days if row.block == NAME_AND_DATE)
    return next(beside_name, next((row for row in days if row.field == "answer"), None))


def has_words(rows: Iterable[AnswerRow]) -> bool:
    """Whether as much was typed as nobody types twice: ticks, numbers and a name may be the same each week."""
    typed = (
        row
        for row in rows
        if row.kind == "answer" and row.option is None and not row.read_as and row.block != NAME_AND_DATE
    )
    return sum(len(row.value) for row in typed) >= _WORDS


def is_known_by_words(rows: Sequence[AnswerRow]) -> bool:
    """Whether its words tell that it is the same form, also where it was saved anew on another day.

    A day on the sheet says when it was filled in; any other changes with each saving.
    """
    return has_words(rows) and all(row.day_from != "sheet" for row in rows)
