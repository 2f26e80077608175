"""A packet: which handouts in which order, what stands around them, and what it takes of a client."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, Field, model_validator

from .base import AssetPath, Id, Letter, LineWithValues, Model, Plain
from .document import Format
from .filled_in.letter import SIGNATURE, LetterBlock, parse_letter, unknown_values, values_in
from .handout import Language, WrittenFor
from .markdown import QUOTES
from .rule_problems import problem, problems_at

Sides = Literal["duplex", "compact"]
ClientValue = Literal["client_ref", "display_name", "clinician", "next_session", "due", "note", "own_words"]
"""What a cover can show about a client; the reference stands on every page, named or not."""
VALUES_IN_TEXT = (*get_args(ClientValue), "first_name")
"""What any letter can say of a client; a packet's own prefilled values come to these."""

_VALUE = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
_FIELD = r"^[a-z0-9-]+\.[a-z0-9-]+\.[a-z0-9-]+$"


def _check_value(value: str) -> str:
    if not re.fullmatch(_VALUE, value):
        hint = "use small letters a-z, digits and single underscores, such as `first_step`"
        raise problem("bad-value-name", f"`{value}` cannot be the name of a value", hint)
    return value


def _check_field(value: str) -> str:
    if not re.fullmatch(_FIELD, value):
        hint = "write it as `handout.block.field`, such as `asking-for-what-you-need.one-ask.answer`"
        raise problem("bad-field-name", f"`{value}` cannot be the name of a field", hint)
    return value


ValueName = Annotated[str, Field(max_length=40), AfterValidator(_check_value)]
"""What a value is called with ``--set`` and in a roster's columns."""

FieldName = Annotated[str, Field(max_length=190), AfterValidator(_check_field)]
"""A field of a handout, as ``handout.block.field``."""


class Signature(Model):
    """A picture of a signature; ``text`` is what someone hears who cannot see it, ``height`` is in millimetres."""

    file: AssetPath
    text: Plain
    height: Annotated[int, Field(ge=5, le=40)] = 14


class Cover(Model):
    """The first page. What is a client's own has places there, and may stand among the words of the letter.

    Attributes:
        signature: the picture that stands where the letter has ``{signature}``, or else below it.
    """

    letter: Letter | None = None
    signature: Signature | None = None


class PacketHandout(Model):
    """A handout of the packet, and what is chosen for it.

    Attributes:
        without: ids of blocks to leave out.
        framings: cultural framings in place of the practice's own; an empty list for none.
        format: its layout, in place of the one that is chosen for the packet.
    """

    handout: Id
    without: Annotated[tuple[Id, ...], Field(max_length=40)] = ()
    framings: Annotated[tuple[Id, ...], Field(max_length=10)] | None = None
    format: Format | None = None


class Prefill(Model):
    """A value that is put into a field before the client gets the packet."""

    value: ValueName
    field: FieldName


class Packet(Model):
    """A packet as its author wrote it.

    Attributes:
        written_for: who it is for; a handout that is for one person alone goes only where this is ``self`` and no more.
        handouts: in their order; a page that is a letter alone, such as an appointment slip, has none.
        next_step: what to do until the next session; it stands on the back page, or else below the letter.
        contents: whether there is a table of contents.
        sides: ``duplex`` has each handout start on a right-hand page; ``compact`` saves paper.
        back_page: whether the next steps and crisis resources stand on the last page, and not in each handout.
        values: what the cover says of the client.
    """

    id: Id
    title: Plain
    subtitle: LineWithValues | None = None
    written_for: Annotated[tuple[WrittenFor, ...], Field(max_length=4, alias="for")] = ()
    language: Language
    cover: Cover = Cover()
    next_step: Letter | None = None
    handouts: Annotated[tuple[PacketHandout, ...], Field(max_length=20)] = ()
    contents: bool = True
    sides: Sides = "duplex"
    back_page: bool = True
    values: Annotated[tuple[ClientValue, ...], Field(max_length=7)] = ()
    prefill: Annotated[tuple[Prefill, ...], Field(max_length=60)] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.handouts and not self.cover.letter:
            hint = "name `handouts`, or write a `letter` below `cover`"
            raise problems_at(
                (("handouts",), problem("empty-packet", "this packet has no handout and no letter", hint))
            )
        return self

    @model_validator(mode="after")
    def _only_known_values(self) -> Self:
        known = {*VALUES_IN_TEXT, *(prefill.value for prefill in self.prefill)}
        texts = self.texts_with_values()
        complaints = [(at, found) for at, blocks in texts.items() for found in unknown_values(blocks, known)]
        for at, blocks in texts.items():
            if any(block.kind == SIGNATURE for block in blocks) and not (self.cover.signature and at[0] == "cover"):
                hint = "name a picture below `cover`: `signature: {file: pictures/signature.png, text: ...}`"
                message = f"there is no `{SIGNATURE}` to stand here"
                complaints.append((at, problem("no-signature", message, hint, f"{{{SIGNATURE}}}")))
        if complaints:
            raise problems_at(*complaints)
        return self

    def texts_with_values(self, quotes: str = QUOTES) -> dict[tuple[str, ...], tuple[LetterBlock, ...]]:
        """The texts that may hold values, in blocks, by where they stand in the file."""
        texts = {
            ("subtitle",): self.subtitle,
            ("cover", "letter"): self.cover.letter,
            ("next_step",): self.next_step,
        }
        return {at: parse_letter(text, quotes) for at, text in texts.items() if text}

    def values_of_texts(self, *, needed: bool = False) -> tuple[str, ...]:
        """The names of the values in its texts; ``needed``, only those with nothing to stand there instead."""
        named = [name for blocks in self.texts_with_values().values() for name in values_in(blocks, needed=needed)]
        return tuple(dict.fromkeys(named))

    def left_open(self) -> frozenset[str]:
        """The values without which a paragraph has a gap among its words, as nothing stands there instead."""
        blocks = [block for texts in self.texts_with_values().values() for block in texts]
        among = [block.runs for block in blocks if any(run.text.strip() for run in block.runs)]
        return frozenset(run.value for runs in among for run in runs if run.value and not run.otherwise)

    def said_instead(self) -> dict[str, str]:
        """What stands in its texts for each value that is empty, by the value's name; the first, where they differ.

        Those that a text needs elsewhere are not among them.
        """
        needed = self.values_of_texts(needed=True)
        runs = [run for blocks in self.texts_with_values().values() for block in blocks for run in block.runs]
        return {run.value: run.otherwise for run in reversed(runs) if run.value and run.value not in needed}
