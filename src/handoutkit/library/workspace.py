"""A workspace: the user's folder, whose files come before the shipped ones of the same id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from handoutkit.errors import ContentError, Problem
from handoutkit.files.text_files import is_inside, shown

from .shipped_files import theme_files
from .workspace_folder import OLD_TEMPLATES, SETTINGS_FILE, folder_around, roots_of

if TYPE_CHECKING:
    from handoutkit.loading.load_file import Loaded
    from handoutkit.models.settings.workspace_settings import WorkspaceSettings

CatalogueKind = Literal["handout", "framing", "packet", "practice"]
CATALOGUES: dict[CatalogueKind, tuple[str, str]] = {
    "handout": ("handouts/locale", ""),
    "framing": ("handouts/locale", "framings"),
    "packet": ("handouts/locale", "packets"),
    "practice": ("practices/locale", ""),
}
"""Where translations are, by what they translate: a folder, in which each language has one, and a folder in that."""
_NOT_HANDOUTS = frozenset({"formats", "framings", "packets", "locale", "templates"})


@dataclass(frozen=True)
class Workspace:
    """The folders that are searched. ``folder`` need not hold anything; what ships is always there."""

    folder: Path

    @classmethod
    def around(cls, folder: Path) -> Workspace:
        """The workspace that a folder is in: the nearest one upward with a ``handoutkit.yaml``, else the folder."""
        return cls(folder_around(folder))

    @cached_property
    def roots(self) -> tuple[Path, ...]:
        """Where to look, in this order."""
        return roots_of(self.folder)

    @cached_property
    def settings(self) -> Loaded[WorkspaceSettings] | None:
        """The settings in ``handoutkit.yaml``; None if there is no such file, or it is empty. Raises ContentError."""
        from handoutkit.loading.load_file import load_settings  # all models, which not all who want files need

        try:
            return load_settings(self.folder / SETTINGS_FILE)
        except ContentError as error:
            if error.problems[0].code in ("no-such-file", "empty-file"):
                return None
            raise

    @cached_property
    def handout_files(self) -> dict[str, Path]:
        """Handout files by id (the name of the file). Raises ContentError."""
        return self._files("handouts", leave_out=_NOT_HANDOUTS)

    @cached_property
    def template_files(self) -> dict[str, Path]:
        """Files of templates, the handouts that new ones start from, by id. Raises ContentError."""
        return self._files(OLD_TEMPLATES, "handouts/templates")

    @cached_property
    def framing_files(self) -> dict[str, Path]:
        """Framing files by id. Raises ContentError."""
        return self._files("handouts/framings")

    @cached_property
    def packet_files(self) -> dict[str, Path]:
        """Packet files by id. Raises ContentError."""
        return self._files("handouts/packets")

    @cached_property
    def practice_files(self) -> dict[str, Path]:
        """Practice profiles by id. Raises ContentError."""
        return self._files("practices", leave_out=frozenset({"examples", "locale"}))

    @cached_property
    def named_practice_files(self) -> dict[str, Path]:
        """Practice profiles by id, with those of real practices that are there as examples. Raises ContentError.

        Those are never listed or offered: no page is to carry a real practice's name by chance, only because someone
        typed it.
        """
        return self._files("practices/examples") | self.practice_files

    def catalogue_files(self, kind: CatalogueKind, name: str) -> dict[str, Path]:
        """Catalogues of one handout, framing, packet or practice by language; sorted.

        Raises:
            ContentError: one is a link out of the workspace.
        """
        top, below = CATALOGUES[kind]
        found: dict[str, Path] = {}
        for root in reversed(self.roots):
            for path in (root / top).glob("/".join(filter(None, ("*", below, f"{name}.po")))):
                if problems := _problems([path], root):
                    raise ContentError(problems)
                found[path.relative_to(root / top).parts[0]] = path
        return dict(sorted(found.items()))

    def own_catalogue(self, kind: CatalogueKind, name: str, language: str) -> Path:
        """Where the user's own folder has such a catalogue, or would have it."""
        top, below = CATALOGUES[kind]
        return self.roots[0] / top / language / below / f"{name}.po"

    @cached_property
    def theme_files(self) -> dict[str, Path]:
        """The ``theme.yaml`` of each theme, by the name of its folder."""
        return theme_files(self.roots)

    def own_practices(self) -> list[str]:
        """Ids of the profiles that the user's own folder holds."""
        mine = self.roots[0] / "practices"
        return [name for name, path in self.practice_files.items() if path.is_relative_to(mine)]

    def _files(self, *folders: str, leave_out: frozenset[str] = frozenset()) -> dict[str, Path]:
        """Files by id; a file of an earlier root, or of a later folder, takes the place of others; sorted by id."""
        found: dict[str, Path] = {}
        problems: list[Problem] = []
        # From the last root to the first, so that an earlier root's file replaces a later one's of the same id.
        for root, folder in product(reversed(self.roots), folders):
            here: dict[str, list[Path]] = defaultdict(list)
            top = root / folder
            for path in sorted(_yaml_files(top)) if top.is_dir() else ():
                if path.relative_to(top).parts[0] not in leave_out and not path.name.startswith("."):
                    here[path.stem].append(path)
            problems += [problem for paths in here.values() for problem in _problems(paths, root)]
            found |= {name: paths[0] for name, paths in here.items()}
        if problems:
            raise ContentError(problems)
        return dict(sorted(found.items()))


def _yaml_files(folder: Path) -> Iterator[Path]:
    for pattern in ("*.yaml", "*.yml"):
        yield from folder.rglob(pattern)


def _problems(paths: list[Path], root: Path) -> list[Problem]:
    """Links that leave the root, and files that share one id."""
    problems = [
        Problem("link-outside", "this link leads out of the workspace", "copy the file itself here", file=shown(path))
        for path in paths
        if not is_inside(path, root)
    ]
    if len(paths) > 1:
        hint = f"rename one of the two, and the `id:` in it: {shown(paths[0])}"
        problems.append(
            Problem("duplicate-id", f"a second file has the id `{paths[0].stem}`", hint, file=shown(paths[1]))
        )
    return problems
