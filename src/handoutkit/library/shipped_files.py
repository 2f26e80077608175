"""Finds the files that ship with handoutkit: in an installed wheel, or at the top of a checkout."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from handoutkit.errors import ContentError, MachineError, Problem
from handoutkit.files.text_files import is_inside, shown

PACKAGE = Path(__file__).resolve().parent.parent
EXTRAS = ("handoutkit_chinese", "handoutkit_han", "handoutkit_japanese", "handoutkit_korean", "handoutkit_scripts")
FOLDERS = ("handouts", "templates", "practices", "schemas")
BASE = "base"
"""The theme that all others come from."""


@lru_cache(maxsize=1)
def shipped_root() -> Path:
    """The folder that holds ``handouts/``, ``templates/``, ``practices/`` and ``schemas/`` as shipped."""
    for root in (PACKAGE / "shipped", PACKAGE.parent.parent):
        if all((root / folder).is_dir() for folder in FOLDERS):
            return root
    hint = "install it again: pipx reinstall handoutkit"
    raise MachineError(Problem("incomplete-installation", "handoutkit's own handouts and templates are missing", hint))


@lru_cache(maxsize=1)
def extra_roots() -> tuple[Path, ...]:
    """The folders of extra packages that are installed; each holds ``templates/``."""
    found = (find_spec(name) for name in EXTRAS)
    return tuple(Path(spec.origin).parent for spec in found if spec and spec.origin)


SETTINGS = "theme.yaml"
_PARTS = ("css", "blocks", "parts", "formats", "drawings")
"""By any of these, too, a folder is known for a theme."""


def template_folders(roots: Sequence[Path]) -> tuple[Path, ...]:
    """The ``templates/`` folders there are: the user's, those of extra packages, the shipped one.

    Raises:
        ContentError: the user's is a link out of their workspace, so that anything there would be read for a page.
    """
    *mine, shipped = roots
    for folder in (root / "templates" for root in mine):
        if folder.is_symlink() and not is_inside(folder, folder.parent):
            hint = "copy what it leads to in its place"
            raise ContentError(
                Problem("link-outside", "this link leads out of the workspace", hint, file=shown(folder))
            )
    return tuple(root / "templates" for root in (*mine, *extra_roots(), shipped) if (root / "templates").is_dir())


DRAWINGS = "drawings"
"""Inside a theme's folder: its drawings, an SVG each."""


def drawing_files(roots: Sequence[Path]) -> dict[str, Path]:
    """The drawings of all themes by name: the user's before the shipped one."""
    folders = reversed(template_folders(roots))
    return {path.stem: path for folder in folders for path in sorted(folder.glob(f"*/{DRAWINGS}/*.svg"))}


def theme_files(roots: Sequence[Path]) -> dict[str, Path]:
    """The ``theme.yaml`` of each theme, by the name of its folder: the user's, if there is one; sorted by name."""
    found: dict[str, Path] = {}
    for templates in reversed(template_folders(roots)):
        for folder in templates.iterdir():
            settings = folder / SETTINGS
            if settings.is_file() or (folder.name not in found and any((folder / part).exists() for part in _PARTS)):
                found[folder.name] = settings
    return dict(sorted(found.items()))
