"""What machines do to a batch: what was made stays, nothing is made twice, nothing is half written."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, TODAY, Run, Tree
from tests.support.batch_samples import many, roster, small_workspace
from tests.support.killed_batch import ROWS
from tests.support.machine_faults import environment, run_alone, run_on_full_disk, run_read_only, start
from tests.support.short_suite import rest_is_long

BATCH = (
    "batch",
    "roster.csv",
    "--packet",
    "small",
    "--allow-empty",
    "--allow-empty",
    "--date",
    TODAY.isoformat(),
    "--processes",
    "1",
)


@pytest.fixture
def folder(tree: Tree, warm: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a roster of twelve; what is laid out for it is in the cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(warm))
    workspace = small_workspace(tree)
    roster(workspace / "roster.csv", many(12))
    return workspace


def packets(folder: Path) -> list[Path]:
    return sorted((folder / "output" / "roster").glob("*.pdf"))


@pytest.fixture
def quick() -> Iterator[Path]:
    """A folder in memory where there is one: so a batch is at work most of the time, and does not wait for the disk."""
    memory = Path("/dev/shm")  # noqa: S108
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.mark.parametrize("kills", rest_is_long([15, 50], stays=lambda kills: kills == 15))
def test_killed_at_random_moments(quick: Path, kills: int) -> None:
    """Each of 15 times, and of 50, all that the manifest names is whole; the last run makes the rest, none twice."""
    seed = random.randrange(2**32)  # noqa: S311
    command = [sys.executable, "-m", "tests.support.killed_batch", str(quick), str(kills), str(seed)]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"seed {seed}: {done.stderr}"
    told = json.loads(done.stdout)
    assert told["files"] == ROWS
    assert len(set(told["reached"])) > 3  # it was indeed at work
    assert told["made"] + told["unchanged"] == ROWS
    assert told["left"] == [".handoutkit"]


def test_a_batch_onto_a_full_disk(folder: Path, tmp_path: Path) -> None:
    """Exit 3, `cannot-write`; nothing half written is left on the disk."""
    result = run_on_full_disk(tmp_path / "full", "-q", *BATCH, "-o", tmp_path / "full", cwd=folder)
    assert result.returncode == 3
    assert "error[cannot-write]" in result.stderr
    assert ".part" not in result.stdout


@pytest.mark.long(shown_by="test_a_batch_onto_a_full_disk")
def test_a_batch_into_a_folder_that_is_read_only(folder: Path, run: Run) -> None:
    """Exit 3, `cannot-write`; the next run does it all."""
    (folder / "output").mkdir()
    result = run_read_only(folder / "output", *BATCH, cwd=folder)
    assert (result.returncode, packets(folder)) == (3, [])
    assert "error[cannot-write]" in result.stderr
    assert run(*BATCH, cwd=folder).exit_code == 0
    assert len(packets(folder)) == 12


def test_a_batch_whose_folder_goes_away(folder: Path, run: Run) -> None:
    """It ends with a problem, or with whatever can be made; the next run makes what is missing."""
    stop = threading.Event()

    def take_away() -> None:
        while not stop.wait(0.05):
            shutil.rmtree(folder / "output", ignore_errors=True)

    thread = threading.Thread(target=take_away)
    thread.start()
    try:
        result = run_alone(*BATCH, cwd=folder)
    finally:
        stop.set()
        thread.join()
    assert result.returncode in (0, 3, 4)
    assert "Traceback" not in result.stderr
    assert "error[bug]" not in result.stderr
    assert run(*BATCH, cwd=folder).exit_code == 0
    assert len(packets(folder)) == 12
    assert {"manifest.jsonl", "report.txt"} == {
        path.name for path in (folder / "output" / "roster").iterdir() if path.is_file() and path.suffix != ".pdf"
    }


@pytest.mark.long(shown_by="tests/batch/test_batch_survives.py::test_two_runs_do_not_meet_in_one_folder")
def test_two_batches_into_one_folder(folder: Path) -> None:
    """One of them does it, the other is told that the folder is taken (exit 2), or finds all of it done."""
    roster(folder / "roster.csv", many(60))
    first, second = start(*BATCH, cwd=folder), start(*BATCH, cwd=folder)
    codes = sorted((first.wait(), second.wait()))
    assert codes in ([0, 0], [0, 2])
    assert len(packets(folder)) == 60
    names = [json.loads(line)["file"] for line in (folder / "output/roster/manifest.jsonl").read_text().splitlines()]
    assert len(names) == len(set(names)) == 60


@pytest.mark.long(shown_by="tests/cli/test_hostile.py::test_it_is_refused")
def test_a_roster_of_a_million_columns(folder: Path) -> None:
    """Exit 1 with one problem, soon."""
    columns = ",".join(["client_ref", *(f"column-{number}" for number in range(1_000_000))])
    (folder / "roster.csv").write_text(f"{columns}\nQX-1\n")
    result = run_alone(*BATCH, "--json", cwd=folder)
    assert result.returncode == 1
    assert len(json.loads(result.stdout)["problems"]) == 1


def test_references_that_are_paths(folder: Path, run: Run) -> None:
    """Exit 4 with a problem at each row; nothing is written for it."""
    refs = ["../QX-1", "con", "/etc/QX-1", "QX\u202e1", "a\0b", "QX-1.pdf/..", "-", "."]
    (folder / "roster.csv").write_text("\n".join(["client_ref", *refs, "QX-9", ""]), encoding="utf-8")
    before = set(folder.parent.rglob("*.pdf"))
    result = run(*BATCH, "--json", cwd=folder)
    assert result.exit_code == 4
    rows = [problem["line"] for problem in result.json["problems"]]
    assert sorted(set(rows)) == list(range(2, 10))
    assert [path.name for path in set(folder.parent.rglob("*.pdf")) - before] == ["QX-9.pdf"]


@pytest.mark.long(shown_by="test_killed_at_random_moments")
def test_a_batch_that_is_killed_with_its_workers_goes_on(folder: Path, run: Run) -> None:
    """The next run makes what is missing."""
    process = start(*BATCH, cwd=folder)
    try:
        process.wait(timeout=0.8)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert run(*BATCH, cwd=folder).exit_code == 0
    assert len(packets(folder)) == 12
