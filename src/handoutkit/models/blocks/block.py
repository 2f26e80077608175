"""What every block has in common."""

from __future__ import annotations

from typing import Literal

from handoutkit.models.base import Id, Model, Plain, Text

Audience = Literal["client", "clinician", "both"]


class Block(Model):
    """One piece of a handout. Subclasses add ``type`` and what the block carries.

    Attributes:
        id: stable name; needed where the block is answered or referred to.
        heading: starts a new chunk; it shows in the bookmarks.
        audience: who sees the block. ``clinician`` blocks are never in a client's copy.
        keep_together: do not break the block over two pages.
        orientation: ``landscape`` turns the page that the block is on.
        reading_note: a short hint for the person reading, set small above the block.
    """

    id: Id | None = None
    heading: Plain | None = None
    audience: Audience = "both"
    keep_together: bool = False
    orientation: Literal["portrait", "landscape"] = "portrait"
    reading_note: Text | None = None
