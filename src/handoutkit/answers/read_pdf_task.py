"""What one PDF says, by the names of its fields; this is what the worker does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Stream, String

from handoutkit.errors import ContentError, Problem
from handoutkit.models.handout import EDITION, LANGUAGE_PATTERN

from .answer_rows import ASK, UNKNOWN_FIELD, FilledForm, FormAnswer, at_field, is_ours, is_reference
from .field_answers import FieldAnswer, answer_in, is_choice
from .marks_beside import marks_beside
from .pdf_strings import pdf_text
from .read_form_fields import FormField, fields_of
from .reference_in_pdf import reference_in
from .untrusted_pdf import damaged, is_in_doubt, limits, open_pdf

# What pikepdf raises where objects are not what they should be (a name that is no UTF-8 is a ValueError).
_COMPLAINTS = (pikepdf.PikepdfError, MemoryError, ValueError)
_PRINTED_REFERENCE = "/HdktReference"
"""The key of the drawing that shows a client's reference in the foot of a packet's pages."""
_SAVED = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_MAX_ASKED = 1_000
"""Characters of an accessible name that are read; ours have two hundred."""


def read_pdf(path: Path, client_ref: str, password: str | None) -> FilledForm:
    """What a PDF says. Raises ContentError: it cannot be read for certain.

    Args:
        client_ref: whose it is, where the PDF does not say so itself.
        password: opens it, if it is encrypted.
    """
    with limits(), open_pdf(path, password) as pdf:
        try:
            found = filled_form(fields_of(pdf), client_ref, printed=_prints_a_reference(pdf))
            found = replace(found, language=_language(pdf), saved_on=_saved_on(pdf), marks=tuple(marks_beside(pdf)))
        except _COMPLAINTS:
            raise damaged() from None
        if is_in_doubt(pdf):
            raise damaged()
    return found


def filled_form(fields: Iterable[FormField], client_ref: str = "", *, printed: bool = False) -> FilledForm:
    """The answers that a PDF's fields hold, in their order.

    Args:
        client_ref: whose it is, where the PDF does not say so itself.
        printed: whether its pages show a reference.

    Raises:
        ContentError: with every problem, one of a kind; the PDF is not ours, or cannot be read for certain.
    """
    read = _Fields()
    for each in fields:
        read.add(each)
    editions = _editions(read)
    ref, faults = reference_in(read.references, client_ref, editions, printed=printed)
    if any(fault.code == "two-clients" for fault in faults):
        raise ContentError(faults)  # whatever else there is comes of that
    read.problems += faults
    answers = tuple(_answers(read, editions))
    placed = tuple(answer for answer in answers if read.fields[f"{answer.handout}.{answer.name}"].page)
    if answers and not placed:
        read.problems.append(_ON_NO_PAGE)
    if read.problems:
        raise ContentError(_one_of_a_kind(read.problems))
    return FilledForm(placed, editions, ref, gone=len(answers) - len(placed))


@dataclass(slots=True)
class _Fields:
    """The fields of a PDF and what they say, by name, with the problems met on the way."""

    fields: dict[str, FormField] = field(default_factory=dict)
    values: dict[str, FieldAnswer] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, each: FormField) -> None:
        """Read one more field; one that cannot be read counts as empty, with its problems."""
        try:
            value = answer_in(each)
        except ContentError as error:
            self.problems += (at_field(problem, each.name) for problem in error.problems)
            value = FieldAnswer()
        if each.name not in self.fields:
            self.fields[each.name] = each
            if value is not None:
                self.values[each.name] = value
            return
        self.problems.append(at_field(_TWICE, each.name))
        if value and is_reference(each.name):  # under one name there may be two clients
            self.values[f"{len(self.values)}.{each.name}"] = value

    @property
    def references(self) -> dict[str, str]:
        """What the fields for a client's reference say."""
        return {name: value.text for name, value in self.values.items() if is_reference(name)}


def _editions(read: _Fields) -> dict[str, int]:
    """The edition of each handout in the PDF. Raises ContentError: it has none."""
    found: dict[str, int] = {}
    for name, value in read.values.items():
        handout, _, rest = name.partition(".")
        if rest != EDITION or not is_ours(name):
            continue
        if re.fullmatch(r"[1-9][0-9]{0,2}", value.text):
            found[handout] = int(value.text)
        else:
            found[handout] = 0
            read.problems.append(at_field(_BAD_EDITION, name))
    if not found:
        like_ours = any(is_ours(name) and name.count(".") == 2 for name in read.fields)
        raise ContentError(_LOST_EDITION if like_ours else _NOT_OURS)  # all else would be a consequence
    return found


def _answers(read: _Fields, editions: Mapping[str, int]) -> Iterator[FormAnswer]:
    blocks = Counter(name.rpartition(".")[0] for name in read.fields if ".option-" in name)
    for name, value in read.values.items():
        handout, _, rest = name.partition(".")
        if is_reference(name) or (rest == EDITION and handout in editions):
            continue
        block, _, part = rest.partition(".")
        if handout in editions and part and "." not in part and is_ours(name):
            option = _option(read.fields[name], part, value.option, blocks[f"{handout}.{block}"])
            yield FormAnswer(handout, block, part, value.text, option, _asked(read.fields[name], value.text))
        elif editions:
            read.problems.append(at_field(UNKNOWN_FIELD, name))


def _option(each: FormField, part: str, state: int, listed: int) -> int:
    """The number of the option that was chosen; a box of several has its number in its name, the other one is last."""
    if not state or is_choice(each):
        return state
    if number := re.fullmatch(r"option-([1-9]\d{0,2})", part):
        return int(number[1])
    return listed + 1 if part == "other" and listed else 0


def _asked(each: FormField, words: str) -> str:
    """The question in the PDF's own words: the accessible name, without the option that a box stands for."""
    name = each.node.get("/TU")
    try:
        asked = pdf_text(name, _MAX_ASKED) if isinstance(name, String) else ""
    except ContentError:
        return ""
    return asked.removesuffix(f": {words}") if each.type == "/Btn" and words else asked


def _one_of_a_kind(problems: Iterable[Problem]) -> list[Problem]:
    """A problem for each kind; of what many fields have, the first, with how many more have it."""
    by_code: dict[str, list[Problem]] = {}
    for problem in problems:
        by_code.setdefault(problem.code, []).append(problem)
    found = []
    for first, *others in by_code.values():
        more = f" (and so have {len(others)} more)" if others else ""
        found.append(replace(first, message=first.message + more))
    return found


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


_NOT_OURS = Problem(
    "not-ours",
    "this PDF has a form, but not one of handoutkit's: it names no handout and no edition",
    "name the PDF of a handout that was filled in",
)
_LOST_EDITION = Problem(
    "lost-edition",
    "this PDF was saved by another program that dropped the editions of its handouts, so it is not certain what was"
    " asked",
    "ask for the file as it was before it was merged, split or saved there",
)
_ON_NO_PAGE = Problem(
    "no-field-on-a-page",
    "no field of this PDF stands on one of its pages: another program took out the pages, or the fields from them",
    "ask for the file as it was before",
)
_TWICE = Problem("field-twice", "a field is there twice, so there is no telling which answer counts", ASK)
_BAD_EDITION = Problem("bad-edition", "the edition of the handout in this PDF was changed to something else", ASK)
