"""A small handout with every kind of field, and the names they have."""

from __future__ import annotations

from tests.support.samples import HANDOUT

BLOCKS = """\
blocks:
  - {type: list, id: bring, style: checklist, items: [A friend, "A *warm* coat"]}
  - {type: list, id: groups, style: checklist, groups: [{label: Home, items: [Rest, Eat]}, {label: Out, items: [Walk]}]}
  - {type: prompt, id: line, question: "Who *could* you ask?", response: {type: line}}
  - {type: prompt, id: lines, question: What do you think?, response: {type: lines, count: 3}}
  - {type: prompt, id: box, question: Draw it., response: {type: box, height: 30}}
  - {type: prompt, id: one, question: Which one?, response: {type: choice, options: [Bread, Soup, "Nuts, raw"]}}
  - {type: prompt, id: several, question: Which?, response: {type: multi_choice, options: [Bread, Soup], other: true}}
  - {type: prompt, id: scale, question: How hard?, response: {type: number, minimum: 0, maximum: 10}}
  - {type: prompt, id: hours, question: How many hours?, response: {type: number, minimum: 0, unit: hours}}
  - {type: prompt, id: day, question: Which day?, response: {type: date}}
  - type: exercise
    id: walk
    title: A walk
    purpose: To breathe.
    when: Now
    how_often: Once
    how_long: A minute
    steps: [Go.]
    log: {columns: [Day, How it went], rows: 2}
  - type: qa
    id: quiz
    style: quiz
    pairs:
      - {question: Is it so?, answer: "Yes", choices: ["Yes", "No"]}
      - {question: Why?, answer: Because.}
  - {type: next_step}
  - {type: references}
"""
FORM = (
    HANDOUT[: HANDOUT.index("framing_slots")]
    + HANDOUT[HANDOUT.index("clinician_guide") : HANDOUT.index("blocks")]
    + BLOCKS
)
BY_BLOCK = {
    "bring": "item-1 item-2",
    "groups": "group-1-item-1 group-1-item-2 group-2-item-1",
    "line": "answer",
    "lines": "answer",
    "box": "answer",
    "one": "answer",
    "several": "option-1 option-2 other other-text",
    "scale": "answer",
    "hours": "answer",
    "day": "answer",
    "walk": "row-1-column-1 row-1-column-2 row-2-column-1 row-2-column-2",
    "quiz": "question-1 question-2",
}
NAMES = [f"{block}.{field}" for block, names in BY_BLOCK.items() for field in names.split()]
