"""Jobs out to workers and outcomes back, also when workers die."""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, Protocol, get_args

from handoutkit.errors import MachineError, Problem
from handoutkit.isolation.messages import is_told
from handoutkit.models.clients.roster_client import Client

from .finish_packet import Job, Outcome, State

_MAX_DEATHS = 3
"""Rows in a row at which a worker died; then it is not the rows that are to blame."""


class Given(NamedTuple):
    """A job that was given out: its outcomes to come, and the folder its packets are put in, if they are not sent."""

    outcomes: Future[tuple[Outcome, ...]]
    folder: Path | None = None


class Workers(Protocol):
    """Where jobs are done."""

    @property
    def capacity(self) -> int:
        """Jobs that are given out at a time."""

    def submit(self, job: Job) -> Given:
        """Give out a job. Raises BrokenExecutor: a worker has died."""

    def is_death(self, error: BaseException) -> bool:
        """Whether a job failed because a worker died."""

    def restart(self) -> None:
        """Have workers again after one has died. Raises MachineError."""


class Dispatcher:
    """Keeps the workers busy with a bounded number of jobs.

    When a worker dies, the clients it had are tried again one at a time, so that only the one at fault fails.
    """

    def __init__(self, workers: Workers, stopping: Callable[[], bool]) -> None:
        self._workers = workers
        self._stopping = stopping
        self._given: dict[Future[tuple[Outcome, ...]], Job] = {}
        self._again: deque[Job] = deque()
        self._trial: Future[tuple[Outcome, ...]] | None = None
        self._broken = False
        self._deaths = 0
        self._tried_at = 0.0

    def outcomes(self, jobs: Iterator[Job]) -> Iterator[Outcome]:
        """The outcomes as they come in. After a stop, those of the jobs that are being done.

        Raises:
            MachineError: workers keep dying, or one lacks something.
        """
        while True:
            if self._stopping():
                self._take_back()
            else:
                self._give_out(jobs)
            if not self._given:
                return
            for future in wait(self._given, timeout=0.2, return_when=FIRST_COMPLETED).done:
                yield from self._ended(future, self._given.pop(future))

    def _give_out(self, jobs: Iterator[Job]) -> None:
        if self._broken:
            if self._given:
                return
            self._workers.restart()
            self._broken = False
        if self._again:
            if not self._given:
                self._submit(self._again.popleft())
                self._trial, self._tried_at = next(iter(self._given), None), time.monotonic()
            return
        while len(self._given) < self._workers.capacity and not self._broken:
            job = next(jobs, None)
            if job is None:
                return
            self._submit(job)

    def _submit(self, job: Job) -> None:
        try:
            outcomes, folder = self._workers.submit(job)
            self._given[outcomes] = replace(job, folder=str(folder) if folder else None)
        except BrokenExecutor:
            self._broken = True
            self._one_by_one(job)

    def _take_back(self) -> None:
        self._again.clear()
        for future in [future for future in self._given if future.cancel()]:
            del self._given[future]

    def _ended(self, future: Future[tuple[Outcome, ...]], job: Job) -> tuple[Outcome, ...]:
        error = future.exception()
        if error is None:
            self._deaths = 0
            return believed(future.result(), job)
        if not self._workers.is_death(error):
            raise error
        self._broken = True
        if future is not self._trial:
            self._one_by_one(job)
            return ()
        if time.monotonic() - self._tried_at >= job.seconds:
            return tuple(Outcome(client, "failed", problems=(_too_slow(job.seconds),)) for client in job.clients)
        self._deaths += 1
        if self._deaths == _MAX_DEATHS:
            hint = "see whether the machine has memory left (--processes 1 takes less); then run the same command again"
            raise MachineError(Problem("workers-die", "the processes that make the packets keep dying", hint))
        return tuple(Outcome(client, "failed", problems=(_DIED,)) for client in job.clients)

    def _one_by_one(self, job: Job) -> None:
        self._again.extend(replace(job, clients=(client,)) for client in job.clients)


def believed(given: object, job: Job) -> tuple[Outcome, ...]:
    """What a worker says of a job, about the job's own clients; a worker that was taken over says anything.

    It may say nothing that is written by: no client, no path, no PDF where it was to put the file into its folder.
    """
    outcomes = given if isinstance(given, tuple) else ()
    if len(outcomes) != len(job.clients) or not all(_is_an_outcome(each, job) for each in outcomes):
        return tuple(_without_outcome(client) for client in job.clients)
    return tuple(_of_client(each, client, job.folder) for each, client in zip(outcomes, job.clients, strict=True))


def _of_client(outcome: Outcome, client: Client, folder: str | None) -> Outcome:
    """An outcome as the client's own, with the file that it is about; a failure if there is none."""
    if outcome.state != "made" or folder is None:
        return replace(outcome, client=client, file=None)
    file = Path(folder, f"{client.client_ref}.pdf")
    if file.is_symlink() or not file.is_file():
        return _without_outcome(client)
    return replace(outcome, client=client, file=file)


def _without_outcome(client: Client) -> Outcome:
    return Outcome(client, "failed", problems=(_NO_OUTCOME,))


def _is_an_outcome(given: object, job: Job) -> bool:
    if not isinstance(given, Outcome):
        return False
    state, digest, in_full, problems, pdf = _facts(given)
    if state not in get_args(State) or type(in_full) is not bool or type(digest) is not str:
        return False
    if type(problems) is not tuple or not all(map(is_told, problems)):
        return False
    if state != "made":
        return pdf is None and bool(problems)
    return bool(_SHA256.fullmatch(digest)) and type(pdf) is (type(None) if job.folder else bytes)


def _facts(outcome: Outcome) -> tuple[Any, ...]:
    """What it holds, of which no kind is sure yet."""
    return outcome.state, outcome.sha256, outcome.in_full, outcome.problems, outcome.pdf


_SHA256 = re.compile("[0-9a-f]{64}")
_NO_OUTCOME = Problem(
    "worker-died",
    "the process that made this packet did not say what became of it",
    "see what is unusual about this row, and about the theme; someone may mean harm with it",
)
_DIED = Problem(
    "worker-died",
    "the process that made this packet died, and so did a second one",
    "see whether the machine has memory left, and what is unusual about this row; then run the same command again",
)


def _too_slow(seconds: float) -> Problem:
    message = f"this packet took longer than {seconds:g} seconds, and was stopped"
    return Problem("too-much-time", message, "see what is unusual about this row, such as a very long value")
