"""An answer that calls for a talk is told also where its file's rows are refused, or its measure is not scored."""

from __future__ import annotations

from collections.abc import Callable

import pikepdf
import pytest

from handoutkit.answers.read_answers import Answers
from handoutkit.answers.returns.possible_alerts import POSSIBLE_ALERT
from tests.support.answer_samples import HOPELESS, LOW, RESTED, blank, codes, merged, of_client, read
from tests.support.hand_made_forms import changed, fields_by_name, filled_in

CALM, AFRAID = {LOW: 2, RESTED: 3, HOPELESS: 1}, {LOW: 2, RESTED: 3, HOPELESS: 2}


def possible(answers: Answers) -> list[str]:
    return [problem.path for problem in answers.problems if problem.code == POSSIBLE_ALERT]


@pytest.mark.parametrize("order", [(CALM, AFRAID), (AFRAID, CALM)])
def test_of_a_file_with_two_clients(order: tuple[dict[str, int], ...]) -> None:
    one, two = (
        filled_in(of_client(blank(), packet=ref, small_page=ref), values)
        for ref, values in zip(("C-1", "C-2"), order, strict=True)
    )
    answers = read(merged(one, two))
    assert codes(answers) == [POSSIBLE_ALERT, "two-clients"]
    first = answers.problems[0]
    assert (first.path, first.severity, first.file[-5:]) == (HOPELESS, "error", "0.pdf")
    assert "I felt hopeless." in first.message
    assert "C-1 or C-2" in first.message
    assert answers.rows == ()


def test_of_a_file_with_two_clients_and_no_alert_nothing_is_said() -> None:
    one, two = (filled_in(of_client(blank(), packet=ref, small_page=ref), CALM) for ref in ("C-1", "C-2"))
    assert codes(read(merged(one, two))) == ["two-clients"]


def drop_edition(pdf: pikepdf.Pdf) -> None:
    (handout,) = pdf.Root.AcroForm.Fields
    handout.Kids = pikepdf.Array([kid for kid in handout.Kids if kid.T != "edition"])


def strange_field(pdf: pikepdf.Pdf) -> None:
    fields_by_name(pdf)["small-page.thoughts.answer"].T = "elsewhere"


def two_answers(pdf: pikepdf.Pdf) -> None:
    fields_by_name(pdf)[LOW].V = pikepdf.Name("/3")


@pytest.mark.parametrize(
    ("change", "code"),
    [(drop_edition, "lost-edition"), (strange_field, "unknown-field"), (two_answers, "two-answers")],
)
def test_of_a_file_that_another_program_changed(change: Callable[[pikepdf.Pdf], None], code: str) -> None:
    answers = read(changed(filled_in(blank().save(), AFRAID), change), client_ref="C-1")
    assert codes(answers) == [POSSIBLE_ALERT, code]
    assert "C-1" in answers.problems[0].message


def test_of_an_item_whose_own_answer_is_not_certain() -> None:
    def unsure(pdf: pikepdf.Pdf) -> None:
        fields_by_name(pdf)[HOPELESS].V = pikepdf.Name("/3")

    answers = read(changed(filled_in(blank().save(), CALM), unsure))
    assert codes(answers) == [POSSIBLE_ALERT, "two-answers"]
    assert possible(answers) == [HOPELESS]
    assert "cannot be read" in answers.problems[0].message


def test_of_another_edition_and_of_other_anchors() -> None:
    older = filled_in(blank(edition=2).save(), AFRAID)
    assert codes(read(older)) == [POSSIBLE_ALERT, "other-edition"]
    assert read(older).problems[0].severity == "warning"
    assert codes(read(filled_in(blank(edition=2).save(), CALM))) == ["other-edition"]

    def other_words(pdf: pikepdf.Pdf) -> None:
        fields_by_name(pdf)[LOW].HDKT_Options[1] = pikepdf.String("Sometimes")

    assert codes(read(changed(filled_in(blank().save(), AFRAID), other_words))) == [POSSIBLE_ALERT, "other-anchors"]


def test_a_scored_measure_has_its_alert_once() -> None:
    answers = read(filled_in(blank().save(), AFRAID), client_ref="C-1")
    assert codes(answers) == []
    assert [row.kind for row in answers.rows][:2] == ["alert", "answer"]
