"""The workers of a Dask cluster, on this machine or others; all that is asked of them is handoutkit itself."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Future
from types import TracebackType
from typing import Any, Self, TypeVar

from handoutkit import __version__
from handoutkit.errors import MachineError, Problem, how_to_install

T = TypeVar("T")
_PATIENCE = 20
"""Seconds to wait for the scheduler, and then for its first worker."""
_TRIES = 2
"""How often a task whose worker died is given to another before it counts as the one that is to blame."""


class DaskCluster:
    """A cluster that is running.

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
        """Tasks that are given out at a time: one that each works on, and one that waits."""
        threads: dict[str, int] = self._client.nthreads()
        return 2 * max(1, sum(threads.values()))

    def give(self, function: Callable[..., T], *args: object) -> Future[T]:
        """Give out a task: a function of handoutkit and what it is called with. Raises BrokenExecutor: all are gone."""
        try:
            future: Future[T] = self._executor.submit(_call_as_given, __version__, function, *args)
        except (OSError, RuntimeError) as error:
            raise BrokenExecutor(str(error)) from None
        return future

    def call(self, function: Callable[..., T], *args: object) -> T:
        """What a function returns that one of the workers calls.

        Raises:
            HandoutkitError: as the function does.
            MachineError: the workers die of it, or the scheduler is gone.
        """
        try:
            return self.give(function, *args).result()
        except CancelledError:
            self.restart()
            raise
        except Exception as error:
            if not self.is_death(error):
                raise
            self.restart()
            hint = "look into their logs; with --processes instead of --scheduler, this machine does it alone"
            raise MachineError(Problem("workers-die", "the workers of the cluster keep dying", hint)) from None

    def is_death(self, error: BaseException) -> bool:
        """Whether a task failed because workers died."""
        return isinstance(error, self._distributed.scheduler.KilledWorker | BrokenExecutor)

    def restart(self) -> None:
        """Go on after a death: the cluster looks after its own workers. Raises MachineError: the scheduler is gone."""
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


def _call_as_given(version: str, function: Callable[..., T], *args: object) -> T:
    """Call a function, if this is the version that asks for it: what is sent may look different in another one."""
    if version != __version__:
        hint = f"install handoutkit {version} on every machine of the cluster"
        message = f"a worker has handoutkit {__version__}, and this is {version}"
        raise MachineError(Problem("other-version", message, hint))
    return function(*args)
