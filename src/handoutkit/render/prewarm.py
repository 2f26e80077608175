"""Starts the worker before it is known whether it is needed: its imports take longer than reading the content."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from handoutkit.isolation.worker import the_worker

from .render_cache import default_folder

_CONTENT = ("handouts", "practices", "templates")
_SETTER = "handoutkit.render.typeset"


def start_if_likely(folder: Path) -> None:
    """Start the worker if there is likely something to set; the result of a command never depends on this.

    That is so if a file of the content changed after the cache was last of use. A guess that is wrong costs a tenth of
    a second, or a process that is ended at once.

    Args:
        folder: the workspace, or a folder in it.
    """
    cache = default_folder()
    last = _changed(cache) if cache else 0
    workspace = workspace_of(folder)
    if any(changed > last for changed in _changes(workspace)):
        the_worker().start(_SETTER, content_of(workspace))


def content_of(workspace: Path) -> list[Path]:
    """The folders of a workspace that the worker may read; in others may be what was made for clients."""
    return [workspace / part for part in _CONTENT]


def workspace_of(folder: Path) -> Path:
    """The workspace around a folder, as ``Workspace.around`` has it, which takes too long to import here."""
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - never fails
    return next((place for place in (folder, *folder.parents) if (place / "handoutkit.yaml").is_file()), folder)


def _changes(workspace: Path) -> Iterator[float]:
    """When the settings, the folders and the files of the content were changed."""
    yield _changed(workspace / "handoutkit.yaml")
    for part in _CONTENT:
        for folder, _, names in os.walk(workspace / part):
            yield _changed(Path(folder))
            yield from (_changed(os.path.join(folder, name)) for name in names)  # noqa: PTH118 - half the time


def _changed(path: Path | str) -> float:
    """When it was changed, in seconds since 1970; 0 for what is not there."""
    try:
        return os.stat(path).st_mtime  # noqa: PTH116
    except OSError:
        return 0
