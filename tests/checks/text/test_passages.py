"""Which texts of a handout are read as a client's, and where their sentences end."""

from __future__ import annotations

from pathlib import Path

from handoutkit.checks.text.reader_copy import copy_of
from handoutkit.loading.load_file import load_handout
from tests.support.check_samples import GOOD


def test_items_of_lists_are_read_with_the_lists_below_them(tmp_path: Path) -> None:
    path = tmp_path / "sample.yaml"
    path.write_text(
        GOOD.replace("items: [Sit down., Breathe out.]", 'items: ["Sit down\\n- On a chair\\n- On **grass**"]')
    )
    read = [
        sentence.text for sentence in copy_of(load_handout(path)).wording.sentences if "items" in sentence.passage.at
    ]
    assert read == ["Sit down", "On a chair", "On grass"]
