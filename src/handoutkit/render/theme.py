"""A theme's files: templates, styles, fonts and pictures, the user's before the shipped ones."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from handoutkit.errors import ContentError, Problem, UsageError
from handoutkit.library.library import unknown
from handoutkit.loading.files import is_inside, shown

BASE = "base"
MAX_BYTES = 4_000_000


@dataclass(frozen=True)
class Theme:
    """One theme over several ``templates/`` folders; a file in an earlier folder comes before a later one's.

    Attributes:
        name: a folder inside each ``templates/`` (``base``).
        roots: the workspace's ``templates/`` and the shipped one.
    """

    name: str
    roots: tuple[Path, ...]

    @classmethod
    def find(cls, name: str, roots: Sequence[Path]) -> Theme:
        """The theme of that name. Raises UsageError if no root has it."""
        names = cls.names(roots)
        if name not in names:
            raise UsageError(unknown("theme", name, names))
        return cls(name, tuple(_templates(roots)))

    @staticmethod
    def names(roots: Sequence[Path]) -> set[str]:
        """The themes there are: folders of ``templates/`` that have styles."""
        return {folder.name for root in _templates(roots) for folder in root.iterdir() if (folder / "css").is_dir()}

    @cached_property
    def files(self) -> tuple[dict[str, Path], ...]:
        """For each root, its files by their path from there (``base/blocks/prompt.html``).

        Nothing else is ever read for a page, so that what is digested is what is used.

        Raises:
            ContentError: a link leads out of its root, or something is neither file nor folder.
        """
        problems: list[Problem] = []
        files = tuple(dict(_files_below(root, problems)) for root in self.roots)
        if problems:
            raise ContentError(problems)
        return files

    def template(self, name: str, *, shipped: bool = False) -> Path | None:
        """A template of this theme by its name (``blocks/prompt.html``)."""
        roots = self.files[-1:] if shipped else self.files
        return next((files[path] for files in roots if (path := f"{self.name}/{name}") in files), None)

    @cached_property
    def stylesheets(self) -> tuple[Path, ...]:
        """Stylesheets in the order of their names; the user's file replaces the shipped one of the same name."""
        folder = f"{self.name}/css/"
        found: dict[str, Path] = {}
        for files in reversed(self.files):
            found |= {name: path for name, path in files.items() if name.startswith(folder) and name.endswith(".css")}
        return tuple(path for _, path in sorted(found.items()))

    def asset(self, name: str) -> bytes:
        """A font or picture below a ``templates/`` folder, by its path from there. Raises ContentError."""
        for files in self.files:
            if name in files:
                return _read(files[name])
        hint = "put the file below `templates/` and write its path from there"
        raise ContentError(Problem("no-such-asset", f"there is no `{name}` in the templates", hint))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the name and content of every file a page could be made of."""
        total = hashlib.sha256(self.name.encode())
        for files in self.files:
            for name, path in sorted(files.items()):
                total.update(name.encode() + b"\0" + hashlib.sha256(_read(path)).digest())
        return total.hexdigest()


def _templates(roots: Sequence[Path]) -> list[Path]:
    return [root / "templates" for root in roots if (root / "templates").is_dir()]


def _files_below(root: Path, problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    for folder, folders, names in os.walk(root):
        for name in sorted(folders + names):
            path = Path(folder, name)
            if path.is_symlink() and not is_inside(path, root):
                hint = "copy what it leads to in its place"
                problems.append(Problem("link-outside", "this link leads out of the templates", hint, file=shown(path)))
            elif path.is_file():
                yield path.relative_to(root).as_posix(), path
            elif not path.is_dir():
                problems.append(Problem("not-a-file", "this is not a file", "move it elsewhere", file=shown(path)))


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            hint = f"make it smaller than {MAX_BYTES:,} bytes"
            raise ContentError(Problem("too-large", "this file is too large for a page", hint, file=shown(path)))
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise ContentError(
            Problem("unreadable", f"this file cannot be read ({reason})", "check its permissions", file=shown(path))
        ) from None
