"""SHA-256 of files, where each is read once a run as long as it stays as it is."""

from __future__ import annotations

import hashlib
import os
import stat
import time

FileState = tuple[int, ...]
"""What changes when a file does."""
_SETTLED = 2_000_000_000
"""Nanoseconds after which another change of a file has another time; until then, what was read is not relied on."""
_read: dict[str, tuple[FileState, bytes]] = {}


def state_of(path: str) -> FileState:
    """How a file is now; of a link, the file that it leads to. Raises OSError, and ValueError: it is no plain file."""
    found = os.stat(path)  # noqa: PTH116 - of a thousand files, each counts
    if not stat.S_ISREG(found.st_mode):
        raise ValueError("a pipe or a device may never end")
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev


def is_settled(state: FileState) -> bool:
    """Whether the file has been so for long enough that its next change will show in its state."""
    return max(state[1:3]) < time.time_ns() - _SETTLED


def read_digest(path: str, state: FileState) -> bytes:
    """The digest of a file that was in this state just now, read unless it was read in that state. Raises OSError."""
    known, kept = _read.get(path, ((), b""))
    if known == state:
        return kept
    settled = is_settled(state)
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        digest = hashlib.sha256(file.read()).digest()
    if settled:
        _read[path] = state, digest
    return digest


def known_digest(path: str) -> bytes | None:
    """The digest of a file that ``read_digest`` has read and that is as it was then; else None. Raises OSError."""
    if path not in _read:
        return None
    state, digest = _read[path]
    try:
        return digest if state_of(path) == state else None
    except ValueError:
        return None
