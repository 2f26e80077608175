"""Catalogues of what the library holds: started, brought up to date, and how far each of them is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from handoutkit.errors import Problem, UsageError
from handoutkit.library.library import Library, each, looks_like_a_file, unknown
from handoutkit.library.workspace import CatalogueKind
from handoutkit.loading.catalogue_update import up_to_date
from handoutkit.loading.catalogues import Catalogue
from handoutkit.loading.files import unwritable
from handoutkit.loading.load import Loaded
from handoutkit.loading.translation import look_up
from handoutkit.placing import place_all


@dataclass(frozen=True, slots=True)
class Item:
    """Something that can be translated."""

    kind: CatalogueKind
    loaded: Loaded[Any]

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.loaded.model.id)


@dataclass(frozen=True, slots=True)
class Status:
    """How far a translation is; the fields are the keys that ``--json`` promises.

    Attributes:
        stale: texts that have changed since they were translated, and translations marked as not certain.
        obsolete: translations of what is no longer said.
    """

    id: str
    kind: str
    lang: str
    file: str
    texts: int
    done: int
    stale: int
    missing: int
    obsolete: int
    translator: str
    reviewed_by: str
    reviewed_on: str

    def as_json(self) -> dict[str, str | int]:
        """The fields by name."""
        return asdict(self)


def items(library: Library, wanted: Sequence[str]) -> list[Item]:
    """What has these ids or files; without any, all there is. Raises UsageError, ContentError."""
    files = _files(library)
    if wanted:
        return each(lambda name: _item(library, files, name), wanted)
    every = [(kind, name) for kind, those in files.items() for name in those]
    return each(lambda pair: Item(pair[0], _loader(library, pair[0])(pair[1])), every)


def extract(library: Library, found: Iterable[Item], language: str) -> tuple[list[Path], list[Path]]:
    """Start catalogues in the user's own folder, from what ships if there is a translation.

    Returns:
        Those that were made, and those that were there already and are left as they are.

    Raises:
        ContentError: what ships cannot be read.
        MachineError: one cannot be written.
    """
    made: dict[Path, str] = {}
    there: list[Path] = []
    for item in found:
        path = library.workspace.own_catalogue(item.kind, item.id, language)
        if path.exists():
            there.append(path)
        elif item.loaded.model.language != language:
            made[path] = up_to_date(item.loaded, language, library.catalogue(item.kind, item.id, language))
    _write(made)
    return list(made), there


def update(library: Library, found: Iterable[Item], language: str | None = None) -> list[Path]:
    """Bring catalogues up to date with what they translate; those that changed, in the user's own folder.

    Raises:
        ContentError: with the problems of all that cannot be read.
        MachineError: one cannot be written.
    """
    texts = {
        library.workspace.own_catalogue(item.kind, item.id, catalogue.language): up_to_date(
            item.loaded, catalogue.language, catalogue
        )
        for item, catalogue in catalogues(library, found, language)
    }
    changed = {path: text for path, text in texts.items() if not path.exists() or path.read_bytes() != text.encode()}
    _write(changed)
    return list(changed)


def statuses(library: Library, found: Iterable[Item], language: str | None = None) -> list[Status]:
    """How far each translation is. Raises ContentError with the problems of all that cannot be read."""
    return [_status(item, catalogue) for item, catalogue in catalogues(library, found, language)]


def catalogues(library: Library, found: Iterable[Item], language: str | None) -> list[tuple[Item, Catalogue]]:
    """The catalogues there are, of all languages or one. Raises ContentError with the problems of all of them."""
    pairs = [(item, its) for item in found for its in _languages(library, item) if language in (None, its)]

    def load(pair: tuple[Item, str]) -> Iterator[tuple[Item, Catalogue]]:
        item, its = pair
        if catalogue := library.catalogue(item.kind, item.id, its):
            yield item, catalogue

    return [pair for loaded in each(lambda pair: list(load(pair)), pairs) for pair in loaded]


def _languages(library: Library, item: Item) -> list[str]:
    return [its for its in library.languages(item.kind, item.loaded) if its != item.loaded.model.language]


def _status(item: Item, catalogue: Catalogue) -> Status:
    states = Counter(found.state for found in look_up(item.loaded.model, catalogue))
    texts = {found.words.text for found in look_up(item.loaded.model, catalogue)}
    return Status(
        id=item.id,
        kind=item.kind,
        lang=catalogue.language,
        file=catalogue.source.name,
        texts=states.total(),
        done=states["done"],
        stale=states["stale"],
        missing=states["missing"],
        obsolete=len(catalogue.obsolete) + sum(entry.text not in texts for entry in catalogue.entries),
        translator=catalogue.translator,
        reviewed_by=catalogue.reviewed_by,
        reviewed_on=catalogue.reviewed_on.isoformat() if catalogue.reviewed_on else "",
    )


def _files(library: Library) -> dict[CatalogueKind, Mapping[str, Path]]:
    files = library.workspace
    return {
        "handout": files.handout_files,
        "framing": files.framing_files,
        "packet": files.packet_files,
        "practice": files.practice_files,
    }


def _loader(library: Library, kind: CatalogueKind) -> Callable[[str], Loaded[Any]]:
    loaders: dict[CatalogueKind, Callable[[str], Loaded[Any]]]
    loaders = {
        "handout": library.handout,
        "framing": library.framing,
        "packet": library.packet,
        "practice": library.practice,
    }
    return loaders[kind]


def _item(library: Library, files: Mapping[CatalogueKind, Mapping[str, Path]], wanted: str) -> Item:
    """What an id or a file means. Raises UsageError, ContentError."""
    name = Path(wanted).stem if looks_like_a_file(wanted) else wanted
    path = Path(wanted).resolve()
    kinds = [kind for kind, those in files.items() if name in those]
    if name != wanted:
        kinds = [kind for kind in kinds if files[kind][name].resolve() == path]
    if not kinds:
        if name != wanted:
            hint = "only what lies in `handouts/` or `practices/` of the workspace, or ships, has translations"
            raise UsageError(Problem("not-in-the-library", f"`{wanted}` is no file of the library", hint))
        raise UsageError(
            unknown(
                "handout, framing, packet or practice", wanted, [name for those in files.values() for name in those]
            )
        )
    if len(kinds) > 1:
        hint = "name the file of the one that is meant"
        raise UsageError(Problem("two-kinds", f"`{wanted}` is a {' and a '.join(kinds)}", hint))
    return Item(kinds[0], _loader(library, kinds[0])(name))


def _write(texts: Mapping[Path, str]) -> None:
    try:
        place_all({path: text.encode() for path, text in texts.items()})
    except OSError as error:
        raise unwritable(error, next(iter(texts))) from None
