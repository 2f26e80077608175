"""Fields of a layout that take one client's words, named as a command names them, and what is to stand there."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

import pikepdf
from pikepdf import Name

from handoutkit.errors import Problem, UsageError
from handoutkit.models.clients.client_ref import CLIENT_REF
from handoutkit.models.filled_in.identifiers import EDITION

from .locate_slots import slots_of_fields
from .packet_layout import PacketLayout, values_of
from .personalise.personalise_packet import terminal_fields

_OURS = (CLIENT_REF, EDITION)
_MOST_SHOWN = 12


def fills_of(settings: Iterable[str], fields: Sequence[str]) -> dict[str, str]:
    """What is put into fields, by their full names, from ``field=words``.

    A field is named whole (``handout.block.field``), without its handout, or by its block if that has no other.

    Args:
        fields: the full names of those there are.

    Raises:
        UsageError: with everything that is wrong; neither words nor names that were typed are repeated, for somebody
            may have typed a client's words before the sign.
    """
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for number, setting in enumerate(settings, start=1):
        typed, equals, words = setting.partition("=")
        named = _called(typed.strip(), fields)
        if not equals:
            hint = 'write the name of a field, `=`, and what to put there: --fill one-ask.answer="..."'
            problems.append(Problem("bad-fill", f"the value number {number} of --fill has no `=`", hint))
        elif not named:
            message = f"there is no field as number {number} of --fill is called in this copy"
            problems.append(Problem("no-such-field", message, _hint(typed, fields)))
        elif len(named) > 1:
            hint = f"write one of them: {', '.join(named[:_MOST_SHOWN])}"
            problems.append(Problem("which-field", f"number {number} of --fill can be several fields", hint))
        elif named[0] in found:
            problems.append(Problem("set-twice", f"`{named[0]}` is filled in twice", "keep one of them"))
        else:
            found[named[0]] = words
    if problems:
        raise UsageError(problems)
    return found


def fillable_fields(pdf: bytes) -> list[str]:
    """The full names of the fields of a PDF of ours that a client's words can be put into."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fields = terminal_fields(document)
        return [name for name, field in fields if name.rpartition(".")[2] not in _OURS and field.get("/FT") != Name.Sig]


def with_words(
    layout: PacketLayout, words: Mapping[str, str], values: Mapping[str, str]
) -> tuple[PacketLayout, dict[str, str]]:
    """The layout with slots for fields, which are called as the fields are, and all values; its PDF stays as it is.

    Args:
        words: by the full names of the fields; a field that has a slot already is filled by that.
        values: those that are given otherwise.

    Raises:
        UsageError: a field has a value already.
    """
    with pikepdf.open(io.BytesIO(layout.pdf)) as document:
        named = {name: field.objgen[0] for name, field in terminal_fields(document)}
        own = {slot.field: slot.name for slot in layout.slots if slot.field is not None}
        called = {name: own.get(named[name], name) for name in words}
        new = slots_of_fields(document, {name: name for name, slot in called.items() if slot == name})
    if twice := [name for name, slot in called.items() if values.get(slot)]:
        hint = "leave one of them out"
        raise UsageError(Problem("set-twice", f"`{name}` has a value by --set already", hint) for name in twice)
    slots = (*layout.slots, *new)
    every = {**values, **{called[name]: text for name, text in words.items()}}
    return replace(layout, slots=slots, values=values_of(slots, layout.flows)), every


def _called(typed: str, fields: Sequence[str]) -> list[str]:
    """The fields that a name can mean: the one that it names whole, else all that end so, or are of that block."""
    if typed in fields:
        return [typed]
    return [
        name
        for name in fields
        if typed and (name.endswith(f".{typed}") or name.rpartition(".")[0] in (typed, f"{name.split('.')[0]}.{typed}"))
    ]


def _hint(typed: str, fields: Sequence[str]) -> str:
    if not fields:
        return "it has no fields: make a copy with places to write, and without --no-fields"
    short = {name.partition(".")[2]: None for name in fields}
    close = get_close_matches(typed.strip(), list(short), n=3) or list(short)[:_MOST_SHOWN]
    more = ", ..." if len(close) < len(short) else ""
    return f"there are: {', '.join(close)}{more}"
