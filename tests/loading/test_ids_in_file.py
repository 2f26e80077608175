"""References inside one file: they are found whatever else is wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.loading_helpers import HANDOUT, PRACTICE, handout_with, problems_of

SOURCES = "sources:\n  - {id: beck, author: A. Beck, title: A book, idea: Thoughts can be tested.}\n"
QUOTATION = "  - {type: quotation, text: Words., speaker: Someone, source: SOURCE, rights: Public domain}\n"
CONCEPT = "  - {type: concept, term: Belief, definition: Held true., sources: [SOURCE]}\n"


def _codes(folder: Path, text: str, kind: str = "handouts") -> list[tuple[str, str]]:
    path = folder / "sample.yaml"
    path.write_text(text, encoding="utf-8")
    return [(problem.code, problem.path) for problem in problems_of(path, kind)]


@pytest.mark.parametrize("block", [QUOTATION, CONCEPT], ids=["quotation", "concept"])
def test_a_source_that_is_there_and_one_that_is_not(tmp_path: Path, block: str) -> None:
    text = handout_with(block).replace("sources: []\n", SOURCES)
    assert _codes(tmp_path, text.replace("SOURCE", "beck")) == []
    ((code, _),) = _codes(tmp_path, text.replace("SOURCE", "ellis"))
    assert code == "no-such-source"


def test_references_are_checked_in_a_block_of_unknown_type(tmp_path: Path) -> None:
    text = handout_with(CONCEPT.replace("concept", "conzept").replace("SOURCE", "ellis"))
    assert _codes(tmp_path, text) == [("unknown-block", "blocks[0].type"), ("no-such-source", "blocks[0].sources[0]")]


@pytest.mark.parametrize(
    "odd",
    [
        "blocks: 5",
        "blocks: {a: b}",
        "blocks: [1, [2], null, text]",
        "blocks:\n  - {type: prose, id: 5, text: a}\n  - {type: prose, id: [x], text: b}",
        "blocks:\n  - {type: concept, term: a, definition: b, sources: beck}",
        "blocks:\n  - {type: concept, term: a, definition: b, sources: [5, null, [beck]]}",
        "blocks:\n  - {type: [next_step]}\n  - {type: {a: b}}",
        "framing_slots: [{id: a, after: 5}, {after: [x]}, 7]\nblocks: [{type: prose, text: a}]",
    ],
)
def test_data_of_any_shape_are_walked_through(tmp_path: Path, odd: str) -> None:
    codes = _codes(tmp_path, HANDOUT[: HANDOUT.index("blocks:")] + odd + "\n")
    assert codes
    assert "no-such-source" not in dict(codes)


def test_a_slot_follows_a_block_of_the_file(tmp_path: Path) -> None:
    text = handout_with("  - {type: prose, id: hello, text: Hello.}\n")
    slots = "framing_slots:\n  - {id: here, after: hello, about: Words.}\n"
    assert _codes(tmp_path, text + slots) == []
    wrong = slots.replace("after: hello", "after: bye")
    assert _codes(tmp_path, text + wrong) == [("no-such-block", "framing_slots[0].after")]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("framings: [{id: a}, {id: b}]", []),
        ("framings: [{id: a}, {id: a}]", [("duplicate-id", "framings[1].id")]),
        ("framings: [{id: a, silence: [b, b]}]", []),
        (
            "framings: [{id: a, reword: [{note: b, text: c}, {note: b, text: d}]}]",
            [("duplicate-note", "framings[0].reword[1].note")],
        ),
    ],
)
def test_what_a_practice_changes_stands_once(tmp_path: Path, more: str, found: list[tuple[str, str]]) -> None:
    assert _codes(tmp_path, PRACTICE + more + "\n", "practices") == found
