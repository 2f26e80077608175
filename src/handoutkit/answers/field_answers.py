"""What a field of a returned PDF says: typed text as it is, and what was ticked or chosen in its words."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from pikepdf import Array, Dictionary

from handoutkit.errors import ContentError

from .pdf_strings import pdf_name, pdf_text, unreadable_string
from .read_form_fields import FormField
from .untrusted_pdf import refused_pdf

OPTIONS = "/HDKT_Options"
"""The key of a button field under which the words of its options stand. It is not ``/Opt``: with that, PDFium stores
another value than it shows."""
TICKED = "yes"
"""The value of a ticked box that has no words of its own."""
SIGNED = "signed"
"""The value of a place that was signed with a certificate that names nobody."""
_OFF = "Off"
_RADIO, _PUSH, _EDITABLE = 1 << 15, 1 << 16, 1 << 18


class FieldAnswer(NamedTuple):
    """What a field says; ``text`` is empty if nothing was answered, ``option`` counts from 1 where one was chosen."""

    text: str = ""
    option: int = 0


def answer_in(field: FormField) -> FieldAnswer | None:
    """The value of a field; None if it is a push button, which has none.

    Raises:
        ContentError: it is not text, not one of the options, or what shows and what is stored are two things.
    """
    if field.type == "/Tx":
        return FieldAnswer(pdf_text(field.value)) if field.value is not None else FieldAnswer()
    if field.type == "/Ch":
        return _chosen(field)
    if field.type == "/Sig":
        return _signed(field)
    if field.type != "/Btn":
        raise unreadable_string()
    return None if field.flags & _PUSH else _marked(field)


def _signed(field: FormField) -> FieldAnswer:
    """Who signed: the name in the signature's dictionary (ISO 32000-2, table 255), which nobody vouches for."""
    if field.value is None:
        return FieldAnswer()
    if not isinstance(field.value, Dictionary):
        raise unreadable_string()
    name = field.value.get("/Name")
    return FieldAnswer((pdf_text(name) if name is not None else "") or SIGNED)


def is_choice(field: FormField) -> bool:
    """Whether a field is there to choose one of several options in."""
    return field.type == "/Ch" or bool(field.flags & _RADIO) or len(field.widgets) > 1


def _chosen(field: FormField) -> FieldAnswer:
    """The option chosen in a drop-down list, whose options are pairs of what is stored and what shows, or texts."""
    if field.value is None or (stored := pdf_text(field.value)) == "":
        return FieldAnswer()
    for number, option in enumerate(_array(field.node.get("/Opt")), start=1):
        pair = [pdf_text(text) for text in _array(option)] or [pdf_text(option)]
        if stored in (pair[0], pair[-1]):
            return FieldAnswer(pair[-1], number)
    if field.flags & _EDITABLE:
        return FieldAnswer(stored)
    raise _not_an_option()


def _marked(field: FormField) -> FieldAnswer:
    """The box or button that is marked: what shows (``/AS``) and what is stored (``/V``) must be one and the same."""
    shown = [pdf_name(widget.get("/AS")) for widget in field.widgets]
    stored = _stored(field.value)
    if not any(shown):  # a program that fills in forms may leave what shows to the viewer
        shown = [stored if stored in _states(widget) else None for widget in field.widgets]
        if stored and not any(shown):
            raise _not_an_option()
    on = {state: widget for state, widget in zip(shown, field.widgets, strict=True) if state not in (None, _OFF)}
    if any(state not in _states(widget) for state, widget in on.items()):
        raise _not_an_option()
    if len(on) > 1 or (on and stored not in ("", *on)) or (stored and not on):
        raise _two_answers()
    return _in_words(field, *on) if on else FieldAnswer()


def _in_words(field: FormField, state: str) -> FieldAnswer:
    """The words of the option that a state stands for: ``/2`` is the second of them."""
    words = [pdf_text(text) for text in _array(field.node.get(OPTIONS))]
    if not re.fullmatch(r"[1-9]\d{0,2}", state):
        raise _not_an_option()
    number = int(state)
    if words:
        if number > len(words):
            raise _not_an_option()
        return FieldAnswer(words[number - 1] or TICKED, number)
    if field.flags & _RADIO or len(field.widgets) > 1:
        hint = "another program took them out; ask for the file as it was before, or read this one in a viewer"
        raise refused_pdf("no-words", "this PDF has lost the words of its options", hint)
    return FieldAnswer(TICKED, number)


def _stored(value: Any) -> str:
    """What ``/V`` says of a button: the name of a state or a text, or nothing."""
    name = pdf_name(value)
    if name is None:
        name = pdf_text(value).removeprefix("/") if value is not None else ""  # pypdf writes the text `/2` for /2
    return "" if name == _OFF else name


def _states(widget: Dictionary) -> set[str]:
    """The states a widget can show, but for off."""
    appearances = widget.get("/AP")
    normal = appearances.get("/N") if isinstance(appearances, Dictionary) else None
    return {key[1:] for key in normal.keys()} - {_OFF} if isinstance(normal, Dictionary) else set()  # noqa: SIM118


def _array(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Array) else []


def _not_an_option() -> ContentError:
    hint = "open it in a viewer, choose the answers again and save it under a new name"
    return refused_pdf("not-an-option", "a field of this PDF has a value that is not one of its options", hint)


def _two_answers() -> ContentError:
    hint = "open it in a viewer, choose the answers again and save it under a new name"
    return refused_pdf("two-answers", "a field of this PDF shows one answer and holds another", hint)
