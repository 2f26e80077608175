"""References from one file to another: framings to handouts, practices to framings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches

from handoutkit.errors import Problem
from handoutkit.files.source_file import Address, SourceFile
from handoutkit.loading.load_file import Loaded
from handoutkit.models.framing import Framing, Note
from handoutkit.models.handout import Handout
from handoutkit.models.practice import Practice

Handouts = Mapping[str, Loaded[Handout]]
Framings = Mapping[str, Loaded[Framing]]


def in_framing(framing: Loaded[Framing], handouts: Handouts, *, whole: bool = True) -> list[Problem]:
    """Notes whose place is not there.

    Args:
        handouts: by id.
        whole: ``handouts`` is all there is, so that one missing from it is missing altogether.
    """
    places: list[tuple[Address, Note]] = [
        (("notes", number, "place"), note) for number, note in enumerate(framing.model.notes)
    ]
    return _places(framing, places, handouts, whole)


def in_practice(
    practice: Loaded[Practice], framings: Framings, handouts: Handouts, *, whole: bool = True
) -> list[Problem]:
    """Framings and notes that a practice names and that are not there; see ``in_framing`` for the rest."""
    problems = unknown_framings(practice, framings) if whole else []
    for number, choice in enumerate(practice.model.framings):
        at: Address = ("framings", number)
        if choice.id not in framings:
            continue
        notes = [note.id for note in framings[choice.id].model.notes]
        hint = "give the note that you add an id of its own, or `reword` the framing's"
        named: list[tuple[Address, str]] = [
            ((*at, "reword", n, "note"), rewording.note) for n, rewording in enumerate(choice.reword)
        ]
        named += [((*at, "silence", n), note) for n, note in enumerate(choice.silence)]
        problems += [missing(practice.source, place, "note", note, notes) for place, note in named if note not in notes]
        added: list[tuple[Address, Note]] = [((*at, "add", n, "place"), note) for n, note in enumerate(choice.add)]
        problems += _places(practice, added, handouts, whole)
        problems += [
            practice.source.problem(
                "duplicate-id", f"the framing has a note `{note.id}`", hint, at=(*at, "add", n, "id")
            )
            for n, note in enumerate(choice.add)
            if note.id in notes
        ]
        sources = [source.id for source in framings[choice.id].model.sources]
        problems += [
            missing(practice.source, (*at, "add", n, "sources", m), "source", source, sources)
            for n, note in enumerate(choice.add)
            for m, source in enumerate(note.sources)
            if source not in sources
        ]
    return problems


def unknown_framings(practice: Loaded[Practice], known: Iterable[str]) -> list[Problem]:
    """Framings that a practice works with and that are not there."""
    known = list(known)
    return [
        missing(practice.source, ("framings", number, "id"), "framing", choice.id, known)
        for number, choice in enumerate(practice.model.framings)
        if choice.id not in known
    ]


def languages(framing: Loaded[Framing], known: Sequence[str], handouts: Sequence[Loaded[Handout]]) -> list[Problem]:
    """A warning if a framing has nothing to say in the language of a handout; ``known`` are those it is there in."""
    language = framing.model.language
    others = sorted({handout.model.language for handout in handouts} - set(known))
    message = f"these notes are in `{language}`, and are left out of what is in {', '.join(f'`{it}`' for it in others)}"
    hint = f"choose another framing, or `handoutkit translate extract {framing.model.id} --lang {''.join(others[:1])}`"
    problem = framing.source.problem("framing-language", message, hint, at=("language",), severity="warning")
    return [problem] if others else []


def _places(
    loaded: Loaded[Framing] | Loaded[Practice], notes: list[tuple[Address, Note]], handouts: Handouts, whole: bool
) -> list[Problem]:
    problems = []
    for at, note in notes:
        handout, slot = note.place.handout, note.place.slot
        if handout is None or slot is None:
            continue
        if handout not in handouts:
            if whole:
                problems.append(missing(loaded.source, (*at, "handout"), "handout", handout, handouts))
            continue
        slots = [offered.id for offered in handouts[handout].model.framing_slots]
        if slot not in slots:
            problems.append(missing(loaded.source, (*at, "slot"), "slot", slot, slots))
    return problems


def missing(source: SourceFile, at: Address, what: str, name: str, known: Collection[str]) -> Problem:
    """The problem of an id that a file names and that is not there, with what comes closest."""
    close = get_close_matches(name, list(known), n=1)
    hint = f"did you mean `{close[0]}`?" if close else f"known here: {', '.join(known) or 'none'}"
    code = "no-such-" + what.split(maxsplit=1)[0]
    return source.problem(code, f"there is no {what} with the id `{name}`", hint, at=at)
