"""Layouts on the disk between the pass that makes them and the one that uses them; no client is in them."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from dataclasses import asdict
from pathlib import Path
from typing import Any

from handoutkit.packets.layout import Layout
from handoutkit.packets.slots import Slot
from handoutkit.placing import place

_KEPT = 4
"""Layouts that are held in memory; a batch may have as many as it has rows."""


class Shelf:
    """The layouts of one batch by their digests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: OrderedDict[str, Layout] = OrderedDict()

    def put(self, layout: Layout) -> str:
        """Keep a layout; its digest is what it is asked for by. Raises OSError."""
        facts = asdict(layout)
        facts.pop("pdf")
        data = json.dumps(facts).encode() + b"\n" + layout.pdf
        digest = hashlib.sha256(data).hexdigest()
        place(self._folder / digest, data, private=True)
        return digest

    def get(self, digest: str) -> Layout:
        """A layout that was kept. Raises OSError."""
        if digest not in self._held:
            head, pdf = (self._folder / digest).read_bytes().split(b"\n", 1)
            self._held[digest] = _layout(json.loads(head), pdf)
            if len(self._held) > _KEPT:
                self._held.popitem(last=False)
        self._held.move_to_end(digest)
        return self._held[digest]


def _layout(facts: dict[str, Any], pdf: bytes) -> Layout:
    slots = tuple(Slot(**_frozen(slot)) for slot in facts.pop("slots"))
    return Layout(pdf=pdf, slots=slots, **_frozen(facts))


def _frozen(facts: dict[str, Any]) -> dict[str, Any]:
    """Lists, as JSON has them, as the tuples they were."""
    return {name: _tuple(value) for name, value in facts.items()}


def _tuple(value: Any) -> Any:
    return tuple(map(_tuple, value)) if isinstance(value, list) else value
