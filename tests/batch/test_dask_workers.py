"""A batch on a real Dask cluster: separate processes, one of them killed midway."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import distributed
import pikepdf
import pytest

from handoutkit.batch.dask_workers import DaskWorkers
from handoutkit.batch.finish_packet import Job
from handoutkit.batch.run_batch import BatchResult
from tests.support.plain_batch import PlainBatch

ROWS = 96

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
cluster_of_two = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Any]:
    made: Any = distributed.LocalCluster
    with made(**cluster_of_two, host="127.0.0.1", local_directory=str(tmp_path), silence_logs=50) as cluster:
        yield cluster


def test_a_cluster_finishes_though_a_worker_is_killed_midway(cluster: Any, tmp_path: Path) -> None:
    killed: list[int] = []

    def kill_one(result: BatchResult) -> None:
        if result.made >= 10 and not killed:
            killed.append(cluster.workers[0].pid)
            os.kill(killed[0], signal.SIGKILL)

    batch = PlainBatch(tmp_path, [f"QX-{n:03},Bo {n},{'ab'[n % 2]}" for n in range(ROWS)])
    with DaskWorkers(cluster.scheduler_address) as workers:
        result = batch.run(workers, kill_one)
    assert killed
    assert (result.made, result.failed, result.problems, result.lacking) == (ROWS, 0, [], ())
    lines = (tmp_path / "out" / "manifest.jsonl").read_text().splitlines()
    assert len(lines) == ROWS
    files = sorted((tmp_path / "out").glob("*.pdf"))
    assert len(files) == ROWS
    for file in files[::20]:
        pikepdf.open(file).close()
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_what_a_worker_lacks_is_the_end(cluster: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def without_its_theme(**facts: Any) -> Job:
        return Job(**{**facts, "theme": replace(facts["theme"], name="theirs", roots=(tmp_path / "gone",))})

    monkeypatch.setattr("handoutkit.batch.jobs.Job", without_its_theme)
    with DaskWorkers(cluster.scheduler_address) as workers:
        result = PlainBatch(tmp_path, ["QX-1,Bo,a"]).run(workers)
    assert [problem.code for problem in result.lacking] == ["no-theme"]
