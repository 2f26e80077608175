"""What a process that works on what comes from outside gives up, as far as the system can hold it to that."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from . import landlock, seccomp

_NO_NEW_RIGHTS = 38


@dataclass(frozen=True, slots=True)
class Held:
    """What the system holds a confined process to, even if it was taken over.

    Attributes:
        programs: it starts no program and no process, and sends no signal to another.
        network: it reaches no network and no other program's socket.
        files: it opens no file but those it was given, and writes to its own folder alone.
    """

    programs: bool = False
    network: bool = False
    files: bool = False


_held = Held()


def held() -> Held:
    """What this process is held to."""
    return _held


def confine(reads: Iterable[Path], writes: Iterable[Path]) -> None:
    """Give up all that the system can take from this process, before it starts threads and reads what is not ours.

    Args:
        reads: files and folders that it may read; ``needs.needed`` are always among them.
        writes: folders that it may write to.
    """
    global _held  # noqa: PLW0603 - what a process has given up, it has given up once and for all
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_RIGHTS, ctypes.c_ulong(1), *[ctypes.c_ulong(0)] * 3) != 0:
        return
    files = landlock.keep_to(libc, reads, [Path(os.devnull), *writes])
    calls = seccomp.refuse_calls(libc)
    _held = Held(programs=calls, network=calls, files=files)
