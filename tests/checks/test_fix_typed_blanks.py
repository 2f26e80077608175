"""`check --fix`: blanks that were typed into a file become places to write, and the rest stays letter by letter."""

from __future__ import annotations

from handoutkit.loading.load_file import load_handout
from tests.conftest import Run, Tree

TYPED = """# My own comment.
id: small-page
title: "Rest &amp; play"
kind: worksheet
topics: [small-steps]
for: [self]
language: en
key_message: You can take one small_step at a time.
purpose: Helps you   # a comment that stays
reading_grade: 6
sources: []
rights: All rights reserved
edition: 1
reviewed_on: 2026-01-31
review_every: 12 months
clinician_guide: {what_for: A., when_to_use: B., when_not_to_use: C., how_to_introduce: D., how_to_review: E.}

blocks:
  - type: prose
    text: This one stays as it is.   # and so does this

  - type: prose
    id: blanks
    heading: Blanks as people type them
    side: do
    text: >-
      I feel ______ when ________________. My number is (circle one) 1  2  3.

      Name:.......... Date ___/___/___

  - type: list
    id: todo
    items: ["[ ] Call someone", "[x] Drink water"]

  - type: list
    items: [A walk, "Something else: ________"]

  - type: prompt
    id: own
    question: "My goal: __________"
    response: {type: line}
"""


def test_typed_blanks_become_places_to_write(tree: Tree, run: Run) -> None:
    folder = tree({"handoutkit.yaml": "", "handouts/small-page.yaml": TYPED})
    path = folder / "handouts" / "small-page.yaml"
    before = run("-C", folder, "check", "small-page", "--json").json["problems"]
    assert sum(problem["code"] == "blank-typed" for problem in before) == 3
    fixed = run("-C", folder, "check", "--fix", "small-page")
    assert "blanks: sentence_frame, prompt, prompt, prompt" in fixed.stdout
    assert "blank-typed" not in fixed.stderr
    handout = load_handout(path).model
    assert handout.title == "Rest & play"
    types = ["prose", "sentence_frame", "prompt", "prompt", "prompt", "list", "list", "prompt", "prompt"]
    assert [block.type for block in handout.blocks] == types
    first, *rest = handout.blocks[1:5]
    assert (first.id, first.heading, first.side) == ("blanks", "Blanks as people type them", "do")
    assert [(block.heading, block.side) for block in rest] == [(None, "do")] * 3
    text = path.read_text(encoding="utf-8")
    for line in ("# My own comment.", "purpose: Helps you   # a comment that stays", "# and so does this"):
        assert line in text
    assert "style: checklist" in text
    assert "[ ]" not in text
    again = run("-C", folder, "check", "--fix")
    assert (path.read_text(encoding="utf-8"), "places to write" in again.stdout) == (text, False)


def test_a_file_that_would_not_hold_is_left_alone(tree: Tree, run: Run) -> None:
    wrong = TYPED.replace("kind: worksheet", "kind: nothing")
    folder = tree({"handoutkit.yaml": "", "handouts/small-page.yaml": wrong})
    assert run("-C", folder, "check", "--fix", "small-page").exit_code == 1
    assert (folder / "handouts" / "small-page.yaml").read_text(encoding="utf-8") == wrong
