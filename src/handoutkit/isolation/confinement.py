"""What a process that works on what comes from outside gives up, as far as the system can hold it to that."""

from __future__ import annotations

import ctypes
import mimetypes
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from handoutkit.errors import HandoutkitError
from handoutkit.library.shipped import FOLDERS, PACKAGE, extra_roots, shipped_root

from . import landlock, seccomp

_NO_NEW_RIGHTS = 38
_SYSTEM = (
    *("/usr", "/lib", "/lib32", "/lib64", "/opt", "/nix/store", "/gnu/store", "/home/linuxbrew/.linuxbrew"),
    *("/etc/ld.so.cache", "/etc/localtime", "/etc/ssl/openssl.cnf", "/etc/pki/tls/openssl.cnf"),
    *("/etc/crypto-policies", "/dev/urandom", "/dev/random"),
)
"""The system's libraries, and what they read when they are loaded."""


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
        reads: files and folders that it may read besides those of Python, of handoutkit and of the system.
        writes: folders that it may write to.
    """
    global _held  # noqa: PLW0603 - what a process has given up, it has given up once and for all
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_RIGHTS, ctypes.c_ulong(1), *[ctypes.c_ulong(0)] * 3) != 0:
        return
    files = landlock.keep_to(libc, [*_needed(), *reads], [Path(os.devnull), *writes])
    calls = seccomp.refuse_calls(libc)
    _held = Held(programs=calls, network=calls, files=files)


def _needed() -> list[Path]:
    """Python, what is installed for it, what ships with handoutkit, and the system's libraries."""
    packages = [entry for entry in sys.path if entry.endswith(("site-packages", "dist-packages"))]
    libraries = filter(os.path.isabs, os.environ.get("LD_LIBRARY_PATH", "").split(":"))
    others = (sys.prefix, sys.base_prefix, *packages, *libraries, *_SYSTEM, *mimetypes.knownfiles)
    return [*map(Path, others), *_ours()]


def _ours() -> Iterator[Path]:
    yield PACKAGE
    yield from extra_roots()
    with suppress(HandoutkitError):  # whoever needs it tells what is missing
        yield from (shipped_root() / folder for folder in FOLDERS)
