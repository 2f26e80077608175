"""A short handout with every block: the examples of the docs, and the tables that are hard to set."""

from __future__ import annotations

import re
from datetime import date

from handoutkit.scaffold.start import handout_text
from tests.conftest import ROOT

SOURCE = "  - {id: donne, author: John Donne, title: Devotions, year: 1624, idea: That we belong together.}\n"
HARD = """\
- type: record_table
  id: many
  columns: [{id: a, header: Situation}, {id: b, header: Consequences}, {id: c, header: Understanding},
    {id: d, header: Feeling}, {id: e, header: Response}, {id: f, header: Number, response: number},
    {id: g, header: Date, response: date},
    {id: h, header: Done, response: tick}]
  rows: 2
- type: continuum
  id: marks
  question: How hard would this be?
  left: Easy
  right: Too hard
  minimum: 0
  maximum: 100
  step: 5
  items: [Ask for help, Say no]
- type: cell_grid
  id: people
  column_headers: [You, Your partner]
  row_headers: [Needs, Gifts]
  rows:
    - [{id: a, label: What I need}, {id: b, label: What you need}]
    - [{id: c, label: What I can give}, {id: d, label: What you can give}]
- type: exercise
  id: try
  title: A week of notes
  purpose: To see how care moves.
  when: At night
  how_often: Daily
  how_long: Two minutes
  steps: [Think back., Write one thing.]
  log: {columns: [Day, I gave, I got], rows: 3}
"""


def every_block() -> str:
    """The text of its file; its id is ``examples``."""
    front = handout_text("examples", "worksheet", date(2026, 11, 30)).split("\nblocks:\n")[0]
    for placeholder, words in (
        ("One line that says what this page is about.", "All of them."),
        ("Your name", "Ann Lee"),
        ("Notes from practice", "Notes from a year of groups"),
    ):
        front = front.replace(placeholder, words)
    front = re.sub(r"^rights:", SOURCE + "rights:", front, flags=re.MULTILINE)
    last = ("next_step", "references")
    names = sorted(path.stem for path in (ROOT / "docs" / "examples").glob("*.yaml"))
    names = [name for name in names if name not in last]
    blocks = [(ROOT / "docs" / "examples" / f"{name}.yaml").read_text(encoding="utf-8") for name in names]
    ends = [(ROOT / "docs" / "examples" / f"{name}.yaml").read_text(encoding="utf-8") for name in last]
    body = "".join(text if text.endswith("\n") else text + "\n" for text in (*blocks, HARD, *ends))
    return f"{front}\nblocks:\n" + "".join(f"  {line}" for line in body.splitlines(keepends=True))
