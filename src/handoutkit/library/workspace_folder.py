"""Where a workspace is, and what is read in it. Light to import."""

from __future__ import annotations

from pathlib import Path

from handoutkit.errors import MachineError, Problem

from .shipped_files import shipped_root

SETTINGS_FILE = "handoutkit.yaml"
OLD_TEMPLATES = "handouts/formats"
"""Where templates were before 0.1; still read in that release."""


def folder_around(folder: Path) -> Path:
    """The workspace that a folder is in: the nearest one upward with a ``handoutkit.yaml``, else the folder."""
    try:
        here = folder.resolve()
    except OSError:
        hint = "go to another folder (cd), or name the workspace with -C"
        raise MachineError(Problem("no-folder", "the current folder is not there any more", hint)) from None
    holders = (place for place in (here, *here.parents) if (place / SETTINGS_FILE).is_file())
    return next(holders, folder)


def roots_of(folder: Path) -> tuple[Path, ...]:
    """Where the content of a workspace is looked for, in this order: there, and in what ships."""
    mine, shipped = folder.resolve(), shipped_root()
    return (mine,) if mine == shipped else (mine, shipped)


def looks_like_a_file(wanted: str) -> bool:
    """Whether a word on the command line means a file and not an id."""
    return wanted.endswith((".yaml", ".yml")) or "/" in wanted or "\\" in wanted
