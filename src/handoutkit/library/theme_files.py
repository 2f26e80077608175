"""Where themes are: folders of ``templates/``, the user's before the shipped ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from handoutkit.errors import ContentError, Problem
from handoutkit.loading.files import is_inside, shown

from .shipped import extra_roots

SETTINGS = "theme.yaml"
_PARTS = ("css", "blocks", "parts", "formats")
"""By any of these, too, a folder is known for a theme."""


def template_folders(roots: Sequence[Path]) -> tuple[Path, ...]:
    """The ``templates/`` folders there are: the user's, those of extra packages, the shipped one.

    Raises:
        ContentError: the user's is a link out of their workspace, so that anything there is would be read for a page.
    """
    *mine, shipped = roots
    for folder in (root / "templates" for root in mine):
        if folder.is_symlink() and not is_inside(folder, folder.parent):
            hint = "copy what it leads to in its place"
            raise ContentError(
                Problem("link-outside", "this link leads out of the workspace", hint, file=shown(folder))
            )
    return tuple(root / "templates" for root in (*mine, *extra_roots(), shipped) if (root / "templates").is_dir())


def theme_files(roots: Sequence[Path]) -> dict[str, Path]:
    """The ``theme.yaml`` of each theme, by the name of its folder: the user's, if there is one; sorted by name."""
    found: dict[str, Path] = {}
    for templates in reversed(template_folders(roots)):
        for folder in templates.iterdir():
            settings = folder / SETTINGS
            if settings.is_file() or (folder.name not in found and any((folder / part).exists() for part in _PARTS)):
                found[folder.name] = settings
    return dict(sorted(found.items()))
