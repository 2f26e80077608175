"""Cultural framing: notes and changes a practice chooses to work with, never inferred from anything about a client."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .base import KEPT, Day, Id, Model, Name, Plain, Prose, Suppressions, Text
from .handout import Handout, Language, Source
from .rule_problems import problem, problems_at

Dimension = Literal["language", "persons", "metaphors", "content", "concepts", "goals", "methods", "context"]
"""Bernal, Bonilla & Bellido (1995): the eight dimensions of a culturally sensitive intervention."""

Depth = Literal["surface", "deep"]
"""Resnicow et al. (1999): surface (looks and words) or deep (values, history, how people live)."""


class NotePlace(Model):
    """Where a note belongs: a slot of one handout, or every slot that takes its topic."""

    handout: Id | None = None
    slot: Id | None = None
    topic: Id | None = None

    @model_validator(mode="after")
    def _slot_or_topic(self) -> Self:
        if (self.handout is None) != (self.slot is None) or (self.handout is None) == (self.topic is None):
            hint = "write {handout: its-id, slot: its-slot}, or {topic: a-topic}"
            raise problem("bad-place", "a place is a `handout` with its `slot`, or a `topic`", hint)
        return self


class Contribution(Model):
    """What a framing brings to one place of a page, with who says it.

    Attributes:
        title: what it is called where it is credited; a note has it as its heading, too.
        reviewed_by, reviewed_on: who of that community has read it, and the day; both or neither.
    """

    id: Id
    dimension: Dimension
    depth: Depth
    title: Plain
    sources: Annotated[tuple[Id, ...], Field(max_length=6)] = ()
    written_by: Name
    written_on: Day
    reviewed_by: Name | None = None
    reviewed_on: Day | None = None

    @model_validator(mode="after")
    def _review_is_whole(self) -> Self:
        if (self.reviewed_by is None) != (self.reviewed_on is None):
            there, missing = "reviewed_by", "reviewed_on"
            if self.reviewed_by is None:
                there, missing = missing, there
            half = problem("half-a-review", f"`{there}` needs `{missing}` beside it", "write both, or neither")
            raise problems_at(((there,), half))
        return self


class Note(Contribution):
    """What a framing has to say in one place: a box of its own."""

    place: NotePlace
    text: Prose


class SlotPlace(Model):
    """A slot of one handout; what a framing changes is the block that the slot comes after."""

    handout: Id
    slot: Id


class Instead(Contribution):
    """What stands in place of a part of a block: one of these.

    Attributes:
        example: of a ``concept`` or ``sentence_frame`` one text; of a ``record_table`` one for each column.
        options: in place of all items of a ``list``, or of all options of a prompt of several choices.
        frame: of a ``sentence_frame``, with the same gaps; an ``example`` may stand beside it, and fills it.
        story: of a ``vignette``.
        is_not: of a ``concept``.
        names: the names in a block, and those of the community that stand in their place.
    """

    place: SlotPlace
    example: Annotated[tuple[Prose, ...], Field(max_length=8)] = ()
    options: Annotated[tuple[Text, ...], Field(max_length=14)] = ()
    frame: Prose | None = None
    story: Prose | None = None
    is_not: Text | None = None
    names: Annotated[dict[Name, Name], Field(max_length=12)] = Field(default_factory=dict)

    @property
    def part(self) -> str:
        """The name of what it changes; a frame's example comes with it."""
        return next(iter(self._given), "")

    @property
    def _given(self) -> list[str]:
        given = [name for name in ("frame", "example", "options", "story", "is_not", "names") if getattr(self, name)]
        return [name for name in given if name != "example" or "frame" not in given]

    @model_validator(mode="after")
    def _one_part(self) -> Self:
        if len(self._given) != 1:
            hint = "write one of `example`, `options`, `frame`, `story`, `is_not` and `names`; a `frame` may have its "
            raise problem("one-change", _HOW_MANY[bool(self._given)], hint + "`example` beside it")
        return self


class Also(Contribution):
    """What comes to the parts of a block: one of these.

    Attributes:
        row: its head and then its cells, of a ``contrast``; its head alone, of a ``schedule_grid`` or ``cell_grid``.
        step: of an ``exercise``.
        position: the number that the step gets; by default it is the last.
        option: of a ``list``, or of a prompt of several choices.
    """

    place: SlotPlace
    row: Annotated[tuple[Text, ...], Field(max_length=5)] = ()
    step: Text | None = None
    position: Annotated[int, Field(ge=1, le=7)] | None = None
    option: Text | None = None

    @property
    def part(self) -> str:
        """The name of what it adds."""
        return next(iter(self._given), "")

    @property
    def _given(self) -> list[str]:
        return [name for name in ("row", "step", "option") if getattr(self, name)]

    @model_validator(mode="after")
    def _one_part(self) -> Self:
        if len(self._given) != 1:
            hint = "write one of `row`, `step` and `option`"
            raise problem("one-change", _HOW_MANY[bool(self._given)], hint)
        if self.position and not self.step:
            fault = problem("position-without-step", "`position` is for a `step`", "take it out; the rest comes last")
            raise problems_at((("position",), fault))
        return self


_HOW_MANY = {True: "this changes several things at once", False: "this changes nothing"}


class Framing(Model):
    """A named body of notes and changes, for example collective care in Black communities."""

    id: Id
    title: Plain
    about: Annotated[Prose, KEPT]
    language: Language
    sources: Annotated[tuple[Source, ...], Field(max_length=30)] = ()
    suppress: Suppressions = ()
    notes: Annotated[tuple[Note, ...], Field(min_length=1, max_length=100)]
    instead: Annotated[tuple[Instead, ...], Field(max_length=60)] = ()
    also: Annotated[tuple[Also, ...], Field(max_length=60)] = ()

    @property
    def changes(self) -> tuple[Instead | Also, ...]:
        """What it changes in the blocks of handouts."""
        return (*self.instead, *self.also)

    @property
    def contributions(self) -> tuple[tuple[str, int, Contribution], ...]:
        """All that it brings, each with the list it stands in and its number there, from 0."""
        lists: dict[str, tuple[Contribution, ...]] = {"notes": self.notes, "instead": self.instead, "also": self.also}
        return tuple((name, number, one) for name, items in lists.items() for number, one in enumerate(items))

    def speaks_in(self, handout: Handout) -> bool:
        """Whether one of its notes or changes belongs in a slot of a handout."""
        return self.speaks_of(handout.id, [topic for slot in handout.framing_slots for topic in slot.topics])

    def speaks_of(self, handout: str, topics: Collection[str]) -> bool:
        """The same of a handout of which only its id and the topics of its slots are known."""
        noted = any(note.place.handout == handout or note.place.topic in topics for note in self.notes)
        return noted or any(change.place.handout == handout for change in self.changes)


class Rewording(Model):
    """A practice's own words for a note of a framing, which no reviewer of the note has read."""

    note: Id
    title: Plain | None = None
    text: Prose


class FramingChoice(Model):
    """A framing that a practice works with, and what the practice changes in it."""

    id: Id
    reword: Annotated[tuple[Rewording, ...], Field(max_length=100)] = ()
    silence: Annotated[tuple[Id, ...], Field(max_length=100)] = ()
    add: Annotated[tuple[Note, ...], Field(max_length=40)] = ()
