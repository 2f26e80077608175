"""Blanks as people type them, and what each is by what stands around it."""

from __future__ import annotations

import pytest

from handoutkit.checks.blanks_to_blocks import NewIds, blocks_for_blanks
from handoutkit.checks.text.typed_blanks import is_blank, numbers_in, parts_of

PARTS = {
    "I feel ______ when ________________.": [("gaps", "I feel ______ when ________________.")],
    "Name: __________": [("label", "Name")],
    "Name:..........": [("label", "Name")],
    "Name ____ Date ____": [("label", "Name"), ("label", "Date")],
    "Nombre: ______   Fecha: __/__/____": [("label", "Nombre"), ("label", "Fecha")],
    "What do you want to say to her? ________": [("label", "What do you want to say to her?")],
    "____________________": [("lines", "")],
    ". . . . . . . . . .": [("lines", "")],
    "What I need is ______": [("gaps", "What I need is ______")],
    "Read this first. Then I will ____ at home.": [("gaps", "Read this first. Then I will ____ at home.")],
    "My number is (circle one) 1  2  3": [("numbers", "My number is (circle one)")],
    "A sentence with an end... And one with a name_of_a_file.": [
        ("words", "A sentence with an end... And one with a name_of_a_file.")
    ],
    "Call 555-010-0142, or come on 2026-01-02.": [("words", "Call 555-010-0142, or come on 2026-01-02.")],
}


@pytest.mark.parametrize("text", PARTS)
def test_what_a_text_is_made_of(text: str) -> None:
    assert [(part.kind, part.text) for part in parts_of(text)] == PARTS[text]


@pytest.mark.parametrize(
    ("text", "numbers", "ends"),
    [
        ("Not at all 0 1 2 3 4 5 6 7 8 9 10 Very much", tuple(range(11)), ("Not at all", "Very much")),
        ("0 --- 10 --- 20 --- 30", (0, 10, 20, 30), ("", "")),
        ("How sad are you? Low: 1 2 3 4 5 :High", (1, 2, 3, 4, 5), ("", "High")),
    ],
)
def test_numbers_to_choose_from(text: str, numbers: tuple[int, ...], ends: tuple[str, str]) -> None:
    found = numbers_in(text)
    assert found
    assert (found.numbers, (found.left, found.right)) == (numbers, ends)


@pytest.mark.parametrize("text", ["Call 5 5 7", "In 1990, 1991, 1992", "1.5 2.5 3.5", "at 10 11", "555 010 0142"])
def test_numbers_that_are_no_scale(text: str) -> None:
    assert numbers_in(text) is None


def test_the_blocks_of_a_paragraph_with_everything_in_it() -> None:
    text = "I feel ______ (feeling) when ________________. Circle one: 1  2  3. Name:.......... Date ___/___/___"
    made = blocks_for_blanks(text, NewIds(set()), question="Your answer")
    assert [(block["type"], block.get("frame") or block["question"]) for block in made] == [
        ("sentence_frame", "I feel {blank-1} when {blank-2}."),
        ("prompt", "Circle one"),
        ("prompt", "Name"),
        ("prompt", "Date"),
    ]
    assert [slot["label"] for slot in made[0]["slots"]] == ["feeling", "when"]
    assert [block["response"]["type"] for block in made[1:]] == ["number", "line", "date"]


def test_a_frame_has_no_more_gaps_than_one_takes() -> None:
    made = blocks_for_blanks(" and ".join(["____"] * 40), NewIds(set()), question="Your answer")
    assert sum(len(block.get("slots", ())) for block in made) == 40
    assert max(len(block["slots"]) for block in made if "slots" in block) == 14


def test_a_row_of_blanks_is_nothing_else() -> None:
    assert all(map(is_blank, ("____", "____ ____.", ".......", "……", "__/__/____")))
    assert not any(map(is_blank, ("", "...", "Name ____", "--")))
