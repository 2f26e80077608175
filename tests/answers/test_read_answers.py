"""Answers come back as they were given, whoever saved the PDF; and measures are scored."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from pikepdf import Array, Dictionary, Name, String

from handoutkit.answers.read_answers import LIMITS, ReadOptions, read_all
from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render.render_cache import RenderCache
from tests.conftest import ROOT, Tree
from tests.support.answer_samples import (
    HOPELESS,
    LOW,
    RESTED,
    TEXTS,
    THOUGHTS,
    VALUES,
    blank,
    codes,
    read,
    simple,
    told,
)
from tests.support.hand_made_forms import FormPdf, changed, fields_by_name, filled_in, incremental, typed
from tests.support.samples import HANDOUT


def rewritten(pdf: bytes) -> bytes:
    return changed(pdf, lambda _: None, object_stream_mode=pikepdf.ObjectStreamMode.generate)


SAVERS: dict[str, Callable[[bytes], bytes]] = {
    "pikepdf": lambda pdf: filled_in(pdf, VALUES),
    "packed": lambda pdf: rewritten(filled_in(pdf, VALUES)),
    "linearised": lambda pdf: filled_in(pdf, VALUES, linearize=True),
    "pdfium": lambda pdf: typed(pdf, VALUES),
    "pdfium, then pikepdf": lambda pdf: rewritten(typed(pdf, VALUES)),
    "pikepdf, then an incremental update": lambda pdf: incremental(
        filled_in(pdf, {**VALUES, THOUGHTS: "old"}), {THOUGHTS: str(VALUES[THOUGHTS])}
    ),
}


@pytest.mark.parametrize("saver", SAVERS)
def test_answers_come_back_whoever_saved_them(
    saver: str,
) -> None:
    answers = read(SAVERS[saver](blank().save()))
    assert codes(answers) == []
    assert told(answers) == {
        "thoughts.answer": "Zoë, محمد, 😀\nand a second line",
        "mood.low": "Some days",
        "mood.rested": "Nearly every day",
        "mood.hopeless": "Not at all",
        "mood.score": "1",
        "mood.score.band": "Few signs",
    }
    assert {(row.client_ref, row.handout, row.edition) for row in answers.rows} == {("", "small-page", 3)}


@pytest.mark.parametrize("untick", [False, True])
def test_ticks_of_a_viewer(untick: bool) -> None:
    pdf = typed(
        FormPdf().tick("away.list.item-1", "Water").tick("away.list.item-2").edition("away").save(),
        {"away.list.item-1": 1, "away.list.item-2": 1},
    )
    if untick:
        pdf = typed(pdf, {"away.list.item-1": 1})
    assert told(read(pdf)) == {**({} if untick else {"list.item-1": "Water"}), "list.item-2": "yes"}


def test_rows_are_in_the_order_of_the_pages_and_empty_ones_left_out() -> None:
    form = simple("one").text("elsewhere.b.second").text("elsewhere.a.third", "three")
    assert [row.value for row in read(form.save()).rows] == ["one", "three"]
    page = form.pdf.pages[0]
    page.Annots = Array(reversed(list(page.Annots)))
    assert [row.value for row in read(form.save(), empty=True).rows] == ["three", "", "one"]


def test_scores_stand_behind_the_last_answer_of_their_measure() -> None:
    form = blank().text("small-page.opening.x")
    del form.nodes["small-page"].Kids[-1]
    form.text("elsewhere.after.answer", "last").edition("elsewhere")
    rows = read(filled_in(form.save(), VALUES)).rows
    assert [row.field for row in rows] == ["answer", "low", "rested", "hopeless", "score", "score.band", "answer"]


SCORES = [
    ((1, 3, 1), {"score": "0", "score.band": "Few signs"}),
    ((1, 1, 1), {"score": "3", "score.band": "Few signs"}),
    ((2, 1, 1), {"score": "4", "score.band": "Some signs"}),
    ((1, 2, 2), {"score": "3", "score.band": "Few signs", "score.alert.hopeless": "Some days"}),
    ((3, 3, 3), {"score": "6", "score.band": "Some signs", "score.alert.hopeless": "Nearly every day"}),
    ((3, 1, 3), {"score": "9", "score.band": "Some signs", "score.alert.hopeless": "Nearly every day"}),
]


@pytest.mark.parametrize(("chosen", "expected"), SCORES, ids=[str(chosen) for chosen, _ in SCORES])
def test_scores(chosen: tuple[int, int, int], expected: dict[str, str]) -> None:
    """A reverse item mirrors its points; a total at the edge of a band is in it."""
    answers = read(filled_in(blank().save(), dict(zip((LOW, RESTED, HOPELESS), chosen, strict=True))))
    assert {row.field: row.value for row in answers.rows if row.field.startswith("score")} == expected
    assert codes(answers) == []


def test_a_measure_with_answers_missing_has_no_total_and_still_its_alerts() -> None:
    answers = read(filled_in(blank().save(), {HOPELESS: 3}))
    assert told(answers) == {
        "mood.score.alert.hopeless": "Nearly every day",
        "mood.hopeless": "Nearly every day",
        "mood.score.missing": "low, rested",
    }
    assert [row.kind for row in answers.rows] == ["alert", "answer", "score"]
    (problem,) = answers.problems
    assert (problem.code, problem.severity, problem.path) == ("unanswered", "warning", "mood")
    assert problem.message == "2 answers are missing of 3 (low, rested), so this measure has no total"


def test_options_that_are_not_the_handouts_are_not_scored() -> None:
    form = FormPdf()
    for item in ("low", "rested", "hopeless"):
        form.choice(f"small-page.mood.{item}", ("Nearly every day", "Some days", "Not at all"), 1)
    answers = read(form.edition("small-page").save())
    assert set(told(answers)) == {"mood.low", "mood.rested", "mood.hopeless"}
    assert codes(answers) == ["may-be-an-alert", "other-anchors"]  # of an item that calls for a talk, first


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (lambda: blank(edition=2), ["may-be-an-alert", "other-edition"]),
        (lambda: blank(handout="not-here"), ["unknown-handout"]),
    ],
    ids=["another edition", "not in the library"],
)
def test_without_the_handout_of_that_edition_there_are_rows_and_no_scores(
    form: Callable[[], FormPdf], expected: list[str]
) -> None:
    pdf = form().save()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        names = [name for name in fields_by_name(opened) if ".mood." in name]
    answers = read(filled_in(pdf, dict.fromkeys(names, 3)))
    assert [row.field for row in answers.rows] == ["low", "rested", "hopeless"]
    assert [(problem.code, problem.severity) for problem in answers.problems] == [
        (code, "warning") for code in expected
    ]


def test_a_broken_handout_in_the_library_gives_rows_and_no_scores(tree: Tree) -> None:
    broken = HANDOUT.replace("small-page", "slipped").replace("prompt", "promt")
    folder = tree({"handouts/slipped.yaml": broken})
    pdf = folder / "slipped.pdf"
    pdf.write_bytes(FormPdf().text("slipped.thoughts.answer", "x").edition("slipped").save())
    answers = read_all([pdf], Library(Workspace(folder)), ReadOptions())
    assert (told(answers), codes(answers)) == ({"thoughts.answer": "x"}, ["handout-with-problems"])


def test_a_packet_of_two_handouts_and_a_reference() -> None:
    form = blank().text("elsewhere.thoughts.answer", "there").edition("elsewhere", 12)
    form.put("packet.client_ref", form.pdf.make_indirect(Dictionary(FT=Name.Tx, V=String("C-0042"))))
    rows = read(filled_in(form.save(), VALUES)).rows
    assert {row.client_ref for row in rows} == {"C-0042"}
    assert {(row.handout, row.edition) for row in rows} == {("small-page", 3), ("elsewhere", 12)}


@pytest.mark.parametrize(
    ("own", "given", "expected"),
    [("", "R", "R"), ("R", "R", "R"), ("R", "S", None), ("a\nb", "", None), ("../../x", "", None)],
)
def test_whose_answers_they_are(own: str, given: str, expected: str | None) -> None:
    answers = read(simple("x").text("packet.client_ref", own).save(), client_ref=given)
    assert [row.client_ref for row in answers.rows] == [expected] * (expected is not None)
    assert ("other-client-ref" in codes(answers) or "bad-client-ref" in codes(answers)) == (expected is None)


REAL = "asking-for-what-you-need"
SLOW = settings(deadline=None, max_examples=150)


@given(TEXTS)
@SLOW
def test_any_text_comes_back_exactly(text: str) -> None:
    assert [row.value for row in read(simple(text).save(), empty=True).rows] == [text]


@given(TEXTS)
@SLOW
def test_any_encoding_of_a_text_comes_back(text: str) -> None:
    for raw in (b"\xfe\xff" + text.encode("utf-16-be"), b"\xef\xbb\xbf" + text.encode()):
        assert [row.value for row in read(simple(raw).save(), empty=True).rows] == [text]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_are_one(end: str) -> None:
    assert told(read(simple(f"a{end}b{end}").save())) == {"thoughts.answer": "a\nb\n"}


def test_limits_are_taken_back() -> None:
    before = pikepdf.settings.get_qpdf_limits()
    read(simple().save())
    assert pikepdf.settings.get_qpdf_limits() == before


def test_a_handout_of_ours_comes_back(pdf_of: Callable[..., bytes], tmp_path: Path) -> None:
    """Built as a user builds it, every field filled in by PDFium and by pikepdf, held against the shipped library."""
    pdf = pdf_of(REAL)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        values = {name: _something(name, field) for name, field in fields_by_name(opened).items()}
    del values[f"{REAL}.edition"]
    path = tmp_path / "filled.pdf"
    for fill in (filled_in, typed):
        path.write_bytes(fill(pdf, values))
        answers = read_all([path], Library(Workspace(ROOT)), ReadOptions())
        assert codes(answers) == []
        assert {f"{row.handout}.{row.block}.{row.field}" for row in answers.rows} == set(values)
        for name, value in values.items():
            word = told(answers)[name.partition(".")[2]]
            assert word == value if isinstance(value, str) else word, name


def _something(name: str, field: Dictionary) -> str | int:
    """An answer for a field: words, or its first option."""
    return f"Zoë, {name.rpartition('.')[2]}" if Name.Tx == field.FT else 1


def test_fields_are_those_that_the_blocks_say(cache: RenderCache) -> None:
    """Every field of every block is in the PDF under its name and of its kind, and no other is."""
    library = Library(Workspace(ROOT / "tests" / "every_block"))
    built = (
        Builder(library, BuildOptions(practice="pink", paper="letter"), cache)
        .render(["every-block"])
        .finished[0]
        .rendered.pdf
    )
    model = library.handout("every-block").model
    with pikepdf.open(io.BytesIO(built)) as pdf:
        form = {name.partition(".")[2]: field for name, field in fields_by_name(pdf).items()}
        assert set(form) == model.field_names | {"edition"}
        for block in (block for block in model.blocks if block.id):
            for field in block.fields():
                node = form[f"{block.id}.{field.name}"]
                assert (Name.Btn == node.FT) == (field.kind in ("tick", "choice")), (block.id, field)
                assert (len(node.get("/Kids", [])) > 1) == (field.kind == "choice"), (block.id, field)


def test_one_file_that_goes_beyond_a_limit_keeps_no_other_from_being_read(monkeypatch: pytest.MonkeyPatch) -> None:
    # Files are read several in one go; where the worker cannot be believed or ends, each is read by itself.
    monkeypatch.setattr("handoutkit.answers.read_answers.LIMITS", replace(LIMITS, output=4_000))
    answers = read(simple("first").save(), simple("x" * 9_000).save(), b"%PDF-1.7", simple("last").save())
    assert [(row.file[-5:], row.value) for row in answers.rows] == [("0.pdf", "first"), ("3.pdf", "last")]
    assert {(problem.file[-5:], problem.code) for problem in answers.problems if problem.severity == "error"} == {
        ("1.pdf", "too-much-output"),
        ("2.pdf", "damaged-pdf"),
    }
