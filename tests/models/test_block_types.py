"""Block types and figure kinds are found in their packages: a new one needs no list, from its file to its answers."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.base import modules_of
from handoutkit.models.block_types import BLOCK_TYPES
from handoutkit.models.blocks.figure import FIGURE_KINDS
from handoutkit.render.figures import kinds
from tests.conftest import ROOT
from tests.support.hand_made_forms import typed
from tests.support.pdf_reading import failures, text

OUTSIDE = ROOT / "tests" / "outside_types"
VALUES: dict[str, str | int] = {
    "mood-page.week.days-1": "4",
    "mood-page.week.days-2": "1",
    "mood-page.week.days-3": "2",
    "mood-page.week.strongest": 3,
    "mood-page.week.why": "Zoë came to stay.",
    "mood-page.steps.first": "Sleep first.",
    "mood-page.steps.second": "Then walk.",
}
Handoutkit = Callable[..., str]


@pytest.fixture
def handoutkit(tmp_path: Path) -> Handoutkit:
    """Runs the command in a workspace with a template for ``mood_tally``, where Python finds more in its packages."""
    packages = tmp_path / "site-packages"  # the worker reads what is installed, and nothing else
    shutil.copytree(OUTSIDE, packages, ignore=shutil.ignore_patterns("workspace", "__pycache__"))
    shutil.copytree(OUTSIDE / "workspace", tmp_path / "workspace")

    def run(*args: str | Path) -> str:
        command = [sys.executable, "-m", "handoutkit", "-C", tmp_path / "workspace", *args]
        environment = {**os.environ, "PYTHONPATH": str(packages)}
        ran = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    return run


def test_a_block_type_and_a_figure_kind_from_elsewhere_go_the_whole_way(handoutkit: Handoutkit, tmp_path: Path) -> None:
    assert "No problems found" in handoutkit("check", "mood-page")
    handoutkit("build", "mood-page", "--to", "pdf", "--to", "html", "--to", "txt", "-o", tmp_path)
    made = tmp_path / "riverbend-counseling" / "mood-page.pdf"
    assert failures(made.read_bytes()) == []
    for words in (text(made.read_bytes()), made.with_suffix(".txt").read_text(encoding="utf-8")):
        assert "Which mood was strongest?" in words
        assert "Second rung" in words
    html = made.with_suffix(".html").read_text(encoding="utf-8")
    assert all(f'name="{name}"' in html for name in VALUES)

    filled = tmp_path / "filled.pdf"
    filled.write_bytes(typed(made.read_bytes(), VALUES))
    handoutkit("answers", filled, "-o", tmp_path / "answers.csv")
    with (tmp_path / "answers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {f"{row['handout']}.{row['block']}.{row['field']}": row["value"] for row in csv.DictReader(file)}
    assert rows == {**VALUES, "mood-page.week.strongest": "Glad"}


def test_what_is_from_elsewhere_is_in_the_json_schema(handoutkit: Handoutkit) -> None:
    schema = handoutkit("schema", "handout")
    assert '"mood_tally": "#/$defs/MoodTally"' in schema
    assert '"ladder"' in schema


def test_each_block_type_has_a_place_in_the_order_a_template_and_an_example() -> None:
    orders = [kind.order for kind in BLOCK_TYPES]
    assert orders == sorted(set(orders))
    for kind in BLOCK_TYPES:
        assert (ROOT / "templates" / "base" / "blocks" / f"{kind.type_name()}.html").is_file()
        assert (ROOT / "docs" / "examples" / f"{kind.type_name()}.yaml").is_file()


def test_each_figure_kind_is_drawn_by_the_module_of_its_name() -> None:
    drawn = {module.__name__.rpartition(".")[2] for module in modules_of(kinds)}
    assert drawn == {kind.name for kind in FIGURE_KINDS.values() if kind.drawn}


def test_no_block_has_a_key_or_a_name_twice() -> None:
    library = Library(Workspace(ROOT / "tests" / "every_block"))
    for block in library.handout("every-block").model.blocks:
        fields = list(block.fields())
        assert len({field.key for field in fields}) == len({field.name for field in fields}) == len(fields)
