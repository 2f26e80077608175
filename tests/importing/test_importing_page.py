"""The examples of docs/importing.md are what `import` makes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from handoutkit.yaml_writing.yaml_emit import plain
from tests.conftest import ROOT
from tests.importing.test_import_source import imported

PAGE = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"### ([^\n]+)\n\n```text\n(.*?)```\n\nbecomes\n\n```yaml\n(.*?)```", PAGE, re.DOTALL)
ENDS = ({"type": "next_step"}, {"type": "references"})


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) == PAGE.count("```text") == 7


@pytest.mark.parametrize(
    ("text", "expected"), [example[1:] for example in EXAMPLES], ids=[name for name, *_ in EXAMPLES]
)
def test_an_example_is_what_is_made(tmp_path: Path, text: str, expected: str) -> None:
    (made,) = imported(tmp_path, "example.txt", f"My page\n\n{text}")
    blocks = [block.data for block in made.draft.blocks if block.data not in ENDS]
    assert plain(blocks) == plain(yaml.safe_load(expected))
    guesses = [guess for block in made.draft.blocks for guess in block.guesses]
    assert re.findall(r"# guess: (.+)", expected) == guesses
