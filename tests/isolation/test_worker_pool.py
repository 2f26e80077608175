"""Tasks side by side come out as one after the other, each in a worker of its own, and leave none when stopped."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from threading import Barrier

import pytest

from handoutkit.errors import ContentError, MachineError, Problem, UsageError
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker
from handoutkit.isolation.worker_pool import WorkerPool
from tests.conftest import ROOT

LIMITS = ResourceLimits(seconds=20, wall=120, memory=500_000_000)
TASKS = "tests.support.worker_tasks"


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    pool = WorkerPool()
    yield pool
    pool.end_others()


def ask(pool: WorkerPool, task: str) -> object:
    with pool.borrow():
        return the_worker().call(f"{TASKS}:{task}", limits=LIMITS, file="a.yaml", reads=[ROOT])


def test_each_thread_has_a_worker_of_its_own_which_stays(pool: WorkerPool) -> None:
    together = Barrier(2)

    def number(_: int) -> object:
        with pool.borrow():
            together.wait(60)
            return the_worker().call(f"{TASKS}:number", limits=LIMITS, file="a.yaml", reads=[ROOT])

    own = ask(pool, "number")
    numbers = set(pool.try_each(number, range(2), 2))
    assert len(numbers) == 2
    assert own in numbers
    assert set(pool.try_each(number, range(2), 2)) == numbers
    assert pool.try_each(lambda _: ask(pool, "number"), [0], 2) == [own]
    pool.end_others()
    (other,) = numbers - {own}
    with pytest.raises(ProcessLookupError):
        os.kill(int(str(other)), 0)


@pytest.mark.parametrize("processes", [1, 2, 5])
def test_results_and_problems_are_in_the_order_of_the_items(pool: WorkerPool, processes: int) -> None:
    def late(item: int) -> int:
        time.sleep((5 - item) / 100)
        return -item

    def wrong(item: int) -> None:
        late(item)
        if item != 2:
            raise (ContentError if item == 3 else UsageError)([Problem(f"p-{item}", ""), Problem("of-all", "")])

    assert pool.try_each(late, range(5), processes) == [0, -1, -2, -3, -4]
    with pytest.raises(ContentError) as caught:
        pool.try_each(wrong, range(5), processes)
    assert [problem.code for problem in caught.value.problems] == ["p-0", "of-all", "p-1", "p-3", "p-4"]


def test_what_stops_one_ends_the_workers_of_the_others(pool: WorkerPool) -> None:
    """A worker that sleeps for ten minutes is not waited for, and what had not begun does not begin."""
    begun: list[str] = []
    asleep = threading.Event()

    def do(task: str) -> object:
        begun.append(task)
        if task == "lack":
            asleep.wait(60)
        with pool.borrow():
            if task == "sleep":
                asleep.set()
            return the_worker().call(f"{TASKS}:{task}", limits=LIMITS, file="a.yaml", reads=[ROOT])

    with pytest.raises(MachineError):
        pool.try_each(do, ["lack", "sleep", "sleep", "sleep"], 2)
    assert len(begun) <= 3
    assert pool.try_each(lambda _: ask(pool, "number"), range(2), 2)
