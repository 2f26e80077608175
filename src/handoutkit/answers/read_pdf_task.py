"""What one PDF says, by the names of its fields; this is what the worker does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pikepdf

from handoutkit.errors import ContentError, Problem
from handoutkit.models.clients.client_ref import ReferenceFault, client_ref_of
from handoutkit.models.handout import EDITION

from .answer_rows import ASK, CLIENT_REF, UNKNOWN_FIELD, AnswerRow, FilledForm, at_field, is_ours
from .field_answers import FieldAnswer, answer_in
from .read_form_fields import FormField, fields_of
from .untrusted_pdf import damaged, limits, open_pdf

# What pikepdf raises where objects are not what they should be (a name that is no UTF-8 is a ValueError).
_COMPLAINTS = (pikepdf.PikepdfError, MemoryError, ValueError)


def read_pdf(path: Path, client_ref: str, password: str | None) -> FilledForm:
    """What a PDF says. Raises ContentError: it cannot be read for certain.

    Args:
        client_ref: whose it is, where the PDF does not say so itself.
        password: opens it, if it is encrypted.
    """
    with limits(), open_pdf(path, password) as pdf:
        try:
            found = filled_forms(fields_of(pdf), client_ref)
        except _COMPLAINTS:
            raise damaged() from None
        if pdf.get_warnings():
            raise damaged()
    return found


def filled_forms(fields: Iterable[FormField], client_ref: str = "") -> FilledForm:
    """The answers that a PDF's fields hold, in their order.

    Args:
        client_ref: whose it is, where the PDF does not say so itself.

    Raises:
        ContentError: with every problem; the PDF is not ours, or one of its fields cannot be read for certain.
    """
    problems: list[Problem] = []
    values: dict[str, FieldAnswer] = {}
    for field in fields:
        if field.name in values:
            problems.append(at_field(_TWICE, field.name))
            continue
        try:
            if (value := answer_in(field)) is not None:
                values[field.name] = value
        except ContentError as error:
            problems += (at_field(problem, field.name) for problem in error.problems)
            values[field.name] = FieldAnswer()
    editions = _editions(values, problems)
    ref = _client_ref(values, client_ref, problems)
    answers = tuple(_answers(values, editions, ref, problems))
    if problems:
        raise ContentError(dict.fromkeys(problems))
    return FilledForm(answers, editions)


def _editions(values: dict[str, FieldAnswer], problems: list[Problem]) -> dict[str, int]:
    """The edition of each handout in the PDF."""
    found: dict[str, int] = {}
    for name, value in values.items():
        handout, _, rest = name.partition(".")
        if rest != EDITION or not is_ours(name):
            continue
        if re.fullmatch(r"[1-9][0-9]{0,2}", value.text):
            found[handout] = int(value.text)
        else:
            found[handout] = 0
            problems.append(at_field(_BAD_EDITION, name))
    if not found:
        problems.insert(0, _NOT_OURS)
    return found


def _client_ref(values: dict[str, FieldAnswer], given: str, problems: list[Problem]) -> str:
    """Whose answers they are: as the packet says, or as was said with the command."""
    own = values[CLIENT_REF].text if CLIENT_REF in values else ""
    if own and not _is_reference(own):
        problems.append(at_field(_BAD_REF, CLIENT_REF))
    elif own and given and own != given:
        problems.append(at_field(_OTHER_REF, CLIENT_REF))
    return own or given


def _is_reference(text: str) -> bool:
    return not isinstance(client_ref_of(text), ReferenceFault)


def _answers(
    values: dict[str, FieldAnswer], editions: dict[str, int], ref: str, problems: list[Problem]
) -> Iterator[AnswerRow]:
    for name, value in values.items():
        handout, _, rest = name.partition(".")
        if name == CLIENT_REF or (rest == EDITION and handout in editions):
            continue
        block, _, field = rest.partition(".")
        if handout in editions and field and "." not in field and is_ours(name):
            yield AnswerRow(ref, handout, editions[handout], block, field, value.text, value.option or None)
        elif editions:
            problems.append(at_field(UNKNOWN_FIELD, name))


_NOT_OURS = Problem(
    "not-ours",
    "this PDF was not made by handoutkit: it does not say which edition of which handout it is",
    "name the PDF of a handout that was filled in",
)
_TWICE = Problem("field-twice", "a field is there twice, so there is no telling which answer counts", ASK)
_BAD_EDITION = Problem("bad-edition", "the edition of the handout in this PDF was changed to something else", ASK)
_BAD_REF = Problem("bad-client-ref", "the reference of the client in this PDF is not one", ASK)
_OTHER_REF = Problem(
    "other-client-ref",
    "this PDF says that it is another client's than --client-ref does",
    "leave --client-ref out, or leave this file out",
)
