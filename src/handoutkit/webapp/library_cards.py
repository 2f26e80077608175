"""The library as the app lists it: cards of handouts, templates and packets, found by word and by filter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from handoutkit.errors import ContentError, Problem
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.library.workspace_folder import SETTINGS_FILE
from handoutkit.loading.load_file import Loaded, load_framing, load_handout, load_packet
from handoutkit.models.filled_in.letter import words_for_nobody
from handoutkit.models.framing import Framing
from handoutkit.models.handout import PURPOSES, Handout, purpose_of

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
    "intake": "Questions",
    "notice": "Notice",
}
FILTERS = ("purpose", "topic", "kind", "language", "framing")
MAX_CARDS = 60
"""On one page of the library."""
_SEEN = frozenset({"title", "heading", "label", "term", "text", "items", "cells", "columns", "name", "options"})
KIND_OF_PAGE = {"handouts": "handout", "templates": "template", "packets": "packet"}
"""The pages that list files, each with the kind of file that it lists."""


@dataclass(frozen=True, slots=True)
class LibraryCard:
    """A handout, template or packet as the library lists it.

    Attributes:
        what: its kind of file.
        stamp: when that was changed, in nanoseconds since 1970.
        own: it is the user's, and did not come with handoutkit.
    """

    what: str
    id: str
    title: str
    about: str
    label: str
    kind: str = ""
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    framings: tuple[str, ...] = ()
    stamp: int = 0
    own: bool = False

    @property
    def filter_values(self) -> dict[str, tuple[str, ...]]:
        """The values of the card for each filter."""
        kinds = (self.kind,) if self.kind else ()
        purposes = (purpose_of(self.kind),) if self.kind else ()
        return {
            "purpose": purposes,
            "topic": self.topics,
            "kind": kinds,
            "language": self.languages,
            "framing": self.framings,
        }

    @property
    def purpose(self) -> str:
        """The heading under which it stands on the shelf; empty for a packet."""
        if self.own:
            return "Yours"
        return PURPOSES[purpose_of(self.kind)][0] if self.kind else ""

    def rank(self, words: Sequence[str], passages: Callable[[], Sequence[str]]) -> int | None:
        """How near it is to the words: 0 if its title has them, 1 what else the card says, 2 a passage; None if not."""
        title = self.title.casefold()
        text = " ".join((self.id, title, self.about, self.label, *self.topics)).casefold()
        found = (all(word in title for word in words), all(word in text for word in words))
        if any(found):
            return found.index(True)
        return 2 if any(all(word in passage for word in words) for passage in passages()) else None

    def passes(self, query: Mapping[str, str]) -> bool:
        """Whether the card meets every filter of a query."""
        return all(not query.get(name) or query[name] in self.filter_values[name] for name in FILTERS)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Cards with the problems of the files that could not be read, and what can be filtered by.

    Attributes:
        cards: of one page; ``found`` is how many there are on all ``pages``, ``total`` without words and filters.
        stamp: changes with whatever all pictures depend on.
    """

    cards: tuple[LibraryCard, ...]
    found: int
    number: int
    pages: int
    total: int
    problems: tuple[Problem, ...]
    filters: dict[str, tuple[Option, ...]]
    stamp: int


