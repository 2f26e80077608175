"""One handout resolved for a practice, its framings, a paper and an audience."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from handoutkit.models.block import Block
from handoutkit.models.document import Credit, Document, Format
from handoutkit.models.framing import Framing, Note
from handoutkit.models.handout import AnyBlock, Handout
from handoutkit.models.practice import Paper, Practice
from handoutkit.models.reading import Callout

from .framing import notes_for


def compose(
    handout: Handout,
    practice: Practice,
    framings: Sequence[Framing] = (),
    *,
    paper: Paper | None = None,
    audience: Literal["client", "clinician"] = "client",
    fields: bool = True,
    format: Format = "standard",
) -> Document:
    """The document to set; ``paper`` defaults to the practice's, ``fields`` makes it a form to fill in."""
    notes = notes_for(handout, practice, framings)
    blocks: list[AnyBlock] = []
    credits: list[Credit] = []
    for block in handout.blocks:
        if not is_for(block, audience):
            continue
        blocks.append(block)
        for note, framing in notes.get(block.id or "", ()):
            blocks.append(_as_block(note))
            credits.append(_credit(note, framing))
    return Document(
        handout=handout,
        practice=practice,
        blocks=tuple(blocks),
        credits=tuple(credits),
        audience=audience,
        paper=paper or practice.default_paper,
        locale="-".join(filter(None, (handout.language.split("-")[0], practice.region))),
        fields=fields,
        format=format,
    )


def is_for(block: Block, audience: Literal["client", "clinician"]) -> bool:
    """Whether a block is printed for this reader; a clinician note never is for a client."""
    if isinstance(block, Callout) and block.role == "clinician_note":
        return audience == "clinician"
    return block.audience in ("both", audience)


def _as_block(note: Note) -> Callout:
    return Callout(type="callout", role="cultural_note", title=note.title, text=note.text)


def _credit(note: Note, framing: Framing) -> Credit:
    sources = tuple(source for source in framing.sources if source.id in note.sources)
    return Credit(note=note, framing_title=framing.title, sources=sources)
