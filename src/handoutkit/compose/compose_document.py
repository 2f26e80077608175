"""One handout resolved for a practice, its framings, a paper and an audience."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from handoutkit.models.blocks.block import Block
from handoutkit.models.blocks.reading_blocks import Callout, CrisisLines
from handoutkit.models.document import Credit, Document, Format
from handoutkit.models.filled_in.practice_words import filled, words_for
from handoutkit.models.framing import Contribution, Framing, Note
from handoutkit.models.handout import Handout, PageLayout
from handoutkit.models.packet import Packet
from handoutkit.models.practice import Paper, Practice

from .change_blocks import with_changes
from .choose_blocks import EVERY_BLOCK, BlockChoice, kept_blocks
from .choose_notes import changes_for, notes_for
from .crisis_needs import with_lines_for

Given = TypeVar("Given", Handout, Packet)


@dataclass(frozen=True, slots=True)
class PacketPart:
    """How a handout is part of a packet.

    Attributes:
        without: ids of blocks to leave out, with the cultural notes that come right after them.
        contact: whether it says how to reach the practice itself.
    """

    without: Collection[str] = ()
    contact: bool = True


@dataclass(frozen=True, slots=True)
class CopyOptions:
    """Which copy of a handout.

    Attributes:
        paper: by default the practice's.
        fields: makes it a form to fill in.
        layout: by default the handout's, then the practice's, then the format's.
        blocks: which of its blocks are wanted.
        note: whether there is a place for a note to the reader at its top.
    """

    paper: Paper | None = None
    audience: Literal["client", "clinician"] = "client"
    fields: bool = True
    format: Format = "standard"
    layout: PageLayout | None = None
    blocks: BlockChoice = EVERY_BLOCK
    note: bool = False


def compose(
    handout: Handout,
    practice: Practice,
    framings: Sequence[Framing] = (),
    copy: CopyOptions = CopyOptions(),
    part: PacketPart | None = None,
) -> Document:
    """The document to set.

    Args:
        part: what is chosen for it as part of a packet; None if it stands alone.
    """
    handout, changes = with_changes(handout, changes_for(handout, practice, framings))
    handout = in_words_of(practice, handout)
    contact = part is None or part.contact
    if contact:  # the back page of a packet has the lines that any of its handouts needs
        practice = with_lines_for(practice, handout)
    notes = notes_for(handout, practice, framings)
    blocks: list[Block] = []
    credits: list[Credit] = []
    readers = [block for block in handout.blocks if is_for(block, copy.audience)]
    for block in kept_blocks(handout, readers, copy.blocks):
        if part and block.id in part.without:
            continue
        if isinstance(block, CrisisLines) and not practice.crisis_resources:
            continue
        blocks.append(block)
        credits += [_credit(change, framing) for change, framing in changes.get(block.id or "", ())]
        for note, framing in notes.get(block.id or "", ()):
            blocks.append(_as_block(note, block))
            credits.append(_credit(note, framing))
    return Document(
        handout=handout.model_copy(update={"sides": 1}) if copy.blocks.short else handout,
        practice=practice,
        blocks=tuple(blocks),
        credits=tuple(credits),
        audience=copy.audience,
        paper=copy.paper or practice.default_paper,
        locale=in_region(handout.language, practice.region),
        fields=copy.fields,
        format=copy.format,
        layout=layout_of(handout, practice, copy),
        in_packet=part is not None,
        contact=contact,
        note=copy.note,
    )


def in_words_of(practice: Practice, given: Given) -> Given:
    """A handout or packet with the words that depend on who gives it, such as `{{next-time}}`, filled in."""
    words = words_for(given.language, practice.services, practice.region, reachable=practice.is_reachable)
    return filled(given, words)


def layout_of(handout: Handout, practice: Practice, copy: CopyOptions) -> PageLayout:
    """How a copy is laid out; letters for eyes that need larger ones run on as a booklet, whatever is asked."""
    if copy.format in ("large-print", "dyslexia-friendly"):
        return "booklet"
    if copy.blocks.short:
        return "sheet"
    return copy.layout or handout.layout or practice.default_layout or "sheet"


def in_region(language: str, region: str | None) -> str:
    """A language as it is written in a region; one that names a region of its own keeps it."""
    return language if region is None or re.search(r"-([A-Z]{2}|\d{3})$", language) else f"{language}-{region}"


def is_for(block: Block, audience: Literal["client", "clinician"]) -> bool:
    """Whether a block is printed for this reader; a clinician note never is for a client."""
    if isinstance(block, Callout) and block.role == "clinician_note":
        return audience == "clinician"
    return block.audience in ("both", audience)


def _as_block(note: Note, after: Block) -> Callout:
    """A note as a block; it stands in the columns of the block that it comes after."""
    columns = after.in_columns
    return Callout(type="callout", role="cultural_note", title=note.title, text=note.text, in_columns=columns)


def _credit(one: Contribution, framing: Framing) -> Credit:
    sources = tuple(source for source in framing.sources if source.id in one.sources)
    return Credit(note=one, framing_title=framing.title, sources=sources)
