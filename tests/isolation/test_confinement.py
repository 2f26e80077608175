"""What a worker that was taken over can still do; each attempt is made in real ones, and the system refuses it.

What is promised is what ``handoutkit doctor`` says of this machine: Linux holds a worker to all of it where the kernel
has Landlock and seccomp, and other systems to none.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import Any

import pytest

from handoutkit.batch.batch_folder import BatchFolder
from handoutkit.batch.finish_packet import Job
from handoutkit.batch.local_workers import LocalWorkers
from handoutkit.doctor import findings
from handoutkit.errors import MachineError
from handoutkit.isolation.confinement import ConfinementFacts, confinement_facts
from handoutkit.isolation.landlock import version
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import Worker
from tests.conftest import ROOT, Run
from tests.support import worker_tasks
from tests.support.packet_sample import sample

ROOM = ResourceLimits(seconds=5, wall=60, memory=1_500_000_000)
ATTEMPTS = [
    ("try_to_run_a_program", (), "programs"),
    ("try_to_become_a_program", (), "programs"),
    ("try_to_fork", (), "programs"),
    ("try_to_end_the_parent", (), "programs"),
    ("try_to_limit_the_parent", (), "programs"),
    ("try_to_lift_its_limits", (), "programs"),
    ("try_to_slow_the_parent", (), "programs"),
    ("try_to_have_the_parent_sent_a_signal", (), "programs"),
    ("try_to_type_into_the_terminal", (), "programs"),
    ("try_to_share_memory", (), "network"),
    ("try_to_watch", ("{home}",), "programs"),
    ("try_to_be_told_who_opens", ("{given}",), "programs"),
    ("try_to_keep_others_from", ("{given}/page.yaml",), "programs"),
    ("try_to_change_attributes", ("{given}/page.yaml",), "programs"),
    ("try_to_set_the_clock", (), "programs"),
    ("try_to_reach_the_network", (), "network"),
    ("try_to_reach_another_program", (), "network"),
    ("try_to_read", ("/etc/passwd",), "files"),
    ("try_to_read", ("{home}/secret.txt",), "files"),
    ("try_to_list", ("{home}",), "files"),
    ("try_to_write", ("{home}/new.txt",), "files"),
    ("try_to_write", ("{given}/new.txt",), "files"),
    ("try_to_write", ("{given}/page.yaml",), "files"),
    ("try_to_cut", ("{given}/page.yaml",), "files"),
    ("try_to_remove", ("{given}/page.yaml",), "files"),
    ("try_to_link", ("{given}/page.yaml",), "files"),
    ("try_to_open_up", ("{given}/page.yaml",), "programs"),
]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder that a worker is given, and one beside it that it is not."""
    folders = {name: tmp_path_factory.mktemp(name) for name in ("given", "home")}
    (folders["given"] / "page.yaml").write_text("id: page")
    (folders["home"] / "secret.txt").write_text("what nobody may read")
    return folders


@pytest.fixture(scope="module")
def worker(places: dict[str, Path]) -> Iterator[Worker]:
    worker = Worker()
    worker.start(reads=[ROOT, places["given"]])
    yield worker
    worker.end()


