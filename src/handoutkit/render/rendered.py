"""What rendering gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished PDF and what is worth knowing of it."""

    pdf: bytes
    pages: int
    fields: int = 0
