"""A digest of every file that a build could read, without importing what reads them: so an unchanged one is found.

What a build reads of them is not asked: all of the workspace's content, all that ships, our own code and the fonts of
extra packages go in, byte for byte, and of other packages which versions are installed.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from handoutkit.files.file_digests import FileState, read_digest, state_of
from handoutkit.files.kept_entries import system_libraries
from handoutkit.isolation.environment import short_environment
from handoutkit.library.shipped_files import PACKAGE, extra_roots
from handoutkit.library.workspace_folder import OLD_TEMPLATES, SETTINGS_FILE, roots_of

_CONTENT = ("handouts", "practices", "templates")
"""Folders of a root that a build reads; a page has no picture and no logo from outside of them."""
MAX_BYTES = 150_000_000
"""Of all the files together; with more of them, reading them all takes longer than a build of one handout."""

_FOLDER: FileState = (0,)
"""Of any folder: that it is there."""


class BuildInputs:
    """The files of a workspace and of this installation as they are now.

    Attributes:
        digest: SHA-256 over all of them; None where there is no telling: too much to read, a folder that is a link,
            something that is no file, or one that cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._states: dict[str, FileState] = {}
        try:
            self.digest = self._digest()
        except (OSError, ValueError):
            self.digest = None

    def _digest(self) -> str | None:
        self._states = dict(_files(self._folder))
        if sum(state[0] for state in self._states.values()) > MAX_BYTES:
            return None
        total = hashlib.sha256(repr((_installed(), system_libraries(), sorted(short_environment().items()))).encode())
        for name, state in self._states.items():
            total.update(os.fsencode(name) + b"\0")
            if state != _FOLDER:
                total.update(read_digest(name, state))
        return total.hexdigest()

    def are_the_same(self) -> bool:
        """Whether no file was changed, added or taken away since they were read."""
        try:
            return self.digest is not None and dict(_files(self._folder)) == self._states
        except (OSError, ValueError):
            return False


def _files(folder: Path) -> Iterator[tuple[str, FileState]]:
    """Every file and folder there is, by its path, in a fixed order. Raises OSError, ValueError: it is neither."""
    if (folder / OLD_TEMPLATES).exists():
        raise ValueError("each run has to say what they are called now")
    roots = roots_of(folder)
    for root in roots:
        settings = root / SETTINGS_FILE
        if os.path.lexists(settings):
            yield str(settings), state_of(str(settings))
    places = [PACKAGE, *extra_roots(), *(root / name for root in roots for name in _CONTENT)]
    for place in places:
        if os.path.lexists(place) and not (place != PACKAGE and place.is_relative_to(PACKAGE)):
            yield from _below(str(place))


def _below(folder: str) -> Iterator[tuple[str, FileState]]:
    if os.path.islink(folder):  # noqa: PTH114
        raise ValueError("what it leads to may change where nobody looks")
    yield folder, _FOLDER
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _below(entry.path)
        else:
            yield entry.path, state_of(entry.path)


def _installed() -> tuple[str, list[str]]:
    """Python, and each package with its version, by the names of the folders that say it."""
    names: list[str] = []
    for place in filter(os.path.isdir, sys.path):
        names += [f"{place}/{name}" for name in os.listdir(place) if name.endswith((".dist-info", ".egg-info"))]  # noqa: PTH208
    return sys.version, sorted(names)
