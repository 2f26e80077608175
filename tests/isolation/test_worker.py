"""Whatever happens in the worker, the main process is told in words and goes on."""

from __future__ import annotations

import importlib
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest

from handoutkit.errors import ContentError, HandoutkitError, MachineError, Problem
from handoutkit.isolation.messages import Done, Exceeded, NotAReplyError, Refused, reply_of
from handoutkit.isolation.pickle_bounds import refuse_too_much
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import BugInWorkerError, Worker
from tests.conftest import ROOT, Tree
from tests.support.hostile_pickles import NEVER_DONE
from tests.support.samples import FILES, HANDOUT
from tests.support.short_suite import rest_is_long

ROOM = ResourceLimits(seconds=1, wall=90, memory=500_000_000, output=20_000_000)
TASKS = "tests.support.worker_tasks"
PAGES = [f"page-{n}" for n in range(6)]
"""Enough that two workers are still at them half a second after both were started, with most of it to import."""
COMMAND = [sys.executable, "-m", "handoutkit"]


class StartedProcesses:
    """Counts the processes that are started from now on."""

    def __init__(self) -> None:
        self.count = 0
        sys.addaudithook(self._heard)

    def _heard(self, event: str, _: tuple[object, ...]) -> None:
        self.count += event == "subprocess.Popen"


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.end()


def ask(worker: Worker, task: str, *args: object, limits: ResourceLimits = ROOM) -> object:
    return worker.call(f"{TASKS}:{task}", *args, limits=limits, file="a.yaml", reads=[ROOT])


@pytest.mark.parametrize(
    ("task", "code", "named"),
    [
        ("spin", "too-much-time", "more than 1 seconds of processor time"),
        ("spin_and_ignore", "too-much-time", "more than 1 seconds of processor time"),
        ("give_what_is_deep", "worker-died", "ended before it was done"),
        ("spin_in_c", "too-much-time", "more than 1 seconds of processor time"),
        ("sleep", "too-much-time", "longer than 2 seconds"),
        ("eat", "too-much-memory", "more than 500 MB of memory"),
        ("eat_and_hide", "worker-died", "ended before it was done"),
        ("open_many", "too-many-files", "more than 128 open files"),
        ("write_much", "too-much-output", "larger than 20 MB"),
        ("give_much", "too-much-output", "larger than 20 MB"),
        ("crash", "worker-died", "ended before it was done"),
        ("leave", "worker-died", "ended before it was done"),
        ("give_what_is_not_ours", "worker-died", "ended before it was done"),
    ],
)
def test_a_limit_that_is_hit_is_a_problem_of_the_file(worker: Worker, task: str, code: str, named: str) -> None:
    limits = replace(ROOM, wall=2) if task == "sleep" else ROOM
    with pytest.raises(ContentError) as caught:
        ask(worker, task, limits=limits)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == (code, "a.yaml")
    assert named in problem.message
    assert ask(worker, "answer", "as if nothing had happened") == "as if nothing had happened"


def test_threads_that_start_it_at_once_have_one_process() -> None:
    """A second one would be lost: nobody would end it, and Python tells of it later, in a test that is not to blame."""
    worker, started = Worker(), StartedProcesses()
    together = Barrier(4)

    def start() -> None:
        together.wait()
        worker.start()

    with ThreadPoolExecutor(4) as threads:
        for one in [threads.submit(start) for _ in range(4)]:
            one.result()
    worker.end()
    assert started.count == 1


def test_each_task_has_the_whole_time(worker: Worker) -> None:
    first = ask(worker, "number")
    for _ in range(3):
        ask(worker, "burn", limits=replace(ROOM, seconds=1))
    assert ask(worker, "number") == first  # three times 0.6 seconds is more than one task may take


def test_what_is_printed_is_not_taken_for_a_reply(worker: Worker) -> None:
    assert ask(worker, "noisy") == 0


def test_it_works_where_the_parent_is(worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert ask(worker, "where") == str(tmp_path)


def test_problems_and_bugs_come_across(worker: Worker) -> None:
    with pytest.raises(MachineError) as lacking:
        ask(worker, "lack")
    assert [problem.code for problem in lacking.value.problems] == ["no-pango", "b"]
    with pytest.raises(BugInWorkerError, match="in be_wrong") as bug:
        ask(worker, "be_wrong")
    assert bug.value.kind == "ZeroDivisionError"


def test_what_earlier_tasks_left_does_not_count(worker: Worker) -> None:
    """A worker that has grown is replaced before a file is blamed."""
    assert ask(worker, "keep", 300_000_000) == 300_000_000
    assert ask(worker, "keep", 300_000_000) == 300_000_000


@pytest.mark.parametrize("name", ["pairs of pairs as a key", "a deep tuple as a key", "numbers of one hash"])
def test_a_reply_that_would_never_be_read_is_not_read(worker: Worker, name: str) -> None:
    with pytest.raises(ContentError) as caught:
        ask(worker, "send_instead", NEVER_DONE[name])
    assert [problem.code for problem in caught.value.problems] == ["worker-died"]
    assert ask(worker, "answer", "as if nothing had happened") == "as if nothing had happened"


class _Runs:
    def __reduce__(self) -> tuple[object, tuple[str, ...]]:
        return os.system, ("touch broken-out",)


class _Imports:
    def __reduce__(self) -> tuple[object, tuple[str, ...]]:
        from handoutkit.files.atomic_write import write_file

        return write_file, ("broken-out", "x")


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\x80\x05\x95nonsense",
        pickle.dumps(Done(_Runs())),
        pickle.dumps(Done(_Imports())),
        pickle.dumps(Done(Path("/"))),
        pickle.dumps("no reply"),
        pickle.dumps(Refused(Problem, (Problem("a", "b"),))),  # type: ignore[arg-type]
        pickle.dumps(Refused(ContentError, ("no problem",))),  # type: ignore[arg-type]
        pickle.dumps(Refused(ContentError, (Problem("a", "b", line="1"),))),  # type: ignore[arg-type]
        pickle.dumps(Refused(ContentError, ())),
        pickle.dumps(Exceeded("nothing")),
        b"chandoutkit.__main__\nmain\n.",
        b"chandoutkit.isolation.worker\nsubprocess.Popen\n.",
        b"chandoutkit.isolation.worker\nWorker\n.",
    ],
)
def test_a_worker_that_was_taken_over_does_not_take_over_the_parent(
    message: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotAReplyError):
        reply_of(message)
    assert list(tmp_path.iterdir()) == []
    problem = Problem("a", "b")
    assert reply_of(pickle.dumps(Done([problem, HandoutkitError]))) == Done([problem, HandoutkitError])


