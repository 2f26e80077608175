"""Whose, when and what: rows in words, with their day, and nothing lost of what stands beside the fields."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from pypdf import PdfWriter

from handoutkit.answers.answer_rows import AnswerRow
from handoutkit.answers.days_and_numbers import day_written, number_written
from handoutkit.answers.read_answers import Answers, ReadOptions, read_all
from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.blocks.scales import Measure
from handoutkit.render.render_cache import RenderCache
from tests.conftest import PRACTICES, ROOT, Run
from tests.support.answer_samples import (
    HOPELESS,
    LOW,
    RESTED,
    VALUES,
    WORKSPACE,
    blank,
    codes,
    merged,
    of_client,
    read,
    simple,
)
from tests.support.hand_made_forms import FormPdf, changed, filled_in

RETURNED = ROOT / "tests" / "saved_elsewhere" / "returned"


def returned(*names: str) -> Answers:
    return read_all([RETURNED / name for name in names], Library(Workspace(ROOT)))


def saved_on(pdf: bytes, day: str) -> bytes:
    """As a viewer saves it that writes down when."""

    def change(file: pikepdf.Pdf) -> None:
        file.docinfo["/ModDate"] = f"D:{day.replace('-', '')}120000-08'00'"

    return changed(pdf, change)


# ---- Files that came back, as they came


def test_two_peoples_files_are_told_apart_and_the_clinician_is_told() -> None:
    answers = returned("anna.pdf", "ben.pdf")
    assert codes(answers) == ["other-edition", "other-edition", "whose-are-these"]
    assert "anna.pdf" in answers.problems[-1].message
    assert [(Path(row.file).name, row.language, row.value) for row in answers.rows if row.block == "more-of"] == [
        ("anna.pdf", "ar", "الراحة"),
        ("ben.pdf", "zh-Hans", "休息"),
    ]
    assert [row.question for row in answers.rows if row.block == "whom"] == [
        "ممّن يمكنكم أن تطلبوا؟",
        "你可以向谁开口？",
    ]


def test_pages_that_are_gone_give_no_rows() -> None:
    answers = returned("page1only.pdf")
    assert codes(answers) == ["pages-gone", "unknown-handout"]
    assert [row.block for row in answers.rows] == ["one-line", "some-lines", "open-box"]
    assert {(row.day, row.day_from) for row in answers.rows} == {("2026-11-29", "saved")}


def test_texts_beside_the_fields_are_rows_of_their_own() -> None:
    answers = returned("freetext.pdf")
    assert [(row.kind, row.handout, row.field, row.value) for row in answers.rows] == [
        ("beside", "w1", "page-1-text-1", "I felt left out at dinner"),
        ("beside", "w1", "page-1-text-2", "8"),
    ]
    assert codes(answers) == ["written-beside", "nothing-filled-in", "unknown-handout"]
    assert "2 texts on page 1" in answers.problems[0].message
    assert "dinner" not in str(answers.problems)


def test_ink_is_counted() -> None:
    answers = returned("ink.pdf")
    assert [(row.kind, row.field, row.value) for row in answers.rows] == [("beside", "page-1-without-words", "")]
    assert codes(answers) == ["written-beside", "nothing-filled-in", "unknown-handout"]
    assert answers.problems[0].message.endswith("1 drawing on page 1")
    assert answers.problems[0].severity == "warning"


def _library_of(tmp_path: Path, name: str) -> Library:
    (tmp_path / "handouts").mkdir()
    (tmp_path / "handouts" / name).write_text((RETURNED / name).read_text(encoding="utf-8"), encoding="utf-8")
    return Library(Workspace(tmp_path))


def _built(library: Library, name: str, cache: RenderCache) -> bytes:
    return Builder(library, BuildOptions(practice=PRACTICES[0]), cache).render([name]).finished[0].rendered.pdf


@pytest.mark.parametrize(
    ("typed", "day", "told"),
    [("12/24/2026", "2026-12-24", []), ("3 de mayo", "", ["not-a-day"]), ("Dec. 24, 2026", "2026-12-24", [])],
)
def test_a_question_for_a_day_and_the_numbers_of_options(
    tmp_path: Path, cache: RenderCache, typed: str, day: str, told: list[str]
) -> None:
    library = _library_of(tmp_path, "q2.yaml")
    path = tmp_path / "q2.pdf"
    values: dict[str, str | int] = {
        "q2.day.answer": typed,
        "q2.when.option-2": 1,
        "q2.when.other": 1,
        "q2.slept.answer": 3,
    }
    path.write_bytes(filled_in(_built(library, "q2", cache), values))
    answers = read_all([path], library)
    assert codes(answers) == told
    rows = {f"{row.block}.{row.field}": row for row in answers.rows}
    assert {name: (row.value, row.option, row.read_as) for name, row in rows.items()} == {
        "slept.answer": ("N/A", 3, ""),
        "when.option-2": ("07:00", 2, ""),
        "when.other": ("Other", 8, ""),
        "day.answer": (typed, None, day),
    }
    assert rows["when.option-2"].question == "When did you wake?"
    assert {(row.day, row.day_from) for row in answers.rows if day} <= {(day, "sheet")}


def test_a_measure_that_is_filled_in_each_week_gives_scores_with_their_days(tmp_path: Path, cache: RenderCache) -> None:
    library = _library_of(tmp_path, "load-weekly.yaml")
    blank_page = _built(library, "load-weekly", cache)
    measure = next(block for block in library.handout("load-weekly").model.blocks if isinstance(block, Measure))
    items = [item.id for item in measure.items]
    days = [f"2026-11-{day:02}" for day in (2, 9, 16, 23, 30)]
    paths = []
    for number, day in enumerate(days):
        values = {
            f"load-weekly.care-load.{item}": 1 + (number if item in ("time", "afraid") else 1) % 4 for item in items
        }
        paths.append(tmp_path / f"{day}.pdf")
        paths[-1].write_bytes(saved_on(filled_in(blank_page, values), day))
    answers = read_all(paths, library, ReadOptions("C-0042"))
    assert codes(answers) == ["same-answers"]  # the first and the last week say the same
    scores = [(row.day, row.value) for row in answers.rows if row.field == "score"]
    assert [day for day, _ in scores] == days
    alerts = [row for row in answers.rows if row.kind == "alert"]
    assert list(answers.rows[: len(alerts)]) == alerts
    assert [(row.client_ref, row.day, row.question, row.value, row.option) for row in alerts] == [
        ("C-0042", day, "I was so worn out that I was afraid of what I might do.", value, option)
        for day, value, option in zip(days[1:4], ("Some days", "Most days", "Every day"), (2, 3, 4), strict=True)
    ]


def test_marks_of_every_kind_are_counted_by_page() -> None:
    form = FormPdf()
    for number in range(25):  # on two pages
        form.text(f"elsewhere.b.line-{number}", "x")
    form.edition("elsewhere")

    def lay(page: int, kind: str, **entries: Any) -> None:
        mark = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array([0, 0, 9, 9]), **entries)
        form.pdf.pages[page].Annots.append(form.pdf.make_indirect(mark))

    lay(0, "Stamp", Contents=String("Seen"))
    lay(0, "Text", Contents=String("A note\rof two lines"))
    lay(0, "Popup", Contents=String("A note"))
    lay(0, "Link", Contents=String("https://elsewhere.example"))
    lay(1, "Ink")
    lay(1, "Circle")
    lay(1, "FreeText", Contents=String(b"\xfe\xff\xd8\x00"))  # half a letter
    lay(1, "OfTomorrow")
    answers = read(form.save())
    assert [(row.field, row.value) for row in answers.rows if row.kind == "beside"] == [
        ("page-1-stamp-1", "Seen"),
        ("page-1-note-1", "A note\nof two lines"),
        ("page-2-without-words", ""),
    ]
    (problem,) = [problem for problem in answers.problems if problem.code == "written-beside"]
    counted = "1 stamp, 1 note on page 1; 2 drawings, 1 text, 1 mark on page 2"
    assert problem.message == f"something stands beside the fields: {counted}"


# ---- In words


@pytest.fixture(scope="module")
def every_block(cache: RenderCache) -> dict[str, AnswerRow]:
    """Every field of every block, as rows by name."""
    library = Library(Workspace(ROOT / "tests" / "every_block"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "every.pdf"
        path.write_bytes(_built_here(library, cache))
        return {f"{row.block}.{row.field}": row for row in read_all([path], library, ReadOptions(empty=True)).rows}


def _built_here(library: Library, cache: RenderCache) -> bytes:
    options = BuildOptions(practice="pink", paper="letter")
    return Builder(library, options, cache).render(["every-block"]).finished[0].rendered.pdf


def test_every_field_of_every_block_is_asked_for_in_words(every_block: dict[str, AnswerRow]) -> None:
    assert len(every_block) > 50
    assert [name for name, row in every_block.items() if not row.question] == []
    assert {row.language for row in every_block.values()} == {"en"}
    cells = [row for name, row in every_block.items() if name.rpartition(".")[2].startswith("row-")]
    assert cells
    assert all(row.row and row.column for row in cells)


# ---- Days and numbers


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("12/24/2026", "en-US", "2026-12-24"),
        ("24/12/2026", "en-US", "2026-12-24"),
        ("1/2/2026", "en-US", "2026-01-02"),
        ("1/2/2026", "en-GB", "2026-02-01"),
        ("1/2/2026", "en", ""),
        ("24.12.26", "de", "2026-12-24"),
        ("2026-12-24", "", "2026-12-24"),
        ("2026年12月24日", "zh-Hans", "2026-12-24"),
        ("24 de diciembre de 2026", "es", "2026-12-24"),
        ("\u0662\u0664/12/2026", "ar", "2026-12-24"),
        ("2/30/2026", "en-US", ""),
        ("soon", "en", ""),
        ("12/24", "en-US", ""),
        ("between 1/2/2026", "en-US", ""),
        ("2026", "en", ""),
        ("", "", ""),
        ("1/2/3", "en-US", ""),
    ],
)  # fmt: skip
def test_days(text: str, language: str, day: str) -> None:
    assert day_written(text, language) == day


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", "7"), (" 7.50 ", "7.50"), ("7,5", "7.5"), ("-3", "-3"), ("\u22123", "-3"), ("\u0667", "7"), ("40 %", "40"),
     ("1,000", ""), ("1.000", ""), ("7 or 8", ""), ("7/10", ""), ("about 7", ""), ("007", "7")],
)  # fmt: skip
def test_numbers(text: str, number: str) -> None:
    assert number_written(text) == number


def test_the_day_that_a_sheet_asks_for_beside_the_name() -> None:
    form = FormPdf().text("elsewhere.name-and-date.name", "J").text("elsewhere.name-and-date.date", "2026-11-20")
    form.text("elsewhere.thoughts.answer", "x").edition("elsewhere")
    rows = read(saved_on(form.save(), "2026-11-29")).rows
    assert {(row.day, row.day_from) for row in rows} == {("2026-11-20", "sheet")}
    assert [row.read_as for row in rows] == ["", "2026-11-20", ""]


def test_a_sheet_of_the_library_may_have_a_name_and_a_day_at_its_head() -> None:
    form = blank().text("small-page.name-and-date.name", "J").text("small-page.name-and-date.date", "20 Nov 2026")
    answers = read(filled_in(form.save(), VALUES))
    assert codes(answers) == []
    assert {(row.day, row.day_from) for row in answers.rows} == {("2026-11-20", "sheet")}


@pytest.mark.parametrize("date", ["D:20261340", "x", "D:2026"])
def test_a_date_of_the_pdf_that_is_none_gives_way_to_that_of_the_file(date: str) -> None:
    pdf = changed(simple().save(), lambda file: file.docinfo.__setitem__("/ModDate", date))
    assert [row.day_from for row in read(pdf).rows] == ["file"]


# ---- Whose it is


def test_two_clients_in_one_file_are_one_problem() -> None:
    one, two = (filled_in(of_client(blank(), packet=ref, small_page=ref), VALUES) for ref in ("C-1", "C-2"))
    assert codes(read(merged(one, two))) == ["two-clients"]


def test_a_handout_keeps_the_reference_that_its_packet_lost() -> None:
    rows = read(filled_in(of_client(blank(), small_page="C-1"), VALUES)).rows
    assert {row.client_ref for row in rows} == {"C-1"}


def test_a_reference_of_a_part_is_not_that_of_the_whole() -> None:
    mixed = merged(filled_in(of_client(blank(), packet="C-1", small_page="C-1"), VALUES), simple().save())
    assert codes(read(mixed)) == ["reference-of-a-part"]
    assert {row.client_ref for row in read(mixed, client_ref="C-1").rows} == {"C-1"}


@pytest.mark.parametrize(("content", "told"), [(b"BT /F 9 Tf <0041> Tj ET", ["lost-client-ref"]), (b"q Q", [])])
def test_a_reference_that_is_printed_and_not_held_was_lost(content: bytes, told: list[str]) -> None:
    def show(pdf: pikepdf.Pdf) -> None:
        form = pikepdf.Stream(pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(HdktReference=form))

    pdf = changed(filled_in(blank().save(), VALUES), show)
    assert codes(read(pdf)) == told
    assert codes(read(pdf, client_ref="C-1")) == []


def test_many_fields_with_one_fault_are_one_problem() -> None:
    form = simple()
    for number in range(40):
        form.text(f"Other {number}", "x")
    (problem,) = read(form.save()).problems
    assert problem.code == "unknown-field"
    assert problem.message.endswith("(and so have 39 more)")


def test_a_handout_that_is_built_for_a_client_says_so_when_it_comes_back(run: Run, tmp_path: Path) -> None:
    ran = run("-C", ROOT, "build", "asking-for-what-you-need", "--client-ref", "0042", "-o", tmp_path)
    assert (ran.exit_code, ran.stderr) == (0, "") or "warning" in ran.stderr
    (path,) = tmp_path.rglob("asking-for-what-you-need.0042.pdf")
    data = path.read_bytes()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        name = next(str(field.T) for field in pdf.Root.AcroForm.Fields)
    assert name == "asking-for-what-you-need"
    path.write_bytes(changed(data, _answer_everything))
    rows = read_all([path], Library(Workspace(ROOT))).rows
    assert {row.client_ref for row in rows} == {"0042"}
    assert (
        run(
            "-C", ROOT, "build", "asking-for-what-you-need", "--client-ref", "0042", "--no-fields", "-o", tmp_path
        ).exit_code
        == 2
    )
    assert run("-C", ROOT, "build", "asking-for-what-you-need", "--client-ref", "../x", "-o", tmp_path).exit_code == 2


def _answer_everything(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for widget in page.get("/Annots", []):
            if widget.get("/FT") == Name.Tx:
                widget.V = String("x")


# ---- Measures with answers missing


@pytest.mark.parametrize(
    ("given", "total", "told"),
    [
        ({LOW: 2, RESTED: 3, HOPELESS: 1}, "1", []),
        ({LOW: 2, RESTED: 1}, "6", ["prorated"]),  # (1 + 3) x 3 / 2
        ({LOW: 2, HOPELESS: 1}, "2", ["prorated"]),  # 1 x 3 / 2 = 1.5, rounded up
        ({LOW: 2}, None, ["unanswered"]),
    ],
)
def test_a_missing_answer_leaves_a_score_only_as_the_measure_allows(
    given: dict[str, int], total: str | None, told: list[str], tmp_path: Path
) -> None:
    for name, text in WORKSPACE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        allowed = text.replace("    instructions: How", "    prorate: 1\n    instructions: How")
        (tmp_path / name).write_text(allowed, encoding="utf-8")
    path = tmp_path / "0.pdf"
    path.write_bytes(filled_in(blank().save(), given))
    answers = read_all([path], Library(Workspace(tmp_path)))
    assert codes(answers) == told
    assert [row.value for row in answers.rows if row.field == "score"] == ([total] if total else [])
    # Of an item that can call for a talk, nobody knows whether it does.
    assert ["first of all hopeless" in problem.hint for problem in answers.problems] == [HOPELESS not in given] * len(
        told
    )


# ---- Other programs


def test_a_form_that_pypdf_filled() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(blank().save()))
    writer.update_page_form_field_values(writer.pages[0], {LOW: "/2", "small-page.thoughts.answer": "hello"})
    file = io.BytesIO()
    writer.write(file)
    rows = read(file.getvalue()).rows
    assert [(row.field, row.value, row.option) for row in rows if row.kind == "answer"] == [
        ("answer", "hello", None),
        ("low", "Some days", 2),
    ]
