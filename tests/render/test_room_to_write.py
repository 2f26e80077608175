"""Room to write: how far lines are apart, labels over them, a name and a day, marked numbers, names beside rings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.practice import Paper
from tests.conftest import ROOT, Tree
from tests.render.conftest import SetBlock
from tests.support.page_measures import fields
from tests.support.pdf_reading import failures, text
from tests.support.samples import FILES, HANDOUT, PRACTICE
from tests.support.typeset_here import set_in_this_process

LINES = "  - {type: prompt, id: ask, question: What?, response: {type: lines, count: 4}}\n"
LABELLED = """\
  - type: prompt
    id: ask
    question: Write your ask.
    response: {type: lines, count: 2, labels: [What is going on, What I need]}
  - type: prompt
    id: one
    question: And one line each.
    response: {type: lines, count: 1, labels: [Who, When]}
"""
MARKED = """\
  - type: prompt
    id: hard
    question: How hard?
    response: {type: number, minimum: 0, maximum: 10, mark: {from: 0, to: 3, label: good for a first try}}
  - type: continuum
    id: ready
    question: How ready?
    left: Not yet
    right: Very
    mark: {from: 7, to: 10, label: ready to begin}
"""


FORMATS = (("standard", 8), ("low-ink", 8), ("dyslexia-friendly", 8), ("large-print", 10))


@pytest.mark.parametrize(("format", "least"), FORMATS)
@pytest.mark.parametrize("theme", ["base", "calm", "editorial", "warm", "youth"])
def test_lines_are_far_enough_apart(theme: str, format: str, least: float, set_block: SetBlock) -> None:
    """One field lies over all lines of a question, from 1.2 mm below its head to the last line."""
    found = fields(set_block(LINES + LABELLED.replace("id: ask", "id: parts"), theme=theme, format=format))
    for name, lines in (("ask.answer", 4), ("parts.answer-1", 2), ("parts.answer-2", 2)):
        assert (found[f"small-page.{name}"][1][1] + 1.2) / lines >= least - 0.1


def test_each_label_has_its_lines_and_its_field(set_block: SetBlock) -> None:
    pdf = set_block(LABELLED)
    assert failures(pdf) == []
    found = fields(pdf)
    assert {name: heard for name, (heard, _) in found.items() if "edition" not in name} == {
        "small-page.ask.answer-1": "Write your ask.: What is going on",
        "small-page.ask.answer-2": "Write your ask.: What I need",
        "small-page.one.answer-1": "And one line each.: Who",
        "small-page.one.answer-2": "And one line each.: When",
    }
    assert found["small-page.ask.answer-1"][1][1] > 15
    words = text(pdf)
    assert words.index("What is going on") < words.index("What I need") < words.index("And one line each.")


def test_a_field_over_lines_that_grew_begins_below_their_label(pdf_of_template: SetBlock) -> None:
    """The build refuses a page on which a field lies over words; here a sheet has room for more lines under labels."""
    pdf = pdf_of_template("weekly-planner-for-two")
    _, height = next(place for name, place in fields(pdf).items() if name.endswith("answer-1"))[1]
    assert height > 15


@pytest.mark.parametrize("format", ["standard", "large-print"])
def test_marked_numbers_are_told_in_words_too(format: str, set_block: SetBlock) -> None:
    pdf = set_block(MARKED, format=format)
    assert failures(pdf) == []
    assert "0 to 3: good for a first try" in text(pdf)
    assert "7 to 10: ready to begin" in text(pdf)
    assert set_block(MARKED, format=format) != set_block(MARKED.replace("to: 3", "to: 4"), format=format)


@pytest.mark.parametrize("whose", ["handout", "practice", "nobody"])
def test_lines_for_a_name_and_a_day_can_be_switched_on(whose: str, tree: Tree) -> None:
    switch = "name_and_date: true\n"
    folder = tree(
        {
            **FILES,
            "handouts/small-page.yaml": (switch if whose == "handout" else "") + HANDOUT,
            "practices/oak-house.yaml": (switch if whose == "practice" else "") + PRACTICE,
        }
    )
    pdf = set_in_this_process(folder).pdf
    own = {name: heard for name, (heard, _) in fields(pdf).items() if "name-and-date" in name}
    names = {"small-page.name-and-date.name": "Name", "small-page.name-and-date.date": "Date"}
    assert own == ({} if whose == "nobody" else names)
    assert failures(pdf) == []


def test_answers_know_the_lines_at_the_head() -> None:
    """A practice may have them on any handout, so every handout has their names."""
    model = Library(Workspace(ROOT)).handout("my-next-step").model
    assert {"name-and-date.name", "name-and-date.date"} <= model.field_names


@pytest.mark.parametrize(("format", "pitch"), [("standard", 8), ("large-print", 10)])
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_each_ring_of_a_map_has_room_for_three_names(
    paper: Paper, format: str, pitch: float, pdf_of: Callable[..., bytes]
) -> None:
    found = fields(pdf_of("your-support-map", paper=paper, format=format))
    for ring in ("closest", "trust", "around"):
        width, height = found[f"your-support-map.map.{ring}"][1]
        assert width >= 60
        assert height >= pitch - 0.5  # one below the other, or in a row
        assert (height + 0.5) // pitch >= 3 or width / 3 >= 22
