"""Which crisis lines a page prints: those that it needs, by its own word or by what its cautions say."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoutkit.compose.crisis_needs import needs_of, with_lines_for
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.loading.load_file import load_handout
from handoutkit.models.handout import Handout
from tests.conftest import HANDOUTS, ROOT, Run, Tree
from tests.support.check_samples import EXERCISE, GOOD, with_block

CAUTION = "  - {type: callout, role: caution, heading: Care, title: Care, text: 'TEXT'}\n"
IMPLIED = {
    "nothing special": (GOOD, set()),
    "a topic": (GOOD.replace("topics: [small-steps]", "topics: [couples]"), {"violence"}),
    "a couple": (GOOD.replace("for: [self]", "for: [couple]"), {"violence"}),
    "a guardian": (GOOD.replace("for: [self]", "for: [guardian]"), {"children"}),
    "a caution": (with_block(CAUTION.replace("TEXT", "If someone scares you, tell us.")), {"violence"}),
    "a caution on oneself": (with_block(CAUTION.replace("TEXT", "If you may hurt yourself, tell us.")), set()),
    "a stop rule": (with_block(EXERCISE.replace("feel afraid", "are afraid of them")), {"violence"}),
}


def handout(folder: Path, text: str) -> Handout:
    (folder / "sample.yaml").write_text(text, encoding="utf-8")
    return load_handout(folder / "sample.yaml").model


@pytest.mark.parametrize("implied", IMPLIED)
def test_what_a_page_implies(tmp_path: Path, implied: str) -> None:
    text, more = IMPLIED[implied]
    assert needs_of(handout(tmp_path, text)) == {"danger", "suicide", *more}


def test_what_a_page_says_goes_before_what_it_implies(tmp_path: Path) -> None:
    said = GOOD.replace("for: [self]", "for: [couple]\ncrisis_for: [substances]")
    assert needs_of(handout(tmp_path, said)) == {"danger", "substances"}


def test_lines_for_other_needs_are_left_out_and_one_for_anything_stays(tmp_path: Path) -> None:
    practice = Library(Workspace(ROOT)).practice("riverbend-counseling").model
    names = [line.name for line in with_lines_for(practice, handout(tmp_path, GOOD)).crisis_resources]
    assert names == ["Emergency services", "988 Suicide & Crisis Lifeline"]
    open_to_all = practice.crisis_resources[2].model_copy(update={"helps_with": ()})
    anyone = practice.model_copy(update={"crisis_resources": (open_to_all,)})
    assert with_lines_for(anyone, handout(tmp_path, GOOD)).crisis_resources == (open_to_all,)


@pytest.mark.parametrize("name", HANDOUTS)
def test_every_shipped_handout_that_warns_of_someone_leads_to_a_line_for_it(name: str) -> None:
    model = Library(Workspace(ROOT)).handout(name).model
    assert "violence" in needs_of(model)


@pytest.mark.parametrize("to", ["txt", "html"])
def test_a_caution_says_where_the_lines_are_in_words_true_on_each_side(tree: Tree, run: Run, to: str) -> None:
    text = with_block(CAUTION.replace("TEXT", "If someone scares you, tell us."))
    folder = tree({"handouts/sample.yaml": text, "handoutkit.yaml": ""})
    done = run("build", "sample", "--practice", "riverbend-counseling", "--to", to, cwd=folder)
    assert done.exit_code == 0, done.stderr
    page = next((folder / "output").rglob(f"sample.{to}")).read_text(encoding="utf-8")
    page = page.replace("\N{NO-BREAK SPACE}", " ")
    assert "Help lines are listed at the end." in page
    assert "National Domestic Violence Hotline" in page
