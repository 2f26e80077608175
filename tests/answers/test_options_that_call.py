"""Options of a prompt that call for a talk: told before all else, in any edition, also from a page that is gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from handoutkit.answers.fhir.questionnaire_response import to_fhir
from handoutkit.answers.read_answers import Answers, read_all
from handoutkit.answers.returns.possible_alerts import POSSIBLE_ALERT
from handoutkit.errors import ContentError
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from tests.conftest import Tree
from tests.support.answer_samples import codes, told
from tests.support.hand_made_forms import FormPdf, changed, fields_by_name, filled_in
from tests.support.samples import FILES, HANDOUT

PROMPTS = """\
  - type: prompt
    id: safety
    question: Is any of this true?
    response: {type: multi_choice, options: [I sleep badly, I hurt myself, I eat well], alert_options: [2]}
  - type: prompt
    id: how
    question: How is it at home?
    response: {type: choice, options: [Calm, Not safe], alert_options: [2]}
"""
TICKS = ("I sleep badly", "I hurt myself", "I eat well")
HURT, HOME = "small-page.safety.option-2", "small-page.how.answer"
Read = Callable[..., Answers]


@pytest.fixture
def library(tree: Tree) -> Library:
    return Library(Workspace(tree({**FILES, "handouts/small-page.yaml": HANDOUT + PROMPTS})))


@pytest.fixture
def read(library: Library, tmp_path: Path) -> Read:
    def read(pdf: bytes) -> Answers:
        path = tmp_path / "back.pdf"
        path.write_bytes(pdf)
        return read_all([path], library)

    return read


def blank(edition: int = 3) -> FormPdf:
    form = FormPdf()
    for number, words in enumerate(TICKS, start=1):
        form.tick(f"small-page.safety.option-{number}", words)
    return form.choice(HOME, ("Calm", "Not safe")).edition("small-page", edition)


def test_they_stand_first_with_the_question_and_what_was_marked(read: Read, library: Library) -> None:
    answers = read(filled_in(blank().save(), {"small-page.safety.option-1": 1, HURT: 1, HOME: 2}))
    assert codes(answers) == []
    kinds = [(row.kind, f"{row.block}.{row.field}", row.question, row.value, row.option) for row in answers.rows[:3]]
    assert kinds[:2] == [
        ("alert", "safety.alert.option-2", "Is any of this true?", "I hurt myself", 2),
        ("alert", "how.alert.answer", "How is it at home?", "Not safe", 2),
    ]
    assert {row.kind for row in answers.rows[2:]} == {"answer"}
    assert told(answers)["safety.option-2"] == "I hurt myself"
    assert '"linkId": "safety.alert.option-2"' in to_fhir(answers.rows, library)


def test_other_options_call_nobody(read: Read) -> None:
    answers = read(
        filled_in(blank().save(), {"small-page.safety.option-1": 1, "small-page.safety.option-3": 1, HOME: 1})
    )
    assert (codes(answers), {row.kind for row in answers.rows}) == ([], {"answer"})


def test_another_edition_goes_by_the_words(read: Read) -> None:
    answers = read(filled_in(blank(edition=2).save(), {HURT: 1}))
    assert codes(answers) == [POSSIBLE_ALERT, "other-edition"]
    assert answers.problems[0].path == HURT
    form = FormPdf().tick("small-page.safety.option-1", "I hurt myself").edition("small-page", 2)
    assert codes(read(filled_in(form.save(), {"small-page.safety.option-1": 1}))) == [POSSIBLE_ALERT, "other-edition"]


def test_of_a_file_that_is_refused(read: Read) -> None:
    def strange(pdf: pikepdf.Pdf) -> None:
        fields_by_name(pdf)["small-page.safety.option-3"].T = "elsewhere"

    answers = read(changed(filled_in(blank().save(), {HURT: 1}), strange))
    assert (codes(answers), answers.rows) == ([POSSIBLE_ALERT, "unknown-field"], ())
    assert "Is any of this true?" in answers.problems[0].message


def test_of_a_page_that_was_taken_out(read: Read) -> None:
    def take_out(pdf: pikepdf.Pdf) -> None:
        kept = fields_by_name(pdf)[HOME].Kids
        pdf.pages[0].Annots = pikepdf.Array([one for one in pdf.pages[0].Annots if one in list(kept)])

    answers = read(changed(filled_in(blank().save(), {HURT: 1, HOME: 1}), take_out))
    assert codes(answers) == [POSSIBLE_ALERT, "pages-gone"]
    assert "on a page that was taken out" in answers.problems[0].message
    assert told(answers) == {"how.answer": "Calm"}


def test_of_a_page_that_was_taken_out_with_its_fields_that_nobody_was_asked(read: Read) -> None:
    without = FormPdf().choice(HOME, ("Calm", "Not safe")).edition("small-page", 3)
    answers = read(filled_in(without.save(), {HOME: 1}))
    assert codes(answers) == ["alert-not-asked"]
    assert (answers.problems[0].path, answers.problems[0].severity) == ("small-page.safety", "warning")
    assert "Is any of this true?" in answers.problems[0].message


@pytest.mark.parametrize("numbers", ["[3]", "[1, 1]", "[0]"])
def test_numbers_are_those_of_options_once_each(numbers: str, tree: Tree) -> None:
    wrong = PROMPTS.replace("[Calm, Not safe], alert_options: [2]", f"[Calm, Not safe], alert_options: {numbers}")
    folder = tree({**FILES, "handouts/small-page.yaml": HANDOUT + wrong})
    with pytest.raises(ContentError) as caught:
        Library(Workspace(folder)).handout("small-page")
    assert "alert_options" in caught.value.problems[0].path
