"""Answers that call for a talk in files whose rows are refused, or whose measures are not scored: none may be lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from handoutkit.answers.answer_rows import FilledForm, FormAnswer
from handoutkit.answers.known_handouts import HandoutLookup, KnownHandout, MeasureInLanguages
from handoutkit.answers.scoring import ALERT, calls_for_a_talk
from handoutkit.errors import Problem

POSSIBLE_ALERT = "may-be-an-alert"
"""The code of the problem that tells of one."""


class PossibleAlert(NamedTuple):
    """An item that calls for a talk, as far as a file can be read; ``question`` is in words.

    Attributes:
        is_read: whether its answer could be read; else it may be any.
    """

    handout: str
    block: str
    item: str
    question: str
    is_read: bool

    @property
    def of_row(self) -> tuple[str, str, str]:
        """What the row of the alert has as its handout, block and field, if there is one."""
        return self.handout, self.block, f"{ALERT}.{self.item}"

    def problem(self, form: FilledForm) -> Problem:
        """What is said of it; it names no answer, but the clients whose file it may be."""
        path = f"{self.handout}.{self.block}.{self.item}"
        where = "a file whose rows are refused" if form.refused else "a measure that is not scored"
        clients = form.clients or ((form.client_ref,) if form.client_ref else ())
        whose = f"it may be of {' or '.join(clients)}" if clients else "the file does not say of whom"
        if self.is_read:
            message = f"ALERT: “{self.question}” has an answer that calls for a talk, in {where}; {whose}"
        else:
            message = f"“{self.question}” can call for a talk, and its answer cannot be read for certain; {whose}"
        hint = "open the file and look at this answer first"
        return Problem(POSSIBLE_ALERT, message, hint, path=path, severity="error" if form.refused else "warning")


def possible_alerts(form: FilledForm, lookup: HandoutLookup) -> list[PossibleAlert]:
    """The items whose answers call for a talk by the library's measures, whichever edition the file is; once each."""
    found = {one: None for answer in form.answers if answer.option for one in _alerts(answer, form, lookup)}
    found |= {one: None for answer in form.unreadable for one in _alerts(answer, form, lookup, is_read=False)}
    return list(found)


def _alerts(
    answer: FormAnswer, form: FilledForm, lookup: HandoutLookup, *, is_read: bool = True
) -> Iterator[PossibleAlert]:
    """The alert that an answer is, or may be: of the handout that its name says, or else of any in the file."""
    for handout in _handouts(answer, form.editions):
        known = lookup.look(handout)
        if not isinstance(known, KnownHandout) or answer.block not in known.measures:
            continue
        if not is_read or _calls_for_a_talk(known.measures[answer.block], answer):
            asked = known.asked(form.language, answer.name)
            if asked and _can_call_for_a_talk(known.measures[answer.block], answer.field):
                yield PossibleAlert(handout, answer.block, answer.field, asked.question, is_read)
        return


def _handouts(answer: FormAnswer, editions: Iterable[str]) -> Iterator[str]:
    if answer.handout:
        yield answer.handout
    yield from editions


def _can_call_for_a_talk(of_measure: MeasureInLanguages, item: str) -> bool:
    return any(one.id == item and one.alert_from is not None for one in of_measure.measure.items)


def _calls_for_a_talk(of_measure: MeasureInLanguages, answer: FormAnswer) -> bool:
    """Whether the anchor with the number or with the words of an answer reaches what the item calls an alert."""
    measure = of_measure.measure
    anchors = [
        anchor
        for number, (anchor, words) in enumerate(zip(measure.anchors, of_measure.labels, strict=True), start=1)
        if number == answer.option or answer.text in words
    ]
    return any(
        item.id == answer.field and calls_for_a_talk(measure, item, anchor)
        for item in measure.items
        for anchor in anchors
    )
