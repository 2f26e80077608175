"""What processes come to: their end, their time, and the largest memory of any process of handoutkit below them."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

if sys.platform != "win32":
    import resource

ROOT = Path(__file__).resolve().parent.parent
_UNIT = 1_000_000 if sys.platform == "darwin" else 1_000
"""Of what the system calls a process's largest memory, to MB."""
# A process begins with the memory of the one that starts it; this one has next to none.
_LAUNCH = (
    "import os, sys; process = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ);"
    "_, status, used = os.wait4(process, 0);"
    "open(sys.argv[1], 'w').write(f'{used.ru_maxrss} {used.ru_utime + used.ru_stime}');"
    "sys.exit(os.waitstatus_to_exitcode(status))"
)
_EVERY = 0.02
"""Seconds between two looks."""
_OURS = (
    b"handoutkit\0",
    b"handoutkit.isolation",
    b"handoutkit.cli",
    b"tests.support.killed_batch",
    b"multiprocessing.spawn",
)
"""What stands on the command line of handoutkit's own processes, and not on that of the test that starts them."""


def processor_time() -> float:
    """Processor seconds of this process and of all that it has started and waited for; wall time on Windows."""
    if sys.platform == "win32":
        return time.perf_counter()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def processor_time_of(process: int) -> float:
    """Processor seconds of a process that goes on, with all its threads; 0 where there is no ``/proc``."""
    used = [int(_read(task / "schedstat").split()[0]) for task in _tasks(process)]
    return sum(used) / 1e9


def of_ours_below(process: int) -> float:
    """The same of a process and of all of handoutkit's below it, such as its worker."""
    ours = [one for one in _below(process) if any(part in _read(Path(f"/proc/{one}/cmdline")) for part in _OURS)]
    return sum(processor_time_of(one) for one in (process, *ours))


def largest_memory(process: int) -> float:
    """The most that a process of ours has had so far, in MB; 0 where there is no ``/proc``."""
    return _memory(process)


def machine() -> str:
    """What a measure was taken on, and how busy it was."""
    model = platform.processor() or platform.machine()
    if (cpus := Path("/proc/cpuinfo")).exists():
        named = [line.partition(":")[2].strip() for line in cpus.read_text().splitlines() if "model name" in line]
        model = next(iter(named), model)
    busy = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{platform.system()}, {os.cpu_count()} processors ({model}), Python {platform.python_version()}{busy}"


def handoutkit(*args: str) -> tuple[str, ...]:
    """The command line of our command."""
    return (sys.executable, "-m", "handoutkit", *args)


@dataclass(frozen=True)
class Command:
    """A command line, what its environment adds, and what is done before each run.

    Attributes:
        wall: whether it is the clock that counts, and not the processor's time.
    """

    args: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], None] = lambda: None
    wall: bool = False

    def seconds(self) -> float:
        """Seconds of one run of the whole process, with those that it starts."""
        self.before()
        clock = time.perf_counter if self.wall else processor_time
        started = clock()
        subprocess.run(self.args, env={**os.environ, **self.env}, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        return clock() - started


def import_of(modules: str) -> Command:
    """Python importing something and no more."""
    return Command((sys.executable, "-c", f"import {modules}"))


class Measured(NamedTuple):
    """What a process came to; ``megabytes`` and ``processor``, its seconds there, are 0 where nothing tells them."""

    code: int
    stdout: str
    seconds: float
    megabytes: float
    processor: float = 0


def of_command(command: list[str], cwd: Path, **environment: str) -> Measured:
    """Run a command of ours to its end; its memory is its own or its worker's, as the system tells it exactly."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "memory")
        started = time.perf_counter()
        done = _run([sys.executable, "-S", "-c", _LAUNCH, str(told), *command], cwd, **environment)
        memory, processor = told.read_text().split()
        seconds = time.perf_counter() - started
        return done._replace(seconds=seconds, megabytes=int(memory) / _UNIT, processor=float(processor))


def of_test(command: list[str]) -> Measured:
    """Run a test that runs ours; its own memory is left out, that of ours is looked for in ``/proc`` all the while."""
    peak = _Peak()
    with peak:
        done = _run(command, ROOT)
    return done._replace(megabytes=peak.megabytes)


def _run(command: list[str], cwd: Path, **environment: str) -> Measured:
    env = {**os.environ, **environment, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    started = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    return Measured(done.returncode, done.stdout, time.perf_counter() - started, 0)


class _Peak:
    """The largest memory that any process of handoutkit below this one has had while the block runs."""

    def __init__(self) -> None:
        self.megabytes = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(_EVERY):
            for process in _below(os.getpid()):
                self.megabytes = max(self.megabytes, _memory(process))


def _below(process: int) -> list[int]:
    """All descendants of a process; none where there is no ``/proc``."""
    found: list[int] = []
    waiting = [process]
    while waiting:
        one = waiting.pop()
        children = [int(name) for path in _tasks(one) for name in _read(path / "children").split()]
        found += children
        waiting += children
    return found


def _tasks(process: int) -> list[Path]:
    try:
        return list(Path(f"/proc/{process}/task").iterdir())
    except OSError:
        return []


def _memory(process: int) -> float:
    """The most a process of ours has had so far, in MB; 0 for another's, and for one that has ended."""
    command = _read(Path(f"/proc/{process}/cmdline"))
    if b"pytest" in command or not any(part in command for part in _OURS):
        return 0
    lines = _read(Path(f"/proc/{process}/status")).split(b"\n")
    return max((int(line.split()[1]) / 1_000 for line in lines if line.startswith(b"VmHWM")), default=0)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
