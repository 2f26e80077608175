"""The forms in which a handout can be handed on, and a handout in one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

OutputFormat = Literal["pdf", "html", "txt", "docx", "png"]
MEDIA: tuple[OutputFormat, ...] = get_args(OutputFormat)


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file made of a handout.

    Attributes:
        ending: what follows the handout's name in the file's (``.html``, ``.page-1.png``).
        pages: 0 where it has none, since its words flow.
        fields: places that can be filled in on a screen.
    """

    ending: str
    data: bytes
    pages: int = 0
    fields: int = 0
