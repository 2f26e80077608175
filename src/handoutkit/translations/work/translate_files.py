"""The tasks of a translator: start catalogues, update them, see their state and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from handoutkit.errors import Problem, UsageError, try_each
from handoutkit.files.atomic_write import write_files
from handoutkit.files.text_files import unwritable
from handoutkit.library.library import Library, unknown
from handoutkit.library.workspace import CatalogueKind
from handoutkit.library.workspace_folder import looks_like_a_file
from handoutkit.loading.load_file import Loaded

from .authored_texts import Content, Status
from .interface_texts import NAME as INTERFACE
from .interface_texts import Interface

Item = Content | Interface
R = TypeVar("R")


def items(library: Library, wanted: Sequence[str]) -> list[Item]:
    """What has these ids or files; without any, all there is. Raises UsageError, ContentError."""
    files = _files(library)
    if wanted:
        return try_each(lambda name: _item(library, files, name), wanted)
    every = [(kind, name) for kind, those in files.items() for name in those]
    contents = try_each(lambda pair: Content(library, pair[0], _loader(library, pair[0])(pair[1])), every)
    return [*contents, Interface(library.workspace)]


def extract_catalogues(found: Iterable[Item], language: str) -> tuple[list[Path], list[Path]]:
    """Start catalogues in the user's own folder, from what ships if there is a translation.

    Returns:
        Those that were made, and those that were there already and are left as they are.

    Raises:
        ContentError: what ships cannot be read.
        MachineError: one cannot be written.
    """
    wanted = [item for item in found if item.language != language]
    there = [item.own_file(language) for item in wanted if item.own_file(language).exists()]
    new = [item for item in wanted if item.own_file(language) not in there]
    made = dict(try_each(lambda item: (item.own_file(language), item.up_to_date(language)), new))
    _write(made)
    return list(made), there


def update_catalogues(found: Iterable[Item], language: str | None = None, *, own_only: bool = False) -> list[Path]:
    """Bring catalogues up to date with what they translate; those that changed, in the user's own folder.

    Args:
        own_only: leave those alone that only ship, in place of starting the user's own from them.

    Raises:
        ContentError: with the problems of all that cannot be read.
        MachineError: one cannot be written.
    """
    pairs = _pairs(found, language)
    wanted = [(item, tag) for item, tag in pairs if not own_only or item.own_file(tag).exists()]
    texts = dict(try_each(lambda pair: (pair[0].own_file(pair[1]), pair[0].up_to_date(pair[1])), wanted))
    changed = {path: text for path, text in texts.items() if not path.exists() or path.read_bytes() != text.encode()}
    _write(changed)
    return list(changed)


def statuses(found: Iterable[Item], language: str | None = None) -> list[Status]:
    """How far each translation is. Raises ContentError with the problems of all that cannot be read."""
    return _of_each(found, language, lambda item, tag: item.status(tag))


def check_catalogues(found: Iterable[Item], language: str | None = None) -> list[Problem]:
    """What is wrong with translations. Raises ContentError with the problems of all that cannot be read."""
    return [problem for some in _of_each(found, language, lambda item, tag: item.problems(tag)) for problem in some]


def _of_each(found: Iterable[Item], language: str | None, result: Callable[[Item, str], R]) -> list[R]:
    """The result for each catalogue there is, of all languages or one."""
    return try_each(lambda pair: result(*pair), _pairs(found, language))


def _pairs(found: Iterable[Item], language: str | None) -> list[tuple[Item, str]]:
    return [(item, tag) for item in found for tag in item.languages() if language in (None, tag)]


def _files(library: Library) -> dict[CatalogueKind, Mapping[str, Path]]:
    """Files by kind and id. Templates are handouts too: theirs is the catalogue of each copy that keeps the id."""
    files = library.workspace
    return {
        "handout": {**files.template_files, **files.handout_files},
        "framing": files.framing_files,
        "packet": files.packet_files,
        "practice": files.practice_files,
    }


def _loader(library: Library, kind: CatalogueKind) -> Callable[[str], Loaded[Any]]:
    loaders: dict[CatalogueKind, Callable[[str], Loaded[Any]]] = {
        "handout": library.in_packet,
        "framing": library.framing,
        "packet": library.packet,
        "practice": library.practice,
    }
    return loaders[kind]


def _item(library: Library, files: Mapping[CatalogueKind, Mapping[str, Path]], wanted: str) -> Item:
    """What an id or a file means. Raises UsageError, ContentError."""
    if wanted == INTERFACE:
        return Interface(library.workspace)
    name = Path(wanted).stem if looks_like_a_file(wanted) else wanted
    kinds = [kind for kind, those in files.items() if name in those]
    if name != wanted:
        kinds = [kind for kind in kinds if files[kind][name].resolve() == Path(wanted).resolve()]
        if not kinds:
            hint = "only what lies in `handouts/` or `practices/` of the workspace, or ships, has translations"
            raise UsageError(Problem("not-in-the-library", f"`{wanted}` is no file of the library", hint))
    if not kinds:
        names = [name for those in files.values() for name in those]
        raise UsageError(unknown("handout, template, framing, packet or practice", wanted, names))
    if len(kinds) > 1:
        hint = "name the file of the one that is meant"
        raise UsageError(Problem("two-kinds", f"`{wanted}` is a {' and a '.join(kinds)}", hint))
    return Content(library, kinds[0], _loader(library, kinds[0])(name))


def _write(texts: Mapping[Path, str]) -> None:
    try:
        write_files({path: text.encode() for path, text in texts.items()})
    except OSError as error:
        raise unwritable(error, next(iter(texts))) from None
