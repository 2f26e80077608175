"""The start on the desktop: what it holds on each system, and that it takes no other file's place."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from handoutkit.errors import MachineError
from handoutkit.scaffold.desktop_start import put_on_desktop, start_file, start_on_desktop
from tests.support.desktop_entries import exec_words, read_entry

HARD = '/home/ana/50% of "it"/$HOME/`x`/back\\slash/Ñandú\'s'


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "Desktop"
    folder.mkdir()
    monkeypatch.setenv("XDG_DESKTOP_DIR", str(folder))
    return folder


@pytest.mark.parametrize("folder", ["/home/ana/handouts", HARD])
def test_linux_gets_a_desktop_entry_that_runs_these_words(folder: str) -> None:
    made = start_file("linux", "handoutkit mine", "/opt/py/bin/python", folder)
    assert made.name == "handoutkit mine.desktop"
    entry = read_entry(made.text)
    assert (entry["Type"], entry["Name"], entry["Terminal"]) == ("Application", "handoutkit mine", "false")
    assert exec_words(entry["Exec"]) == ["/opt/py/bin/python", "-P", "-m", "handoutkit.cli.from_desktop", folder]
    assert Path(entry["Icon"]).is_file()


@pytest.mark.parametrize("folder", ["/Users/ana/handouts", HARD])
def test_macos_gets_a_command_that_the_shell_reads_as_these_words(folder: str) -> None:
    made = start_file("darwin", "handoutkit mine", "/opt/py/bin/python", folder)
    assert made.name == "handoutkit mine.command"
    first, second = made.text.splitlines()
    assert first == "#!/bin/sh"
    words = shlex.split(second)
    assert words == ["exec", "/opt/py/bin/python", "-P", "-m", "handoutkit.cli.from_desktop", folder]
    if os.name == "posix":
        shown = subprocess.run(
            ["sh", "-c", second.replace("exec", "printf '%s\\n'", 1)], capture_output=True, check=True
        )
        assert folder in shown.stdout.decode().splitlines()


@pytest.mark.parametrize(
    ("folder", "written"),
    [
        (r"C:\Users\Ana & Co\handouts", r"C:\Users\Ana & Co\handouts"),
        (r"C:\50% mine", r"C:\50%% mine"),
        ("D:\\", r"D:\."),
    ],
)
def test_windows_gets_lines_that_start_it_without_a_window(folder: str, written: str) -> None:
    made = start_file("win32", "handoutkit mine", r"C:\Program Files\py\python.exe", folder)
    assert made.name == "handoutkit mine.cmd"
    last = rf'start "" "C:\Program Files\py\pythonw.exe" -P -m handoutkit.cli.from_desktop "{written}"'
    assert made.text == f"@echo off\r\nchcp 65001 >nul\r\n{last}\r\n"


def test_it_is_put_there_once_and_found_again(desktop: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "my practice"
    workspace.mkdir()
    assert start_on_desktop(workspace) == ""
    path = put_on_desktop(workspace)
    assert path.parent == desktop
    assert os.access(path, os.X_OK)
    assert str(sys.executable) in path.read_text(encoding="utf-8")
    assert put_on_desktop(workspace) == path
    assert list(desktop.iterdir()) == [path]
    assert start_on_desktop(workspace) == path.stem == "handoutkit my practice"


def test_no_file_and_no_link_is_written_over(desktop: Path, tmp_path: Path) -> None:
    workspace, elsewhere = tmp_path / "mine", tmp_path / "elsewhere"
    workspace.mkdir()
    first = put_on_desktop(workspace)
    first.write_text("another", encoding="utf-8")
    assert start_on_desktop(workspace) == ""
    (desktop / first.name.replace("mine", "mine 2")).symlink_to(elsewhere)
    third = put_on_desktop(workspace)
    assert third.stem == "handoutkit mine 3" == start_on_desktop(workspace)
    assert "Name=handoutkit mine 3\n" in third.read_text(encoding="utf-8") or sys.platform != "linux"
    assert first.read_text(encoding="utf-8") == "another"
    assert not elsewhere.exists()


def test_without_a_desktop_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for folder in (tmp_path / "none", tmp_path):  # where a desktop is switched off, its folder is the home
        monkeypatch.setenv("XDG_DESKTOP_DIR", str(folder))
        with pytest.raises(MachineError, match="no folder for a desktop"):
            put_on_desktop(tmp_path)
        assert start_on_desktop(tmp_path) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="BROWSER is a shell script")
def test_a_start_that_fails_opens_a_page_that_says_why(tmp_path: Path) -> None:
    browser, opened, gone = tmp_path / "browser", tmp_path / "opened", tmp_path / "moved away"
    browser.write_text(f'#!/bin/sh\ncp "${{1#file://}}" {shlex.quote(str(opened))}\n', encoding="utf-8")
    browser.chmod(0o700)
    words = exec_words(read_entry(start_file("linux", "mine", sys.executable, str(gone)).text)["Exec"])
    env = {**os.environ, "BROWSER": f"{browser} %s", "TMPDIR": str(tmp_path)}
    ran = subprocess.run(words, env=env, capture_output=True, encoding="utf-8", check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    page = opened.read_text(encoding="utf-8")
    assert "handoutkit could not start" in page
    assert f"The folder {gone} is not there." in page
    (kept,) = tmp_path.glob("handoutkit-could-not-start-*.html")
    assert kept.stat().st_mode & 0o077 == 0
