"""A handout resolved for one practice, framing, paper and audience: all that the templates see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from handoutkit.errors import Problem

from .blocks.block import Block
from .framing import Contribution
from .handout import Handout, PageLayout, Source
from .practice import Paper, Practice


@dataclass(frozen=True, slots=True)
class Translation:
    """Who translated a handout, and who reviewed it.

    Attributes:
        source_language: what it was translated from.
        translator: who made it.
        reviewed_by: the fluent clinician who read it; empty if nobody did yet.
        reviewed_on: the day of it; None if there is none.
        waiting: problems of texts for clinicians that are not translated, and stand in the source language.
    """

    source_language: str
    translator: str
    reviewed_by: str = ""
    reviewed_on: date | None = None
    waiting: tuple[Problem, ...] = ()

    @property
    def reviewed(self) -> bool:
        """Whether a fluent clinician has read it."""
        return bool(self.reviewed_by)


Format = Literal["standard", "large-print", "dyslexia-friendly", "low-ink"]
"""How a handout is set for the eyes and the printer it is for; each has the same words and the same fields."""
FORMATS: tuple[Format, ...] = get_args(Format)


@dataclass(frozen=True, slots=True)
class Credit:
    """Who wrote a cultural note or a change that is printed, and what it rests on."""

    note: Contribution
    framing_title: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class SecondLanguage:
    """A second language, in which each text stands again below itself; places to write are there once.

    Attributes:
        words: each text in the second language, by the text in the first one.
        translation: who made it, if the second language is not the one that the handout was written in.
    """

    language: str
    words: Mapping[str, str]
    translation: Translation | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One handout, ready to be set.

    Attributes:
        blocks: in reading order, those for this audience only, cultural notes in their places.
        credits: one for each cultural note among the blocks, and for each change of a framing in them.
        locale: language and region (``en-US``), or the language alone; sets dates and hyphenation.
        fields: whether the places to write are form fields too, or room on paper only.
        translation: who made it, if it is one; None if it is in the language it was written in.
        second_language: the second language, in which each text stands again.
        in_packet: whether it is part of a packet, whose own page numbers and reference go into its foot.
        layout: a sheet or a booklet.
        contact: whether it says how to reach the practice; a packet with a back page says it there.
        draft: whether each page says that it is a draft.
        note: whether there is a place for a note to the reader at its top; what it says is put in later.
    """

    handout: Handout
    practice: Practice
    blocks: tuple[Block, ...]
    credits: tuple[Credit, ...]
    audience: Literal["client", "clinician"]
    paper: Paper
    locale: str
    fields: bool = True
    translation: Translation | None = None
    second_language: SecondLanguage | None = None
    format: Format = "standard"
    layout: PageLayout = "booklet"
    in_packet: bool = False
    contact: bool = True
    draft: bool = False
    note: bool = False

    @property
    def pictures(self) -> tuple[str, ...]:
        """Picture files that are shown, by their paths from the handout's file."""
        opening = self.handout.opening_picture
        in_blocks = (file for block in self.blocks for _, file in block.pictures())
        return (*([opening] if opening else []), *in_blocks)
