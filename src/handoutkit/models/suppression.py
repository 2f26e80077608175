"""A rule that a file sets aside, and why."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .base import KEPT, Id, Model, Text


class Suppression(Model):
    """A rule that does not count here; its code stands in each problem, as in ``warning[sentence-long]``.

    Attributes:
        at: the id of the block, or of a framing's note, that it does not count for; without one, for the whole file.
        reason: why, for whoever reads the file next.
    """

    rule: Id
    at: Id | None = None
    reason: Annotated[Text, KEPT]


Suppressions = Annotated[tuple[Suppression, ...], Field(max_length=30)]
