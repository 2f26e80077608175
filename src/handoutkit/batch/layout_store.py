"""Layouts on the disk between the pass that makes them and the one that uses them; no client is in them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache
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
        self.get = lru_cache(maxsize=_KEPT)(self._read)
        """Return the layout of a digest. Raises OSError."""

    def put(self, layout: PacketLayout) -> str:
        """Keep a layout; its digest is what it is asked for by. Raises OSError."""
        data = _LAYOUT.dump_json(replace(layout, pdf=b"")) + b"\n" + layout.pdf
        digest = hashlib.sha256(data).hexdigest()
        write_file(self._folder / digest, data, private=True)
        return digest

    def _read(self, digest: str) -> PacketLayout:
        head, pdf = (self._folder / digest).read_bytes().split(b"\n", 1)
        return replace(_LAYOUT.validate_json(head), pdf=pdf)
