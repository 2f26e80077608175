"""Answers that call for a talk in files whose rows are refused, or whose measures are not scored: none may be lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from handoutkit.answers.answer_rows import FilledForm, FormAnswer
from handoutkit.answers.known_handouts import HandoutLookup, KnownHandout, MeasureInLanguages
from handoutkit.answers.scoring import ALERT, ALERT_OPTION, calls_for_a_talk
from handoutkit.errors import Problem

POSSIBLE_ALERT = "may-be-an-alert"
"""The code of the problem that tells of one."""


class PossibleAlert(NamedTuple):
    """An item that calls for a talk, as far as a file can be read; ``question`` is in words.

    Attributes:
        item: the item of a measure, or the field of an option.
        row_field: what the row of the alert has as its field, if there is one.
        is_read: whether its answer could be read; else it may be any.
        is_gone: whether its page was taken out of the file.
    """

    handout: str
    block: str
    item: str
    row_field: str
    question: str
    is_read: bool = True
    is_gone: bool = False

    @property
    def of_row(self) -> tuple[str, str, str]:
        """What the row of the alert has as its handout, block and field, if there is one."""
        return self.handout, self.block, self.row_field

    def problem(self, form: FilledForm) -> Problem:
        """What is said of it; it names no answer, but the clients whose file it may be."""
        path = f"{self.handout}.{self.block}.{self.item}"
        where = "in a file whose rows are refused" if form.refused else _GONE if self.is_gone else _NOT_SCORED
        clients = form.clients or ((form.client_ref,) if form.client_ref else ())
        whose = f"it may be of {' or '.join(clients)}" if clients else "the file does not say of whom"
        if self.is_read:
            message = f"ALERT: “{self.question}” has an answer that calls for a talk, {where}; {whose}"
        else:
            message = f"“{self.question}” can call for a talk, and its answer cannot be read for certain; {whose}"
        hint = "ask for the page, or talk about it" if self.is_gone else "open the file and look at this answer first"
        return Problem(POSSIBLE_ALERT, message, hint, path=path, severity="error" if form.refused else "warning")


_GONE = "on a page that was taken out of the file"
_NOT_SCORED = "in a handout of another edition, or in a measure that is not scored"


def possible_alerts(form: FilledForm, lookup: HandoutLookup) -> list[PossibleAlert]:
    """The answers that call for a talk as the library has it, whichever edition the file is; once each."""
    found = {one: None for answer in form.answers for one in _alerts(answer, form, lookup)}
    found |= {one._replace(is_gone=True): None for answer in form.gone for one in _alerts(answer, form, lookup)}
    found |= {one: None for answer in form.unreadable for one in _alerts(answer, form, lookup, is_read=False)}
    return list(found)


def not_asked(form: FilledForm, lookup: HandoutLookup) -> Iterator[Problem]:
    """The questions whose answers can call for a talk, and which the handout has and the file, filled in, has not."""
    if not any(answer.text for answer in form.answers):
        return
    there = {(answer.handout, answer.block) for answer in (*form.answers, *form.gone)}
    for handout, edition in form.editions.items():
        known = lookup.look(handout)
        if isinstance(known, KnownHandout) and known.edition == edition:
            for block, question in known.can_call_for_a_talk.items():
                if (handout, block) not in there:
                    yield replace(_NOT_ASKED, path=f"{handout}.{block}", message=_NOT_ASKED.message.format(question))


_NOT_ASKED = Problem(
    "alert-not-asked",
    "“{}”, which can call for a talk, is not in this file: it was made without it, or its page was taken out",
    "if it should be there, ask for the page, or ask about it",
    severity="warning",
)


def _alerts(
    answer: FormAnswer, form: FilledForm, lookup: HandoutLookup, *, is_read: bool = True
) -> Iterator[PossibleAlert]:
    """The alert that an answer is, or may be: of the handout that its name says, or else of any in the file."""
    if is_read and not answer.option:
        return
    for handout in _handouts(answer, form.editions):
        known = lookup.look(handout)
        if not isinstance(known, KnownHandout):
            continue
        if answer.block in known.measures:
            of_measure, row_field = known.measures[answer.block], f"{ALERT}.{answer.field}"
            calls = _calls_for_a_talk if is_read else _can_call_for_a_talk
            does = calls(of_measure, answer)
        else:
            row_field = f"{ALERT_OPTION}.{answer.field}"
            does = known.calls_for_a_talk(answer) if is_read else answer.name in known.alert_options
        asked = known.asked(form.language, answer.name)
        if asked and does:
            yield PossibleAlert(handout, answer.block, answer.field, row_field, asked.question, is_read)
        if asked or answer.block in known.measures:
            return


def _handouts(answer: FormAnswer, editions: Iterable[str]) -> Iterator[str]:
    if answer.handout:
        yield answer.handout
    yield from editions


def _can_call_for_a_talk(of_measure: MeasureInLanguages, answer: FormAnswer) -> bool:
    return any(one.id == answer.field and one.alert_from is not None for one in of_measure.measure.items)


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