class FileReader:
    """Loads files, and loads one again only after its time or size has changed."""

    def __init__(self) -> None:
        self._read: dict[Path, tuple[tuple[int, int], Loaded[Any] | ContentError]] = {}
        self._passages: dict[int, tuple[Any, tuple[str, ...]]] = {}

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

    def passages(self, model: Any) -> tuple[str, ...]:
        """All texts of a model, a text a passage, as they are compared with the words of a search."""
        known = self._passages.get(id(model))
        if known is None or known[0] is not model:
            known = self._passages[id(model)] = (model, tuple(_texts(model.model_dump(mode="json"))))
        return known[1]

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
    cards, models, problems = all_cards(library, reader, what)
    words = query.get("q", "").casefold().split()
    order = list(PURPOSES)
    ranked = []
    for card, model in zip(cards, models, strict=True):
        if not card.passes(query):
            continue
        rank = card.rank(words, partial(reader.passages, model)) if words else 0
        if rank is not None:
            purpose = -1 if card.own else order.index(purpose_of(card.kind)) if card.kind else 0
            ranked.append((rank, 0 if words else purpose, card))
    ranked.sort(key=lambda one: one[:2])  # each group stays in the order of its files
    pages = max(1, -(-len(ranked) // MAX_CARDS))
    number = min(pages, int(given) if (given := query.get("page", "")).isdecimal() and given.isascii() else 1) or 1
    shown = tuple(card for _, _, card in ranked[(number - 1) * MAX_CARDS : number * MAX_CARDS])
    filters, stamp = _filters(cards, library, reader), _newest(_looks(library.workspace))
    return SearchResult(shown, len(ranked), number, pages, len(cards), tuple(problems), filters, stamp)


def find_elsewhere(
    library: Library, reader: FileReader, what: str, query: Mapping[str, str]
) -> dict[str, SearchResult]:
    """What the other kinds of things have for the words of a query, without its filters."""
    words = {"q": query.get("q", "")}
    others = [one for one in KIND_OF_PAGE if one != what] if words["q"].split() else []
    found = {other: find(library, reader, other, words) for other in others}
    return {other: result for other, result in found.items() if result.cards}


def all_cards(library: Library, reader: FileReader, what: str) -> tuple[list[LibraryCard], list[Any], list[Problem]]:
    """The cards of one kind of thing, the model of each, and the problems of what cannot be read."""
    files = library.workspace
    if what == "packets":
        packets, problems = reader.each(load_packet, files.packet_files)
        stamp = _newest([*files.packet_files.values(), *files.handout_files.values()])
        cards = [replace(_packet(one, stamp), own=_is_own(files, files.packet_files[one.id])) for one in packets]
        return cards, packets, problems
    framings, problems = reader.each(load_framing, files.framing_files)
    sources = files.handout_files if what == "handouts" else files.template_files
    handouts, unreadable = reader.each(load_handout, sources)
    kind = what.removesuffix("s")
    cards = [
        replace(
            _handout(library, kind, handout, framings, _newest([sources[handout.id]])),
            own=_is_own(files, sources[handout.id]),
        )
        for handout in handouts
    ]
    return cards, handouts, problems + unreadable


def _is_own(workspace: Workspace, path: Path) -> bool:
    """Whether a file lies in the user's own folder; of whoever works on what ships, nothing is."""
    return len(workspace.roots) > 1 and path.is_relative_to(workspace.roots[0])


def _looks(workspace: Workspace) -> Iterator[Path]:
    """The user's files that can change how every page looks."""
    yield workspace.folder / SETTINGS_FILE
    yield from workspace.framing_files.values()
    for name in ("practices", "templates"):
        yield from (workspace.folder / name).rglob("*")


def _newest(files: Iterable[Path]) -> int:
    """When the newest of these files was changed, in nanoseconds since 1970; 0 if there is none."""
    times = [0]
    for file in files:
        with suppress(OSError):
            times.append(file.stat().st_mtime_ns)
    return max(times)


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


def _languages(library: Library, handout: Handout) -> tuple[str, ...]:
    return tuple(dict.fromkeys([handout.language, *library.workspace.catalogue_files("handout", handout.id)]))


def _handout(library: Library, what: str, handout: Handout, framings: Iterable[Framing], stamp: int) -> LibraryCard:
    return LibraryCard(
        what=what,
        stamp=stamp,
        id=handout.id,
        title=handout.title,
        about=handout.key_message,
        label=KINDS[handout.kind],
        kind=handout.kind,
        topics=handout.topics,
        languages=_languages(library, handout),
        framings=tuple(framing.id for framing in framings if framing.speaks_in(handout)),
    )


def _packet(packet: Any, stamp: int) -> LibraryCard:
    count = len(packet.handouts)
    label = "1 handout" if count == 1 else f"{count} handouts" if count else "a letter"
    about = words_for_nobody(packet.subtitle or "")
    return LibraryCard("packet", packet.id, packet.title, about, label, languages=(packet.language,), stamp=stamp)


def _filters(cards: Sequence[LibraryCard], library: Library, reader: FileReader) -> dict[str, tuple[Option, ...]]:
    """The options of each filter: the values that some card has, sorted by their labels."""
    titles = {framing.id: framing.title for framing in reader.each(load_framing, library.workspace.framing_files)[0]}
    labels: dict[str, Callable[[str], str]] = {
        "purpose": {str(name): title for name, (title, _) in PURPOSES.items()}.__getitem__,
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
