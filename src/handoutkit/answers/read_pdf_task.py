"""What one PDF says, by the names of its fields; this is what the worker does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Stream, String

from handoutkit.errors import ContentError, Problem
from handoutkit.models.filled_in.identifiers import LANGUAGE_PATTERN

from .answer_rows import FilledForm
from .field_answers import FieldAnswer, answer_in, is_choice
from .marks_beside import marks_beside
from .pdf_strings import pdf_text
from .read_form_fields import FormField, fields_of
from .returns.filled_fields import ReturnedField, filled_form
from .returns.shown_words import ShownWords
from .untrusted_pdf import damaged, is_in_doubt, limits, open_pdf

# What pikepdf raises where objects are not what they should be (a name that is no UTF-8 is a ValueError).
_COMPLAINTS = (pikepdf.PikepdfError, MemoryError, ValueError)
_PRINTED_REFERENCE = "/HdktReference"
"""The key of the drawing that shows a client's reference in the foot of a packet's pages."""
_SAVED = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_MAX_ASKED = 1_000
"""Characters of an accessible name that are read; ours have two hundred."""


def read_pdf(path: Path, client_ref: str, password: str | None) -> FilledForm:
    """What a PDF says, or why that is not certain. Raises ContentError: it cannot be read.

    Args:
        client_ref: whose it is, where the PDF does not say so itself.
        password: opens it, if it is encrypted.
    """
    with limits(), open_pdf(path, password) as pdf:
        try:
            fields = [(each, _read_field(each)) for each in fields_of(pdf)]
            found = filled_form([said for _, said in fields], client_ref, printed=_prints_a_reference(pdf))
            found = replace(found, language=_language(pdf), saved_on=_saved_on(pdf), marks=tuple(marks_beside(pdf)))
        except _COMPLAINTS:
            raise damaged() from None
        if is_in_doubt(pdf):
            return replace(found, refused=(*found.refused, *damaged().problems))
        # Read last: damage to what is drawn for a field is none to what it holds.
        return found if found.refused else replace(found, shown_others=tuple(_showing_others(pdf, fields)))


def _showing_others(pdf: pikepdf.Pdf, fields: Iterable[tuple[FormField, ReturnedField]]) -> Iterator[str]:
    """The names of text fields for which a page shows words that they do not hold."""
    shown = ShownWords(pdf)
    for each, said in fields:
        if each.type == "/Tx" and each.page and said.answer and shown.are_others(each, said.answer.text):
            yield each.name


def _read_field(each: FormField) -> ReturnedField:
    """What one field says; one that cannot be read counts as empty, with its problems."""
    problems: tuple[Problem, ...] = ()
    answer: FieldAnswer | None
    try:
        answer = answer_in(each)
    except ContentError as error:
        answer, problems = FieldAnswer(), error.problems
    words = answer.text if answer else ""
    return ReturnedField(each.name, answer, is_choice(each), _asked(each, words), bool(each.page), problems)


def _asked(each: FormField, words: str) -> str:
    """The question in the PDF's own words: the accessible name, without the option that a box stands for."""
    name = each.node.get("/TU")
    try:
        asked = pdf_text(name, _MAX_ASKED) if isinstance(name, String) else ""
    except ContentError:
        return ""
    return asked.removesuffix(f": {words}") if each.type == "/Btn" and words else asked


def _language(pdf: pikepdf.Pdf) -> str:
    tag = pdf.Root.get("/Lang")
    text = str(tag) if isinstance(tag, String) else ""
    return text if re.fullmatch(LANGUAGE_PATTERN, text) else ""


def _saved_on(pdf: pikepdf.Pdf) -> str:
    """The day of the last change, where it was made (ISO 32000-2, 7.9.4)."""
    facts = pdf.trailer.get("/Info")
    saved = facts.get("/ModDate") if isinstance(facts, Dictionary) else None
    found = _SAVED.match(str(saved)) if isinstance(saved, String) else None
    try:
        return date(*map(int, found.groups())).isoformat() if found else ""
    except ValueError:
        return ""


def _prints_a_reference(pdf: pikepdf.Pdf) -> bool:
    """Whether the foot of a page shows a reference: a packet for nobody yet has an empty drawing there."""
    for page in pdf.pages:
        resources = page.obj.get("/Resources")
        drawn = resources.get("/XObject") if isinstance(resources, Dictionary) else None
        mark = drawn.get(_PRINTED_REFERENCE) if isinstance(drawn, Dictionary) else None
        if isinstance(mark, Stream):
            return b"Tf" in mark.read_bytes()  # without words no font is set
    return False
