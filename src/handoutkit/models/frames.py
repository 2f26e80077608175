"""Sentence frames, cards and agreements."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .base import Id, Model, Plain, Prose, Text
from .block import Block
from .complaints import problem

SLOT = re.compile(r"\{([a-z0-9-]+)\}")
"""A gap in a sentence frame: ``{feeling}``."""


class FrameSlot(Model):
    """A gap to fill: its name in the frame, and the words under it."""

    id: Id
    label: Plain
    size: Literal["short", "long", "lines"] = "short"


class SentenceFrame(Block):
    """Sentences with gaps, such as ``I feel {feeling} when {situation}.``, and an example of them filled."""

    type: Literal["sentence_frame"]
    id: Id
    frame: Prose
    slots: Annotated[tuple[FrameSlot, ...], Field(min_length=1, max_length=14)]
    example: Prose | None = None

    @model_validator(mode="after")
    def _slots_and_frame_agree(self) -> Self:
        in_frame = SLOT.findall(self.frame)
        named = [slot.id for slot in self.slots]
        if sorted(in_frame) != sorted(named):
            raise problem(
                "slots-and-frame",
                "the gaps in the `frame` are not the `slots`",
                "name each gap once, as `{id}` in the frame and in `slots`",
            )
        return self


class Card(Model):
    """A cut-out card: its front, and its back for printing on both sides."""

    title: Plain
    text: Prose | None = None
    back: Prose | None = None


class CardSet(Block):
    """Cards to cut out, with crop marks; backs register with fronts when printed on both sides.

    Attributes:
        size: ``wallet`` 85 x 54 mm, ``index`` 127 x 76 mm, ``half`` half a page.
        blanks: empty cards at the end, for one's own words; each is a place to write.
    """

    type: Literal["card_set"]
    id: Id
    size: Literal["wallet", "index", "half"] = "wallet"
    cards: Annotated[tuple[Card, ...], Field(max_length=48)] = ()
    blanks: Annotated[int, Field(ge=0, le=24)] = 0

    @model_validator(mode="after")
    def _some_card(self) -> Self:
        if not self.cards and not self.blanks:
            raise problem("no-cards", "there are no cards", "write `cards`, or say how many `blanks`")
        return self


class Party(Model):
    """Someone who signs."""

    id: Id
    role: Plain


class Agreement(Block):
    """Terms, and a line for each party to sign and date."""

    type: Literal["agreement"]
    id: Id
    terms: Annotated[tuple[Text, ...], Field(min_length=1, max_length=14)]
    parties: Annotated[tuple[Party, ...], Field(min_length=1, max_length=6)]