@pytest.fixture(scope="module")
def of_a_batch(places: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The pool in which the values of clients are set."""
    folder = tmp_path_factory.mktemp("batch")
    with LocalWorkers(1, [ROOT, places["given"]], folder) as workers:
        yield workers._processes[0].pool


def ask(worker: Worker, task: str, *args: object) -> Any:
    return worker.call(f"{worker_tasks.__name__}:{task}", *args, limits=ROOM, file="a.yaml")


def promised(worker: Worker) -> ConfinementFacts:
    function = f"{confinement_facts.__module__}:confinement_facts"
    found: ConfinementFacts = worker.call(function, limits=ROOM, file="a.yaml")
    return found


@pytest.mark.parametrize(("task", "args", "what"), ATTEMPTS)
def test_what_is_taken_away_is_refused(
    worker: Worker, places: dict[str, Path], task: str, args: tuple[str, ...], what: str
) -> None:
    named = [arg.format_map(places) for arg in args]
    assert ask(worker, task, *named) == getattr(promised(worker), what)


@pytest.mark.parametrize(("task", "args", "what"), ATTEMPTS)
def test_the_processes_of_a_batch_are_held_too(
    of_a_batch: Any, places: dict[str, Path], task: str, args: tuple[str, ...], what: str
) -> None:
    named = [arg.format_map(places) for arg in args]
    promises = of_a_batch.submit(confinement_facts).result()
    assert of_a_batch.submit(getattr(worker_tasks, task), *named).result() == getattr(promises, what)


def test_passwords_and_keys_in_the_environment_are_not_seen(
    worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PACKETS", "a password")
    worker.end()
    assert "PACKETS" in os.environ
    assert "PACKETS" not in ask(worker, "environment")
    with LocalWorkers(1, [ROOT], tmp_path) as workers:
        # Processes start with the first job, which must be one of ours to be given out as jobs are.
        assert workers.submit(Job(sample().layout, sample().theme, (), frozenset())).outcomes.result() == ()
        assert "PACKETS" not in workers._processes[0].pool.submit(worker_tasks.environment).result()
    assert os.environ["PACKETS"] == "a password"


def test_this_machine_holds_what_its_kernel_can(worker: Worker) -> None:
    """A fault of ours must not pass for a system that knows no better."""
    if sys.platform == "linux":
        import ctypes

        seccomp = Path("/proc/sys/kernel/seccomp/actions_avail").exists() and os.uname().machine in (
            "x86_64",
            "aarch64",
        )
        assert promised(worker) == ConfinementFacts(seccomp, seccomp, version(ctypes.CDLL(None)) > 0)
    else:
        assert promised(worker) == ConfinementFacts()


def test_what_libraries_do_goes_on(worker: Worker, of_a_batch: Any, places: dict[str, Path]) -> None:
    assert ask(worker, "work_as_ever") == "colorsys kept"
    assert of_a_batch.submit(worker_tasks.work_as_ever).result() == "colorsys kept"
    assert not ask(worker, "try_to_read", str(places["given"] / "page.yaml"))


def test_a_process_of_a_batch_does_not_take_over_the_command(tmp_path: Path) -> None:
    with LocalWorkers(1, [ROOT], tmp_path) as workers:
        with pytest.raises(BrokenExecutor):
            workers._processes[0].pool.submit(worker_tasks.take_over, str(tmp_path / "broken-out")).result()
        assert not (tmp_path / "broken-out").exists()
        workers.restart()
        with pytest.raises(BrokenExecutor):
            workers._processes[0].pool.submit(worker_tasks.give_what_is_deep).result()
        workers.restart()
        with pytest.raises(MachineError) as lacking:
            workers._processes[0].pool.submit(worker_tasks.lack).result()
        assert [problem.code for problem in lacking.value.problems] == ["no-pango", "b"]


def test_a_process_of_a_batch_reads_and_removes_nothing_of_it_but_what_it_is_making(tmp_path: Path) -> None:
    """Not the packets, the manifest and the key that are there, and not what another process is making."""
    batch = BatchFolder(tmp_path / "batch")
    with batch.lock(), LocalWorkers(2, [ROOT], batch.being_made) as workers:
        mine, others = workers._processes
        files = (batch.packet("QX-1"), batch.manifest, batch.private / "key", others.folder / "QX-2.pdf")
        for file in files:
            file.write_bytes(b"Robin")
        held = mine.pool.submit(confinement_facts).result().files
        for file in files:
            assert mine.pool.submit(worker_tasks.try_to_read, str(file)).result() == held
            assert mine.pool.submit(worker_tasks.try_to_remove, str(file)).result() == held
        assert not mine.pool.submit(worker_tasks.try_to_write, str(mine.folder / "QX-3.pdf")).result()
    assert not batch.being_made.exists()


def test_a_process_of_a_batch_has_no_terminal(tmp_path: Path) -> None:
    """It could read what is typed there, such as a password, and type commands itself."""
    import pty

    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from handoutkit.batch.local_workers import LocalWorkers\n"
        "from tests.support import worker_tasks\n"
        "if __name__ == '__main__':\n"
        "    with LocalWorkers(1, [Path(sys.argv[1])], Path(sys.argv[2])) as workers:\n"
        "        found = workers._processes[0].pool.submit(worker_tasks.terminals).result()\n"
        "        Path(sys.argv[2], 'found').write_text(repr(found))\n"
    )
    script = tmp_path / "script.py"
    script.write_text(code)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    ours, theirs = pty.openpty()
    try:
        command = [sys.executable, str(script), str(ROOT), str(tmp_path)]
        subprocess.run(command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, check=True, timeout=120)
    finally:
        os.close(ours)
        os.close(theirs)
    assert (tmp_path / "found").read_text() == "[]"


def test_a_file_that_was_written_anew_is_given_again(worker: Worker, tmp_path: Path) -> None:
    """To the system it is another; so is a folder that was made again."""
    file = tmp_path / "one.pdf"
    for text in ("one", "two"):
        file.unlink(missing_ok=True)
        file.write_text(text)
        named = f"{worker_tasks.__name__}:try_to_read"
        assert worker.call(named, str(file), limits=ROOM, file="a.yaml", reads=[ROOT, file]) is False
    number = ask(worker, "number")
    assert worker.call(f"{worker_tasks.__name__}:number", limits=ROOM, file="a.yaml", reads=[file]) == number


def test_doctor_says_what_holds_here(run: Run, worker: Worker, tmp_path: Path) -> None:
    (found,) = [one for one in findings(tmp_path) if one.name == "second process"]
    promises = promised(worker)
    assert (found.state == "ok") == (promises == ConfinementFacts(True, True, True))
    before, _, lacking = found.detail.partition("does not hold it to")
    assert ("reaches no network" in before) == promises.network
    assert ("starts no program" in before) == promises.programs
    assert ("opens no file" in before) == promises.files
    assert found.detail in run("doctor").stdout
    assert bool(lacking) == (found.state == "weaker")
