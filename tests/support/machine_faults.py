"""Faults of the machine, made for real, around a command that runs as a user runs it."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

COMMAND = [sys.executable, "-P", "-m", "handoutkit"]
TOO_LITTLE = 20_000
"""Bytes; less than any PDF of ours, more than a line of words."""


def environment(**variables: str | None) -> dict[str, str]:
    """This process's environment, changed; None takes a variable out. Modules are found from any folder."""
    changed: dict[str, str | None] = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **variables}
    return {name: value for name, value in changed.items() if value is not None}


def run_alone(
    *args: str | Path, cwd: Path, env: Mapping[str, str] | None = None, before: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """Run ``handoutkit``, behind the words of another command if there are some."""
    command = [*before, *COMMAND, *map(str, args)]
    return subprocess.run(
        command, cwd=cwd, env=env or environment(), capture_output=True, text=True, check=False, timeout=120
    )


def start(*args: str | Path, cwd: Path) -> subprocess.Popen[bytes]:
    """Start ``handoutkit``; what it says goes nowhere."""
    command = [*COMMAND, *map(str, args)]
    return subprocess.Popen(command, cwd=cwd, env=environment(), stdout=subprocess.DEVNULL)


@lru_cache
def namespaces(flags: str) -> bool:
    """Whether this user may have namespaces of their own: a network without a route (n), mounts (m)."""
    try:
        return subprocess.run(["unshare", flags, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def run_on_full_disk(
    full: Path, *args: str | Path, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run ``handoutkit`` with a disk mounted on a folder that is nearly full; the files left there are listed last.

    Where mounting is not allowed, no file may grow beyond as much: the system refuses the same writes, with another
    number of error.
    """
    full.mkdir(parents=True, exist_ok=True)
    if namespaces("-rm"):
        mount = (
            f"mount -t tmpfs -o size={TOO_LITTLE} none '{full}' && \"$@\"; code=$?; find '{full}' -type f; exit $code"
        )
        return run_alone(*args, cwd=cwd, env=env, before=("unshare", "-rm", "sh", "-c", mount, "sh"))
    command = [*COMMAND, *map(str, args)]
    return subprocess.run(
        command,
        cwd=cwd,
        env=env or environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        preexec_fn=_small_files,
    )


def _small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (TOO_LITTLE, TOO_LITTLE))


def run_read_only(folder: Path, *args: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run ``handoutkit`` with a folder that cannot be written to: mounted so, for nothing else keeps root out."""
    if namespaces("-rm"):
        mount = f"mount --bind '{folder}' '{folder}' && mount -o remount,ro,bind '{folder}' && exec \"$@\""
        return run_alone(*args, cwd=cwd, before=("unshare", "-rm", "sh", "-c", mount, "sh"))
    mode = folder.stat().st_mode
    folder.chmod(0o500)
    try:
        return run_alone(*args, cwd=cwd)
    finally:
        folder.chmod(mode)


def without_library(folder: Path, *names: str) -> dict[str, str]:
    """An environment in which system libraries cannot be loaded: files that are none stand before them."""
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"this is no library\n" * 100)
    return environment(LD_LIBRARY_PATH=str(folder), DYLD_LIBRARY_PATH=str(folder))


def left_behind(folder: Path) -> list[str]:
    """What no command may leave in a folder: anything but whole PDFs."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if path.suffix != ".pdf" or b"%%EOF" not in path.read_bytes()[-32:]]
