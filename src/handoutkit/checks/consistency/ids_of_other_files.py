"""Checks what files name in each other: framings name handouts, practices name framings, packets name all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from handoutkit.compose.change_blocks import MisfitError, changed
from handoutkit.errors import Problem
from handoutkit.files.source_file import Address, SourceFile
from handoutkit.library.library import near_names
from handoutkit.loading.load_file import Loaded
from handoutkit.models.framing import Also, Framing, FramingChoice, Instead, Note, NotePlace, SlotPlace
from handoutkit.models.handout import Handout
from handoutkit.models.packet import Packet
from handoutkit.models.practice import Practice

Handouts = Mapping[str, Loaded[Handout]]
"""Those that could be read, by id."""
Framings = Mapping[str, Loaded[Framing]]
"""Those that could be read, by id."""


def framing_problems(framing: Loaded[Framing], handouts: Handouts, *, complete: bool = True) -> list[Problem]:
    """Notes and changes of a framing whose handout or slot is not there, and changes that their block cannot take.

    Args:
        complete: ``handouts`` is all there is, so that one missing from it is missing altogether.
    """
    problems: list[Problem] = []
    for name, number, one in framing.model.contributions:
        at: Address = (name, number)
        if isinstance(one, Note | Instead | Also):
            found = list(_place(framing, at, one.place, handouts, complete))
            problems += found
            if not isinstance(one, Note) and not found:
                problems += _unfit(framing.source, at, one, handouts)
    return problems


def _unfit(source: SourceFile, at: Address, change: Instead | Also, handouts: Handouts) -> Iterator[Problem]:
    """What keeps the block at a change's place from taking it, if its handout is among these."""
    if change.place.handout in handouts:
        handout = handouts[change.place.handout].model
        after = next(slot.after for slot in handout.framing_slots if slot.id == change.place.slot)
        block = next(block for block in handout.blocks if block.id == after)
        try:
            changed(block, change)
        except MisfitError as fault:
            message = f"{fault} (`{after}` of `{handout.id}`)"
            yield source.problem("change-does-not-fit", message, fault.hint, at=(*at, change.part))


def practice_problems(
    practice: Loaded[Practice], framings: Framings, handouts: Handouts, *, complete: bool = True
) -> list[Problem]:
    """Framings and notes that a practice names and that are not there; see ``framing_problems`` for ``complete``."""
    problems = unknown_framings(practice, framings) if complete else []
    for number, choice in enumerate(practice.model.framings):
        if choice.id in framings:
            at: Address = ("framings", number)
            problems += _changed_notes(practice.source, at, choice, framings[choice.id].model)
            for n, note in enumerate(choice.add):
                problems += _place(practice, (*at, "add", n), note.place, handouts, complete)
            problems += _added_notes(practice.source, at, choice, framings[choice.id].model)
    return problems


def unknown_framings(practice: Loaded[Practice], known: Iterable[str]) -> list[Problem]:
    """Framings that a practice works with and that are not there."""
    named: list[tuple[Address, str]] = [(("framings", n, "id"), c.id) for n, c in enumerate(practice.model.framings)]
    named += [(("unreviewed_framings", n), name) for n, name in enumerate(practice.model.unreviewed_framings)]
    return list(_unknown(practice.source, named, "framing", list(known)))


def packet_problems(
    packet: Loaded[Packet], handouts: Handouts, known: Collection[str], framings: Collection[str]
) -> list[Problem]:
    """Everything the packet names that is not there, and handouts in another language or not for its readers.

    Args:
        known: ids of all handouts there are.
        framings: ids of all framings there are.
    """
    problems: list[Problem] = []
    for number, wanted in enumerate(packet.model.handouts):
        at: Address = ("handouts", number)
        problems += _unknown(packet.source, [((*at, "handout"), wanted.handout)], "handout", known)
        named = (((*at, "framings", n), framing) for n, framing in enumerate(wanted.framings or ()))
        problems += _unknown(packet.source, named, "framing", framings)
        if wanted.handout in handouts:
            problems += _in_packet_handout(packet, at, wanted.without, handouts[wanted.handout].model)
    return [*problems, *_prefill(packet, handouts)]


