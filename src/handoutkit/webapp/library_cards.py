"""The library as the app lists it: cards of handouts, templates and packets, found by word and by filter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handoutkit.errors import ContentError, Problem
from handoutkit.library.library import Library
from handoutkit.loading.load_file import Loaded, load_framing, load_handout, load_packet
from handoutkit.models.framing import Framing
from handoutkit.models.handout import Handout

from .option_menus import Option, language

KINDS = {
    "psychoeducation": "To read",
    "exercise": "Exercise",
    "worksheet": "Worksheet",
    "self_monitoring": "Log",
    "measure": "Measure",
    "plan": "Plan",
    "card": "Cards",
    "agreement": "Agreement",
}
FILTERS = ("topic", "kind", "language", "framing")


@dataclass(frozen=True, slots=True)
class LibraryCard:
    """A handout, template or packet as the library lists it; ``what`` is its kind of file."""

    what: str
    id: str
    title: str
    about: str
    label: str
    kind: str = ""
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    framings: tuple[str, ...] = ()

    @property
    def _words(self) -> str:
        return " ".join((self.id, self.title, self.about, self.label, *self.topics)).casefold()

    def has(self, words: Iterable[str]) -> bool:
        """Whether every word occurs in the card's id, title, text or topics."""
        return all(word in self._words for word in words)

    def passes(self, query: Mapping[str, str]) -> bool:
        """Whether the card meets every filter of a query."""
        values = {"topic": self.topics, "kind": (self.kind,), "language": self.languages, "framing": self.framings}
        return all(not query.get(name) or query[name] in values[name] for name in FILTERS)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Cards with the problems of the files that could not be read, and what can be filtered by."""

    cards: tuple[LibraryCard, ...]
    total: int
    problems: tuple[Problem, ...]
    filters: dict[str, tuple[Option, ...]]


class FileReader:
    """Loads files, and loads one again only after its time or size has changed."""

    def __init__(self) -> None:
        self._read: dict[Path, tuple[tuple[int, int], Loaded[Any] | ContentError]] = {}

    def each(self, load: Callable[[Path], Loaded[Any]], files: Mapping[str, Path]) -> tuple[list[Any], list[Problem]]:
        """The models of files, and the problems of those that cannot be read."""
        models: list[Any] = []
        problems: list[Problem] = []
        for path in files.values():
            one = self._one(load, path)
            if isinstance(one, ContentError):
                problems += one.problems
            else:
                models.append(one.model)
        return models, problems

    def _one(self, load: Callable[[Path], Loaded[Any]], path: Path) -> Loaded[Any] | ContentError:
        try:
            found = path.stat()
            stamp = (found.st_mtime_ns, found.st_size)
        except OSError:
            stamp = (0, 0)
        if path not in self._read or self._read[path][0] != stamp:
            try:
                self._read[path] = (stamp, load(path))
            except ContentError as error:
                self._read[path] = (stamp, error)
        return self._read[path][1]


def find(library: Library, reader: FileReader, what: str, query: Mapping[str, str]) -> SearchResult:
    """The cards of one kind of thing (``handouts``, ``templates``, ``packets``) that a query asks for.

    Raises:
        ContentError: the folders themselves have problems.
    """
    files = library.workspace
    if what == "packets":
        packets, problems = reader.each(load_packet, files.packet_files)
        cards = [_packet(packet) for packet in packets]
    else:
        framings, problems = reader.each(load_framing, files.framing_files)
        sources = files.handout_files if what == "handouts" else files.template_files
        handouts, unreadable = reader.each(load_handout, sources)
        problems = problems + unreadable
        cards = [
            _handout(what.removesuffix("s"), handout, framings, _languages(library, handout)) for handout in handouts
        ]
    words = query.get("q", "").casefold().split()
    found = tuple(card for card in cards if card.has(words) and card.passes(query))
    return SearchResult(found, len(cards), tuple(problems), _filters(cards, library, reader))


def _languages(library: Library, handout: Handout) -> tuple[str, ...]:
    return tuple(dict.fromkeys([handout.language, *library.workspace.catalogue_files("handout", handout.id)]))


def _handout(what: str, handout: Handout, framings: Iterable[Framing], languages: tuple[str, ...]) -> LibraryCard:
    topics = {topic for slot in handout.framing_slots for topic in slot.topics}
    noted = [
        framing.id
        for framing in framings
        if any(note.place.handout == handout.id or note.place.topic in topics for note in framing.notes)
    ]
    return LibraryCard(
        what=what,
        id=handout.id,
        title=handout.title,
        about=handout.key_message,
        label=KINDS[handout.kind],
        kind=handout.kind,
        topics=handout.topics,
        languages=languages,
        framings=tuple(noted),
    )


def _packet(packet: Any) -> LibraryCard:
    count = len(packet.handouts)
    label = "1 handout" if count == 1 else f"{count} handouts"
    return LibraryCard("packet", packet.id, packet.title, packet.subtitle or "", label, languages=(packet.language,))


def _filters(cards: Iterable[LibraryCard], library: Library, reader: FileReader) -> dict[str, tuple[Option, ...]]:
    cards = tuple(cards)
    titles = {framing.id: framing.title for framing in reader.each(load_framing, library.workspace.framing_files)[0]}
    named: dict[str, Callable[[str], str]] = {
        "topic": lambda name: name.replace("-", " ").capitalize(),
        "kind": lambda name: KINDS.get(name, name),
        "language": language,
        "framing": lambda name: titles.get(name, name),
    }
    held = {
        "topic": {topic for card in cards for topic in card.topics},
        "kind": {card.kind for card in cards if card.kind},
        "language": {tag for card in cards for tag in card.languages},
        "framing": {framing for card in cards for framing in card.framings},
    }
    return {
        name: tuple(sorted((Option(value, named[name](value)) for value in held[name]), key=lambda one: one.label))
        for name in FILTERS
    }
