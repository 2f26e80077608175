"""Sentence frames, cards and agreements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import ceil
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from handoutkit.models.base import Id, Model, Plain, Prose, Text
from handoutkit.models.conditions import Condition
from handoutkit.models.markdown import to_plain
from handoutkit.models.rule_problems import check_ids, problem, problems_at

from .block import Block, BlockField, FieldKind

SLOT = re.compile(r"\{([a-z0-9-]+)\}")
"""A gap in a sentence frame: ``{feeling}``."""
_BLANK_LINE = re.compile(r"\n\s*\n")
_HARD_BREAK = re.compile(r"( {2}|\\)\n")


class FrameSlot(Model):
    """A gap to fill: its name in the frame, the words under it, and its size.

    ``short`` and ``long`` gaps stand in the sentence; ``lines`` gives lines to write on, and ends a paragraph.
    """

    id: Id
    label: Plain
    size: Literal["short", "long", "lines"] = "short"


class SentenceFrame(Block):
    """Sentences with gaps, such as ``I feel {feeling} when {situation}.``, and an example of them filled."""

    order = 160
    type: Literal["sentence_frame"]
    id: Id
    frame: Prose
    slots: Annotated[tuple[FrameSlot, ...], Field(min_length=1, max_length=14)]
    example: Prose | None = None

    @model_validator(mode="after")
    def _slots_and_frame_agree(self) -> Self:
        in_frame = SLOT.findall(to_plain(self.frame))
        named = [slot.id for slot in self.slots]
        check_ids("slots", named, "slots")
        if sorted(in_frame) != sorted(named):
            raise problem(
                "slots-and-frame",
                "the gaps in the `frame` are not the `slots`",
                "name each gap once, as `{id}` in the frame and in `slots`",
            )
        ends = {paragraph.rstrip("* \n") for paragraph in _BLANK_LINE.split(self.frame)}
        for number, slot in enumerate(self.slots):
            if slot.size == "lines" and not any(end.endswith("{" + slot.id + "}") for end in ends):
                fault = problem(
                    "lines-inside-a-sentence",
                    f"words follow the gap `{slot.id}`, which is of the size `lines`",
                    "end the paragraph with it and leave an empty line after it, or make it `long`",
                )
                raise problems_at((("slots", number, "size"), fault))
        return self

    def fields(self) -> Iterator[BlockField]:
        """Yield a field for each gap, in the order of ``slots``."""
        for slot in self.slots:
            yield BlockField(slot.id, slot.id, (slot.label,), "multiline" if slot.size == "lines" else "text")


CRISIS_LINES = 5
"""Lines of a card that are kept for crisis lines."""


class Card(Model):
    """A cut-out card: its front, and its back for printing on both sides.

    ``crisis_lines`` puts the practice's crisis lines below the text of its front, as many as there is room for.
    """

    title: Plain
    text: Prose | None = None
    crisis_lines: bool = False
    back: Prose | None = None

    def lines(self, characters: int) -> int:
        """The most lines that one of its sides takes, with so many characters on a line."""
        title = ceil(len(self.title) / characters)
        front = _lines(self.text, characters) + (CRISIS_LINES if self.crisis_lines else 0)
        return max(title + front, title + _lines(self.back, characters))


def _lines(text: str | None, characters: int) -> int:
    paragraphs = [to_plain(paragraph) for paragraph in _BLANK_LINE.split(text or "")]
    breaks = len(_HARD_BREAK.findall(text or ""))
    return sum(ceil(len(paragraph) / characters) for paragraph in paragraphs) + len(paragraphs) // 2 + breaks


CardSize = Literal["wallet", "index", "half"]
CARD_ROOM: dict[CardSize, tuple[int, int]] = {"wallet": (35, 8), "index": (53, 11), "half": (70, 14)}
"""Characters on a line and lines on a card, by its size: what fits with letters of a common width."""


class CardSet(Block):
    """Cards to cut out, with crop marks; backs register with fronts when printed on both sides.

    Attributes:
        size: ``wallet`` 85 x 54 mm, ``index`` 127 x 76 mm, ``half`` 170 x 98 mm, two on a page.
        blanks: empty cards at the end, for one's own words; each is a place to write.
    """

    order = 170
    type: Literal["card_set"]
    id: Id
    size: CardSize = "wallet"
    cards: Annotated[tuple[Card, ...], Field(max_length=48)] = ()
    blanks: Annotated[int, Field(ge=0, le=24)] = 0

    @model_validator(mode="after")
    def _some_card(self) -> Self:
        if not self.cards and not self.blanks:
            raise problem("no-cards", "there are no cards", "write `cards`, or say how many `blanks`")
        return self

    @model_validator(mode="after")
    def _words_fit(self) -> Self:
        for name, text, limit in (("heading", self.heading, 80), ("reading_note", self.reading_note, 160)):
            if len(text or "") > limit:
                hint = f"keep it to {limit} letters, or put a `prose` block before the cards"
                fault = problem("too-long-above-cards", "there is no room for so many words above the cards", hint)
                raise problems_at(((name,), fault))
        characters, lines = CARD_ROOM[self.size]
        full = [number for number, card in enumerate(self.cards) if card.lines(characters) > lines]
        if full:
            hint = f"a side of a `{self.size}` card holds about {lines} lines of {characters} letters, title included"
            fault = problem("card-too-full", "the words do not fit on this card", hint)
            raise problems_at(*((("cards", number), fault) for number in full))
        return self

    def fields(self) -> Iterator[BlockField]:
        """Yield a field for each blank card, counted from 1."""
        for number in range(1, self.blanks + 1):
            yield BlockField(number, f"blank-{number}", (number,), "multiline")


class Party(Model):
    """Someone who signs.

    Attributes:
        only_if: what has to be so for this party to sign, such as ``minor`` for a guardian.
    """

    id: Id
    role: Plain
    only_if: Annotated[Condition | None, Field(alias="if")] = None


class Agreement(Block):
    """Terms, and a line for each party to sign and date.

    Attributes:
        initials: ids of the parties who put their initials beside each point.
        signature: ``digital`` makes places that a program for PDFs signs with a certificate; on paper they are lines.
    """

    order = 190
    type: Literal["agreement"]
    id: Id
    terms: Annotated[tuple[Text, ...], Field(min_length=1, max_length=14)]
    parties: Annotated[tuple[Party, ...], Field(min_length=1, max_length=6)]
    initials: Annotated[tuple[Id, ...], Field(max_length=3)] = ()
    signature: Literal["written", "digital"] = "written"

    @model_validator(mode="after")
    def _each_signs_once(self) -> Self:
        check_ids("parties", [party.id for party in self.parties], "parties")
        known = {party.id for party in self.parties}
        hint = f"name some of {', '.join(f'`{name}`' for name in sorted(known))}"
        faults = [
            (("initials", number), problem("no-such-party", f"nobody with the id `{name}` signs here", hint))
            for number, name in enumerate(self.initials)
            if name not in known
        ]
        if faults:
            raise problems_at(*faults)
        return self

    @model_validator(mode="after")
    def _somebody_signs_for_everyone(self) -> Self:
        if all(party.only_if for party in self.parties):
            message = "each party signs only for some people, so there may be nobody to sign"
            fault = problem("nobody-signs", message, "take `if` out of one of them, or give it to the whole block")
            raise problems_at((("parties", 0, "if"), fault))
        return self

    def fields(self) -> Iterator[BlockField]:
        """Yield a field for initials beside each point, then for each party's signature and the day of it."""
        initialled = [party for party in self.parties if party.id in self.initials]
        for number, term in enumerate(self.terms, start=1):
            for party in initialled:
                name = f"term-{number}-{party.id}-initials"
                yield BlockField((number, party.id), name, (term, party.role), "text")
        kind: FieldKind = "signature" if self.signature == "digital" else "text"
        for party in self.parties:
            yield BlockField((party.id, "signature"), f"{party.id}-signature", (party.role,), kind)
            yield BlockField((party.id, "date"), f"{party.id}-date", (party.role,), "date")
