"""The library as the app lists it: cards of handouts, templates and packets, found by word and by filter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handoutkit.errors import ContentError, Problem
from handoutkit.library.library import Library
from handoutkit.loading.load_file import Loaded, load_framing, load_handout, load_packet
from handoutkit.models.filled_in.letter import words_for_nobody
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
KIND_OF_PAGE = {"handouts": "handout", "templates": "template", "packets": "packet"}
"""The pages that list files, each with the kind of file that it lists."""


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
    def filter_values(self) -> dict[str, tuple[str, ...]]:
        """The values of the card for each filter."""
        kinds = (self.kind,) if self.kind else ()
        return {"topic": self.topics, "kind": kinds, "language": self.languages, "framing": self.framings}

    def has(self, words: Iterable[str]) -> bool:
        """Whether every word occurs in the card's id, title, text or topics."""
        text = " ".join((self.id, self.title, self.about, self.label, *self.topics)).casefold()
        return all(word in text for word in words)

    def passes(self, query: Mapping[str, str]) -> bool:
        """Whether the card meets every filter of a query."""
        return all(not query.get(name) or query[name] in self.filter_values[name] for name in FILTERS)


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
    return LibraryCard(
        what=what,
        id=handout.id,
        title=handout.title,
        about=handout.key_message,
        label=KINDS[handout.kind],
        kind=handout.kind,
        topics=handout.topics,
        languages=languages,
        framings=tuple(framing.id for framing in framings if framing.speaks_in(handout)),
    )


def _packet(packet: Any) -> LibraryCard:
    count = len(packet.handouts)
    label = "1 handout" if count == 1 else f"{count} handouts" if count else "a letter"
    about = words_for_nobody(packet.subtitle or "")
    return LibraryCard("packet", packet.id, packet.title, about, label, languages=(packet.language,))


def _filters(cards: Sequence[LibraryCard], library: Library, reader: FileReader) -> dict[str, tuple[Option, ...]]:
    """The options of each filter: the values that some card has, sorted by their labels."""
    titles = {framing.id: framing.title for framing in reader.each(load_framing, library.workspace.framing_files)[0]}
    labels: dict[str, Callable[[str], str]] = {
        "topic": lambda name: name.replace("-", " ").capitalize(),
        "kind": lambda name: KINDS.get(name, name),
        "language": language,
        "framing": lambda name: titles.get(name, name),
    }
    filters = {}
    for name in FILTERS:
        options = {Option(value, labels[name](value)) for card in cards for value in card.filter_values[name]}
        filters[name] = tuple(sorted(options, key=lambda option: option.label))
    return filters