@pytest.mark.parametrize(
    ("module", "kind", "name"),
    [
        ("handoutkit.errors", "Problem", "hint"),
        ("handoutkit.errors", "ContentError", "exit_code"),
        ("handoutkit.library.workspace", "Workspace", "folder"),
        ("handoutkit.pictures.picture_check", "Weight", "pieces"),
        ("handoutkit.render.theme", "Theme", "asset"),
    ],
)
def test_a_reply_does_not_change_our_classes(module: str, kind: str, name: str) -> None:
    """A pickle can set attributes of what it names, and so what the parent does with it from then on."""
    owner = getattr(importlib.import_module(module), kind)
    before = dict(vars(owner))
    texts = [b"\x8c" + bytes([len(text)]) + text.encode() for text in (module, kind, name)]
    set_it = b"\x80\x05%b%b\x93N}%bK\x05s\x86b." % tuple(texts)
    refuse_too_much(set_it)
    with pytest.raises(NotAReplyError):
        reply_of(set_it)
    assert dict(vars(owner)) == before


def test_a_file_in_the_folder_is_not_taken_for_a_module(tree: Tree) -> None:
    folder = tree({**FILES, "weasyprint.py": "open('broken-out', 'w')", "pikepdf.py": "open('broken-out', 'w')"})
    code = "from handoutkit.cli import main; main()"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-P", "-c", code, "build", "small-page"]
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    assert not (folder / "broken-out").exists()


# ---- The processes of a run


@pytest.fixture
def building(tree: Tree) -> Iterator[subprocess.Popen[str]]:
    """A build whose two workers have been at work for a moment, in a group of their own."""
    files = {f"handouts/{page}.yaml": HANDOUT.replace("small-page", page) for page in PAGES}
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(
        [*COMMAND, "build", "--processes", "2", *PAGES],
        cwd=tree({**FILES, **files}),
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    until = time.monotonic() + 30
    while len(_children(process.pid)) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.5)
    assert process.poll() is None
    yield process
    _signalled(process.pid)
    process.communicate()


def _children(pid: int) -> list[int]:
    """The child processes of a process, by whichever of its threads they were started; only Linux tells."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for one in lists for child in one.read_text().split()]


def _signalled(group: int, number: int = signal.SIGKILL) -> bool:
    """Whether there was anything left of a process group to send a signal to; signal 0 does nothing to it."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("group", rest_is_long([True, False], stays=bool))
def test_ctrl_c_ends_both(building: subprocess.Popen[str], group: bool) -> None:
    (os.killpg if group else os.kill)(building.pid, signal.SIGINT)
    _, said = building.communicate(timeout=10)
    assert (building.returncode, said.strip()) == (130, "Stopped; nothing is half written.")
    assert not _signalled(building.pid)


def test_a_worker_does_not_outlive_its_parent(building: subprocess.Popen[str]) -> None:
    building.kill()
    building.wait()
    until = time.monotonic() + 60  # each ends with the page that it is at
    while (alive := _signalled(building.pid, 0)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive


def test_a_worker_that_is_killed_is_replaced(building: subprocess.Popen[str]) -> None:
    for child in _children(building.pid)[:1]:
        os.kill(child, signal.SIGKILL)
    _, said = building.communicate(timeout=60)
    assert (building.returncode, said) == (0, "")


def test_what_is_unchanged_needs_no_worker(tree: Tree) -> None:
    folder = tree(FILES)
    code = (
        "import sys; sys.path.insert(0, {!r});"
        "from handoutkit.cli.main import cli; cli(['build', 'small-page'], standalone_mode=False);"
        "from handoutkit.isolation import worker; sys.exit(worker.the_worker()._process is not None)"
    ).format(str(ROOT / "src"))
    command = [sys.executable, "-c", code]
    assert [subprocess.run(command, cwd=folder, check=False).returncode for _ in range(2)] == [1, 0]


_ONE_WORKER = """
import sys
from pathlib import Path
from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.isolation.worker import the_worker
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render.render_cache import RenderCache

folder = Path(sys.argv[1])
builder = Builder(Library(Workspace(folder)), BuildOptions(), RenderCache(folder / "cache"))
first = the_worker()._process.pid
builder.render(["small-page"])
print(the_worker()._process.pid == first)
"""


def test_a_build_whose_logo_is_checked_first_needs_no_second_worker(tree: Tree) -> None:
    logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    practice = FILES["practices/oak-house.yaml"] + "logo: {file: mark.svg, text: A mark}\n"
    folder = tree({**FILES, "practices/oak-house.yaml": practice, "practices/mark.svg": logo})
    command = [sys.executable, "-c", _ONE_WORKER, str(folder)]
    ran = subprocess.run(command, check=True, cwd=folder, timeout=120, capture_output=True, text=True)
    assert ran.stdout == "True\n"
