"""How the framings of a build come out for a practice: what is not shown, and what are too many notes for a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handoutkit.compose.choose_notes import is_shown, notes_by_slot, notes_for
from handoutkit.errors import Problem
from handoutkit.files.source_file import Address
from handoutkit.loading.load_file import Loaded
from handoutkit.models.framing import Framing
from handoutkit.models.handout import Handout
from handoutkit.models.practice import Practice

SIDES = 2
"""Sides of a sheet whose handout does not say how many it has."""


def framing_use_notices(
    practice: Loaded[Practice], framings: Sequence[Loaded[Framing]], handouts: Sequence[Loaded[Handout]]
) -> list[Problem]:
    """Notices on framings that have something to say in these handouts."""
    notices: list[Problem] = []
    for framing in framings:
        speaks = any(framing.model.speaks_in(handout.model) for handout in handouts)
        if speaks:
            notices += _not_shown(practice, framing.model)
    models = [framing.model for framing in framings]
    for handout in handouts:
        notices += _left_out(practice, models, handout.model)
        notices += _many(practice, models, handout.model)
    return notices


def _not_shown(practice: Loaded[Practice], framing: Framing) -> Iterator[Problem]:
    off = [one for _, _, one in framing.contributions if not is_shown(one, framing, practice.model)]
    if off:
        every = len(framing.contributions)
        message = f"{len(off)} of {every} notes and changes of `{framing.id}` are left out: nobody of that community "
        message += "has read them yet"
        hint = f"read them, and ask someone of that community to; `unreviewed_framings: [{framing.id}]` in the "
        hint += "practice's file prints them before that, marked on the clinician's copy"
        yield practice.source.problem("framing-off", message, hint, at=_at(practice, framing), severity="notice")


def _at(practice: Loaded[Practice], framing: Framing) -> Address:
    """Where the practice names a framing; nowhere, if it was chosen for this client."""
    chosen = [choice.id for choice in practice.model.framings]
    return ("framings", chosen.index(framing.id)) if framing.id in chosen else ()


def _left_out(practice: Loaded[Practice], framings: Sequence[Framing], handout: Handout) -> Iterator[Problem]:
    most = practice.model.notes_in_a_slot
    for slot, notes in notes_by_slot(handout, practice.model, framings):
        if len(notes) > most:
            others = ", ".join(f"`{note.id}`" for note, _ in notes[most:])
            message = f"`{handout.id}` has {len(notes)} notes for `{slot.id}`, and is printed without {others}"
            hint = f"one framing at a time is read best; `notes_in_a_slot: {min(len(notes), 4)}` prints them all"
            yield practice.source.problem("notes-left-out", message, hint, severity="notice")


def _many(practice: Loaded[Practice], framings: Sequence[Framing], handout: Handout) -> Iterator[Problem]:
    boxes = sum(map(len, notes_for(handout, practice.model, framings).values()))
    most = practice.model.notes_on_a_side * (handout.sides or SIDES)
    if boxes > most:
        message = f"{boxes} notes stand on the sheet of `{handout.id}`, and more than {most} are much to read"
        hint = "choose fewer framings, or `silence` some; `notes_on_a_side` in the practice's file takes more"
        yield practice.source.problem("many-notes", message, hint, severity="notice")
