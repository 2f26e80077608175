"""A folder is given to the file manager where there is one; nothing happens elsewhere."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from handoutkit.webapp.uploaded_rosters import shown_in_file_manager


@pytest.mark.skipif(sys.platform != "linux", reason="the name of the program is that of Linux")
def test_the_folder_is_given_to_the_program_of_the_desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, told = tmp_path / "week one", tmp_path / "told"
    folder.mkdir()
    program = tmp_path / "xdg-open"
    program.write_text(f'#!/bin/sh\nprintf %s "$1" > {told}\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    assert not shown_in_file_manager(folder)
    monkeypatch.setenv("DISPLAY", ":0")
    assert not shown_in_file_manager(tmp_path / "not there")
    assert shown_in_file_manager(folder)
    deadline = time.monotonic() + 10
    while not told.exists() or not told.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert told.read_text() == str(folder)
