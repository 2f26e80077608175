"""What a packet names in other files: handouts, blocks to leave out, framings, fields to prefill."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from handoutkit.errors import Problem
from handoutkit.files.source_file import Address
from handoutkit.loading.load_file import Loaded
from handoutkit.models.handout import Handout
from handoutkit.models.packet import Packet

from .file_references import missing


def in_packet(
    packet: Loaded[Packet], handouts: Mapping[str, Loaded[Handout]], known: Collection[str], framings: Collection[str]
) -> list[Problem]:
    """Everything the packet names that is not there, and handouts in another language than its own.

    Args:
        handouts: by id, those that could be read.
        known: ids of all handouts there are.
        framings: ids of all framings there are.
    """
    problems: list[Problem] = []
    for number, wanted in enumerate(packet.model.handouts):
        at: Address = ("handouts", number)
        if wanted.handout not in known:
            problems.append(missing(packet.source, (*at, "handout"), "handout", wanted.handout, known))
        problems += [
            missing(packet.source, (*at, "framings", n), "framing", framing, framings)
            for n, framing in enumerate(wanted.framings or ())
            if framing not in framings
        ]
        if wanted.handout in handouts:
            problems += _in_handout(packet, at, handouts[wanted.handout].model)
    return [*problems, *_prefill(packet, handouts)]


def _in_handout(packet: Loaded[Packet], at: Address, handout: Handout) -> Iterator[Problem]:
    wanted = packet.model.handouts[int(at[1])]
    blocks = [block.id for block in handout.blocks if block.id]
    for number, block in enumerate(wanted.without):
        if block not in blocks:
            yield missing(packet.source, (*at, "without", number), "block", block, blocks)
    if len(wanted.without) and all(block.id in wanted.without for block in handout.blocks):
        hint = "leave some of it in, or take the handout out of the packet"
        yield packet.source.problem("nothing-left", "nothing is left of this handout", hint, at=(*at, "without"))
    if handout.language != packet.model.language:
        message = f"`{handout.id}` is not there in `{packet.model.language}`"
        hint = f"it is there in `{handout.language}`; a packet is in one language"
        yield packet.source.problem("no-such-language", message, hint, at=(*at, "handout"))


def _prefill(packet: Loaded[Packet], handouts: Mapping[str, Loaded[Handout]]) -> Iterator[Problem]:
    in_it = {wanted.handout: wanted for wanted in packet.model.handouts}
    for number, prefill in enumerate(packet.model.prefill):
        at: Address = ("prefill", number, "field")
        handout, _, field = prefill.field.partition(".")
        if handout not in in_it:
            yield missing(packet.source, at, "handout in this packet", handout, list(in_it))
        elif handout in handouts:
            model = handouts[handout].model
            without = in_it[handout].without
            left = [block for block in model.blocks if block.id not in without]
            names = sorted(model.model_copy(update={"blocks": tuple(left)}).field_names)
            if field not in names:
                known = [f"{handout}.{name}" for name in names]
                yield missing(packet.source, at, "field", prefill.field, known)