def _changed_notes(source: SourceFile, at: Address, choice: FramingChoice, framing: Framing) -> Iterator[Problem]:
    """Notes that a practice rewords, and notes or changes that it leaves out, which the framing does not have."""
    named: list[tuple[Address, str]] = [((*at, "reword", n, "note"), new.note) for n, new in enumerate(choice.reword)]
    yield from _unknown(source, named, "note", [note.id for note in framing.notes])
    silenced: list[tuple[Address, str]] = [((*at, "silence", n), one) for n, one in enumerate(choice.silence)]
    yield from _unknown(source, silenced, "note", [one.id for _, _, one in framing.contributions])


def _added_notes(source: SourceFile, at: Address, choice: FramingChoice, framing: Framing) -> Iterator[Problem]:
    """Notes that a practice adds under an id that the framing has, or with a source that it does not have."""
    notes, sources = [one.id for _, _, one in framing.contributions], [source.id for source in framing.sources]
    for n, note in enumerate(choice.add):
        if note.id in notes:
            message = f"the framing has a note `{note.id}`"
            hint = "give the note that you add an id of its own, or `reword` the framing's"
            yield source.problem("duplicate-id", message, hint, at=(*at, "add", n, "id"))
        named = (((*at, "add", n, "sources", m), name) for m, name in enumerate(note.sources))
        yield from _unknown(source, named, "source", sources)


def _place(
    loaded: Loaded[Framing] | Loaded[Practice],
    at: Address,
    place: NotePlace | SlotPlace,
    handouts: Handouts,
    complete: bool,
) -> Iterator[Problem]:
    """A place, if it names a handout and a slot of it, and one of them is not there."""
    handout, slot = place.handout, place.slot
    if handout is None or slot is None:
        return
    if handout in handouts:
        slots = [offered.id for offered in handouts[handout].model.framing_slots]
        yield from _unknown(loaded.source, [((*at, "place", "slot"), slot)], "slot", slots)
    elif complete:
        yield missing(loaded.source, (*at, "place", "handout"), "handout", handout, handouts)


def _in_packet_handout(
    packet: Loaded[Packet], at: Address, without: tuple[str, ...], handout: Handout
) -> Iterator[Problem]:
    named = (((*at, "without", n), block) for n, block in enumerate(without))
    yield from _unknown(packet.source, named, "block", [block.id for block in handout.blocks if block.id])
    if without and all(block.id in without for block in handout.blocks):
        hint = "leave some of it in, or take the handout out of the packet"
        yield packet.source.problem("nothing-left", "nothing is left of this handout", hint, at=(*at, "without"))
    if handout.alone and packet.model.written_for != ("self",):
        readers = " and ".join(packet.model.written_for)
        whom = f"is for {readers}" if readers else "does not say for whom it is"
        message = f"`{handout.id}` is for one person alone, and this packet {whom}"
        hint = "take it out, and give it to one person in private; a packet that is for one says `for: [self]`"
        yield packet.source.problem("only-for-one-alone", message, hint, at=(*at, "handout"))
    if handout.language != packet.model.language:
        message = f"`{handout.id}` is not there in `{packet.model.language}`"
        hint = f"it is there in `{handout.language}`; a packet is in one language"
        yield packet.source.problem("no-such-language", message, hint, at=(*at, "handout"))


def _prefill(packet: Loaded[Packet], handouts: Handouts) -> Iterator[Problem]:
    """Fields to fill in beforehand that no handout of the packet has, in the blocks that are left in."""
    without = {wanted.handout: wanted.without for wanted in packet.model.handouts}
    for number, prefill in enumerate(packet.model.prefill):
        at: Address = ("prefill", number, "field")
        handout = prefill.field.partition(".")[0]
        if handout not in without:
            yield missing(packet.source, at, "handout in this packet", handout, list(without))
        elif handout in handouts:
            model = handouts[handout].model
            left = tuple(block for block in model.blocks if block.id not in without[handout])
            fields = [f"{handout}.{name}" for name in sorted(model.model_copy(update={"blocks": left}).field_names)]
            yield from _unknown(packet.source, [(at, prefill.field)], "field", fields)


def _unknown(
    source: SourceFile, named: Iterable[tuple[Address, str]], what: str, known: Collection[str]
) -> Iterator[Problem]:
    return (missing(source, at, what, name, known) for at, name in named if name not in known)


def missing(source: SourceFile, at: Address, what: str, name: str, known: Collection[str]) -> Problem:
    """The problem of an id that a file names and that is not there, with what comes closest."""
    hint = near_names(what, name, known, "known here")
    code = "no-such-" + what.split(maxsplit=1)[0]
    return source.problem(code, f"there is no {what} with the id `{name}`", hint, at=at)
