"""Pages filled in and saved by other people's viewers; see ``tests/saved_elsewhere/README.md``."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

FOLDER = ROOT / "tests" / "saved_elsewhere"
ROWS = {
    "thought-record": {
        "record.row-1-situation": "Tuesday, on the phone with Zoë Łukasz Nguyễn",
        "record.row-1-feeling": "Traurig, 70 😀",
        "record.row-1-thought": "محمد يشعر بالتعب",
        "record.row-1-fairer": "She said “später”.\nI can ask again – gently.",
        "record.row-1-now": "40",
        "record.row-2-thought": "I feel 😀 ok",
        "record.row-2-fairer": "=1+1 is no formula; \\ and (brackets) stay",
        "pattern.answer": "Zoë\nمحمد\n👩‍👩‍👧 and שלום, 你好, Straße",
    },
    "care-load-inventory": {
        "whom.answer": "Großmutter Nguyễn, والدتي, and Zoë 😀",
        "care-load.time": "Every day",
        "care-load.sleep": "Most days",
        "care-load.body": "Some days",
        "care-load.help": "Never",
        "care-load.patience": "Never",
        "care-load.alone": "Some days",
        "care-load.money": "Every day",
        "care-load.good-moment": "Most days",
        "care-load.own-needs": "Some days",
        "care-load.afraid": "Some days",
        "care-load.score": "16",
        "care-load.score.band": "A heavy load",
        "care-load.score.alert.afraid": "Some days",
        "lighter.answer": "محمد يشعر بالتعب\nI feel 😀 ok",
    },
    "weekly-activity-schedule": {
        "ideas.option-1": "A walk, even a short one",
        "ideas.option-6": "Prayer, quiet or a song",  # the second was ticked, and unticked again
        "ideas.other": "Other",
        "ideas.other-text": "Café with Łukasz 😀",
        "week.row-1-column-1": "Zoë",
        "week.row-2-column-3": "محمد يشعر بالتعب",
        "week.row-3-column-7": "I feel 😀 ok\nNguyễn",
    },
}


def alerts_first(rows: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(rows.items(), key=lambda pair: ".alert." not in pair[0])


@pytest.mark.parametrize("viewer", ["pdfjs", "pdfium"])
@pytest.mark.parametrize("handout", ROWS)
def test_what_was_typed_and_clicked_comes_back_exactly(handout: str, viewer: str, run: Run) -> None:
    ran = run("-C", FOLDER, "answers", FOLDER / f"{handout}.{viewer}.pdf", "--json")
    alert = "  I was so worn out that I was afraid of what I might do.  Some days  "
    assert ran.exit_code == 0
    assert (alert in ran.stderr) == (handout == "care-load-inventory") == bool(ran.stderr)
    found = json.loads(ran.stdout)
    assert found["problems"] == []
    assert [(f"{row['block']}.{row['field']}", row["value"]) for row in found["rows"]] == alerts_first(ROWS[handout])
    assert {(row["client_ref"], row["handout"], row["edition"]) for row in found["rows"]} == {("", handout, 1)}


def test_and_as_rows_of_a_table(run: Run, tmp_path: Path) -> None:
    """Only what a spreadsheet would run as a formula has an apostrophe before it."""
    pdfs = sorted(FOLDER.glob("*.pdf"))
    assert len(pdfs) == 2 * len(ROWS)
    ran = run("-C", FOLDER, "answers", *pdfs, "-o", tmp_path / "answers.csv")
    assert ran.exit_code == 0
    assert "6 files do not say whose they are" in ran.stderr
    table = csv.DictReader(io.StringIO((tmp_path / "answers.csv").read_bytes().decode("utf-8-sig"), newline=""))
    every = [pair for path in pdfs for pair in ROWS[path.name.split(".")[0]].items()]
    values = [value for _, value in sorted(every, key=lambda pair: ".alert." not in pair[0])]
    assert [row["value"] for row in table] == [f"'{value}" if value[0] == "=" else value for value in values]
