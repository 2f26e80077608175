"""This run's folder for all temporary files, its owner's only: gone at the end, or when another run finds it left."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import sys
import tempfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_PREFIX = "handoutkit-run-"
_NAME = re.compile(re.escape(_PREFIX) + r"[a-z0-9_]{8}")
_OURS = ".handoutkit-run"
"""A file that no folder has by chance."""


def folder() -> Path:
    """The folder, made when it is first asked for. Raises OSError: it cannot be made."""
    return _folder_of(os.getpid())  # a fork of this process has its own


def new_folder(prefix: str) -> Path:
    """A new folder in it. Raises OSError: it cannot be made."""
    return Path(tempfile.mkdtemp(dir=folder(), prefix=prefix))


def put_all_there() -> None:
    """Have whatever makes a temporary file in this process make it there; and clear away what killed runs left."""
    sweep()
    with suppress(OSError):  # whoever needs one says why there is none
        tempfile.tempdir = str(folder())


def remove(path: Path) -> None:
    """Remove a folder with all that is in it, as far as that is possible."""
    with suppress(RecursionError):
        shutil.rmtree(path, ignore_errors=True)
    if path.is_dir():
        with suppress(OSError):
            _flatten(path)
            shutil.rmtree(path, ignore_errors=True)


def _flatten(top: Path) -> None:
    """Move all folders below a folder into it: for those that are too deep to remove, or that nobody may look into.

    A worker that was taken over can make such. Raises OSError.
    """
    flat = Path(tempfile.mkdtemp(dir=top))
    folders = [Path(entry.path) for entry in os.scandir(top) if entry.is_dir(follow_symlinks=False)]
    moved = 0
    while folders:
        folder = folders.pop()
        folder.chmod(0o700)
        with os.scandir(folder) as entries:
            below = [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
        for path in below:
            place = flat / str(moved := moved + 1)
            Path(path).chmod(0o700)  # what is moved must itself be writable
            folders.append(Path(path).rename(place))


def sweep() -> None:
    """Remove the folders of runs that were killed; a run that lives holds a lock on its own."""
    if sys.platform == "win32":
        return
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            if _NAME.fullmatch(entry.name):
                _sweep(Path(entry.path))


@lru_cache(maxsize=1)
def _folder_of(_process: int) -> Path:
    while True:
        made = Path(tempfile.mkdtemp(prefix=_PREFIX))
        if _held(made) is None:
            continue  # another run has taken it for one that was left, and removes it
        atexit.register(_remove_own, made, os.getpid())
        (made / _OURS).touch()
        return made


def _remove_own(made: Path, process: int) -> None:
    if os.getpid() == process:
        remove(made)


def _sweep(left: Path) -> None:
    lock = _held(left)
    if lock is None:
        return
    try:
        if (left / _OURS).is_file():
            remove(left)
        else:
            with suppress(OSError):  # killed before it was marked, it is empty; else it is not ours
                left.rmdir()
    finally:
        os.close(lock)


def _held(path: Path) -> int | None:
    """A lock on a folder of ours, which the system lets go of when this process ends; None if another has it."""
    if sys.platform == "win32":
        return -1
    try:
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    with suppress(OSError):
        found = os.fstat(handle)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        now = path.stat(follow_symlinks=False)
        if found.st_uid == os.geteuid() and (found.st_dev, found.st_ino) == (now.st_dev, now.st_ino):
            return handle
    os.close(handle)
    return None
