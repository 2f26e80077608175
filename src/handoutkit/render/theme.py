"""A theme's files: templates, styles, fonts and pictures, the user's before the shipped ones."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from handoutkit.errors import ContentError, Problem, UsageError
from handoutkit.library.library import unknown
from handoutkit.loading.files import is_inside, shown

BASE = "base"
MAX_ASSET_BYTES = 4_000_000
FONT_FAMILIES = ("Atkinson Hyperlegible Next", "Fraunces")


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
        existing = tuple(root / "templates" for root in roots if (root / "templates").is_dir())
        names = {folder.name for root in existing for folder in root.iterdir() if (folder / "css").is_dir()}
        if name not in names:
            raise UsageError(unknown("theme", name, names))
        return cls(name, existing)

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Where templates are looked for, in this order."""
        return tuple(root / self.name for root in self.roots)

    @cached_property
    def stylesheets(self) -> tuple[Path, ...]:
        """Stylesheets in the order of their names; the user's file replaces the shipped one of the same name."""
        found: dict[str, Path] = {}
        for folder in reversed(self.template_folders):
            found |= {path.name: path for path in sorted((folder / "css").glob("*.css"))}
        return tuple(path for _, path in sorted(found.items()))

    def asset(self, name: str) -> bytes:
        """A font or picture below a ``templates/`` folder, by its path from there. Raises ContentError."""
        for root in self.roots:
            path = root / name
            if path.is_file() and is_inside(path, root):
                if path.stat().st_size > MAX_ASSET_BYTES:
                    hint = f"make it smaller than {MAX_ASSET_BYTES:,} bytes"
                    raise ContentError(
                        Problem("too-large", "this file is too large for a page", hint, file=shown(path))
                    )
                return path.read_bytes()
        hint = "put the file below `templates/` and write its path from there"
        raise ContentError(Problem("no-such-asset", f"there is no `{name}` in the templates", hint))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the name and content of every file a page could be made of."""
        total = hashlib.sha256(self.name.encode())
        for root in self.roots:
            for path in sorted(path for path in root.rglob("*") if path.is_file()):
                total.update(path.relative_to(root).as_posix().encode() + b"\0")
                total.update(hashlib.sha256(path.read_bytes()).digest())
        return total.hexdigest()
