"""The folder of returned files: what was read is not read again, and the ledger says nothing about anyone."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from tests.conftest import Run, Tree
from tests.support.answer_samples import VALUES, WORKSPACE, blank
from tests.support.hand_made_forms import changed, filled_in

FILLED = filled_in(blank().save(), VALUES)
LEDGER = "already-read.txt"


def test_only_what_is_new_is_read(run: Run, tree: Tree) -> None:
    folder = tree(WORKSPACE) / "returns"
    folder.mkdir()
    (folder / "Zoe Marsh.pdf").write_bytes(FILLED)
    (folder / "broken.PDF").write_bytes(b"")
    (folder / "notes.txt").write_text("no PDF")
    first = run("answers", "--new", "--json", cwd=folder.parent)
    assert first.exit_code == 1
    assert {row["file"] for row in first.json["rows"]} == {"returns/Zoe Marsh.pdf"}
    assert [problem["code"] for problem in first.json["problems"]] == ["empty-file"]
    (folder / "broken.PDF").unlink()
    (folder / "Zoe Marsh (1).pdf").write_bytes(FILLED)
    again = run("answers", "--new", cwd=folder.parent)
    assert (again.exit_code, again.stdout, again.stderr) == (0, "nothing new in returns/ (2 read before)\n", "")
    (folder / "later.pdf").write_bytes(filled_in(FILLED, {"small-page.mood.hopeless": 3}))
    third = run("answers", "--new", "-o", "new.xlsx", cwd=folder.parent)
    assert third.stdout == "new.xlsx  (7 rows from 1 file)\n"
    assert re.match(r"ALERT  no reference  [\d-]{10} \(the file's own day\)  small-page\n", third.stderr)
    assert "I felt hopeless.  Nearly every day  (returns/later.pdf)" in third.stderr


def test_an_alert_says_that_its_day_is_that_of_saving(run: Run, tree: Tree) -> None:
    alarming = filled_in(FILLED, {"small-page.mood.hopeless": 3})
    pdf = changed(alarming, lambda file: file.docinfo.__setitem__("/ModDate", "D:20261126200000Z"))
    folder = tree(WORKSPACE)
    (folder / "a.pdf").write_bytes(pdf)
    assert run("answers", "a.pdf", cwd=folder).stderr.startswith(
        "ALERT  no reference  2026-11-26 (saved)  small-page\n"
    )


def test_the_ledger_is_no_returned_file_when_all_that_is_there_is_named(run: Run, tree: Tree) -> None:
    folder = tree(WORKSPACE) / "returns"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(FILLED)
    assert run("answers", "--new", cwd=folder.parent).exit_code == 0
    every = [f"returns/{path.name}" for path in folder.iterdir()]
    assert len(every) == 2
    again = run("answers", *every, cwd=folder.parent)
    assert (again.exit_code, again.stderr) == (0, "")
    assert run("answers", LEDGER, cwd=folder.parent).exit_code == 1  # what is called so elsewhere is not ours


def test_the_ledger_holds_digests_only_and_is_private(run: Run, tree: Tree) -> None:
    folder = tree(WORKSPACE) / "returns"
    folder.mkdir()
    (folder / "Zoe Marsh.pdf").write_bytes(FILLED)
    assert run("answers", "--new", cwd=folder.parent).exit_code == 0
    ledger = folder / LEDGER
    assert re.fullmatch(r"([0-9a-f]{64}\n)+", ledger.read_text())
    assert stat.S_IMODE(ledger.stat().st_mode) == 0o600


def test_rows_that_could_not_be_written_are_read_again(run: Run, tree: Tree) -> None:
    folder = tree(WORKSPACE) / "returns"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(FILLED)
    assert run("answers", "--new", "-o", Path("returns") / "a.pdf" / "x.csv", cwd=folder.parent).exit_code == 3
    assert not (folder / LEDGER).exists()


def test_the_command_says_what_it_needs(run: Run, tree: Tree) -> None:
    folder = tree(WORKSPACE)
    missing = run("answers", "--new", cwd=folder)
    assert missing.exit_code == 2
    assert "make a folder `returns`" in missing.stderr
    assert run("answers", "--new", "a.pdf", cwd=folder).exit_code == 2
