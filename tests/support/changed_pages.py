"""A handout with all kinds of parts that a framing can change, and a framing that changes them."""

from __future__ import annotations

from tests.support.samples import FRAMING, HANDOUT

SLOTS = """\
framing_slots:
  - id: after-opening
    after: opening
    about: What closeness means.
    topics: [sharing]
""" + "".join(
    f"  - {{id: {name}, after: {name}, about: A place for a change.}}\n"
    for name in ("ways", "rest", "words", "story", "load", "sides", "who", "try", "week")
)
BLOCKS = """\
blocks:
  - {type: prose, id: opening, text: The opening words.}
  - {type: list, id: ways, items: [Ask Tom., Ask again.]}
  - {type: concept, id: rest, term: Rest, definition: A pause., example: Sit with Tom., is_not: Laziness.}
  - type: sentence_frame
    id: words
    frame: I need {need} from {whom}.
    slots: [{id: need, label: what}, {id: whom, label: who}]
    example: I need time from Tom.
  - {type: vignette, id: story, story: Tom cooks., questions: [Who helps Tom?], answer_lines: 1}
  - type: record_table
    id: load
    columns: [{id: task, header: Task}, {id: who, header: Who}]
    rows: 2
    example: [Dishes, Tom]
  - type: contrast
    id: sides
    sides: [{label: Alone}, {label: Together}]
    rows: [{criterion: Rest, cells: [Little, More]}]
  - type: prompt
    id: who
    question: Who helps?
    response: {type: multi_choice, options: [A friend, Tom], other: true}
  - type: exercise
    id: try
    title: Try it
    purpose: To see.
    when: Tonight
    how_often: Once
    how_long: Five minutes
    steps: [Breathe., Ask.]
  - {type: schedule_grid, id: week, columns: [Mon, Tue], rows: [Sleep], cell: tick}
  - type: next_step
  - type: references
"""
MANY_PARTS = (
    HANDOUT.split("framing_slots:")[0] + SLOTS + HANDOUT[HANDOUT.index("clinician_guide:") :].split("blocks:")[0]
)
MANY_PARTS += BLOCKS
WRITTEN = "dimension: methods, depth: deep, sources: [elder], written_by: A. Writer, written_on: 2026-01-02"


def a_change(name: str, slot: str, change: str) -> str:
    """One entry of ``instead:`` or ``also:``; ``change`` is in YAML's flow style."""
    place = f"{{handout: small-page, slot: {slot}}}"
    return f"  - {{id: {name}, place: {place}, title: The {name}, {WRITTEN}, {change}}}\n"


CHANGING = (
    FRAMING
    + "instead:\n"
    + a_change("ask-an-aunt", "ways", "options: [Send word through an aunt., Ask again.]")
    + a_change("tea", "rest", "example: [Sit over tea.]")
    + a_change("for-us", "words", "frame: '{whom}, we could use {need}.', example: ['Auntie, we could use time.']")
    + a_change("roti", "story", "story: Meena rolls roti.")
    + a_change("errands", "load", "example: [Drive Nani, Meena]")
    + "also:\n"
    + a_change("elders", "sides", "row: [Elders, Far, Near]")
    + a_change("an-elder", "who", "option: An elder")
    + a_change("greet", "try", "step: Greet the elders., position: 1")
    + a_change("prayer", "week", "row: [Prayer]")
)
