"""Where themes are: folders of ``templates/``, the user's before the shipped ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .shipped import extra_roots

SETTINGS = "theme.yaml"
_PARTS = ("css", "blocks", "parts", "formats")
"""By any of these, too, a folder is known for a theme."""


def template_folders(roots: Sequence[Path]) -> tuple[Path, ...]:
    """The ``templates/`` folders there are: the user's, those of extra packages, the shipped one."""
    *mine, shipped = roots
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
