"""Hostile input is refused with words, soon; nothing is written, and nothing is read from elsewhere."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest

from handoutkit.render import worker_typesetter
from tests.conftest import Run
from tests.support.hostile import CASES, LIMITS, Hostile
from tests.support.hostile_tables import TABLES
from tests.support.short_suite import rest_is_long

SLOW = {
    "a template with spans of a million",  # as one that never ends
    "a template with 99,999 paragraphs",
    "a template with 200 boxes in boxes",
    "a value of 10,000 Arabic letters without a space",  # as one of 10,000 letters
    "a roster of a million rows",  # as one of a million columns
    "a PNG with colours that unpack to 400 MB",  # as one with a text that does
}
"""What shows no other limit than one that is in the short suite."""


@pytest.mark.parametrize(
    "case", rest_is_long([*CASES, *TABLES], stays=lambda case: case.name not in SLOW), ids=lambda case: case.name
)
def test_it_is_refused(case: Hostile, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_typesetter, "LIMITS", LIMITS)
    workspace = case.write(tmp_path)
    started = time.perf_counter()
    result = run(*case.command, "--json", cwd=workspace)
    assert time.perf_counter() - started < 30
    problems = [(problem["code"], problem["file"]) for problem in result.json["problems"]]
    assert (result.exit_code, problems) == (case.exit_code, [(case.code, case.file)] * bool(case.code))
    assert "what nobody may read" not in result.stdout + result.stderr
    assert not any(unicodedata.category(char) == "Cc" for char in result.stderr.replace("\n", "").replace("\t", ""))
    assert not any(tmp_path.rglob("canary"))
    assert any((workspace / "output").rglob("*.pdf")) == (case.code == "")
