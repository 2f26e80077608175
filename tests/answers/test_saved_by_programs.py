"""Forms that other programs filled in: all that is in them comes back; see ``scripts/make_other_programs.py``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run, Tree
from tests.support.form_sample import FORM
from tests.support.samples import FILES

FOLDER = ROOT / "tests" / "saved_elsewhere" / "programs"
ALWAYS = {
    "line.answer": "José and Zoë’s aunt",
    "lines.answer": "She said “later”.\nI can ask again – gently.",
    "hours.answer": "2.5",
    "day.answer": "2026-11-02",
    "bring.item-2": "A warm coat",
    "several.option-2": "Soup",
    "one.answer": "Soup",
    "scale.answer": "7",
}
"""What every program can put into a form."""
BY_SOME = {"several.other-text": "Łukasz, Ελένη, أختي, 你好", "walk.row-1-column-2": "fine 😀"}
"""What some have no letters for; the docs say which."""


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.pdf")), ids=lambda path: path.stem)
def test_what_a_program_filled_in_comes_back(path: Path, tree: Tree, run: Run) -> None:
    folder = tree({"handoutkit.yaml": "", **FILES, "handouts/small-page.yaml": FORM})
    ran = run("-C", folder, "answers", path, "--json")
    assert ran.exit_code == 0, ran.stderr
    found = json.loads(ran.stdout)["rows"]
    rows = {f"{row['block']}.{row['field']}": row["value"] for row in found}
    assert rows.items() >= ALWAYS.items()
    assert rows.items() <= {**ALWAYS, **BY_SOME}.items()
    assert {row["client_ref"] for row in found} == {"QX-7301"}


def test_at_least_ten_programs_were_run() -> None:
    assert len(list(FOLDER.glob("*.pdf"))) >= 10
