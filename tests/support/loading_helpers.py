"""What the tests of loading share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from handoutkit.errors import ContentError, Problem
from handoutkit.loading.load_file import Loaded, load_framing, load_handout, load_practice, load_settings

LOADERS: dict[str, Callable[[Path], Loaded[Any]]] = {
    "handouts": load_handout,
    "practices": load_practice,
    "framings": load_framing,
    "settings": load_settings,
}

HANDOUT = """\
id: sample
title: A sample
kind: worksheet
topics: [sample]
for: [self]
language: en
key_message: One clear thing.
purpose: It shows one fault.
reading_grade: 6
sources: []
rights: CC BY 4.0
edition: 1
reviewed_on: 2026-01-31
review_every: 12 months
clinician_guide: {what_for: A., when_to_use: B., when_not_to_use: C., how_to_introduce: D., how_to_review: E.}
blocks:
  - type: prose
    text: Hello.
"""

PRACTICE = """\
id: sample
legal_name: Sample Practice, PLLC
display_name: Sample Practice
services: therapy
colour: "#1B5E6B"
region: US
next_steps:
  - text: Call us.
"""


def problems_of(path: Path, kind: str = "handouts") -> tuple[Problem, ...]:
    """The problems of a file; none if it can be loaded."""
    try:
        LOADERS[kind](path)
    except ContentError as error:
        return error.problems
    return ()


def handout_with(blocks: str) -> str:
    """A handout that is right but for its blocks."""
    return HANDOUT[: HANDOUT.index("  - type: prose")] + blocks
