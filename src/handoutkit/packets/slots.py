"""The places in a packet that one client's values go into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one of a client's values, by the numbers of the PDF objects that show and hold it.

    A `mark` is printed and shown by one Form XObject wherever it stands; a `text` is the value of a text field,
    shown by the field's appearance when it has a widget; a `choice` is a tick or a choice field, which keeps its own
    appearances and is only set.
    """

    name: str
    """The value's name: client_ref, display_name, clinician, next_session, note, own_words, or a prefill's own name."""
    kind: Literal["mark", "text", "choice"]
    appearance: int | None
    """Object number of the Form XObject that shows it (mark, text with a widget); None for a choice."""
    field: int | None
    """Object number of the field (text, choice); None for a mark."""
    width: float
    """Points."""
    height: float
    """Points."""
    size: float
    """Of type, points."""
    colour: str
    """As CSS writes it, such as `rgb(20, 40, 60)`."""
    align: Literal["start", "center", "end"]
    lines: bool
    """Whether several lines fit, or one."""
    pages: tuple[int, ...]
    """The pages it is shown on, counted from 0."""
