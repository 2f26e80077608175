"""How much a task may use, and how the worker is held to that: by its parent where the system lets it, or by itself."""

from __future__ import annotations

import signal
import sys
import time
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
    """Have the operating system hold this process to the limits of the task that begins now.

    Where its parent can, and has, this changes nothing: the process may not set its limits any more.
    """
    if sys.platform == "win32":
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    for kind, most in _limits(limits, used.ru_utime + used.ru_stime).items():
        _, hard = resource.getrlimit(kind)
        with suppress(ValueError, OSError):  # macOS knows some only by name
            resource.setrlimit(kind, _soft(most, hard))
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)  # ends the process, even in the midst of a library


def hold_for_good(limits: ResourceLimits) -> None:
    """Have the operating system hold this process to limits of memory, files and output that it cannot lift again.

    Its time is left to whoever watches it, task by task.
    """
    if sys.platform == "win32":
        return
    for kind, most in _limits(limits, 0).items():
        if kind != resource.RLIMIT_CPU:
            soft, hard = resource.getrlimit(kind)  # the soft one is what the user, or who started us, wants
            with suppress(ValueError, OSError):  # macOS knows some only by name
                resource.setrlimit(kind, (_soft(_soft(most, soft)[0], hard)[0],) * 2)


def hold_process(pid: int, limits: ResourceLimits) -> bool:
    """Have the operating system hold a process that we started to the limits of the task that it is given now.

    Returns:
        Whether it does; Linux lets a process do that, others do not.
    """
    if sys.platform != "linux":
        return False
    try:
        for kind, most in _limits(limits, processor_time(pid)).items():
            _, hard = resource.prlimit(pid, kind)
            resource.prlimit(pid, kind, _soft(most, hard))
    except OSError:
        return False
    return True


def processor_time(pid: int) -> float:
    """Seconds of processor time that a process has taken; 0 where that is not told."""
    if sys.platform != "linux":
        return 0.0
    with suppress(OSError):  # it has ended
        return time.clock_gettime((~pid << 3) | 2)  # as clock_getcpuclockid(3) has it, which Python has not
    return 0.0


def _limits(limits: ResourceLimits, used: float) -> dict[int, int]:
    """The system's limits, by their kind, for a process that has taken so many seconds of the processor."""
    return {
        resource.RLIMIT_CPU: int(used) + 1 + limits.seconds,
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_NOFILE: limits.files,
        resource.RLIMIT_FSIZE: limits.output,
        resource.RLIMIT_CORE: 0,  # a dump of the memory would be a copy of the content
    }


def _soft(most: int, hard: int) -> tuple[int, int]:
    """A soft limit; it can be renewed for the next task, but not beyond what the user has."""
    return most if hard == resource.RLIM_INFINITY else min(most, hard), hard


def no_room(error: OSError, folder: Path) -> Problem:
    """What to say where temporary files cannot be written."""
    message = f"temporary files cannot be written ({(error.strerror or 'error').lower()})"
    return Problem("cannot-write", message, f"make room in {folder}, or set TMPDIR to another folder")
