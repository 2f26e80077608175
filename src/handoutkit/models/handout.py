"""A handout: its front matter, its blocks and the clinician's guide to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from .base import (
    KEPT,
    Day,
    Id,
    Illustration,
    Model,
    Name,
    Plain,
    Prose,
    Rights,
    Suppressions,
    Text,
    Url,
    is_picture_file,
)
from .block_types import AnyBlock, second_of_a_kind, twice
from .blocks.frames_and_cards import Agreement
from .column_runs import column_faults
from .conditions import name_in
from .filled_in.identifiers import EDITION, LANGUAGE_PATTERN, NAME_AND_DATE, NOTE
from .handout_size import MAX_PLACES, size_of
from .rule_problems import problem, problems_at

Kind = Literal[
    "psychoeducation",
    "exercise",
    "worksheet",
    "self_monitoring",
    "measure",
    "plan",
    "card",
    "agreement",
    "intake",
    "notice",
]
Purpose = Literal["understand", "practise", "record", "decide", "agree"]
PURPOSES: Mapping[Purpose, tuple[str, tuple[Kind, ...]]] = {
    "understand": ("To understand", ("psychoeducation",)),
    "practise": ("To practise", ("exercise", "worksheet")),
    "record": ("To keep track", ("self_monitoring", "measure")),
    "decide": ("To decide and to plan", ("plan", "card")),
    "agree": ("To agree on", ("agreement", "intake", "notice")),
}
"""What a handout is for: the heading under which it stands on the shelf, and the kinds of handouts that are for it."""
WrittenFor = Literal["self", "couple", "family", "guardian"]
"""Who a handout or a packet can be for."""
Services = Literal["therapy", "coaching", "referral", "education"]
"""What a practice offers."""
Need = Literal["danger", "suicide", "violence", "children", "substances", "sexual-assault", "queer", "veterans"]
"""What a crisis line can be for."""
PageLayout = Literal["sheet", "booklet"]
"""How a handout is laid out: on one sheet with a side to read and a side to do, or as pages that follow each other."""
WORDS_OF_THE_SOURCE = "Not cleared: the words are those of the source"
"""What `rights` says of a handout that was imported, until somebody has seen to it."""
MAX_TERMS = 8
"""Words that a handout is about; more of them would no longer be a handful."""


def _check_language(value: str) -> str:
    if not re.fullmatch(LANGUAGE_PATTERN, value):
        raise problem(
            "bad-language",
            f"`{value}` is not the code of a language",
            "write its short code, such as `en`, `es` or `zh-Hans`",
        )
    return value


def _check_interval(value: str) -> str:
    if not re.fullmatch(r"[1-9]\d? (month|year)s?", value):
        raise problem("bad-interval", f"`{value}` is not an interval", "write it as `12 months` or `2 years`")
    return value


Language = Annotated[str, AfterValidator(_check_language)]
"""A BCP 47 language tag."""

Interval = Annotated[str, AfterValidator(_check_interval)]
"""A number of months or years, such as ``12 months``."""


class Source(Model):
    """Where an idea comes from, and which idea it is."""

    id: Id
    author: Name
    title: Name
    year: Annotated[int, Field(ge=1500, le=2200)] | None = None
    publisher: Name | None = None
    url: Url | None = None
    idea: Text


class FramingSlot(Model):
    """A place that a handout offers to cultural framings: right after the block of that id.

    A framing's note comes here when it names this handout and slot, or one of the slot's topics.
    """

    id: Id
    after: Id
    about: Annotated[Text, KEPT]
    topics: Annotated[tuple[Id, ...], Field(max_length=8)] = ()


class ClinicianGuide(Model):
    """What a clinician needs to use the handout well; never part of a client's copy."""

    what_for: Prose
    when_to_use: Prose
    when_not_to_use: Prose
    how_to_introduce: Prose
    how_to_review: Prose


