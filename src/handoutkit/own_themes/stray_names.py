"""Names in a theme that nothing reads: of files, places, classes and tokens, with the likely ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path, PurePosixPath

from handoutkit.errors import Problem, Severity
from handoutkit.files.source_file import FilePosition, SourceFile
from handoutkit.files.text_files import read_text, shown
from handoutkit.isolation.worker import the_worker
from handoutkit.library.shipped_files import SETTINGS
from handoutkit.models.document import FORMATS
from handoutkit.render.complaints.unset_tokens import unset_tokens
from handoutkit.render.look.theme_comments import without_comments
from handoutkit.render.theme import Theme

from .contract import DEPRECATED, classes_given, places_in, selected_in, theme_contract
from .not_in_word import not_in_word
from .replaced_files import LIMITS, RECORD

_FOLDERS = ("blocks", "css", "drawings", "fonts", "formats", "locale", "parts", "pictures", "screen", "sheet", "slots")
_EXTENDS = re.compile(r"\{%-?\s*extends\b")
_REACHED = re.compile(r"""\{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")
_VAR = re.compile(r"var\(\s*(--[\w-]+)")
_FILE_HINT = "nothing reads it: take it out, or give it one of the names in docs/themes.md"


def stray_names(name: str, roots: Sequence[Path]) -> list[Problem]:
    """All names in a theme's own files that nothing reads, found in the worker: themes come from outside.

    What loses what a designer wrote is an error; what only has no effect is a warning.

    Raises:
        UsageError, ContentError: it is no theme, or broken, or its files take more than ``LIMITS``.
    """
    theme = Theme.find(name, roots)
    found = the_worker().call(f"{__name__}:stray_names_here", name, theme, limits=LIMITS, file=name, reads=theme.roots)
    return list(found)


def stray_names_here(name: str, theme: Theme) -> list[Problem]:
    """What the worker does: the strays of a theme, and what of it Word leaves out."""
    start = f"{name}/"
    own = {
        path.removeprefix(start): file
        for files in theme.files[:-1]
        for path, file in files.items()
        if path.startswith(start)
    }
    names = _OwnNames(theme, own)
    return [*names.files(), *names.places(), *names.in_stylesheets(), *not_in_word(own)]


@dataclass(frozen=True)
class _OwnNames:
    """The files of a theme in the workspace, by their paths in its folder."""

    theme: Theme
    own: Mapping[str, Path]

    def files(self) -> Iterator[Problem]:
        """Files in places, or with names, from which nothing is read."""
        contract, reached = theme_contract(), self._reached
        known = [*contract.files, SETTINGS]
        for inside, path in sorted(self.own.items()):
            below = _below_format(inside)
            if below is None or not _is_read(below, known, reached):
                yield _stray_file(path, inside, known)

    def places(self) -> Iterator[Problem]:
        """Blocks of templates that extend another, and that the other has no place for."""
        known = {line.partition(": ")[2] for line in theme_contract().places}
        extending = {path: text for path, text in self._templates.items() if _EXTENDS.search(text.text)}
        known |= {
            place for path, text in self._templates.items() if path not in extending for place in places_in(text.text)
        }
        for source in extending.values():
            for place in places_in(source.text):
                if place not in known:
                    message = f"no template has a place `{place}`, so what stands in it is on no page"
                    yield _problem(source, place, "unknown-place", message, known)

    def in_stylesheets(self) -> Iterator[Problem]:
        """Classes that nothing has, and tokens that nothing sets; a build looks at families of fonts."""
        classes = self._known_classes
        for source in (read_text(path) for name, path in sorted(self.own.items()) if name.endswith(".css")):
            for name in dict.fromkeys(selected_in(source.text)):
                if not any(fnmatchcase(name, known) for known in classes):
                    message = f"no page has the class `{name}`"
                    yield _problem(source, f".{name}", "unknown-class", message, classes, severity="warning")
            for token in dict.fromkeys(_VAR.findall(without_comments(source.text))):
                if token in DEPRECATED:
                    until, instead = DEPRECATED[token]
                    message = f"`{token}` works until {until}"
                    yield source.problem_at(_place(source, token), "deprecated", message, instead, severity="warning")
        yield from unset_tokens(self.theme)

    @cached_property
    def _templates(self) -> dict[Path, SourceFile]:
        return {path: read_text(path) for name, path in sorted(self.own.items()) if name.endswith(".html")}

    @cached_property
    def _reached(self) -> frozenset[str]:
        """Templates that others of the theme include or extend."""
        return frozenset(name for text in self._templates.values() for name in _REACHED.findall(text.text))

    @cached_property
    def _known_classes(self) -> set[str]:
        """Of pages, for screens as well."""
        paths = [path for files in self.theme.files for path in files.values() if path.suffix == ".html"]
        given = {name for path in paths for name in classes_given(read_text(path).text)}
        return given | set(theme_contract().classes)


def _below_format(inside: str) -> str | None:
    """The path below the folder of a format, if it is in one; None if there is no such format."""
    first, _, rest = inside.partition("/")
    if first != "formats" or not rest:
        return inside
    format, _, below = rest.partition("/")
    return below if format in FORMATS and below else None


def _is_read(below: str, known: Iterable[str], reached: frozenset[str]) -> bool:
    path = PurePosixPath(below)
    if path.suffix == ".html":
        return below in known or below in reached
    if path.suffix == ".css":
        return path.parts[:-1] in (("css",), ("screen", "css"))
    if path.suffix in (".yaml", ".yml", ".json"):
        return below in (SETTINGS, RECORD)
    return path.parts[0] in _FOLDERS or len(path.parts) == 1  # a picture, a font, a note to oneself


def _stray_file(path: Path, inside: str, known: Iterable[str]) -> Problem:
    """The problem of a file; what is wrong may be a folder of its path, or its own name."""
    first, *folders = inside.split("/")
    near: str | None
    if folders and first not in _FOLDERS:
        near = _near(first, _FOLDERS)
    elif first == "formats":
        near = _near(folders[0], FORMATS)
    elif path.suffix == ".css":
        near = "css/" if first != "css" else None
    else:
        near = _near(path.name, [name.rpartition("/")[2] for name in known])
    hint = f"did you mean `{near}`?" if near and near != path.name else _FILE_HINT
    return Problem("unknown-file", f"nothing reads `{inside}` of a theme", hint, file=shown(path))


def _problem(
    source: SourceFile, found: str, code: str, message: str, known: Iterable[str], severity: Severity = "error"
) -> Problem:
    near = _near(found.removeprefix("."), [name for name in known if "*" not in name])
    hint = f"did you mean `{near}`?" if near else "see docs/themes.md for the names there are"
    return source.problem_at(_place(source, found), code, message, hint, severity=severity)


def _near(name: str, known: Iterable[str]) -> str | None:
    return next(iter(get_close_matches(name, sorted(set(known)), n=1, cutoff=0.7)), None)


def _place(source: SourceFile, found: str) -> FilePosition:
    """Where a name stands in a file first, not counting comments."""
    bare = without_comments(source.text)
    at = re.search(rf"(?<![\w-]){re.escape(found)}(?![\w-])", bare)
    if at is None:
        return FilePosition(1, 1)
    return FilePosition.in_text(bare, at.start(), len(found))
