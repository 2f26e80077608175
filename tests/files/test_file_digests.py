"""A file is read again as soon as it may be another."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from pathlib import Path

import pytest

from handoutkit.files.file_digests import known_digest, read_digest, state_of

LONG_AGO = time.time() - 3_600


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "font.ttf"
    path.write_bytes(b"one")
    os.utime(path, (LONG_AGO, LONG_AGO))
    return str(path)


def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the file had been there for an hour: the time of its last change cannot be set."""
    later = time.time_ns() + 3_600_000_000_000
    monkeypatch.setattr("handoutkit.files.file_digests.time.time_ns", lambda: later)


def test_what_was_read_is_known(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert known_digest(file) is None
    _settled(monkeypatch)
    assert read_digest(file, state_of(file)) == hashlib.sha256(b"one").digest()
    assert known_digest(file) == hashlib.sha256(b"one").digest()


def test_what_was_read_in_a_state_is_read_no_more_in_that_state(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _settled(monkeypatch)
    state = state_of(file)
    read_digest(file, state)
    Path(file).unlink()
    assert read_digest(file, state) == hashlib.sha256(b"one").digest()
    with pytest.raises(FileNotFoundError):
        read_digest(file, (*state[:-1], state[-1] + 1))


@pytest.mark.skipif(sys.platform == "win32", reason="it keeps no time of the last change of all")
def test_what_was_changed_is_not_known_even_with_the_times_and_size_of_before(
    file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _settled(monkeypatch)
    read_digest(file, state_of(file))
    time.sleep(0.02)  # a tick of the file system's clock
    Path(file).write_bytes(b"two")
    os.utime(file, (LONG_AGO, LONG_AGO))
    assert known_digest(file) is None


def test_what_was_changed_just_now_may_change_again_unseen(file: str) -> None:
    read_digest(file, state_of(file))
    assert known_digest(file) is None


def test_what_is_no_file_any_more_is_not_known(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _settled(monkeypatch)
    read_digest(file, state_of(file))
    Path(file).unlink()
    with pytest.raises(FileNotFoundError):
        known_digest(file)
    Path(file).mkdir()
    assert known_digest(file) is None
    with pytest.raises(ValueError, match="never end"):
        state_of(file)
