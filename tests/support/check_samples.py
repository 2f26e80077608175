"""What the tests of checks share: a handout that every rule is content with, to break in one place."""

from __future__ import annotations

from pathlib import Path

from handoutkit.checks.judge_file import judge_framing, judge_handout
from handoutkit.checks.score_card import ScoreCard
from handoutkit.errors import Problem
from handoutkit.loading.load_file import Loaded, load_framing, load_handout
from handoutkit.models.handout import Handout

GOOD = """\
id: sample
title: One small step
kind: worksheet
topics: [small-steps]
for: [self]
language: en
key_message: You can take one small step.
purpose: This page helps you choose a step.
reading_grade: 6
sources:
  - {id: own, author: Ada Miller, title: Notes, idea: Small steps.}
rights: CC BY 4.0
edition: 1
reviewed_on: 2026-01-31
review_every: 12 months
clinician_guide: {what_for: A., when_to_use: B., when_not_to_use: C., how_to_introduce: D., how_to_review: E.}
blocks:
  - type: figure
    id: steps
    heading: Step by step
    kind: flow
    alt: Two boxes, one after the other. You start small, and then you rest.
    caption: One step, and then a rest.
    regions: [{label: Start small}, {label: Rest}]
  - type: list
    heading: How to begin
    items: [Sit down., Breathe out.]
  - type: prompt
    id: step
    heading: Your turn
    question: What is one small step for you?
    response: {type: lines, count: 3}
  - type: next_step
  - type: references
"""
FRAMING = """\
id: our-people
title: Our people
about: Notes on closeness.
language: en
sources:
  - {id: own, author: Ada Miller, title: Notes, idea: Closeness.}
notes:
  - id: note-one
    place: {topic: sharing}
    dimension: content
    depth: deep
    title: Sharing
    text: Some homes share one kitchen.
    sources: [own]
    written_by: Ada Miller
    written_on: 2026-01-31
    reviewed_by: Bo Reader
    reviewed_on: 2026-02-01
"""
EXERCISE = """\
  - type: exercise
    id: try-it
    heading: Try it
    title: A walk
    purpose: To see what a walk does for you.
    when: At noon
    how_often: Once
    how_long: Ten minutes
    steps: [Walk., Rest.]
    stop_rule: Stop if you feel afraid, and tell us.
"""
CAPTION = "    caption: One step, and then a rest.\n"


def with_block(block: str) -> str:
    """The good handout with one more block in front of its end."""
    return GOOD.replace("  - type: next_step\n", block + "  - type: next_step\n")


def prose(text: str) -> str:
    """The good handout with one more paragraph."""
    return with_block(f"  - type: prose\n    id: more\n    heading: A new thought\n    text: |-\n      {text}\n")


def card(folder: Path, text: str) -> dict[tuple[str, int], str]:
    """What is said of each item: by the name of the score and the item's number."""
    scores = judged(folder, text)[1].scores
    return {(score.name, each.item.number): each.verdict for score in scores for each in score.judged}


def loaded(folder: Path, text: str) -> Loaded[Handout]:
    path = folder / "sample.yaml"
    path.write_text(text, encoding="utf-8")
    return load_handout(path)


def judged(folder: Path, text: str) -> tuple[list[Problem], ScoreCard]:
    return judge_handout(loaded(folder, text))


def codes(folder: Path, text: str) -> set[str]:
    return {problem.code for problem in judged(folder, text)[0]}


def framing_problems(folder: Path, text: str) -> list[Problem]:
    path = folder / "our-people.yaml"
    path.write_text(text, encoding="utf-8")
    return judge_framing(load_framing(path))
