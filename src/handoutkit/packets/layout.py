"""A packet as laid out, before it is anyone's."""

from __future__ import annotations

from dataclasses import dataclass

from .slots import Slot


@dataclass(frozen=True, slots=True)
class Layout:
    """A packet as laid out, holding nothing about anyone."""

    pdf: bytes
    """With a classic xref table, no object streams and a deterministic ID, so that an update can be appended."""
    slots: tuple[Slot, ...]
    pages: int
    fields: int
    editions: tuple[tuple[str, int], ...]
    """Handout id and edition, in the packet's order."""
    packet: str
    """The packet's id."""
    language: str
    font: int
    """The object number of the font that values are set in, if it has all their letters."""
