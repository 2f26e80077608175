"""How much a task may use, and how the worker holds itself to that."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from handoutkit.errors import Problem

if sys.platform != "win32":
    import resource


@dataclass(frozen=True, slots=True)
class ResourceLimits:
    """What one task may use.

    Wall time and the size of the result are held by the parent on every system. The rest is held by the operating
    system: by Linux in full; macOS does not hold memory; Windows holds none of it.

    Attributes:
        seconds: of processor time.
        wall: seconds on the clock; more, for a machine may be busy with other things.
        memory: bytes of address space of the whole worker.
        files: open at once.
        output: bytes of what it gives back, and of any file it writes.
    """

    seconds: int
    wall: float
    memory: int
    files: int = 128
    output: int = 100_000_000


def hold(limits: ResourceLimits) -> None:
    """Have the operating system hold this process to the limits of the task that begins now."""
    if sys.platform == "win32":
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + limits.seconds
    _lower(resource.RLIMIT_CPU, until)
    _lower(resource.RLIMIT_AS, limits.memory)
    _lower(resource.RLIMIT_NOFILE, limits.files)
    _lower(resource.RLIMIT_FSIZE, limits.output)
    _lower(resource.RLIMIT_CORE, 0)  # a dump of the memory would be a copy of the content
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)  # ends the process, even in the midst of a library


def _lower(kind: int, most: int) -> None:
    """Set a soft limit; it can be renewed for the next task, but not beyond what the user has."""
    _, hard = resource.getrlimit(kind)
    with suppress(ValueError, OSError):  # macOS knows some only by name
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def no_room(error: OSError, folder: Path) -> Problem:
    """What to say where temporary files cannot be written."""
    message = f"temporary files cannot be written ({(error.strerror or 'error').lower()})"
    return Problem("cannot-write", message, f"make room in {folder}, or set TMPDIR to another folder")
