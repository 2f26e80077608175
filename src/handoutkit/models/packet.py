"""A packet: which handouts in which order, what stands around them, and what it takes of a client."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from .base import Id, Model, Plain, Prose, Text
from .document import Format
from .handout import Language
from .rule_problems import problem

Sides = Literal["duplex", "compact"]
ClientValue = Literal["client_ref", "display_name", "clinician", "next_session", "due", "note", "own_words"]
"""What a cover can show about a client; the reference stands on every page, named or not."""

_VALUE = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
_FIELD = r"^[a-z0-9-]+\.[a-z0-9-]+\.[a-z0-9-]+$"


def _check_value(value: str) -> str:
    if not re.fullmatch(_VALUE, value):
        hint = "use small letters a-z, digits and single underscores, such as `first_step`"
        raise problem("bad-value-name", f"`{value}` cannot be the name of a value", hint)
    return value


def _check_field(value: str) -> str:
    if not re.fullmatch(_FIELD, value):
        hint = "write it as `handout.block.field`, such as `asking-for-what-you-need.one-ask.answer`"
        raise problem("bad-field-name", f"`{value}` cannot be the name of a field", hint)
    return value


ValueName = Annotated[str, Field(max_length=40), AfterValidator(_check_value)]
"""What a value is called with ``--set`` and in a roster's columns."""

FieldName = Annotated[str, Field(max_length=190), AfterValidator(_check_field)]
"""A field of a handout, as ``handout.block.field``."""


class Cover(Model):
    """The first page. What is a client's own has places there, and the letter is the same for everyone."""

    letter: Prose | None = None


class PacketHandout(Model):
    """A handout of the packet, and what is chosen for it.

    Attributes:
        without: ids of blocks to leave out.
        framings: cultural framings in place of the practice's own; an empty list for none.
        format: its layout, in place of the one that is chosen for the packet.
    """

    handout: Id
    without: Annotated[tuple[Id, ...], Field(max_length=40)] = ()
    framings: Annotated[tuple[Id, ...], Field(max_length=10)] | None = None
    format: Format | None = None


class Prefill(Model):
    """A value that is put into a field before the client gets the packet."""

    value: ValueName
    field: FieldName


class Packet(Model):
    """A packet as its author wrote it.

    Attributes:
        contents: whether there is a table of contents.
        sides: ``duplex`` has each handout start on a right-hand page; ``compact`` saves paper.
        back_page: whether the next steps and crisis resources stand on the last page, and not in each handout.
        values: what the cover says of the client.
    """

    id: Id
    title: Plain
    subtitle: Text | None = None
    language: Language
    cover: Cover = Cover()
    handouts: Annotated[tuple[PacketHandout, ...], Field(min_length=1, max_length=20)]
    contents: bool = True
    sides: Sides = "duplex"
    back_page: bool = True
    values: Annotated[tuple[ClientValue, ...], Field(max_length=7)] = ()
    prefill: Annotated[tuple[Prefill, ...], Field(max_length=60)] = ()
