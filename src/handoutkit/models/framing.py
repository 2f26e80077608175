"""Cultural framing: notes a practice chooses to work with, never inferred from anything about a client."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .base import KEPT, Day, Id, Model, Name, Plain, Prose, Suppressions
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


class Note(Model):
    """What a framing has to say in one place, with who says it."""

    id: Id
    place: NotePlace
    dimension: Dimension
    depth: Depth
    title: Plain
    text: Prose
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


class Framing(Model):
    """A named body of notes, for example collective care in Black communities."""

    id: Id
    title: Plain
    about: Annotated[Prose, KEPT]
    language: Language
    sources: Annotated[tuple[Source, ...], Field(max_length=30)] = ()
    suppress: Suppressions = ()
    notes: Annotated[tuple[Note, ...], Field(min_length=1, max_length=100)]

    def has_notes_for(self, handout: Handout) -> bool:
        """Whether one of its notes belongs in a slot of a handout."""
        topics = {topic for slot in handout.framing_slots for topic in slot.topics}
        return any(note.place.handout == handout.id or note.place.topic in topics for note in self.notes)


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
