"""Files that come back together: copies are counted once, what is new is another entry, and alerts come first."""

from __future__ import annotations

from pathlib import Path

import pikepdf

from handoutkit.answers.answer_rows import AnswerRow
from handoutkit.answers.read_answers import ReadOptions, read_all
from tests.support.answer_samples import HOPELESS, LOW, RESTED, VALUES, blank, codes, library, read, simple
from tests.support.hand_made_forms import changed, filled_in

FORM = filled_in(blank().save(), VALUES)
TICKS = filled_in(blank().save(), {LOW: 2, RESTED: 3, HOPELESS: 1})
OTHER_TICKS = filled_in(TICKS, {HOPELESS: 2})


def dated(pdf: bytes, day: str) -> bytes:
    return changed(pdf, lambda file: file.docinfo.__setitem__("/ModDate", f"D:{day}"))


def on_day(pdf: bytes, day: int) -> bytes:
    """The form with a day on its sheet."""

    def write(file: pikepdf.Pdf) -> None:
        place = pikepdf.Dictionary(
            FT=pikepdf.Name.Tx, T="date", V=f"2026-11-{day:02}", Subtype=pikepdf.Name.Widget, Rect=[0, 0, 9, 9]
        )
        head = file.make_indirect(pikepdf.Dictionary(T="name-and-date"))
        place.Parent = head
        head.Kids = pikepdf.Array([file.make_indirect(place)])
        (handout,) = file.Root.AcroForm.Fields
        head.Parent = handout
        handout.Kids.append(head)
        file.pages[0].Annots.append(head.Kids[0])

    return changed(pdf, write)


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
    first, second, other = (on_day(form, day) for form, day in ((TICKS, 23), (TICKS, 30), (OTHER_TICKS, 30)))
    answers = read(first, second, other, client_ref="C-1")
    assert codes(answers) == []
    assert files_of(answers.rows) == {"0.pdf", "1.pdf", "2.pdf"}


def test_the_same_ticks_saved_on_another_day_are_told_and_count() -> None:
    answers = read(dated(TICKS, "20261123"), dated(TICKS, "20261130"), dated(OTHER_TICKS, "20261130"), client_ref="C-1")
    (problem,) = answers.problems
    assert (problem.code, problem.file[-5:], problem.severity) == ("same-answers", "1.pdf", "warning")
    assert files_of(answers.rows) == {"0.pdf", "1.pdf", "2.pdf"}


def test_words_that_were_saved_anew_on_another_day_are_counted_once_on_the_first() -> None:
    answers = read(dated(FORM, "20261130"), dated(FORM, "20261123"), client_ref="C-1")
    (problem,) = answers.problems
    assert (problem.code, "another day" in problem.message) == ("same-form-twice", True)
    assert {(row.file[-5:], row.day) for row in answers.rows} == {("1.pdf", "2026-11-23")}


def test_of_a_merged_file_that_was_changed_and_saved_the_other_forms_are_counted_once() -> None:
    def merged(other: str) -> bytes:
        return simple("Only for my therapist").text("other.thoughts.answer", other).edition("other", "1").save()

    answers = read(dated(merged("a"), "20261123"), dated(merged("b"), "20261130"), client_ref="C-1")
    (problem,) = [problem for problem in answers.problems if problem.code == "same-form-twice"]
    assert "`elsewhere` in this file" in problem.message
    assert [(row.handout, row.value) for row in answers.rows if row.kind == "answer"] == [
        *(("elsewhere", "Only for my therapist"), ("other", "a"), ("other", "b"))
    ]


def test_words_with_another_day_on_each_sheet_are_other_entries() -> None:
    answers = read(on_day(FORM, 23), on_day(FORM, 30), client_ref="C-1")
    assert codes(answers) == []
    assert files_of(answers.rows) == {"0.pdf", "1.pdf"}


def test_a_day_that_was_set_on_one_sheet_only_may_be_a_copy() -> None:
    for form in (FORM, TICKS):
        answers = read(dated(form, "20261120"), on_day(form, 30), client_ref="C-1")
        assert codes(answers) == ["same-answers"]
        assert files_of(answers.rows) == {"0.pdf", "1.pdf"}


def test_many_weeks_with_the_same_ticks_are_told_once() -> None:
    weeks = [dated(TICKS, f"202611{day:02}") for day in (2, 9, 16, 23)]
    (problem,) = read(*weeks, client_ref="C-1").problems
    assert (problem.code, problem.file[-5:]) == ("same-answers", "1.pdf")
    assert [name in problem.message for name in ("0.pdf", "2.pdf", "3.pdf")] == [True, True, True]
    sheets = [on_day(TICKS, day) for day in (2, 9, 16, 23)]
    assert codes(read(*sheets, client_ref="C-1")) == []


def test_a_copy_that_lost_its_language_is_counted_once() -> None:
    def lose(file: pikepdf.Pdf) -> None:
        file.Root.Lang = ""

    def said(file: pikepdf.Pdf) -> None:
        file.Root.Lang = "es"

    first = dated(FORM, "20261130")
    assert codes(read(changed(first, said), changed(first, lose), client_ref="C-1")) == ["same-form-twice"]


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


def test_files_that_gave_no_rows_are_told_before_what_else_there_is_to_know() -> None:
    answers = read(blank().save(), FORM, b"no PDF", client_ref="C-1")
    assert codes(answers) == ["not-a-pdf", "nothing-filled-in"]


def test_the_one_whose_name_says_so_is_the_copy(tmp_path: Path) -> None:
    for name in ("care.QX-1 (1).pdf", "care.QX-1.pdf", "care.QX-1 copy.pdf"):
        (tmp_path / name).write_bytes(FORM)
    answers = read_all(sorted(tmp_path.iterdir()), library(), ReadOptions("C-1"))
    assert files_of(answers.rows) == {"care.QX-1.pdf"}
    assert {Path(problem.file).name for problem in answers.problems} == {"care.QX-1 (1).pdf", "care.QX-1 copy.pdf"}
    assert all("care.QX-1.pdf" in problem.message for problem in answers.problems)


def test_a_file_that_is_named_twice_is_no_copy(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(FORM)
    answers = read_all([tmp_path / "a.pdf", tmp_path / ".." / tmp_path.name / "a.pdf"], library())
    assert codes(answers) == ["named-twice"]
    assert (answers.read, "deleted" in answers.problems[0].hint) == (1, False)


def test_a_form_that_was_merged_with_another_is_told_and_counted_once() -> None:
    alone = simple("x").save()
    merged = simple("x").text("other.thoughts.answer", "y").edition("other", "1").save()
    answers = read(dated(alone, "20261130"), dated(merged, "20261130"), client_ref="C-1")
    (problem,) = [problem for problem in answers.problems if problem.code == "same-form-twice"]
    assert "`elsewhere` in this file" in problem.message
    assert sorted(row.handout for row in answers.rows if row.kind == "answer") == ["elsewhere", "other"]


def test_what_stands_beside_the_fields_of_a_copy_stays() -> None:
    def draw(file: pikepdf.Pdf) -> None:
        mark = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Ink, Rect=[0, 0, 9, 9])
        file.pages[0].Annots.append(file.make_indirect(mark))

    first = dated(FORM, "20261130")
    answers = read(first, changed(first, draw), client_ref="C-1")
    assert "same-form-twice" in codes(answers)
    assert [(row.kind, row.file[-5:]) for row in answers.rows if row.file.endswith("1.pdf")] == [("beside", "1.pdf")]
