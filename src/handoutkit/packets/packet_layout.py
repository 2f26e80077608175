"""A packet as laid out, before it is anyone's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from handoutkit.models.clients.client_ref import CLIENT_REF
from handoutkit.render.values.text_flow import TextFlow
from handoutkit.render.values.value_box import ValueBox

REFERENCE_FIELD = ("packet", CLIENT_REF)
"""The names of the form field ``packet.client_ref`` and of its parent; it stands on no page, and `answers` reads it.

Each handout has one of the name ``client_ref``, too."""
FACES = ("/HdktFace", "/HdktStrong", "/HdktEmphasis", "/HdktBoth")
"""The four fonts of running text among the resources of each of its appearances."""


@dataclass(frozen=True, slots=True)
class PacketLayout:
    """A packet as laid out, holding nothing about anyone."""

    pdf: bytes
    """With a classic xref table, no object streams and a deterministic ID, so that an update can be appended."""
    slots: tuple[Slot, ...] = field(hash=False)  # compared, but too many to be hashed for each row
    flows: tuple[PlacedFlow, ...] = field(hash=False)
    """Running text with values among its words."""
    values: tuple[str, ...]
    """The names of all values that it has a place for."""
    pages: int
    fields: int
    editions: tuple[tuple[str, int], ...]
    """Handout id and edition, in the packet's order."""
    packet: str
    """The packet's id."""
    language: str
    locale: str
    """The locale of the days in it, such as ``en_US``."""
    font: int
    """The object number of the font that values are set in, if it has all their letters."""
    alone: bool = False
    """Whether it is a handout by itself, which has the reference in a field and on no page."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one of a client's values, by the numbers of the PDF objects that show and hold it.

    A `mark` is printed and shown by one Form XObject wherever it stands; a `text` is the value of a text field,
    shown by the field's appearance when it has a widget; a `choice` is a tick or a choice field, which keeps its own
    appearances and is only set.

    Attributes:
        name: the value's name: client_ref, display_name, clinician, next_session, note, own_words, or a prefill's own.
        appearance: object number of the Form XObject that shows it; None for a choice, and for a field without widget.
        field: object number of the field; None for a mark.
        place: the room it has; None where nothing is to be set.
        pages: those it is shown on, counted from 0.
    """

    name: str
    kind: Literal["mark", "text", "choice"]
    appearance: int | None
    field: int | None
    place: ValueBox | None
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PlacedFlow:
    """Running text on a page, by the numbers of the PDF objects that show it.

    Attributes:
        page: counted from 0.
        appearances: object numbers of the Form XObjects, one a paragraph, each as large as the whole flow.
        fonts: object numbers of its faces: plain, strong, emphasis and both; none if only a layout engine can set it.
    """

    flow: TextFlow
    page: int
    appearances: tuple[int, ...]
    fonts: tuple[int, ...]


def values_of(slots: tuple[Slot, ...], flows: tuple[PlacedFlow, ...]) -> tuple[str, ...]:
    """The names of all values that slots and running text have a place for."""
    in_text = (placed.flow.values for placed in flows)
    return tuple(sorted({slot.name for slot in slots}.union(*in_text)))
