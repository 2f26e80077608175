"""What the library needs to know of a file: read from it once, and kept from run to run by the file's digest."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

from handoutkit.files.file_digests import read_digest, state_of
from handoutkit.files.kept_entries import CacheEntry, KeptEntries
from handoutkit.library.library import named_as_its_file
from handoutkit.loading.load_file import load_handout, load_packet
from handoutkit.models.base import Model
from handoutkit.models.filled_in.letter import words_for_nobody

_SEEN = frozenset({"title", "heading", "label", "term", "text", "items", "cells", "columns", "name", "options"})
_BETWEEN = "\0"
"""Stands between two texts, and in none."""


@dataclass(frozen=True, slots=True)
class CardFacts:
    """A handout, template or packet as its card and the search need it, which is far less than all of it.

    Attributes:
        kind: empty for a packet; ``count`` is how many handouts that has.
        slots: topics of its places for a framing's notes.
        texts: all of them as they are compared with the words of a search.
    """

    id: str
    title: str
    about: str
    language: str
    kind: str = ""
    count: int = 0
    topics: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    texts: str = ""

    def has(self, words: Sequence[str]) -> bool:
        """Whether one of its texts has all words."""
        if not all(word in self.texts for word in words):
            return False
        return any(all(word in text for word in words) for text in self.texts.split(_BETWEEN))


def _of_handout(path: Path) -> CardFacts:
    one = named_as_its_file(load_handout(path), path.stem).model
    slots = tuple({topic: None for slot in one.framing_slots for topic in slot.topics})
    return CardFacts(
        one.id, one.title, one.key_message, one.language, one.kind, topics=one.topics, slots=slots, texts=_joined(one)
    )


def _of_packet(path: Path) -> CardFacts:
    one = named_as_its_file(load_packet(path), path.stem).model
    about, count = words_for_nobody(one.subtitle or ""), len(one.handouts)
    return CardFacts(one.id, one.title, about, one.language, count=count, texts=_joined(one))


_READERS: Mapping[str, Callable[[Path], CardFacts]] = {
    "handout": _of_handout,
    "template": _of_handout,
    "packet": _of_packet,
}


class KeptFacts:
    """Facts of files by their digests; those of the last run are there again.

    Args:
        workspace: whose files they are of.
        code: changes with what reads them.
    """

    def __init__(self, entries: KeptEntries, workspace: Path, code: Callable[[], str]) -> None:
        self._entries = entries
        self._workspace = workspace
        self._code = code
        self._kept: dict[str, CardFacts] | None = None
        self._new = 0

    def of(self, what: str, path: Path) -> CardFacts:
        """The facts of a handout, template or packet. Raises ContentError with every problem of the file."""
        read = _READERS[what]
        try:
            key = f"{what} {path.stem} {read_digest(str(path), state_of(str(path))).hex()}"
        except (OSError, ValueError):
            return read(path)
        if self._kept is None:
            self._kept = self._last_run()
        if key not in self._kept:
            self._kept[key] = read(path)
            self._new += 1
        return self._kept[key]

    def keep(self) -> None:
        """Keep what was read, if it is more than a few files, which are read as quickly."""
        if self._kept and self._new * 10 > len(self._kept):
            now = dict(self._kept)  # another request may be reading files
            told = json.dumps({key: astuple(one) for key, one in now.items()})
            self._entries.keep(self._key, CacheEntry(zlib.compress(told.encode(), 1), {}))
            self._new = 0

    @property
    def _key(self) -> str:
        about = repr((str(self._workspace.resolve()), self._code(), [one.name for one in fields(CardFacts)]))
        return "cards-" + hashlib.sha256(about.encode()).hexdigest()

    def _last_run(self) -> dict[str, CardFacts]:
        kept = self._entries.entry(self._key) if self._entries.folder else None
        try:
            told: dict[str, list[Any]] = json.loads(zlib.decompress(kept.pdf)) if kept else {}
            return {key: _facts(one) for key, one in told.items()}
        except (ValueError, TypeError, AttributeError, zlib.error):  # someone changed it
            return {}


def _facts(values: Sequence[Any]) -> CardFacts:
    """Facts as JSON holds them, which has no tuples. Raises TypeError: they are not those."""
    given: list[Any] = [tuple(one) if isinstance(one, list) else one for one in values]
    return CardFacts(*given)


def _joined(model: Model) -> str:
    return _BETWEEN.join(_texts(model.model_dump(mode="json")))


def _texts(value: Any, key: str = "") -> Iterator[str]:
    """The texts in a model's data; a single word counts only where a reader sees it."""
    if isinstance(value, str):
        if " " in value or key in _SEEN:
            yield value.casefold()
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from _texts(one, name)
    elif isinstance(value, Sequence):
        for one in value:
            yield from _texts(one, key)
