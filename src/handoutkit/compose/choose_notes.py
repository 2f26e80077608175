"""Which cultural notes and changes stand where: library, then practice, then the choice for this client."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from handoutkit.models.framing import Also, Contribution, Framing, FramingChoice, Instead, Note
from handoutkit.models.handout import FramingSlot, Handout
from handoutkit.models.practice import Practice

from .change_blocks import Changes, changes_in

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

    A slot has one note, unless the practice says otherwise: of the framing that has said least so far, the first of
    those. A framing uses each note once. What the practice has added comes before what the framing has; of either, the
    note that names the slot, else the first that names its topic.
    """
    placed: dict[str, list[tuple[Note, Framing]]] = {}
    for slot, notes in notes_by_slot(handout, practice, framings):
        placed.setdefault(slot.after, []).extend(notes[: practice.notes_in_a_slot])
    return {block: notes for block, notes in placed.items() if notes}


def notes_by_slot(
    handout: Handout, practice: Practice, framings: Sequence[Framing]
) -> Iterator[tuple[FramingSlot, list[tuple[Note, Framing]]]]:
    """Each slot with the notes that could stand there, those that do first."""
    speaking = _in_language_of(handout, framings)
    left = {framing.id: list(practice_notes(framing, practice)) for framing in speaking}
    said = dict.fromkeys(left, 0)
    for slot in handout.framing_slots:
        found: list[tuple[Note, Framing]] = []
        for framing in sorted(speaking, key=lambda one: said[one.id]):
            added = {note.id for note in _choice(framing, practice).add}
            note = _note_in(slot, handout, left[framing.id], added)
            if note:
                found.append((note, framing))
        for note, framing in found[: practice.notes_in_a_slot]:
            left[framing.id].remove(note)
            said[framing.id] += 1
        yield slot, found


def changes_for(handout: Handout, practice: Practice, framings: Sequence[Framing]) -> Changes:
    """What framings change in blocks, by the id of the block: first what stands in place of parts, then what is added.

    Where two framings put something in place of the same part, the first does.
    """
    found: Changes = {}
    replaced: set[tuple[str, str]] = set()
    for framing in _in_language_of(handout, framings):
        for change, block in changes_in(framing, handout):
            if not is_shown(change, framing, practice) or change.id in _choice(framing, practice).silence:
                continue
            if isinstance(change, Instead):
                if (block, change.part) in replaced:
                    continue
                replaced.add((block, change.part))
            found.setdefault(block, []).append((change, framing))
    return {block: sorted(some, key=lambda one: isinstance(one[0], Also)) for block, some in found.items()}


def is_shown(one: Contribution, framing: Framing, practice: Practice) -> bool:
    """Whether a practice prints it: someone of the community has read it, or the practice has turned it on."""
    return practice.example or one.reviewed_by is not None or framing.id in practice.unreviewed_framings


def practice_notes(framing: Framing, practice: Practice) -> Iterator[Note]:
    """A framing's notes as the practice wants them: reworded, silenced, and its own added in front.

    Whoever reviewed a note has not read the words that stand in its place: a reworded note awaits review. A practice
    that has had its words reviewed silences the note and adds its own, with the reviewer's name. A note that nobody of
    the community has read is left out, unless the practice has turned it on, or put it into words of its own.
    """
    choice = _choice(framing, practice)
    yield from choice.add
    words = {rewording.note: rewording for rewording in choice.reword}
    for note in framing.notes:
        if note.id in choice.silence:
            continue
        if note.id not in words:
            if is_shown(note, framing, practice):
                yield note
            continue
        new = words[note.id]
        own = {"text": new.text, "title": new.title or note.title, "reviewed_by": None, "reviewed_on": None}
        yield note.model_copy(update=own)


def _in_language_of(handout: Handout, framings: Sequence[Framing]) -> list[Framing]:
    """Those in the handout's language; another has nothing to say in it."""
    return [framing for framing in framings if framing.language == handout.language]


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
