"""What a batch survives: being killed, Ctrl-C, a full disk, a dead worker; and what it does then."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pikepdf
import pytest

from handoutkit.batch.batch_folder import BatchFolder, LayoutStore
from handoutkit.batch.dispatch import Dispatcher, Given
from handoutkit.batch.finish_packet import Job, Outcome, finish_packet
from handoutkit.batch.jobs import Jobs
from handoutkit.batch.local_workers import LocalWorkers
from handoutkit.batch.manifest import Manifest
from handoutkit.batch.plan_batch import plan_batch
from handoutkit.errors import UsageError
from handoutkit.library.shipped_files import EXTRAS
from handoutkit.packets.personalise.personalise_packet import Personaliser
from tests.conftest import ROOT, Tree
from tests.support.batch_samples import command, many, roster, small_workspace, started
from tests.support.plain_batch import PlainBatch
from tests.support.plain_layout import BROKEN, UNMARKED, PlainLayouts, plain_layout

ROWS = 100
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def workspace(tree: Tree, warm: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(warm))
    return small_workspace(tree)


@pytest.fixture
def output(workspace: Path) -> Path:
    return workspace / "output" / "intake"


@pytest.fixture
def start(workspace: Path) -> Iterator[Start]:
    """Starts ``handoutkit batch`` on a roster of ``ROWS`` clients; nothing of it outlives the test."""
    path = roster(workspace / "intake.csv", many(ROWS))
    running: list[subprocess.Popen[str]] = []

    def run(*args: str) -> subprocess.Popen[str]:
        running.append(started(command(path, "--processes", "2", *args, workspace=workspace)))
        return running[-1]

    yield run
    for process in running:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _made(folder: Path) -> dict[str, int]:
    """The packets that the whole lines of the manifest name, and when each was written."""
    lines = (folder / "manifest.jsonl").read_text().split("\n")[:-1]
    files = [json.loads(line)["file"] for line in lines]
    assert len(files) == len(set(files))
    return {name: (folder / name).stat().st_mtime_ns for name in files}


def _wait(done: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 60
    while not done():
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.01)


def _wait_for_workers_of(process: subprocess.Popen[str]) -> None:
    """Until those that a killed command leaves behind have ended, which they do by themselves."""
    until = time.monotonic() + 10
    with suppress(ProcessLookupError):
        while time.monotonic() < until:
            os.killpg(process.pid, 0)
            time.sleep(0.01)
        pytest.fail("a worker outlives the command that started it")


def _some(folder: Path) -> Callable[[], bool]:
    return lambda: (folder / "manifest.jsonl").is_file() and len((folder / "manifest.jsonl").read_bytes()) > 8_000


@pytest.mark.long(shown_by="tests/batch/test_batch_faults.py::test_killed_at_random_moments")
def test_killed_and_run_again_it_finishes_without_double_work(start: Start, output: Path) -> None:
    first = start()
    _wait(_some(output), first)
    first.kill()
    first.wait()
    _wait_for_workers_of(first)
    with (output / "manifest.jsonl").open("a") as manifest:
        manifest.write('{"client_ref": "QX-01')  # as if the line had been cut off
    (output / ".abcdefgh.part").write_bytes(b"half")
    before = _made(output)
    again = start()
    stdout, stderr = again.communicate()
    assert (again.returncode, stderr) == (0, "")
    after = _made(output)
    assert len(after) == ROWS
    assert before == {name: after[name] for name in before}
    assert f"{len(before)} unchanged" in stdout
    assert {path.suffix for path in output.iterdir() if path.is_file()} == {".pdf", ".jsonl", ".txt"}
    assert not (output / ".handoutkit" / "layouts").exists()
    for name in after:
        pikepdf.open(output / name).close()


def test_ctrl_c_ends_cleanly_and_says_how_to_go_on(start: Start, output: Path) -> None:
    process = start()
    _wait(_some(output), process)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: all processes of the group
    stdout, stderr = process.communicate(timeout=30)
    assert process.returncode == 130
    assert stderr == "Nothing is half written. To go on, run the same command again.\n"
    assert "still to be made" in stdout
    made = _made(output)
    assert 0 < len(made) < ROWS
    assert {path.name for path in output.glob("*.pdf")} == set(made)


NAME = "Bo " * 22  # as long as fits on its line


@pytest.fixture
def local(tmp_path: Path) -> Callable[[list[str]], PlainBatch]:
    return lambda rows: PlainBatch(tmp_path, rows)


def _deadly(job: Job) -> tuple[Outcome, ...]:
    """As ``finish``; the process dies at the client that is named so."""
    if any(client.client_ref == "KILLER-1" for client in job.clients):
        os.kill(os.getpid(), signal.SIGKILL)
    return finish_packet(job)


class Deadly(LocalWorkers):
    """Workers of which one client is the death."""

    def submit(self, job: Job) -> Given:
        (process,) = self._processes
        return Given(process.pool.submit(_deadly, job))


def test_only_the_row_that_kills_its_worker_fails(local: Callable[[list[str]], PlainBatch], tmp_path: Path) -> None:
    batch = local([f"QX-{n},Bo,a" for n in range(7)] + ["KILLER-1,Bo,a"])
    with Deadly(1, [ROOT], tmp_path / "making") as workers:
        result = batch.run(workers)
    assert (result.made, result.failed, result.exit_code) == (7, 1, 4)
    assert [(problem.code, problem.path) for problem in result.problems] == [("worker-died", "row 9")]


def test_a_row_that_takes_too_long_fails_and_the_next_are_made(local: Callable[[list[str]], PlainBatch]) -> None:
    batch = local([f"QX-{n},Bo,a" for n in range(3)] + ["SLOW-1,Bo,a"] + [f"QX-{n},Bo,b" for n in range(3, 6)])
    with batch.folder.lock(), LocalWorkers(1, [ROOT], batch.folder.being_made) as workers:
        store = LayoutStore(batch.folder.layouts)
        planned = plan_batch(batch.roster, batch.maker, store)
        manifest = Manifest(batch.folder.manifest)
        jobs = Jobs(planned, batch.folder, manifest, store, batch.maker.theme, "sample", 1, lambda *_: None)
        given = (replace(job, seconds=0.0001) if job.clients[0].client_ref == "SLOW-1" else job for job in jobs)
        outcomes = list(Dispatcher(workers, stopping=lambda: False).outcomes(iter(given)))
    states = {outcome.client.client_ref: outcome.state for outcome in outcomes}
    assert states == {**{f"QX-{n}": "made" for n in range(6)}, "SLOW-1": "failed"}
    assert [problem.code for outcome in outcomes for problem in outcome.problems] == ["too-much-time"]


class Dead:
    """Workers that cannot even start."""

    capacity = 2

    def submit(self, job: Job) -> Given:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=os._exit, initargs=(1,)) as pool:
            return Given(pool.submit(finish_packet, job))

    is_death = LocalWorkers.is_death

    def restart(self) -> None:
        pass


def test_workers_that_never_live_are_given_up(local: Callable[[list[str]], PlainBatch]) -> None:
    result = local([f"QX-{n},Bo,a" for n in range(30)]).run(Dead())
    assert [problem.code for problem in result.lacking] == ["workers-die"]
    assert (result.made, result.exit_code) == (0, 3)


@pytest.mark.long(shown_by="tests/batch/test_batch_faults.py::test_a_batch_onto_a_full_disk")
def test_a_full_disk_stops_the_batch_and_leaves_the_rest_intact(
    local: Callable[[list[str]], PlainBatch], tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    batch = local([f"QX-{n}-on-a-full-disk,{NAME},a" for n in range(6)])
    layout = plain_layout("a")
    LayoutStore(tmp_path / "shelf").put(layout)
    (kept,) = (path.stat().st_size for path in (tmp_path / "shelf").iterdir())
    values = {"client_ref": "QX-0-on-a-full-disk", "display_name": NAME}
    packet = len(Personaliser(layout, PlainLayouts().theme).personalise(values))
    assert kept < packet - 20
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((kept + packet) // 2, most))  # room for the layout, none for a packet
    try:
        with LocalWorkers(1, [ROOT], tmp_path / "making") as workers:
            result = batch.run(workers)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    assert [problem.code for problem in result.lacking] == ["cannot-write"]
    assert (result.made, result.exit_code) == (0, 3)
    assert [path.name for path in (tmp_path / "out").iterdir() if path.name != ".handoutkit"] == []
    with LocalWorkers(1, [ROOT], tmp_path / "making") as workers:
        assert batch.run(workers).made == 6


def test_each_layout_is_made_once_and_a_broken_one_fails_its_rows(
    local: Callable[[list[str]], PlainBatch], tmp_path: Path
) -> None:
    rows = [f"QX-{n},Bo,{'ab'[n % 2]}" for n in range(10)] + [f"X-1,Bo,{BROKEN}", "X-2,Bo,nope"]
    batch = local(rows)
    with LocalWorkers(2, [ROOT], tmp_path / "making") as workers:
        result = batch.run(workers)
    assert (batch.maker.made, result.made, result.bad) == (2, 10, 2)
    assert [(problem.code, problem.path) for problem in result.problems] == [
        ("unknown-packet", "row 13, packet"),
        ("broken-packet", ""),
        ("no-layout", "row 12"),
    ]


def test_a_packet_that_is_not_right_is_withheld(local: Callable[[list[str]], PlainBatch], tmp_path: Path) -> None:
    with LocalWorkers(1, [ROOT], tmp_path / "making") as workers:
        result = local(["QX-1,Bo,a", f"QX-2,Bo,{UNMARKED}"]).run(workers)
    assert (result.made, result.withheld, result.exit_code) == (1, 1, 5)
    assert [(problem.code, problem.path) for problem in result.problems] == [("withheld", "row 3")]
    assert [path.name for path in (tmp_path / "out").glob("*.pdf")] == ["QX-1.pdf"]


def test_a_name_whose_fonts_are_missing_is_a_problem_of_its_row_alone(
    local: Callable[[list[str]], PlainBatch], tmp_path: Path
) -> None:
    batch = local(["QX-1,Bo,a", "QX-2,陳小樣,a", "QX-3,Zoë,b"])
    theme = batch.maker.theme
    batch.maker.theme = replace(theme, roots=tuple(root for root in theme.roots if root.parent.name not in EXTRAS))
    with LocalWorkers(1, [ROOT], tmp_path / "making") as workers:
        result = batch.run(workers)
    assert (result.total, result.made, result.bad, result.exit_code) == (2, 2, 1, 4)
    (told,) = result.problems
    assert (told.code, told.path, told.line, told.column) == ("missing-fonts", "row 3, display_name", 3, 2)
    assert "陳" not in str(told)
    (client,) = (client for client in batch.roster.clients(frozenset()) if client.row == 3)
    (outcome,) = finish_packet(Job(plain_layout("a"), batch.maker.theme, (client,), frozenset()))
    assert (outcome.state, [problem.code for problem in outcome.problems]) == ("failed", ["missing-fonts"])


def test_two_runs_do_not_meet_in_one_folder(tmp_path: Path) -> None:
    second = BatchFolder(tmp_path / "out").lock()
    with BatchFolder(tmp_path / "out").lock(), pytest.raises(UsageError, match="batch-busy"):
        second.__enter__()
