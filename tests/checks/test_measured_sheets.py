"""Sheets that are checked: too long by how much, or how much is left, as a person and a program read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handoutkit.checks.judge_file import judge_handout
from handoutkit.isolation.worker import Worker
from handoutkit.loading.load_file import load_handout
from handoutkit.models.handout import Handout
from handoutkit.render.worker_typesetter import SheetFacts
from tests.conftest import Run, Tree
from tests.support.check_samples import GOOD, with_block
from tests.support.po_samples import change, marked

LONG = SheetFacts(3, 38.2, 100.0, ("steps", "step"))
PRACTICE = "practice: riverbend-counseling\n"


def codes(tmp_path: Path, text: str, facts: SheetFacts | None) -> list[str]:
    path = tmp_path / "sample.yaml"
    path.write_text(text, encoding="utf-8")
    loaded = load_handout(path)
    assert isinstance(loaded.model, Handout)
    return [problem.code for problem in judge_handout(loaded, sheet=facts)[0]]


def test_a_handout_that_is_too_long_raises_a_doubt_that_can_be_answered(tmp_path: Path) -> None:
    assert codes(tmp_path, GOOD, LONG) == ["longer-than-a-sheet"]
    answered = GOOD + "suppress: [{rule: longer-than-a-sheet, reason: It is to have a leaf to copy.}]\n"
    assert codes(tmp_path, answered, LONG) == []
    assert codes(tmp_path, answered, SheetFacts(2, 0.0, 30.0, ("step",))) == ["suppression-idle"]


def test_check_says_what_room_is_left(tree: Tree, run: Run) -> None:
    folder = tree({"handouts/sample.yaml": GOOD, "handoutkit.yaml": PRACTICE})
    said = run("check", "sample", cwd=folder).stdout
    (line,) = [line for line in said.splitlines() if "On a sheet" in line]
    (card,) = run("check", "sample", "--json", cwd=folder).json["scores"]
    assert card["sheet"]["too_much"] == 0
    assert f" {int(card['sheet']['room'])}  mm are left" in line
    booklet = run("check", "sample", "--layout", "booklet", "--json", cwd=folder).json["scores"][0]
    assert booklet["sheet"] is None


def test_check_says_what_is_too_long_as_a_build_does(tree: Tree, run: Run) -> None:
    words = "You can stop here, and rest for a while. " * 110
    folder = tree(
        {"handouts/sample.yaml": with_block(f"  - {{type: prose, id: more, heading: More, text: {words!r}}}\n"),
         "handoutkit.yaml": PRACTICE}
    )  # fmt: skip
    checked, built = (
        [problem["message"] for problem in result.json["problems"] if problem["code"] == "longer-than-a-sheet"]
        for result in (run("check", "sample", "--json", cwd=folder), run("build", "sample", "--json", cwd=folder))
    )
    assert checked == built
    assert "mm too long" in checked[0]
    assert "`more`" in checked[0]


def test_check_measures_the_language_asked_for(tree: Tree, run: Run) -> None:
    block = "  - {type: prose, id: more, heading: More, text: Rest.}\n"
    folder = tree({"handouts/sample.yaml": with_block(block), "handoutkit.yaml": PRACTICE})
    run("translate", "extract", "sample", "--lang", "es", cwd=folder)
    longer = "Puede parar aquí y descansar un rato. " * 110
    change(
        folder / "handouts/locale/es/sample.po",
        lambda place, text: longer.strip() if place == "blocks.more.text" else marked(place, text),
    )
    doubts = {
        language: [
            problem["message"]
            for problem in run("check", "sample", "--lang", language, "--json", cwd=folder).json["problems"]
            if problem["code"] == "longer-than-a-sheet"
        ]
        for language in ("en", "es")
    }
    assert doubts["en"] == []
    assert "`more`" in doubts["es"][0]


def test_an_unchanged_handout_is_not_measured_again(tree: Tree, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tree({"handouts/sample.yaml": GOOD, "handoutkit.yaml": PRACTICE})
    first = run("check", "sample", "--json", cwd=folder).json

    asked: list[str] = []
    call = Worker.call

    def noted(worker: Worker, function: str, *args: Any, **named: Any) -> Any:
        asked.append(function)
        return call(worker, function, *args, **named)

    monkeypatch.setattr(Worker, "call", noted)
    assert run("check", "sample", "--json", cwd=folder).json == first
    assert not any("reckon" in function for function in asked)


def test_what_ships_is_measured_only_when_it_is_named(tree: Tree, run: Run) -> None:
    folder = tree({"handouts/sample.yaml": GOOD, "handoutkit.yaml": PRACTICE})
    scores = run("check", "--json", cwd=folder).json["scores"]
    assert [card["id"] for card in scores if card["sheet"]] == ["sample"]
    assert len(scores) > 12
    (named,) = run("check", "my-next-step", "--json", cwd=folder).json["scores"]
    assert named["sheet"]["sides"] == 2
