"""What a process of ours gives up before it reads what comes from outside, and what it keeps."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from . import landlock, seccomp

_PACKAGE = Path(__file__).resolve().parent.parent
_SYSTEM = (
    *("/usr", "/lib", "/lib32", "/lib64", "/opt", "/nix/store", "/gnu/store", "/home/linuxbrew/.linuxbrew"),
    *("/etc/ld.so.cache", "/etc/localtime", "/etc/ssl/openssl.cnf", "/etc/pki/tls/openssl.cnf"),
    *("/etc/crypto-policies", "/dev/urandom", "/dev/random"),
    *("/etc/mime.types", "/etc/httpd/mime.types", "/etc/httpd/conf/mime.types"),
    *("/etc/apache/mime.types", "/etc/apache2/mime.types"),
)
"""The system's libraries, and what they and Python's own read when they are loaded."""


def folders_to_read() -> list[Path]:
    """Python, what is installed for it, what ships with handoutkit, and the system's libraries."""
    packages = [entry for entry in sys.path if entry.endswith(("site-packages", "dist-packages"))]
    libraries = filter(os.path.isabs, os.environ.get("LD_LIBRARY_PATH", "").split(":"))
    others = (sys.prefix, sys.base_prefix, *packages, *libraries, *_SYSTEM)
    # In a checkout, what ships is beside the code; in a wheel, it is in the package.
    shipped = (_PACKAGE.parent.parent / folder for folder in ("handouts", "templates", "practices", "schemas"))
    return [*map(Path, others), _PACKAGE, *shipped]


_NO_NEW_RIGHTS = 38


@dataclass(frozen=True, slots=True)
class ConfinementFacts:
    """What the system holds a confined process to, even if it was taken over.

    Attributes:
        programs: it starts no program and no process, and sends no signal to another.
        network: it reaches no network and no other program's socket.
        files: it opens no file but those it was given, and writes to its own folder alone.
    """

    programs: bool = False
    network: bool = False
    files: bool = False


_held = ConfinementFacts()


def confinement_facts() -> ConfinementFacts:
    """What this process is held to."""
    return _held


def confine(reads: Iterable[Path], writes: Iterable[Path], *, own_limits: bool = False) -> None:
    """Give up all that the system can take from this process, before it starts threads and reads what is not ours.

    Args:
        reads: files and folders that it may read; ``folders_to_read`` are always among them.
        writes: folders that it may write to.
        own_limits: whether it may set its own limits of time and memory, where nobody else can.
    """
    global _held  # noqa: PLW0603 - what a process has given up, it has given up once and for all
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_RIGHTS, ctypes.c_ulong(1), *[ctypes.c_ulong(0)] * 3) != 0:
        return
    files = landlock.keep_to(libc, reads, [Path(os.devnull), *writes])
    calls = seccomp.refuse_calls(libc, own_limits=own_limits)
    _held = ConfinementFacts(programs=calls, network=calls, files=files)
