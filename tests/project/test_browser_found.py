"""Which browser ``make test`` takes: of the system's packages, else one that is there; never none in silence."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

RUNS, STUB = "echo Browser 1.0", "echo 'install the snap' >&2; exit 1"
ROOT_USER, USER = "echo 0", "echo 1000"
NO_SUDO, SUDO = "exit 1", 'shift; [ "$1" = true ] || exec "$@"'
Machine = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Asks the script on a machine that has these programs, each with what it does, and nothing else."""

    def ask(**programs: str) -> subprocess.CompletedProcess[str]:
        for name, does in programs.items():
            program = tmp_path / name.replace("_", "-")
            program.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
            program.chmod(0o755)
        for name in ("env", "cp"):
            (tmp_path / name).symlink_to(shutil.which(name) or name)
        command = [shutil.which("sh") or "sh", str(ROOT / "scripts/chromium.sh")]
        env = {"PATH": str(tmp_path)}
        return subprocess.run(command, capture_output=True, text=True, check=False, env=env)

    return ask


def _apt(tmp_path: Path) -> str:
    """Installs a browser, and writes down what it was asked."""
    made = tmp_path / "made"
    made.write_text(f"#!/bin/sh\n{RUNS}\n", encoding="utf-8")
    made.chmod(0o755)
    asked = tmp_path / "asked"
    return f'echo "$@" >>"{asked}"; [ "$1" = update ] || cp "{made}" "{tmp_path}/chromium"'


@pytest.mark.parametrize(("who", "sudo"), [(ROOT_USER, NO_SUDO), (USER, SUDO)], ids=["root", "sudo"])
def test_chromium_is_installed_where_it_may_be(machine: Machine, tmp_path: Path, who: str, sudo: str) -> None:
    ran = machine(id=who, sudo=sudo, apt_get=_apt(tmp_path), google_chrome=RUNS)
    assert (ran.returncode, ran.stdout) == (0, f"{tmp_path}/chromium\n")
    asked = (tmp_path / "asked").read_text(encoding="utf-8").splitlines()
    assert asked == ["update -qq", "install -qq -y --no-install-recommends chromium"]


def test_chromium_that_is_there_is_taken(machine: Machine, tmp_path: Path) -> None:
    ran = machine(id=ROOT_USER, apt_get=_apt(tmp_path), chromium=RUNS, google_chrome=RUNS)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"{tmp_path}/chromium\n", "")
    assert not (tmp_path / "asked").exists()


@pytest.mark.parametrize("browser", ["google-chrome", "microsoft-edge", "chromium-browser"])
def test_else_a_browser_that_is_there(machine: Machine, tmp_path: Path, browser: str) -> None:
    ran = machine(id=USER, sudo=NO_SUDO, apt_get="exit 1", **{browser: RUNS})
    assert (ran.returncode, ran.stdout) == (0, f"{tmp_path}/{browser}\n")


def test_a_package_that_cannot_be_had_does_not_stop_the_search(machine: Machine, tmp_path: Path) -> None:
    ran = machine(id=ROOT_USER, apt_get="exit 100", chromium_browser=STUB, google_chrome=RUNS)
    assert (ran.returncode, ran.stdout) == (0, f"{tmp_path}/google-chrome\n")


def test_none_says_what_to_install(machine: Machine) -> None:
    ran = machine(id=USER, sudo=NO_SUDO, apt_get="exit 1", chromium_browser=STUB)
    assert (ran.returncode, ran.stdout) == (3, "")
    assert "sudo apt-get install chromium" in ran.stderr
    assert "HANDOUTKIT_BROWSER=" in ran.stderr
