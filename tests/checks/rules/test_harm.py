"""The rules on harm, held to what they found when they were last measured: no rule may get worse unseen."""

from __future__ import annotations

import pytest

from tests.conftest import Run, Tree
from tests.support.check_samples import with_block
from tests.support.harm_measure import NO_RULE, count, judgments

MEASURE = """\
  - type: measure
    id: mood
    heading: Your last two weeks
    instructions: Mark one answer in each row.
    anchors: [{label: Never, points: 0}, {label: Most days, points: 1}]
    items: [{id: flat, text: I felt flat.}, {id: wish, text: I thought about ways to kill myself.}]
    rights_statement: Our own words.
"""


def test_the_set_is_large_and_half_of_it_is_harmless() -> None:
    every = judgments()
    harmful = sum(each.harmful for each in every)
    assert len(every) >= 150
    assert 0.45 <= harmful / len(every) <= 0.55
    assert len({each.text for each in every}) == len(every)


def test_what_was_in_view_is_found_and_its_look_alikes_are_let_be() -> None:
    tuned = count([each for each in judgments() if each.part == "tuned"])
    assert tuned.recall >= 0.95
    assert tuned.precision == 1


def test_of_unseen_wordings_no_fewer_are_found_than_before() -> None:
    unseen = count([each for each in judgments() if each.part == "unseen" and each.kind != NO_RULE])
    assert unseen.recall >= UNSEEN_RECALL
    assert unseen.alarms <= UNSEEN_ALARMS


UNSEEN_RECALL, UNSEEN_ALARMS = 0.25, 0
"""What was measured; docs/rules.md prints it."""


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (("I felt flat.", "I felt flat."), "measure-without-alert"),
        (("kill myself.}", "kill myself., alert_from: 1}"), None),
        (("Our own words.", "Unknown."), "rights-grant-nothing"),
    ],
)
def test_a_measure_of_death_without_an_alert_is_refused(
    tree: Tree, run: Run, command: str, wrong: tuple[str, str], code: str | None
) -> None:
    folder = tree({"handouts/sample.yaml": with_block(MEASURE.replace(*wrong)), "handoutkit.yaml": ""})
    result = run(command, "sample", "--practice", "riverbend-counseling", cwd=folder)
    assert result.exit_code == (1 if code else 0)
    if code:
        assert f"error[{code}]" in result.stderr


@pytest.mark.parametrize(
    "text",
    ["He pensado en morirme.", "I would be better off dead.", "J\u2019ai voulu mourir.", "I hurt myself on purpose."],
)
def test_an_item_on_death_is_known_in_other_words(tree: Tree, run: Run, text: str) -> None:
    handout = with_block(MEASURE.replace("I thought about ways to kill myself.", text))
    folder = tree({"handouts/sample.yaml": handout, "handoutkit.yaml": ""})
    assert "measure-without-alert" in run("check", "sample", "--practice", "riverbend-counseling", cwd=folder).stderr
