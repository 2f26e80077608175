"""What one page that was filled in says, by the names of its fields; this is what the worker does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from handoutkit.answers.answer_rows import FilledForm
from handoutkit.answers.field_answers import TICKED, FieldAnswer
from handoutkit.answers.pdf_strings import MAX_CHARACTERS
from handoutkit.answers.read_form_fields import MAX_NODES
from handoutkit.answers.returns.filled_fields import ReturnedField, filled_form
from handoutkit.errors import Problem
from handoutkit.models.clients.client_ref import CLIENT_REF
from handoutkit.models.filled_in.identifiers import EDITION, LANGUAGE_PATTERN

from .untrusted_page import open_page, refused_page

FIELD = "field"
"""The class of a control that is a field of a handout; a browser's helpers may put others into a page."""
WORDS = "data-words"
"""The attribute of a box or a circle with the words of the option that it stands for."""
SAVED = "saved"
"""The name of the ``meta`` element in which `Save my answers` notes the day and time of the device."""
_CONTROLS = ("input", "textarea")
_OPTION = re.compile(r"[1-9]\d{0,2}")
_MAX_ASKED = 1_000


def read_page(path: Path, client_ref: str) -> FilledForm:
    """What a page says, or why that is not certain. Raises ContentError: it cannot be read.

    Args:
        client_ref: whose it is, where the page does not say so itself.
    """
    root = open_page(path)
    names = {element.get("name", ""): element.get("content", "") for element in root.iter("meta")}
    form = filled_form([*_said_of_itself(root), *_controls(root)], client_ref)
    return replace(form, language=_language(root), saved_on=_saved_on(names.get(SAVED, "")))


def _said_of_itself(root: Element) -> Iterator[ReturnedField]:
    """Edition and reference, which stand in the head under the names that they have in a PDF."""
    for element in root.iter("meta"):
        name = element.get("name", "")
        if name.rpartition(".")[2] in (EDITION, CLIENT_REF) and "." in name:
            yield ReturnedField(name, FieldAnswer(element.get("content", "")))


@dataclass(slots=True)
class _Circles:
    """The circles of one question, and the marked ones among them."""

    asked: str
    marked: list[Element] = field(default_factory=list)


def _controls(root: Element) -> Iterator[ReturnedField]:
    """Every field of a handout in the order of the page; the circles of a question are one.

    Raises:
        ContentError: there are more than any handout has.
    """
    found: dict[int, ReturnedField | tuple[str, _Circles]] = {}
    groups: dict[str, _Circles] = {}
    for number, element in enumerate(_elements(root)):
        if number >= MAX_NODES:
            hint = "it was not made by handoutkit, or was tampered with since; ask for the file again"
            raise refused_page("too-many-fields", "this page has more fields than any handout", hint)
        name = element.get("name", "")
        if element.get("type") != "radio":
            found[number] = _one(name, element)
            continue
        if name not in groups:
            groups[name] = _Circles(_asked(element))
            found[number] = (name, groups[name])
        if element.get("checked") is not None:
            groups[name].marked.append(element)
    for one in found.values():
        yield one if isinstance(one, ReturnedField) else _chosen(*one)


def _elements(root: Element) -> Iterator[Element]:
    for element in root.iter():
        if element.tag in _CONTROLS and FIELD in element.get("class", "").split():
            yield element


def _one(name: str, element: Element) -> ReturnedField:
    """A text or a box to tick; ``ReturnedField.problems`` says what is wrong with it."""
    if element.tag == "textarea":
        return _text(name, element, element.text or "")
    kind = element.get("type")
    if kind == "text":
        return _text(name, element, element.get("value", ""))
    if kind != "checkbox":
        return ReturnedField(name, FieldAnswer(), problems=(_UNREADABLE,))
    words = element.get(WORDS) or _asked(element) or TICKED  # a cell says what its widget in a PDF says
    if len(words) > MAX_CHARACTERS:
        return ReturnedField(name, FieldAnswer(), problems=(_TOO_LONG,))
    answer = FieldAnswer(words, 1) if element.get("checked") is not None else FieldAnswer()
    return ReturnedField(name, answer, asked=_asked(element))


def _text(name: str, element: Element, text: str) -> ReturnedField:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(element) or len(text) > MAX_CHARACTERS:
        return ReturnedField(name, FieldAnswer(), problems=(_UNREADABLE if len(element) else _TOO_LONG,))
    return ReturnedField(name, FieldAnswer(text), asked=_asked(element))


def _chosen(name: str, circles: _Circles) -> ReturnedField:
    """The circle that is marked, in its words."""
    if not circles.marked:
        return ReturnedField(name, FieldAnswer(), is_choice=True, asked=circles.asked)
    if len(circles.marked) > 1:
        return ReturnedField(name, FieldAnswer(), is_choice=True, problems=(_TWO_ANSWERS,))
    (one,) = circles.marked
    number, words = one.get("value", ""), one.get(WORDS, "")
    if not words or len(words) > MAX_CHARACTERS or not _OPTION.fullmatch(number):
        return ReturnedField(name, FieldAnswer(), is_choice=True, problems=(_NOT_AN_OPTION,))
    return ReturnedField(name, FieldAnswer(words, int(number)), is_choice=True, asked=circles.asked)


def _asked(element: Element) -> str:
    """The question in the page's own words: the accessible name, without the option that a mark stands for."""
    asked, words = element.get("aria-label", "")[:_MAX_ASKED], element.get(WORDS)
    return asked.removesuffix(f": {words}") if words else asked


def _language(root: Element) -> str:
    tag = root.get("lang", "")
    return tag if re.fullmatch(LANGUAGE_PATTERN, tag) else ""


def _saved_on(moment: str) -> str:
    """The day of a moment in ISO 8601, where it was saved; nothing if it is none."""
    try:
        return date.fromisoformat(moment[:10]).isoformat()
    except ValueError:
        return ""


_NEW = "open it in a browser, answer again and save it under a new name"
_UNREADABLE = Problem("unreadable-value", "a field of this page holds something that is not text", _NEW)
_TOO_LONG = Problem("too-long", f"a field of this page holds more than {MAX_CHARACTERS:,} characters", _NEW)
_TWO_ANSWERS = Problem("two-answers", "a field of this page has two answers, of which one can be chosen", _NEW)
_NOT_AN_OPTION = Problem("not-an-option", "a field of this page has a value that is not one of its options", _NEW)