class Handout(Model):
    """A handout as its author wrote it, before any practice, framing or format.

    Attributes:
        illustration: the picture in its opening: the name of a drawing, or a picture beside the handout.
        illustration_alt: what that shows, if it tells a reader something; without it, it only decorates.
        alone: whether it is for one person alone, such as about fear of someone close; then no packet takes it that
            does not say that it is for one person.
        services: those that may give it; by default all of them.
        crisis_for: what its crisis lines have to be for; by default what its cautions and topics imply.
        terms: the handful of words it is about, which SMOG leaves out.
        clinically_reviewed_by, clinically_reviewed_on: who read it for what no rule judges (right, safe and kind), and
            the day; both or neither.
        header_note: a short line at its head, such as the name of a group: ``Anxiety group, spring 2027``.
        name_and_date: whether it has lines for a name and a day at its head; a practice can say so for all its own.
    """

    id: Id
    title: Plain
    subtitle: Text | None = None
    illustration: Illustration | None = None
    illustration_alt: Text | None = None
    kind: Kind
    topics: Annotated[tuple[Id, ...], Field(min_length=1, max_length=8)]
    written_for: Annotated[tuple[WrittenFor, ...], Field(min_length=1, max_length=4, alias="for")]
    alone: bool = False
    services: Annotated[tuple[Services, ...], Field(max_length=4)] = ()
    crisis_for: Annotated[tuple[Need, ...], Field(max_length=8)] = ()
    language: Language
    key_message: Text
    purpose: Text
    reading_grade: Annotated[int, Field(ge=1, le=16)]
    terms: Annotated[tuple[Annotated[Plain, KEPT], ...], Field(max_length=MAX_TERMS)] = ()
    sources: Annotated[tuple[Source, ...], Field(max_length=30)]
    rights: Rights
    edition: Annotated[int, Field(ge=1, le=999)]
    reviewed_on: Day
    review_every: Interval
    clinically_reviewed_by: Name | None = None
    clinically_reviewed_on: Day | None = None
    framing_slots: Annotated[tuple[FramingSlot, ...], Field(max_length=12)] = ()
    layout: PageLayout | None = None
    """None leaves it to the practice and to the reader's format."""
    sides: Annotated[int, Field(ge=1, le=3)] | None = None
    """Sides of the sheet; by default two, or three if the words need them."""
    suppress: Suppressions = ()
    clinician_guide: ClinicianGuide
    header_note: Plain | None = None
    name_and_date: bool = False
    blocks: Annotated[tuple[AnyBlock, ...], Field(min_length=1, max_length=80)]

    @model_validator(mode="after")
    def _one_next_step_and_one_references(self) -> Self:
        if seconds := second_of_a_kind([block.type for block in self.blocks]):
            raise problems_at(*((("blocks", number, "type"), problem(*twice(kind))) for kind, number in seconds))
        return self

    @model_validator(mode="after")
    def _words_for_a_picture_that_is_there(self) -> Self:
        if self.illustration_alt and not self.illustration:
            message = "there is no `illustration` that this could describe"
            fault = problem("alt-without-picture", message, "add a line `illustration: ...`, or remove this one")
            raise problems_at((("illustration_alt",), fault))
        return self

    @model_validator(mode="after")
    def _alone_is_for_one(self) -> Self:
        if self.alone and self.written_for != ("self",):
            message = "this is for one person `alone`, and `for` names others"
            fault = problem("alone-with-others", message, "write `for: [self]`, or remove this")
            raise problems_at((("alone",), fault))
        return self

    @model_validator(mode="after")
    def _a_reader_and_the_day(self) -> Self:
        if (self.clinically_reviewed_by is None) != (self.clinically_reviewed_on is None):
            there, missing = ("by", "on") if self.clinically_reviewed_by else ("on", "by")
            message = f"`clinically_reviewed_{there}` stands without `clinically_reviewed_{missing}`"
            hint = "write who read it for what is right, safe and kind, and the day they did; or neither"
            fault = problem("reader-without-day", message, hint)
            raise problems_at(((f"clinically_reviewed_{there}",), fault))
        return self

    @model_validator(mode="after")
    def _the_name_of_the_edition(self) -> Self:
        if taken := [number for number, block in enumerate(self.blocks) if block.id == EDITION]:
            hint = "a filled-in PDF says its edition under that name; choose another, such as `this-edition`"
            fault = problem("bad-id", f"`{EDITION}` cannot be the id of a block", hint)
            raise problems_at((("blocks", taken[0], "id"), fault))
        for name, what in ((NAME_AND_DATE, "the lines at the head have their answers"), (NOTE, "a note has its place")):
            if taken := [number for number, block in enumerate(self.blocks) if block.id == name]:
                hint = f"{what} under that name; choose another, such as `my-{name.partition('-')[0]}`"
                fault = problem("bad-id", f"`{name}` cannot be the id of a block", hint)
                raise problems_at((("blocks", taken[0], "id"), fault))
        return self

    @model_validator(mode="after")
    def _what_is_read_comes_first(self) -> Self:
        asked = [(number, block.side) for number, block in enumerate(self.blocks) if block.side]
        first = next((number for number, side in asked if side == "do"), len(self.blocks))
        late = [number for number, side in asked if side == "read" and number > first]
        if late:
            message = (
                f"this block is to be read before block {first + 1}, which is on the side to do, and stands after it"
            )
            hint = "move it up in the file, since it is heard in the file's order, or take the `side` out"
            raise problems_at(
                *((("blocks", number, "side"), problem("sides-out-of-order", message, hint)) for number in late)
            )
        return self

    @model_validator(mode="after")
    def _what_stands_in_columns_can(self) -> Self:
        if faults := list(column_faults(self.blocks)):
            raise problems_at(*faults)
        return self

    @model_validator(mode="after")
    def _not_too_many_places(self) -> Self:
        places = sum(block.places for block in self.blocks)
        if places > MAX_PLACES:
            message = f"this handout has {places:,} places to write or tick, and at most {MAX_PLACES:,} are taken"
            raise problems_at((("blocks",), problem("too-many-places", message, "make two handouts of it")))
        return self

    @model_validator(mode="after")
    def _not_too_much_to_set(self) -> Self:
        if too_much := size_of(self.blocks).too_much:
            raise problems_at((("blocks",), problem("too-much-to-set", too_much, "make several handouts of it")))
        return self

    @property
    def drawing(self) -> str | None:
        """The name of the drawing in its opening; None if there is none, or a picture of its own."""
        return None if self.illustration is None or is_picture_file(self.illustration) else self.illustration

    @property
    def opening_picture(self) -> str | None:
        """The picture of its own in its opening, by its path from the handout's file."""
        return self.illustration if self.illustration and is_picture_file(self.illustration) else None

    @property
    def conditions(self) -> tuple[str, ...]:
        """The names of what can be said to be so, for blocks and parties that are there for some people only."""
        parties = (party for block in self.blocks if isinstance(block, Agreement) for party in block.parties)
        asked = [*(block.only_if for block in self.blocks), *(party.only_if for party in parties)]
        return tuple(dict.fromkeys(name_in(condition) for condition in asked if condition))

    @property
    def field_names(self) -> frozenset[str]:
        """Every field that a PDF of it can have, as ``block.field``; copies for one audience have fewer."""
        own = frozenset({f"{NAME_AND_DATE}.name", f"{NAME_AND_DATE}.date"})
        return own | frozenset(
            f"{block.id}.{field.name}" for block in self.blocks if block.id for field in block.fields()
        )


def purpose_of(kind: str) -> Purpose:
    """What a kind of handout is for."""
    return next(purpose for purpose, (_, kinds) in PURPOSES.items() if kind in kinds)
