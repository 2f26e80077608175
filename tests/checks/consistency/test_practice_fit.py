"""Who may give a handout, and what a practice needs for what it gives."""

from __future__ import annotations

import pytest

from tests.conftest import Run, Tree
from tests.support.check_samples import EXERCISE, GOOD, with_block
from tests.support.samples import FILES, PRACTICE

ONLY_THERAPY = GOOD.replace("for: [self]\n", "for: [self]\nservices: [therapy]\n")
NO_CONTACT = "\n".join(line for line in PRACTICE.split("\n") if not line.startswith(("contact:", "  phone:")))


def a_practice(services: str) -> str:
    assert "services: therapy" in PRACTICE
    return PRACTICE.replace("services: therapy", f"services: {services}")


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize(
    ("services", "words"),
    [("coaching", "offers coaching, and no therapy"), ("referral", "offers referral, and no care of its own")],
)
def test_a_plan_for_therapy_is_refused_under_another_name(
    tree: Tree, run: Run, command: str, services: str, words: str
) -> None:
    folder = tree({**FILES, "handouts/sample.yaml": ONLY_THERAPY, "practices/oak-house.yaml": a_practice(services)})
    refused = run(command, "sample", cwd=folder)
    assert refused.exit_code == 1
    assert "error[service-cannot-give]" in refused.stderr
    assert f"`sample` is for therapy; Oak House {words}" in refused.stderr
    assert run(command, "small-page", cwd=folder).exit_code == 0


def test_what_needs_therapy_is_given_by_therapists(tree: Tree, run: Run) -> None:
    folder = tree({**FILES, "handouts/sample.yaml": ONLY_THERAPY})
    assert run("check", "sample", cwd=folder).exit_code == 0


def test_a_practice_that_nobody_can_reach_is_told(tree: Tree, run: Run) -> None:
    files = {**FILES, "handouts/sample.yaml": with_block(EXERCISE), "practices/oak-house.yaml": NO_CONTACT}
    assert "warning[practice-unreachable]" in run("check", "sample", cwd=tree(files)).stderr
    reached = tree({**files, "practices/oak-house.yaml": PRACTICE})
    assert "practice-unreachable" not in run("check", "sample", cwd=reached).stderr


def test_a_practice_without_a_line_for_fear_is_told(tree: Tree, run: Run) -> None:
    couple = GOOD.replace("for: [self]", "for: [couple]")
    folder = tree({**FILES, "handouts/sample.yaml": couple})
    assert "warning[violence-line-missing]" in run("check", "sample", cwd=folder).stderr
    assert "violence-line-missing" not in run("check", "small-page", cwd=folder).stderr
