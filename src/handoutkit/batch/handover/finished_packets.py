"""The packets of a batch that are there as they were made, in the roster's order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from handoutkit.batch.jobs import fingerprint
from handoutkit.batch.manifest import Manifest
from handoutkit.batch.run_batch import Batch
from handoutkit.models.clients.roster_client import Client, RowChoice
from handoutkit.packets.packet_layout import PacketLayout
from handoutkit.packets.personalise.incremental_update import BasePdf


@dataclass(frozen=True, slots=True)
class LayoutFacts:
    """What packets of one layout have in common.

    Attributes:
        length: of the layout in bytes, with which every packet begins; ``sha256`` is theirs.
        size: the number of its objects; ``font`` is one of them, for marks.
    """

    digest: str
    packet: str
    language: str
    length: int
    sha256: str
    size: int
    font: int

    @classmethod
    def of(cls, digest: str, layout: PacketLayout) -> LayoutFacts:
        """Of a layout."""
        pdf = layout.pdf
        sha256 = hashlib.sha256(pdf).hexdigest()
        size = BasePdf.of(pdf).size
        return cls(digest, layout.packet, layout.language, len(pdf), sha256, size, layout.font)


@dataclass(frozen=True, slots=True)
class FinishedPacket:
    """A packet that was made and verified; ``sha256`` is that of its file."""

    client_ref: str
    path: Path
    sha256: str
    copies: int
    layout: LayoutFacts


def finished_packets(batch: Batch) -> list[FinishedPacket]:
    """All packets of a plan that were made, by this run or by an earlier one, of what the roster says now."""
    made = Manifest(batch.folder.manifest).made

    @cache
    def facts(choice: RowChoice) -> LayoutFacts:
        return LayoutFacts.of(batch.plan.layouts[choice].digest, batch.maker.make(choice).layout)

    def found() -> Iterator[FinishedPacket]:
        for client in _to_make(batch):
            path = batch.folder.packet(client.client_ref)
            entry = made.get(path.name)
            layout = batch.plan.layouts[client.choice]
            if entry and entry.input == fingerprint(batch.folder, client, layout) and path.is_file():
                yield FinishedPacket(client.client_ref, path, entry.sha256, client.copies, facts(client.choice))

    return list(found())


def _to_make(batch: Batch) -> Iterator[Client]:
    return (client for client in batch.plan.roster.clients(batch.plan.without) if client.safe_to_send)
