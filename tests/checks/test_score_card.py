"""The score card: what counts, who decided it, and how it is shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handoutkit.checks.check_library import CheckOptions, check_library
from handoutkit.checks.clinical_readers import UNJUDGED, ClinicalReader, not_judged
from handoutkit.checks.rules.all_rules import RULES
from handoutkit.checks.score_items import ACTIONABILITY, INDEX, UNDERSTANDABILITY
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from tests.conftest import HANDOUTS, ROOT, TODAY, Run, Tree
from tests.support.check_samples import GOOD, judged, prose, with_block


def test_the_items_are_those_of_the_instruments() -> None:
    assert [item.number for item in UNDERSTANDABILITY] == [*range(1, 13), *range(15, 20)]
    assert [item.number for item in ACTIONABILITY] == list(range(20, 27))
    assert [item.number for item in INDEX] == list(range(1, 21))
    assert {code for item in (*UNDERSTANDABILITY, *ACTIONABILITY, *INDEX) for code in item.codes} <= set(RULES)


def test_a_score_is_of_what_applies(tmp_path: Path) -> None:
    _, card = judged(tmp_path, prose("You can utilize this. Add up your points."))
    score = card.understandability
    assert score.numbers("disagree") == [3, 7]
    assert 6 in score.numbers("not applicable")
    assert {2, 10, 15} <= set(score.numbers("for a person"))
    agree = score.count("agree")
    assert score.percent == round(100 * agree / (agree + 2))


def test_a_low_score_warns(tmp_path: Path) -> None:
    problems, card = judged(tmp_path, prose("You can utilize this. Add up your points."))
    assert card.understandability.percent < 90
    (low,) = [problem for problem in problems if problem.code == "understandability-low"]
    assert "items 3, 7" in low.message


def test_other_languages_are_left_to_a_person(tmp_path: Path) -> None:
    text = GOOD.replace("language: en", "language: es").replace("one small step.", "utilize este suicide attempt.")
    problems, card = judged(tmp_path, text)
    assert [problem.code for problem in problems] == ["language-aside"]
    assert card.grade is None
    assert {3, 4, 5, 7} <= set(card.understandability.numbers("for a person"))
    assert card.understandability.numbers("agree") == [12, 17]


@pytest.mark.parametrize("language", ["en-GB", "en"])
def test_english_is_english_everywhere(tmp_path: Path, language: str) -> None:
    text = prose("You can utilize this.").replace("language: en", f"language: {language}")
    assert "word-hard" in {problem.code for problem in judged(tmp_path, text)[0]}


def test_every_rule_that_speaks_english_says_so(tmp_path: Path) -> None:
    """Nothing but the form is judged of a text in a language that no rule reads."""
    words = "Research shows all clients utilize 43.7% in the red box, commit suicide and dissociate. " * 6
    text = prose(words).replace("language: en", "language: de")
    assert {problem.code for problem in judged(tmp_path, text)[0]} == {"language-aside"}


def test_what_ships_passes_strictly() -> None:
    report = check_library(Library(Workspace(ROOT)), (), CheckOptions(TODAY))
    assert [str(problem) for problem in report.problems if problem.severity != "notice"] == []
    assert set(HANDOUTS) <= {card.id for card in report.cards}
    for card in report.cards:
        assert min(score.percent for score in card.scores) >= 90, card.id
        assert card.grade is None or card.grade.deciding <= 6 or card.id in SET_ASIDE


SET_ASIDE: set[str] = set()
"""Handouts whose grade is above six, with a reason in the file."""


def test_the_card_on_a_terminal(tree: Tree, run: Run) -> None:
    folder = tree({"handouts/sample.yaml": with_block(""), "handoutkit.yaml": "practice: riverbend-counseling\n"})
    said = run("check", "sample", cwd=folder).stdout
    assert said.splitlines()[0] == "sample"
    assert "PEMAT-P understandability  100" in said
    assert "10. it follows a logical order" in said
    assert said.endswith(f"\nNo problems found.\n{UNJUDGED} Read by: nobody whom the file names.\n")


def test_every_check_ends_with_who_has_read_what_no_rule_judges(tree: Tree, run: Run) -> None:
    read = "clinically_reviewed_by: Bo Reader, LCSW\nclinically_reviewed_on: 2026-02-01\nblocks:\n"
    files = {"handouts/sample.yaml": GOOD.replace("blocks:\n", read), "handoutkit.yaml": ""}
    folder = tree(files)
    command = ("check", "sample", "--practice", "riverbend-counseling")
    last = f"{UNJUDGED} Read by: Bo Reader, LCSW, 2026-02-01."
    assert run(*command, cwd=folder).stdout.endswith(f"\n{last}\n")
    given = run(*command, "--json", cwd=folder).json
    assert (given["not_judged"], given["scores"][0]["not_judged"]) == (last, last)
    assert given["scores"][0]["read_on"] == "2026-02-01"


def test_a_check_that_fails_ends_with_it_too(tree: Tree, run: Run) -> None:
    folder = tree({"handouts/sample.yaml": prose("Add up your points."), "handoutkit.yaml": ""})
    failed = run("check", "sample", "--strict", "--practice", "riverbend-counseling", cwd=folder)
    assert failed.exit_code == 1
    assert failed.stdout.splitlines()[-1].startswith(UNJUDGED)


def test_of_many_handouts_it_is_said_how_many_were_read() -> None:
    reader = ClinicalReader("Bo Reader", date(2026, 2, 1))
    said = not_judged([reader, None, None])
    assert said == f"{UNJUDGED} Read by: Bo Reader, 2026-02-01 (1 of 3); nobody whom the file names (2 of 3)."


def test_a_reading_of_tomorrow_is_refused(tree: Tree, run: Run) -> None:
    read = "clinically_reviewed_by: Bo Reader\nclinically_reviewed_on: 2026-11-22\nblocks:\n"
    folder = tree({"handouts/sample.yaml": GOOD.replace("blocks:\n", read), "handoutkit.yaml": ""})
    refused = run("check", "sample", "--practice", "riverbend-counseling", "--date", "2026-11-21", cwd=folder)
    assert "error[in-the-future]" in refused.stderr


def test_the_card_as_json(tree: Tree, run: Run) -> None:
    folder = tree({"handouts/sample.yaml": prose("You can utilize this."), "handoutkit.yaml": ""})
    result = run("check", "sample", "--practice", "riverbend-counseling", "--json", cwd=folder)
    assert result.exit_code == 0
    assert set(result.json) == {"outputs", "problems", "scores", "not_judged"}
    (card,) = result.json["scores"]
    assert (card["id"], card["lang"], card["actionability"]) == ("sample", "en", 100)
    (item,) = [item for item in card["items"] if item["verdict"] == "disagree" and item["score"] == "understandability"]
    assert (item["item"], item["by"], "word-hard" in item["rules"]) == (3, "doubt", True)


def test_strict_fails_for_warnings_and_never_for_notices(tree: Tree, run: Run) -> None:
    no_figure = GOOD[: GOOD.index("  - type: figure")] + GOOD[GOOD.index("  - type: list") :]
    files = {"handouts/sample.yaml": no_figure, "handouts/other.yaml": prose("Add up your points.")}
    folder = tree({key: text.replace("id: sample", f"id: {Path(key).stem}") for key, text in files.items()})
    strict = ("--strict", "--practice", "riverbend-counseling")
    calm = run("check", "sample", *strict, cwd=folder)
    assert (calm.exit_code, calm.stderr.count("notice[visual-missing]")) == (0, 1)
    assert run("check", "other", *strict[1:], cwd=folder).exit_code == 0
    assert run("check", "other", *strict, cwd=folder).exit_code == 1


def test_both_grades_are_told_and_what_smog_leaves_out(tree: Tree, run: Run) -> None:
    words = "\n\n      ".join(["You and I want a relationship."] * 32)
    handout = prose(words).replace("reading_grade: 6\n", "reading_grade: 6\nterms: [relationship]\n")
    folder = tree({"handouts/sample.yaml": handout, "handoutkit.yaml": ""})
    said = run("check", "sample", "--practice", "riverbend-counseling", cwd=folder).stdout
    assert "Flesch-Kincaid" in said
    assert "without relationship" in said
