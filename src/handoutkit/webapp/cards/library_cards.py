"""The library as the app lists it: cards of handouts, templates and packets, found by word and by filter."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from handoutkit.errors import ContentError, Problem
from handoutkit.files.kept_entries import KeptEntries
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.library.workspace_folder import SETTINGS_FILE
from handoutkit.loading.load_file import load_framing
from handoutkit.models.framing import Framing
from handoutkit.models.handout import PURPOSES, purpose_of
from handoutkit.webapp.option_menus import Option, language

from .card_facts import CardFacts, KeptFacts

T = TypeVar("T")
_Stamp = tuple[int, int]
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

    def rank(self, words: Sequence[str], facts: CardFacts) -> int | None:
        """How near it is to the words: 0 if its title has them, 1 what else the card says, 2 a passage; None if not."""
        title = self.title.casefold()
        text = " ".join((self.id, title, self.about, self.label, *self.topics)).casefold()
        found = (all(word in title for word in words), all(word in text for word in words))
        if any(found):
            return found.index(True)
        return 2 if facts.has(words) else None

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


@dataclass(frozen=True, slots=True)
class _Listed:
    """All cards of one kind of thing, with the facts of each, and the problems of what cannot be read."""

    cards: list[LibraryCard]
    facts: list[CardFacts]
    problems: list[Problem]
    filters: dict[str, tuple[Option, ...]]


class FileReader:
    """Reads what cards are made of, and reads a file again only after its time or size has changed."""

    def __init__(self, kept: KeptFacts | None = None) -> None:
        self.kept = kept or KeptFacts(KeptEntries(None), Path(), str)
        self._read: dict[Path, tuple[_Stamp, Any]] = {}
        self._listed: dict[str, tuple[Library, list[_Stamp], _Listed]] = {}

    def each(self, read: Callable[[Path], T], files: Mapping[str, Path]) -> tuple[list[T], list[Problem]]:
        """What is read from files, and the problems of those that cannot be read."""
        found: list[T] = []
        problems: list[Problem] = []
        for path in files.values():
            one = self._one(read, path)
            if isinstance(one, ContentError):
                problems += one.problems
            else:
                found.append(one)
        return found, problems

    def listed(self, library: Library, what: str, files: Iterable[Path], make: Callable[[], _Listed]) -> _Listed:
        """A list as it was made last, as long as the library and all files are the same."""
        stamps = [_stamp(path) for path in files]
        of, before, made = self._listed.get(what, (None, None, None))
        if made is None or of is not library or stamps != before:
            made = make()
            if not made.problems:  # a file that cannot be read is tried again
                self._listed[what] = library, stamps, made
            self.kept.keep()
        return made

    def _one(self, read: Callable[[Path], T], path: Path) -> T | ContentError:
        stamp = _stamp(path)
        if path not in self._read or self._read[path][0] != stamp:
            try:
                self._read[path] = (stamp, read(path))
            except ContentError as error:
                return error
        one: T = self._read[path][1]
        return one


def _stamp(path: Path) -> _Stamp:
    try:
        found = os.stat(path)  # noqa: PTH116 - of a thousand files, each counts
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def find(library: Library, reader: FileReader, what: str, query: Mapping[str, str]) -> SearchResult:
    """The cards of one kind of thing (``handouts``, ``templates``, ``packets``) that a query asks for.

    Raises:
        ContentError: the folders themselves have problems.
    """
    listed = _listed(library, reader, what)
    words = query.get("q", "").casefold().split()
    order = list(PURPOSES)
    ranked = []
    for card, facts in zip(listed.cards, listed.facts, strict=True):
        if not card.passes(query):
            continue
        rank = card.rank(words, facts) if words else 0
        if rank is not None:
            purpose = -1 if card.own else order.index(purpose_of(card.kind)) if card.kind else 0
            ranked.append((rank, 0 if words else purpose, card))
    ranked.sort(key=lambda one: one[:2])  # each group stays in the order of its files
    pages = max(1, -(-len(ranked) // MAX_CARDS))
    number = min(pages, int(given) if (given := query.get("page", "")).isdecimal() and given.isascii() else 1) or 1
    shown = tuple(card for _, _, card in ranked[(number - 1) * MAX_CARDS : number * MAX_CARDS])
    stamp, problems = _newest(_looks(library.workspace)), tuple(listed.problems)
    return SearchResult(shown, len(ranked), number, pages, len(listed.cards), problems, listed.filters, stamp)


def find_elsewhere(
    library: Library, reader: FileReader, what: str, query: Mapping[str, str]
) -> dict[str, SearchResult]:
    """What the other kinds of things have for the words of a query, without its filters."""
    words = {"q": query.get("q", "")}
    others = [one for one in KIND_OF_PAGE if one != what] if words["q"].split() else []
    found = {other: find(library, reader, other, words) for other in others}
    return {other: result for other, result in found.items() if result.cards}


def all_cards(library: Library, reader: FileReader, what: str) -> list[LibraryCard]:
    """The cards of one kind of thing, as far as their files can be read."""
    return _listed(library, reader, what).cards


def _listed(library: Library, reader: FileReader, what: str) -> _Listed:
    files, kind = library.workspace, what.removesuffix("s")
    sources = {"handouts": files.handout_files, "templates": files.template_files, "packets": files.packet_files}[what]
    others = files.handout_files if what == "packets" else files.framing_files
    catalogues = sorted({path for root in files.roots for path in (root / "handouts/locale").glob("*")})

    def make() -> _Listed:
        framings, problems = reader.each(_framing, files.framing_files) if what != "packets" else ([], [])
        facts, unreadable = reader.each(partial(reader.kept.of, kind), sources)
        newest = _newest([*sources.values(), *others.values()])
        cards = []
        for one in facts:
            own = _is_own(files, sources[one.id])
            if what == "packets":
                cards.append(replace(_packet(one, newest), own=own))
            else:
                cards.append(replace(_handout(library, kind, one, framings, _newest([sources[one.id]])), own=own))
        return _Listed(cards, facts, problems + unreadable, _filters(cards, library, reader))

    return reader.listed(library, what, [*sources.values(), *others.values(), *catalogues], make)


def _framing(path: Path) -> Framing:
    return load_framing(path).model


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


def _handout(library: Library, what: str, facts: CardFacts, framings: Iterable[Framing], stamp: int) -> LibraryCard:
    languages = (facts.language, *library.workspace.catalogue_files("handout", facts.id))
    return LibraryCard(
        what=what,
        stamp=stamp,
        id=facts.id,
        title=facts.title,
        about=facts.about,
        label=KINDS[facts.kind],
        kind=facts.kind,
        topics=facts.topics,
        languages=tuple(dict.fromkeys(languages)),
        framings=tuple(framing.id for framing in framings if framing.speaks_of(facts.id, facts.slots)),
    )


def _packet(facts: CardFacts, stamp: int) -> LibraryCard:
    count = facts.count
    label = "1 handout" if count == 1 else f"{count} handouts" if count else "a letter"
    return LibraryCard("packet", facts.id, facts.title, facts.about, label, languages=(facts.language,), stamp=stamp)


def _filters(cards: Sequence[LibraryCard], library: Library, reader: FileReader) -> dict[str, tuple[Option, ...]]:
    """The options of each filter: the values that some card has, sorted by their labels."""
    titles = {framing.id: framing.title for framing in reader.each(_framing, library.workspace.framing_files)[0]}
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
