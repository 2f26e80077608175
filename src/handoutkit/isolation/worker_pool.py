"""Tasks side by side: threads that each borrow a worker process, and results in the order of the tasks."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import lru_cache
from typing import TypeVar

from handoutkit.errors import try_each

from .worker import Worker, lent, the_worker

S = TypeVar("S")
T = TypeVar("T")


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class WorkerPool:
    """The worker processes of a run: the one that it has anyway, and more beside it where tasks are done side by side.

    Each is a process of its own with the same limits, started when it is first needed; it stays for the run.
    """

    def __init__(self) -> None:
        self._own = the_worker()
        self._idle = [self._own]
        self._borrowed: list[Worker] = []
        self._thread = threading.local()
        self._changing = threading.Lock()

    def try_each(self, function: Callable[[S], T], items: Sequence[S], processes: int) -> list[T]:
        """Call a function with each item as ``errors.try_each`` does, so many at a time, each in a thread.

        The function borrows a worker for as long as it needs one. Results and problems are in the order of the items,
        as with one process. When something stops it, Ctrl-C or what the machine lacks, the workers that are at
        something are ended, and the threads with them.

        Raises:
            HandoutkitError: as ``errors.try_each`` does.
        """
        threads = min(processes, len(items))
        if threads < 2:
            return try_each(function, items)
        with ThreadPoolExecutor(threads, initializer=self._let_borrow) as pool:
            tasks = [pool.submit(function, item) for item in items]
            try:
                return try_each(Future.result, tasks)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                self._stop(tasks)
                raise

    @contextmanager
    def borrow(self) -> Iterator[None]:
        """Have a worker that nobody else uses as ``the_worker`` while the block runs, in a thread of ``try_each``.

        Any other thread goes on with the run's own, of which one after the other has its turn.
        """
        if not getattr(self._thread, "may_borrow", False):
            yield
            return
        with self._changing:
            worker = self._idle.pop() if self._idle else self._own.another()
            self._borrowed.append(worker)
        try:
            with lent(worker):
                yield
        finally:
            with self._changing:
                self._borrowed.remove(worker)
                # The run's own is the first to be borrowed: where one is enough, no other is started.
                self._idle.insert(len(self._idle) if worker is self._own else 0, worker)

    def end_others(self) -> None:
        """End the workers beside the run's own, when there will be nothing to do side by side for long."""
        with self._changing:
            others = [worker for worker in self._idle if worker is not self._own]
            self._idle = [worker for worker in self._idle if worker is self._own]
        for worker in others:
            worker.end()

    def _let_borrow(self) -> None:
        self._thread.may_borrow = True

    def _stop(self, tasks: Sequence[Future[T]]) -> None:
        """End the workers that are at a task until no task runs; a task whose worker has ended tries it once more."""
        while running := [task for task in tasks if not task.done()]:
            with self._changing:
                busy = list(self._borrowed)
            for worker in busy:
                worker.end()
            wait(running, timeout=0.05)


@lru_cache(maxsize=1)
def _pool_of(_process: int) -> WorkerPool:
    return WorkerPool()


def the_pool() -> WorkerPool:
    """The workers of this run."""
    return _pool_of(os.getpid())  # a fork of this process has its own
