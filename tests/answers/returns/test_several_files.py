"""Files that come back together: copies are counted once, what is new is another entry, and alerts come first."""

from __future__ import annotations

from handoutkit.answers.answer_rows import AnswerRow
from tests.support.answer_samples import HOPELESS, VALUES, blank, codes, read, simple
from tests.support.hand_made_forms import changed, filled_in

FORM = filled_in(blank().save(), VALUES)


def dated(pdf: bytes, day: str) -> bytes:
    return changed(pdf, lambda file: file.docinfo.__setitem__("/ModDate", f"D:{day}"))


def files_of(rows: tuple[AnswerRow, ...]) -> set[str]:
    return {row.file.rpartition("/")[2] for row in rows}


def test_the_same_bytes_are_counted_once() -> None:
    answers = read(FORM, FORM, client_ref="C-1")
    assert codes(answers) == ["same-form-twice"]
    assert answers.problems[0].file.endswith("1.pdf")
    assert "0.pdf" in answers.problems[0].message
    assert (files_of(answers.rows), answers.read) == ({"0.pdf"}, 1)


def test_a_copy_that_was_saved_anew_is_counted_once() -> None:
    copy = changed(dated(FORM, "20261130"), lambda file: file.docinfo.__setitem__("/Producer", "A viewer"))
    answers = read(dated(FORM, "20261130"), copy, client_ref="C-1")
    assert codes(answers) == ["same-form-twice"]


def test_the_same_sheet_of_another_day_or_with_other_answers_is_another_entry() -> None:
    other = filled_in(FORM, {HOPELESS: 2})
    answers = read(dated(FORM, "20261123"), dated(FORM, "20261130"), dated(other, "20261130"), client_ref="C-1")
    assert codes(answers) == []
    assert files_of(answers.rows) == {"0.pdf", "1.pdf", "2.pdf"}


def test_two_people_without_a_reference_may_answer_alike() -> None:
    other = changed(FORM, lambda file: file.docinfo.__setitem__("/Producer", "A viewer"))
    answers = read(FORM, other)
    assert codes(answers) == ["whose-are-these"]
    assert files_of(answers.rows) == {"0.pdf", "1.pdf"}


def test_alerts_of_all_files_stand_first() -> None:
    alert = filled_in(FORM, {HOPELESS: 3})
    answers = read(simple("x").save(), FORM, alert, client_ref="C-1")
    first, *others = answers.rows
    assert (first.kind, first.client_ref, first.question, first.value, first.option) == (
        *("alert", "C-1", "I felt hopeless.", "Nearly every day"),
        3,
    )
    assert "alert" not in {row.kind for row in others}
