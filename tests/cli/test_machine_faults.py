"""What machines do to a command: nothing is lost, nothing is half written, and what is wrong is said."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from handoutkit.build.kept_build import TOLD
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.sheets.kept_heights import STORE
from tests.conftest import Run, Tree
from tests.support.machine_faults import (
    COMMAND,
    environment,
    left_behind,
    namespaces,
    run_alone,
    run_on_full_disk,
    run_read_only,
    start,
    without_library,
)
from tests.support.samples import FILES, HANDOUT

PDF = "oak-house/small-page.pdf"
PANGO = {"linux": "libpango-1.0.so.0", "darwin": "libpango-1.0.0.dylib"}
SUBSET = {"linux": "libharfbuzz-subset.so.0", "darwin": "libharfbuzz-subset.0.dylib"}


@pytest.fixture
def folder(tree: Tree) -> Path:
    return tree(FILES)


@pytest.fixture
def built(folder: Path, run: Run) -> bytes:
    """What a build gives when nothing is wrong; it is in the output and in the cache."""
    assert run("build", "small-page", cwd=folder).exit_code == 0
    return (folder / "output" / PDF).read_bytes()


# ---- Disks


def test_a_full_disk_for_the_output(folder: Path, tmp_path: Path) -> None:
    """Exit 3, `cannot-write`; nothing is left on the disk."""
    result = run_on_full_disk(tmp_path / "full", "build", "small-page", "-o", tmp_path / "full", cwd=folder)
    assert (result.returncode, result.stdout) == (3, "")  # with nothing left on the disk
    assert "error[cannot-write]" in result.stderr


@pytest.mark.long(shown_by="test_a_full_disk_for_the_output")
def test_a_full_disk_for_the_cache(folder: Path, tmp_path: Path) -> None:
    """Built as ever; the cache keeps no PDF, and at most the little that had room: heights, and what was told."""
    env = environment(XDG_CACHE_HOME=str(tmp_path / "full"))
    result = run_on_full_disk(tmp_path / "full", "-q", "build", "small-page", cwd=folder, env=env)
    if namespaces("-rm"):  # else the output is on the same disk
        assert (result.returncode, result.stderr) == (0, "")
        assert [path for path in result.stdout.split() if not Path(path).name.startswith((STORE, TOLD))] == []
        assert left_behind(folder / "output") == []


@pytest.mark.long(shown_by="test_a_full_disk_for_the_output")
def test_a_full_disk_for_temporary_files(folder: Path, tmp_path: Path) -> None:
    """Exit 3, `cannot-write`, with how to choose another folder; nothing is written."""
    env = environment(TMPDIR=str(tmp_path / "full"))
    result = run_on_full_disk(tmp_path / "full", "build", "small-page", cwd=folder, env=env)
    assert (result.returncode, result.stdout) == (3, "")
    assert "error[cannot-write]" in result.stderr
    assert "TMPDIR" in result.stderr
    assert not (folder / "output").exists()


@pytest.mark.long(shown_by="test_a_full_disk_for_the_output")
def test_an_output_folder_that_is_read_only(folder: Path, built: bytes, run: Run) -> None:
    """Exit 3, `cannot-write`; the older PDF stays whole, and the next build takes its place."""
    (folder / "handouts/small-page.yaml").write_text(HANDOUT.replace("opening words", "new words"))
    result = run_read_only(folder / "output" / "oak-house", "build", "small-page", cwd=folder)
    assert result.returncode == 3
    assert "error[cannot-write]" in result.stderr
    assert (folder / "output" / PDF).read_bytes() == built
    assert run("build", "small-page", cwd=folder).exit_code == 0


@pytest.mark.long(shown_by="tests/batch/test_batch_faults.py::test_a_batch_whose_folder_goes_away")
def test_an_output_folder_that_goes_away_while_it_is_written_to(folder: Path, built: bytes, run: Run) -> None:
    """Exit 0 or 3, whenever it happens; the next build puts everything right."""
    stop = threading.Event()

    def take_away() -> None:
        while not stop.is_set():
            shutil.rmtree(folder / "output", ignore_errors=True)

    thread = threading.Thread(target=take_away)
    thread.start()
    try:
        results = [run_alone("build", "small-page", cwd=folder) for _ in range(3)]
    finally:
        stop.set()
        thread.join()
    for result in results:
        assert result.returncode in (0, 3)
        assert "Traceback" not in result.stderr
    assert run("build", "small-page", cwd=folder).exit_code == 0
    assert (folder / "output" / PDF).read_bytes() == built
    assert left_behind(folder / "output") == []


# ---- Being killed


def test_killed_at_any_moment_a_build_leaves_whole_files(folder: Path, built: bytes, run: Run) -> None:
    """A whole PDF or none, each of eight times; the next build is as ever."""
    seed = random.randrange(2**32)  # noqa: S311
    print("seed", seed)  # noqa: T201 - shown if it fails
    moments = random.Random(seed)  # noqa: S311
    for _ in range(8):
        shutil.rmtree(folder / "output", ignore_errors=True)
        process = subprocess.Popen(
            [*COMMAND, "build", "small-page"], cwd=folder, env=environment(), stdout=subprocess.DEVNULL
        )
        time.sleep(moments.uniform(0.05, 0.6))
        process.kill()
        process.wait()
        for path in (folder / "output").rglob("*.pdf"):
            assert path.read_bytes() == built
    assert run("build", "small-page", cwd=folder).exit_code == 0
    assert (folder / "output" / PDF).read_bytes() == built


# ---- The cache


@pytest.mark.long(shown_by="test_killed_at_any_moment_a_build_leaves_whole_files")
def test_two_at_once_share_a_cache(folder: Path) -> None:
    """All of them finish, with the same bytes; the entry is whole."""
    processes = [start("build", "small-page", "-o", f"out-{n}", cwd=folder) for n in range(3)]
    assert [process.wait() for process in processes] == [0] * 3
    assert len({(folder / f"out-{n}" / PDF).read_bytes() for n in range(3)}) == 1
    (entry,) = _entries()
    assert RenderCache(entry.parent).get(entry.stem)


def _entries() -> list[Path]:
    """The PDFs in the cache, which has heights of tiles beside them, and what builds told."""
    return [path for path in Path(os.environ["HOME"]).rglob("*.cached") if not path.name.startswith((STORE, TOLD))]


@pytest.mark.parametrize("damage", ["a folder", "a link to nowhere", "a link to a device", "not ours to write"])
def test_an_entry_that_is_no_file_of_ours_does_no_harm(damage: str, folder: Path, run: Run) -> None:
    """Built anew, with the same bytes."""
    assert run("build", "small-page", cwd=folder).exit_code == 0
    built = (folder / "output" / PDF).read_bytes()
    (entry,) = _entries()
    data = entry.read_bytes()
    entry.unlink()
    for told in entry.parent.glob(f"{TOLD}*"):  # or the PDF would not be asked for at all
        told.unlink()
    if damage == "a folder":
        entry.mkdir()
    elif damage == "a link to nowhere":
        entry.symlink_to(folder / "nowhere")
    elif damage == "a link to a device":
        entry.symlink_to("/dev/zero")
    else:
        entry.write_bytes(data[:-1])
        entry.chmod(0o400)
    result = run("build", "small-page", cwd=folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (folder / "output" / PDF).read_bytes() == built


# ---- The machine


def test_a_clock_that_was_set_back(folder: Path, built: bytes, run: Run) -> None:
    """Files, folders and a cache from the future: what is unchanged is not set again, and what was changed is."""
    future = time.time() + 10 * 365 * 86_400
    for path in [*folder.rglob("*"), *Path(os.environ["HOME"]).rglob("*")]:
        os.utime(path, (future, future))
    result = run("build", "small-page", cwd=folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "unchanged" in result.stdout
    (folder / "handouts/small-page.yaml").write_text(HANDOUT.replace("opening words", "new words"))
    assert "unchanged" not in run("build", "small-page", cwd=folder).stdout
    assert (folder / "output" / PDF).read_bytes() != built


def test_the_locale_c(tree: Tree, run: Run) -> None:
    """Built with the same bytes; names in any script are printed."""
    handout = HANDOUT.replace("A small page", "Añadir más é").replace(
        "The opening words.", "“Ça va,” said Zoë – ¿y tú?"
    )
    folder = tree({**FILES, "handouts/small-page.yaml": handout})
    env = environment(LC_ALL="C", LANG="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    result = subprocess.run([*COMMAND, "show", "small-page"], cwd=folder, env=env, capture_output=True, check=True)
    assert "Añadir más é" in result.stdout.decode("utf-8")
    assert run_alone("build", "small-page", cwd=folder, env=env).returncode == 0
    (folder / "output" / PDF).rename(folder / "first.pdf")
    assert run("build", "small-page", "-o", "é", cwd=folder).exit_code == 0
    assert (folder / "first.pdf").read_bytes() == (folder / "é" / PDF).read_bytes()


@pytest.mark.long(shown_by="tests/cli/test_rough_handling.py::test_a_user_without_a_home_builds_without_a_cache")
def test_a_user_without_a_home(folder: Path) -> None:
    """Built without a cache; nothing but the output is left in the folder."""
    env = environment(HOME=None, XDG_CACHE_HOME=None, LOCALAPPDATA=None)
    before = ("unshare", "-U", "--map-user=54321") if namespaces("-U") else ()
    result = run_alone("build", "small-page", cwd=folder, env=env, before=before)
    assert (result.returncode, result.stderr) == (0, "")
    assert sorted(path.name for path in folder.iterdir()) == ["handouts", "output", "practices"]


def test_without_pango_the_line_to_type_is_told(folder: Path, tmp_path: Path) -> None:
    """Exit 3, `no-pango`, with the exact line to type."""
    result = run_alone("build", "small-page", cwd=folder, env=without_library(tmp_path / "lib", PANGO[sys.platform]))
    assert result.returncode == 3
    assert "error[no-pango]" in result.stderr
    assert "install" in result.stderr
    assert not (folder / "output").exists()


@pytest.mark.long(shown_by="test_without_pango_the_line_to_type_is_told")
def test_without_harfbuzz_subset_it_is_slower_and_says_so(folder: Path, tmp_path: Path) -> None:
    """Built all the same; `doctor` says that it is slower, and how to get it."""
    env = without_library(tmp_path / "lib", SUBSET[sys.platform])
    doctor = run_alone("doctor", cwd=folder, env=env)
    assert doctor.returncode == 0
    assert "libharfbuzz-subset is absent; a build takes" in doctor.stdout
    result = run_alone("build", "small-page", cwd=folder, env=env)
    assert (result.returncode, result.stderr) == (0, "")
    assert left_behind(folder / "output") == []


# ---- No network


def test_all_of_it_works_without_a_network(folder: Path) -> None:
    """Every command does its work in a namespace without a route."""
    alone = ("unshare", "-rn") if namespaces("-rn") else ()  # else, every connection of Python's is refused
    env = environment()
    if not alone:
        (folder / "sitecustomize.py").write_text(NO_SOCKETS)
        env["PYTHONPATH"] = os.pathsep.join((str(folder), env["PYTHONPATH"]))
    for command in (["build", "small-page"], ["list"], ["doctor"]):
        result = run_alone(*command, cwd=folder, env=env, before=alone)
        assert (result.returncode, result.stderr) == (0, ""), command
    answers = run_alone("answers", f"output/{PDF}", cwd=folder, env=env, before=alone)
    assert (answers.returncode, answers.stderr.splitlines()[0]) == (
        0,
        f"output/{PDF}: warning[nothing-filled-in]",
    )
    checked = run_alone("check", "small-page", cwd=folder, env=env, before=alone)
    assert (checked.returncode, checked.stderr) == _checked_at_home(folder)


def _checked_at_home(folder: Path) -> tuple[int, str]:
    result = run_alone("check", "small-page", cwd=folder)
    return result.returncode, result.stderr


NO_SOCKETS = """
import os, sys

def refuse(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto"):
        os.write(2, b"the network was asked for")
        os._exit(99)

sys.addaudithook(refuse)
"""
