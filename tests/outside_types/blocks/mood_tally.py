"""A block type that is not handoutkit's own: how many days had which mood."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from handoutkit.models.base import Id, Plain, Text
from handoutkit.models.blocks.block import Block, BlockField


class MoodTally(Block):
    """Moods to count the days of, the strongest of them, and why."""

    type: Literal["mood_tally"]
    id: Id
    question: Text
    moods: Annotated[tuple[Plain, ...], Field(min_length=2, max_length=7)]

    def fields(self) -> Iterator[BlockField]:
        """Yield a number for each mood, counted from 1, then the strongest one, then why."""
        for number, mood in enumerate(self.moods, start=1):
            yield BlockField(number, f"days-{number}", (mood,), "number")
        yield BlockField("strongest", "strongest", (self.question,), "choice", len(self.moods))
        yield BlockField("why", "why", ("Why?",), "multiline")
