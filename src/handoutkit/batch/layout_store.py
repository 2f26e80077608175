"""Layouts on the disk between the pass that makes them and the one that uses them; no client is in them."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter

from handoutkit.files.atomic_write import write_file
from handoutkit.packets.packet_layout import PacketLayout

_LAYOUT = TypeAdapter(PacketLayout)
_KEPT = 4
"""Layouts that are held in memory; a batch may have as many as it has rows."""


class LayoutStore:
    """The layouts of one batch by their digests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: OrderedDict[str, PacketLayout] = OrderedDict()

    def put(self, layout: PacketLayout) -> str:
        """Keep a layout; its digest is what it is asked for by. Raises OSError."""
        data = _LAYOUT.dump_json(replace(layout, pdf=b"")) + b"\n" + layout.pdf
        digest = hashlib.sha256(data).hexdigest()
        write_file(self._folder / digest, data, private=True)
        return digest

    def get(self, digest: str) -> PacketLayout:
        """A layout that was kept. Raises OSError."""
        if digest not in self._held:
            head, pdf = (self._folder / digest).read_bytes().split(b"\n", 1)
            self._held[digest] = replace(_LAYOUT.validate_json(head), pdf=pdf)
            if len(self._held) > _KEPT:
                self._held.popitem(last=False)
        self._held.move_to_end(digest)
        return self._held[digest]
