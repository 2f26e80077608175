"""Which cultural notes stand where: library, then practice, then the choice for this client."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from handoutkit.models.framing import Framing, FramingChoice, Note
from handoutkit.models.handout import FramingSlot, Handout
from handoutkit.models.practice import Practice

NO_FRAMING = "none"
"""The word that chooses no framing at all, whatever the practice works with."""


def chosen_ids(practice: Practice, asked_for: Sequence[str]) -> tuple[str, ...]:
    """Ids of the framings to use: those asked for, else those the practice works with."""
    if NO_FRAMING in asked_for:
        return ()
    return tuple(asked_for) or tuple(choice.id for choice in practice.framings)


def notes_for(
    handout: Handout, practice: Practice, framings: Sequence[Framing]
) -> dict[str, list[tuple[Note, Framing]]]:
    """Notes by the id of the block they follow, in the order of slots, then of framings.

    A framing has at most one note in a slot, and uses each note once. What the practice has added comes before what
    the framing has; of either, the note that names the slot, else the first that names its topic. A framing in another
    language than the handout's has nothing to say in it.
    """
    placed: dict[str, list[tuple[Note, Framing]]] = {}
    left = {framing.id: list(practice_notes(framing, practice)) for framing in framings}
    for slot in handout.framing_slots:
        for framing in framings:
            added = {note.id for note in _choice(framing, practice).add}
            note = _note_in(slot, handout, left[framing.id], added)
            if note and framing.language == handout.language:
                left[framing.id].remove(note)
                placed.setdefault(slot.after, []).append((note, framing))
    return placed


def practice_notes(framing: Framing, practice: Practice) -> Iterator[Note]:
    """A framing's notes as the practice wants them: reworded, silenced, and its own added in front.

    Whoever reviewed a note has not read the words that stand in its place: a reworded note awaits review. A practice
    that has had its words reviewed silences the note and adds its own, with the reviewer's name.
    """
    choice = _choice(framing, practice)
    yield from choice.add
    words = {rewording.note: rewording for rewording in choice.reword}
    for note in framing.notes:
        if note.id in choice.silence:
            continue
        if note.id not in words:
            yield note
            continue
        new = words[note.id]
        own = {"text": new.text, "title": new.title or note.title, "reviewed_by": None, "reviewed_on": None}
        yield note.model_copy(update=own)


def _choice(framing: Framing, practice: Practice) -> FramingChoice:
    """What a practice changes in a framing; nothing, if it does not name it."""
    return next((choice for choice in practice.framings if choice.id == framing.id), FramingChoice(id=framing.id))


def _note_in(slot: FramingSlot, handout: Handout, notes: Sequence[Note], added: Collection[str]) -> Note | None:
    """The note for a slot; ``added`` are the ids of those that the practice has added."""
    fitting = [
        note
        for note in notes
        if (note.place.handout, note.place.slot) == (handout.id, slot.id) or note.place.topic in slot.topics
    ]
    return min(fitting, key=lambda note: (note.id not in added, note.place.slot is None), default=None)
