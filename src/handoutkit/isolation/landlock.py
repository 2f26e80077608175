"""Which files this process may open, held by Linux itself (Landlock, since 5.13); what is taken away stays so.

No package for this is well kept (the one most used is a development version of one author), and it is three calls.
See https://docs.kernel.org/userspace-api/landlock.html.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every kind of processor
_VERSION = 1
_BENEATH = 1
_WRITE_FILE, _READ_FILE, _READ_DIR, _TRUNCATE = 1 << 1, 1 << 2, 1 << 3, 1 << 14
_REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_REG, _REFER = 1 << 4, 1 << 5, 1 << 7, 1 << 8, 1 << 13
_READ = _READ_FILE | _READ_DIR
_OF_FILES = _WRITE_FILE | _READ_FILE | _TRUNCATE
_WRITE = _READ | _WRITE_FILE | _TRUNCATE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _REFER
# What each version of it can take away: rights of files as bits, TCP, then other programs' signals and sockets.
_KNOWN = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_TCP, _SCOPES = (1 << 2) - 1, (1 << 2) - 1


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("tcp", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Rule(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("below", ctypes.c_int32))


def version(libc: ctypes.CDLL) -> int:
    """What the kernel knows of it; 0 for nothing."""
    return max(0, int(libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION)))


def keep_to(libc: ctypes.CDLL, reads: Iterable[Path], writes: Iterable[Path]) -> bool:
    """Open nothing any more but what is, or is below, one of these; whether the system holds this thread to it.

    Threads and processes that it starts from now on are held too. ``prctl`` must have said that it wants no new
    rights.
    """
    known = version(libc)
    if not known:
        return False
    handled = _KNOWN[min(known, max(_KNOWN))]
    ruleset = _Ruleset(handled, _TCP if known >= 4 else 0, _SCOPES if known >= 6 else 0)
    size = 24 if known >= 6 else 16 if known >= 4 else 8
    rules = libc.syscall(_CREATE_RULESET, ctypes.byref(ruleset), ctypes.c_size_t(size), 0)
    if rules < 0:
        return False
    try:
        for paths, rights in ((reads, _READ), (writes, _WRITE)):
            for path in paths:
                _allow(libc, rules, path, rights & handled)
        return bool(libc.syscall(_RESTRICT_SELF, rules, 0) == 0)
    finally:
        os.close(rules)


def _allow(libc: ctypes.CDLL, rules: int, path: Path, rights: int) -> None:
    with suppress(OSError):  # what is not there need not be opened
        below = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            folder = stat.S_ISDIR(os.fstat(below).st_mode)
            rule = _Rule(rights if folder else rights & _OF_FILES, below)
            libc.syscall(_ADD_RULE, rules, _BENEATH, ctypes.byref(rule), 0)
        finally:
            os.close(below)
