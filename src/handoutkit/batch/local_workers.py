"""Workers as processes of this machine."""

from __future__ import annotations

import builtins
import io
import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, process
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from handoutkit.errors import MachineError
from handoutkit.files.text_files import unwritable
from handoutkit.isolation import temporary_folders
from handoutkit.isolation.confinement import confine, folders_to_read
from handoutkit.isolation.environment import only_short_environment
from handoutkit.isolation.messages import Distrustful
from handoutkit.isolation.pickle_bounds import refuse_too_much
from handoutkit.isolation.resource_limits import hold_for_good, no_room
from handoutkit.packets.personalise.make_client_packet import LIMITS

from .dispatch import Given
from .finish_packet import Job, Outcome, finish_in_process

_MAX_BYTES = 10_000_000
"""Of what a process sends for one job, without the packets, which it writes."""


@dataclass(slots=True)
class _Process:
    """One process, with queues and folders that no other one has: what took it over sees and answers its own jobs only.

    Attributes:
        folder: where it puts the packets, for the run to take them from there.
    """

    pool: ProcessPoolExecutor
    folder: Path
    jobs: list[Future[tuple[Outcome, ...]]] = field(default_factory=list)

    def unfinished(self) -> int:
        """Jobs that it has not done yet."""
        self.jobs = [job for job in self.jobs if not job.done()]
        return len(self.jobs)


class LocalWorkers:
    """Processes that are each started anew: what lays out pages does not survive being forked."""

    def __init__(self, processes: int, templates: Sequence[Path], folder: Path) -> None:
        """Start none yet.

        Args:
            templates: folders that the workers may read.
            folder: in which each has a folder of its own, for the packets that it makes.

        Raises:
            MachineError: there is no room for temporary files.
        """
        try:
            self._temporary = temporary_folders.new_folder("packets-")
        except OSError as error:
            raise MachineError(no_room(error, Path(tempfile.gettempdir()))) from None
        self._reads = [*folders_to_read(), *templates]
        self._folder = folder
        self._processes = [self._new() for _ in range(processes)]

    @property
    def capacity(self) -> int:
        """Jobs that are given out at a time: one that each works on, and one that waits."""
        return 2 * len(self._processes)

    def submit(self, job: Job) -> Given:
        """Give a job to the process with least to do. Raises BrokenExecutor: it has died."""
        chosen = min(self._processes, key=_Process.unfinished)
        # Ctrl-C reaches the whole terminal, and a worker ends the row it is at.
        with _interrupts_blocked(), only_short_environment():
            done = chosen.pool.submit(finish_in_process, replace(job, folder=str(chosen.folder)))
        chosen.jobs.append(done)
        return Given(done, chosen.folder)

    def is_death(self, error: BaseException) -> bool:
        """Whether a job failed because a worker died."""
        return isinstance(error, BrokenExecutor)

    def restart(self) -> None:
        """New workers, after one has died. Raises MachineError: there is no room for their folders."""
        count = len(self._processes)
        self._end()
        self._processes = [self._new() for _ in range(count)]

    def _new(self) -> _Process:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(dir=self._folder))
            temporary = Path(tempfile.mkdtemp(dir=self._temporary))
        except OSError as error:
            raise unwritable(error, self._folder) from None
        given = (self._reads, [folder, temporary])
        pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=_start, initargs=given)
        reader: Any = getattr(pool._result_queue, "_reader")  # noqa: B009 - Python has no other way to say how it reads
        reader.recv = partial(_next_reply, reader)
        return _Process(pool, folder)

    def _end(self) -> None:
        for each in self._processes:
            each.pool.shutdown(wait=False, cancel_futures=True)
        for each in self._processes:
            each.pool.shutdown(wait=True)
            temporary_folders.remove(each.folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        temporary_folders.remove(self._temporary)


class _Replies(Distrustful):
    """What one of the processes sends, with what Python wraps it in: an outcome is no more believed than a page."""

    def find_class(self, module: str, name: str) -> Any:
        """What a name in a reply stands for. Raises UnpicklingError: nothing that a reply may name."""
        if (module, name) == (date.__module__, date.__name__):
            return date
        if module == process.__name__ and name in ("_ResultItem", "_rebuild_exc"):
            return getattr(process, name)
        kind = getattr(builtins, name, None) if module == builtins.__name__ else None
        if isinstance(kind, type) and issubclass(kind, Exception):
            return kind
        return super().find_class(module, name)


def _next_reply(reader: Connection) -> Any:
    """The next reply. Raises what makes the pool take all its processes for dead: this is none."""
    data = reader.recv_bytes(_MAX_BYTES)
    refuse_too_much(data)
    return _Replies(io.BytesIO(data)).load()


def _start(reads: Sequence[Path], writes: Sequence[Path]) -> None:
    """In each worker, before its first job."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _let_go_of_the_terminal()
    tempfile.tempdir = str(writes[-1])
    hold_for_good(LIMITS)
    confine(reads, writes)
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _let_go_of_the_terminal() -> None:
    """Whoever has it open reads what is typed there, and can type into it."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _end_with(sentinel: int) -> None:
    """End this process when the one that started it is gone, however that went."""
    wait([sentinel])
    os._exit(1)


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Processes that are started meanwhile do not hear Ctrl-C."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
