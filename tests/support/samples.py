"""Small handouts, practices and framings as texts, for tests to build and to break."""

from __future__ import annotations

HANDOUT = """\
id: small-page
title: A small page
kind: worksheet
topics: [asking]
for: [self]
language: en
key_message: One idea is enough.
purpose: Shows one idea.
reading_grade: 6
sources:
  - id: own
    author: A. Writer
    title: Notes
    idea: The idea.
rights: CC BY 4.0
edition: 3
reviewed_on: 2026-03-01
review_every: 12 months
framing_slots:
  - id: after-opening
    after: opening
    about: What closeness means.
    topics: [sharing]
clinician_guide:
  what_for: Guide words for what.
  when_to_use: Guide words for when.
  when_not_to_use: Guide words for when not.
  how_to_introduce: Guide words to introduce.
  how_to_review: Guide words to review.
blocks:
  - type: prose
    id: opening
    heading: The opening
    text: The opening words.
  - type: prompt
    id: thoughts
    question: What do you think?
    response: {type: lines, count: 3}
  - type: next_step
  - type: references
"""

PRACTICE = """\
id: oak-house
legal_name: Oak House Therapy LLC
display_name: Oak House
services: therapy
colour: "#7A3B69"
region: GB
contact:
  phone: 0117 496 0123
next_steps:
  - text: Ring us when you are ready.
"""

FRAMING = """\
id: our-people
title: Our people
about: A framing for tests.
language: en
sources:
  - {id: elder, author: An Elder, title: Sayings, idea: Sharing.}
notes:
  - id: by-slot
    place: {handout: small-page, slot: after-opening}
    dimension: concepts
    depth: deep
    title: By slot
    text: The note by slot.
    sources: [elder]
    written_by: A. Writer
    written_on: 2026-01-02
  - id: by-topic
    place: {topic: sharing}
    dimension: context
    depth: deep
    title: By topic
    text: The note by topic.
    written_by: A. Writer
    written_on: 2026-01-02
"""

FILES = {
    "handouts/small-page.yaml": HANDOUT,
    "practices/oak-house.yaml": PRACTICE + "unreviewed_framings: [our-people]\n",
    "handouts/framings/our-people.yaml": FRAMING,
}
"""A whole workspace: one handout, one practice, one framing."""
