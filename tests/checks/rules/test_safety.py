"""Crisis resources: of the right region, and there when something about crisis is handed out."""

from __future__ import annotations

import pytest

from tests.conftest import Run, Tree
from tests.support.check_samples import GOOD
from tests.support.samples import FILES, PRACTICE

LINE = """\
crisis_resources:
  - name: A line
    when: Any time.
    channels: [{kind: call, to: "116 123"}]
    hours: All hours
    region: GB
    source: https://example.org
    verified_on: 2026-11-01
"""
PLAN = GOOD.replace("topics: [small-steps]", "topics: [safety-plan]")


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize("wrong", [("region: GB", "region: US"), ('"116 123"', '"988"')])
def test_a_resource_of_another_region_fails(tree: Tree, run: Run, command: str, wrong: tuple[str, str]) -> None:
    right = tree({**FILES, "practices/oak-house.yaml": PRACTICE + LINE})
    assert run(command, "small-page", cwd=right).exit_code == 0
    misplaced = run(command, "small-page", cwd=tree({"practices/oak-house.yaml": PRACTICE + LINE.replace(*wrong)}))
    assert misplaced.exit_code == 1
    assert "error[crisis-elsewhere]" in misplaced.stderr


def test_what_prints_no_resources_is_built(tree: Tree, run: Run) -> None:
    files = {key: text.replace("  - type: next_step\n", "") for key, text in FILES.items()}
    stale = LINE.replace("region: GB", "region: US").replace("2026-11-01", "2025-01-01")
    assert run("build", "small-page", cwd=tree({**files, "practices/oak-house.yaml": PRACTICE + stale})).exit_code == 0


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_plan_without_resources_warns(tree: Tree, run: Run, command: str) -> None:
    folder = tree({**FILES, "handouts/sample.yaml": PLAN})
    warned = run(command, "sample", cwd=folder)
    assert warned.exit_code == 0
    assert "practices/oak-house.yaml" in warned.stderr
    assert "warning[crisis-resources-missing]" in warned.stderr
    assert run(command, "sample", "--strict", cwd=folder).exit_code == 1
    assert "crisis-resources" not in run(command, "small-page", cwd=folder).stderr


def test_a_practice_may_say_why_it_has_none(tree: Tree, run: Run) -> None:
    why = "suppress:\n  - {rule: crisis-resources-missing, reason: The ward prints its own.}\n"
    folder = tree({**FILES, "handouts/sample.yaml": PLAN, "practices/oak-house.yaml": PRACTICE + why})
    assert "crisis-resources" not in run("check", "sample", cwd=folder).stderr
    assert "suppression-idle" not in run("check", "small-page", cwd=folder).stderr
