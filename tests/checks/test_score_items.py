"""Which items of the instruments are asked of a handout: where a second reader and the program once differed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.check_samples import CAPTION, EXERCISE, GOOD, card, codes, prose, with_block

CLEAR, TABLES = ("understandability", 18), ("understandability", 19)
USE, LIMITS, RISKS = ("actionability", 25), ("clear_communication", 11), ("clear_communication", 19)
NO_FIGURE = GOOD[: GOOD.index("  - type: figure")] + GOOD[GOOD.index("  - type: list") :]
SIDES = "  - {type: contrast, heading: Two ways, sides: [{label: Me, points: [I.]}, {label: Us, points: [We.]}]%s}\n"
LOG = with_block(EXERCISE + "    log: {columns: [Day, What happened], rows: 3}\n")


def caution(text: str, role: str = "caution") -> str:
    return with_block(f"  - {{type: callout, id: more, role: {role}, title: If you are afraid, text: '{text}'}}\n")


def test_a_drawn_figure_is_a_picture(tmp_path: Path) -> None:
    said, without = card(tmp_path, GOOD), card(tmp_path, NO_FIGURE)
    assert (said[CLEAR], said[USE]) == ("for a person", "agree")
    assert (without[CLEAR], without[USE]) == ("not applicable", "not applicable")


def test_a_figure_with_nothing_beside_it_is_not_explained(tmp_path: Path) -> None:
    bare = GOOD.replace(CAPTION, "")
    assert "form-unexplained" in codes(tmp_path, bare)
    assert card(tmp_path, bare)[USE] == "disagree"


def test_the_log_of_an_exercise_is_a_table(tmp_path: Path) -> None:
    without = NO_FIGURE.replace("  - type: next_step\n", EXERCISE + "  - type: next_step\n")
    assert [card(tmp_path, LOG)[item] for item in (TABLES, USE)] == ["agree", "agree"]
    assert [card(tmp_path, without)[item] for item in (TABLES, USE)] == ["not applicable", "not applicable"]
    long = LOG.replace("What happened", "What happened before and during and after I walked")
    assert (card(tmp_path, long)[TABLES], "table-header-long" in codes(tmp_path, long)) == ("disagree", True)


def test_a_contrast_is_a_table_if_it_has_rows(tmp_path: Path) -> None:
    rows = ", rows: [{criterion: Who decides, cells: [I., We.]}]"
    assert card(tmp_path, with_block(SIDES % rows))[TABLES] == "agree"
    assert card(tmp_path, with_block(SIDES % ""))[TABLES] == "not applicable"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Miller found that research ties a walk to good sleep. It may differ.", "agree"),
        ("In the studies of Miller it helped many people.", "agree"),
        ("In the studies of Miller it helped.", "disagree"),
        ("You lean on others, and they lean on you. Some people find it hard.", "not applicable"),
    ],
)
def test_what_is_known_is_asked_where_a_finding_is_stated(tmp_path: Path, text: str, verdict: str) -> None:
    concept = "  - {type: concept, heading: A word, term: Rest, definition: You do nothing.}\n"
    assert card(tmp_path, prose(text).replace("  - type: next_step\n", concept + "  - type: next_step\n"))[LIMITS] == (
        verdict
    )


@pytest.mark.parametrize(
    "text",
    [
        "If someone scares you, a change can make it worse.",
        "Saying no could make things much less safe.",
        "With someone who hurts you, it may get worse.",
    ],
)
def test_risks_and_benefits_are_asked_where_a_change_can_make_things_worse(tmp_path: Path, text: str) -> None:
    assert card(tmp_path, caution(text))[RISKS] == "for a person"
    assert card(tmp_path, caution(text, "tip"))[RISKS] == "not applicable"


def test_another_caution_asks_nothing_of_risks(tmp_path: Path) -> None:
    assert card(tmp_path, caution("It is not your fault. Talk with us."))[RISKS] == "not applicable"


def test_what_reads_english_is_left_to_a_person_elsewhere(tmp_path: Path) -> None:
    said = card(tmp_path, caution("Un cambio puede empeorar las cosas.").replace("language: en", "language: es"))
    assert (said[LIMITS], said[RISKS]) == ("for a person", "for a person")
