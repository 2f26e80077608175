"""A client's weeks: rows of a handout with a measure, a rating, boxes and lines, as they come back over time."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

from handoutkit.answers.answer_rows import AnswerRow, RowKind
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from tests.support.answer_samples import MEASURE
from tests.support.samples import FILES, HANDOUT

MORE = """\
  - type: continuum
    id: worn
    question: How worn out are you?
    left: Rested
    right: Worn out
  - type: prompt
    id: did
    question: What did you do?
    response: {type: multi_choice, options: [A walk, A call]}
"""
CHANGE = "    reliable_change: {points: 3, source: own}\n"
_FOLDER = tempfile.TemporaryDirectory()
HANDOUT_ID, EDITION = "small-page", 3


@lru_cache(maxsize=2)
def weekly(change: str = "") -> Library:
    """A workspace with that handout; ``change`` is a line of its measure."""
    folder = Path(_FOLDER.name) / ("with" if change else "without")
    measure = MEASURE.replace("    rights_statement:", f"{change}    rights_statement:")
    for name, text in {**FILES, "handouts/small-page.yaml": HANDOUT + measure + MORE}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return Library(Workspace(folder))


def a_row(
    day: str, name: str, value: str, kind: RowKind = "answer", *, read_as: str = "", edition: int = EDITION
) -> AnswerRow:
    """A row of the file of a day; ``name`` is ``block.field``."""
    block, _, field = name.partition(".")
    head = (f"{day or 'none'}.html", "QX-7301", day, "saved" if day else "", "en", HANDOUT_ID, edition)
    return AnswerRow(*head, kind, block, field, "Asked?", "", "", value, None, read_as)


def week(
    day: str, *, total: int | None = 4, alert: str = "", worn: int = 5, ticked: tuple[str, ...] = (), words: str = ""
) -> list[AnswerRow]:
    """The rows of one file."""
    rows = [a_row(day, "mood.low", "Some days")]
    rows += [a_row(day, "mood.score", str(total), "score")] if total is not None else []
    rows += [a_row(day, "mood.score.missing", "low, rested", "score")] if total is None else []
    rows += [a_row(day, "mood.score.alert.hopeless", alert, "alert")] if alert else []
    rows.append(a_row(day, "worn.value", str(worn), read_as=str(worn)))
    options = {"A walk": 1, "A call": 2}
    rows += [a_row(day, f"did.option-{options[option]}", option) for option in ticked]
    return rows + ([a_row(day, "thoughts.answer", words)] if words else [])


WEEKS = [
    *week("2026-09-03", total=8, alert="Nearly every day", worn=8, ticked=("A walk",), words="Tired. 😀\nمحمد helps."),
    *week("2026-09-17", total=None, worn=6),
    AnswerRow(
        "2026-09-17.html",
        "QX-7301",
        "2026-09-17",
        "saved",
        "en",
        "",
        None,
        "beside",
        "",
        "page-1-note-1",
        "",
        "",
        "",
        "In the margin",
    ),
    *week("2026-10-01", total=3, worn=4, ticked=("A walk", "A call"), words="Better <b>than</b> before"),
]
