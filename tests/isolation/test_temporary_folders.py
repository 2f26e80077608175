"""No temporary file outlives its run; of a run that was killed, the next one clears away what it left."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Tree
from tests.support.batch_samples import HEADER, roster, small_workspace
from tests.support.machine_faults import COMMAND, environment, run_alone
from tests.support.samples import FILES
from tests.support.short_suite import rest_is_long

ARABIC = "كيف حالك"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where temporary files go."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def env(folder: Path) -> dict[str, str]:
    return environment(TMPDIR=str(folder))


def test_a_build_leaves_nothing(tree: Tree, folder: Path, env: dict[str, str]) -> None:
    workspace = tree(FILES)
    assert run_alone("build", "small-page", cwd=workspace, env=env).returncode == 0
    assert run_alone("build", "no-such-page", cwd=workspace, env=env).returncode == 2
    assert run_alone("doctor", cwd=workspace, env=env).returncode == 0
    assert list(folder.iterdir()) == []


@pytest.mark.long(shown_by="test_a_build_leaves_nothing")
def test_packets_with_notes_in_other_letters_leave_nothing(
    tree: Tree, folder: Path, env: dict[str, str], warm: Path
) -> None:
    """WeasyPrint sets them, with its own files, in the command for one and in the processes of a batch for many."""
    workspace, env = small_workspace(tree), env | {"XDG_CACHE_HOME": str(warm)}
    people = roster(workspace / "people.csv", [f"QX-{n},Bo Example,,{ARABIC}" for n in range(2)], HEADER)
    told = [*("--packet", "small", "--processes", "2", "--allow-empty"), "--dry-run"]
    for more in (told[:-1], told):
        ran = run_alone("batch", people, *more, cwd=workspace, env=env)
        assert ran.returncode == 0, ran.stderr
        assert list(folder.iterdir()) == []
    assert len(list(workspace.rglob("QX-*.pdf"))) == 2
    one = ["packet", "small", "--client-ref", "QX-9", "--set", "display_name=Bo", "--set", f"note={ARABIC}"]
    ran = run_alone(*one, cwd=workspace, env=env)
    assert ran.returncode == 0, ran.stderr
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "command",
    rest_is_long([["preview", "--no-open"], ["build", "--all"]], stays=lambda command: command[0] == "build"),
    ids=["app", "build"],
)
def test_what_a_killed_run_left_goes_with_the_next(
    command: list[str], tree: Tree, folder: Path, env: dict[str, str]
) -> None:
    workspace = tree(FILES)
    with subprocess.Popen(
        [*COMMAND, *command], cwd=workspace, env=env, stdout=subprocess.DEVNULL, start_new_session=True
    ) as process:
        until = time.monotonic() + 30
        while not list(folder.glob("*/worker-*")) and time.monotonic() < until:
            time.sleep(0.02)
        assert run_alone("list", cwd=workspace, env=env).returncode == 0
        assert list(folder.glob("*/worker-*"))  # of a run that lives, nothing is taken
        os.killpg(process.pid, signal.SIGKILL)
    assert list(folder.iterdir())
    assert run_alone("list", cwd=workspace, env=env).returncode == 0
    assert list(folder.iterdir()) == []


def test_what_is_not_of_a_run_of_ours_stays(tree: Tree, folder: Path, env: dict[str, str], tmp_path: Path) -> None:
    (folder / "handoutkit-run-worktree").mkdir()
    (folder / "handoutkit-run-worktree" / "mine.txt").write_text("mine")
    (folder / "weasyprint-abcdefgh").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / ".handoutkit-run").write_text("")
    (folder / "handoutkit-run-elsewher").symlink_to(tmp_path / "elsewhere")
    before = sorted(folder.rglob("*"))
    assert run_alone("list", cwd=tree(FILES), env=env).returncode == 0
    assert sorted(folder.rglob("*")) == before
    assert list((tmp_path / "elsewhere").iterdir())


def test_the_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    folder = "from handoutkit.isolation.temporary_folders import folder"
    code = f"{folder}; print(oct(folder().stat().st_mode & 0o777), folder())"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(TMPDIR=str(tmp_path)), capture_output=True, text=True, check=True
    )
    assert re.fullmatch(r"0o700 .*/handoutkit-run-\w{8}\n", done.stdout)
    assert list(tmp_path.glob("handoutkit-*")) == []


def test_folders_too_deep_to_walk_and_closed_ones_are_removed(
    folder: Path, env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a worker that was taken over makes them, so that every later command would fail at its start."""
    left = folder / "handoutkit-run-abcdefgh"
    left.mkdir()
    (left / ".handoutkit-run").touch()
    monkeypatch.chdir(left)
    for _ in range(1_200):
        Path("deeper").mkdir()
        os.chdir("deeper")
    Path("file").touch()
    os.chdir(folder)
    (left / "closed").mkdir(mode=0o300)
    (left / "closed" / "in-it").mkdir(mode=0o300)
    ran = run_alone("schema", "handout", cwd=folder.parent, env=env)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert list(folder.iterdir()) == []
