"""The files of a practice's logo."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from handoutkit.models.practice import Logo


class LogoFiles(NamedTuple):
    """Where a logo is: the one for paper, and the one for dark grounds if there is one."""

    file: Path
    light: Path | None = None

    @property
    def paths(self) -> list[Path]:
        """All of its files."""
        return [self.file, *([self.light] if self.light else [])]


def logo_files(logo: Logo | None, folder: Path) -> LogoFiles | None:
    """The files of a logo whose practice stands in ``folder``; None if it has none."""
    if logo is None:
        return None
    return LogoFiles(folder / logo.file, folder / logo.light if logo.light else None)
