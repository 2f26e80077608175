"""What docs/second-reading.md says of the program is what the program says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from handoutkit.checks.judge_file import judge_handout
from handoutkit.loading.load_file import load_handout
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "second-reading.md").read_text(encoding="utf-8")
READ = re.findall(r"^- \*[ABC]\* `(.+)`$", PAGE, re.MULTILINE)
"""The handouts that were scored, in the order of the columns."""
MARKS = {"agree": "+", "disagree": "-", "not applicable": "0", "for a person": "p"}


def items(told: str) -> Iterator[int]:
    """The items that a row is about: "7", "18, 20" or "12-14", before its words."""
    for first, last in re.findall(r"(\d+)(?:-(\d+))?", re.match(r"[\d, -]+", told)[0]):  # type: ignore[index]
        yield from range(int(first), int(last or first) + 1)


def program(part: str, column: int) -> dict[int, str]:
    """What the page says that the program says of one handout: what is in brackets, else what the reader says."""
    said = {}
    for row in re.findall(r"^\| (\d.*) \|$", part, re.MULTILINE):
        cells = [cell.strip() for cell in row.split("|")]
        said.update(dict.fromkeys(items(cells[0]), cells[column].split()[-1].strip("()")))
    return said


@pytest.mark.parametrize(("column", "name"), list(enumerate(READ, 1)))
def test_the_page_says_what_the_program_says(column: int, name: str) -> None:
    _, card = judge_handout(load_handout(ROOT / "handouts" / "interdependence" / f"{name}.yaml"))
    pemat, index = re.split(r"^## .*Index$", PAGE, flags=re.MULTILINE)
    judged = [{each.item.number: MARKS[each.verdict] for each in score.judged} for score in card.scores]
    assert program(pemat, column) == judged[0] | judged[1]
    assert program(index, column) == judged[2]
