"""Workers of a Dask cluster, on this machine or others; all that is asked of them is handoutkit itself."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, Future
from types import TracebackType
from typing import Any, Self

from handoutkit.errors import MachineError, Problem
from handoutkit.library.shipped_files import how_to_install

from .dispatch import Given
from .finish_packet import Job, Outcome, finish_in_process

_PATIENCE = 20
"""Seconds to wait for the scheduler, and then for its first worker."""
_TRIES = 2
"""How often a job whose worker died is given to another before its rows are tried alone."""


class DaskWorkers:
    """The workers of a cluster that is running. Finished packets come back and are written here.

    Raises:
        MachineError: Dask is not installed, or nothing answers at the address.
    """

    def __init__(self, address: str) -> None:
        try:
            import distributed
        except ImportError:
            hint = how_to_install("dask")
            raise MachineError(Problem("no-dask", "--scheduler needs Dask, which is not installed", hint)) from None
        self._distributed: Any = distributed
        try:
            self._client: Any = self._distributed.Client(address, timeout=_PATIENCE)
        except (OSError, ValueError, TypeError, RuntimeError):
            hint = "start it with `dask scheduler`, and name the address that it prints"
            raise MachineError(Problem("no-scheduler", "no Dask scheduler answers at this address", hint)) from None
        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            self._client.close()
            hint = "start some with `dask worker ADDRESS --nthreads 1`"
            raise MachineError(Problem("no-workers", "the Dask scheduler has no workers", hint)) from None
        self._executor = self._client.get_executor(retries=_TRIES)

    @property
    def capacity(self) -> int:
        """Jobs that are given out at a time: one that each works on, and one that waits."""
        threads: dict[str, int] = self._client.nthreads()
        return 2 * max(1, sum(threads.values()))

    def submit(self, job: Job) -> Given:
        """Give out a job. Raises BrokenExecutor: the scheduler is gone."""
        try:
            future: Future[tuple[Outcome, ...]] = self._executor.submit(finish_in_process, job)
        except (OSError, RuntimeError) as error:
            raise BrokenExecutor(str(error)) from None
        return Given(future)

    def is_death(self, error: BaseException) -> bool:
        """Whether a job failed because workers died."""
        return isinstance(error, self._distributed.scheduler.KilledWorker | BrokenExecutor)

    def restart(self) -> None:
        """The cluster looks after its own workers."""
        if self._client.status != "running":
            hint = "start the scheduler again; then run the same command again"
            raise MachineError(Problem("scheduler-gone", "the Dask scheduler does not answer any more", hint))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.shutdown(wait=False)
        self._client.close()
