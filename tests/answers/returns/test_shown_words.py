"""What a page shows for a text field is held against what the field holds, and only what is certain is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream

from handoutkit.answers.read_pdf_task import read_pdf
from tests.answers.test_read_answers import SAVERS
from tests.conftest import ROOT
from tests.support.answer_samples import THOUGHTS, blank, codes, read, told
from tests.support.hand_made_forms import FormPdf, changed, fields_by_name, filled_in, incremental, typed

SAVED = ROOT / "tests" / "saved_elsewhere"
HELVETICA = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)


def showing(
    held: str, content: bytes, font: Dictionary = HELVETICA, change: Callable[..., object] | None = None
) -> bytes:
    """The form with an answer in its first field, for which something else may be drawn."""

    def draw(pdf: pikepdf.Pdf) -> None:
        fonts = Dictionary(Font=Dictionary(F=font))
        keys = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 200, 20]), "Resources": fonts}
        field = fields_by_name(pdf)[THOUGHTS]
        field.AP = Dictionary(N=Stream(pdf, content, **keys))
        if change:
            change(pdf, field)

    return changed(filled_in(blank().save(), {THOUGHTS: held} if held else {}), draw)


def text(shown: bytes) -> bytes:
    return b"/Tx BMC q BT /F 9 Tf 2 4 Td %s ET Q EMC" % shown


@pytest.mark.parametrize(
    ("held", "shown"),
    [
        ("Every day", b"(Never) Tj"),
        ("Every day", b"[(Not e) -20 (very day)] TJ"),
        ("I am fine", b"(I am) Tj 0 -9 Td (not fine) Tj"),
        ("7", b"<3137> Tj"),
        ("", b"(I want to tell you something) Tj"),
        ("", b"(?) '"),
    ],
)
def test_other_words_on_the_page_are_told_with_the_field(held: str, shown: bytes) -> None:
    answers = read(showing(held, text(shown)))
    problem = answers.problems[0]
    assert (problem.code, problem.path, problem.severity) == ("page-shows-others", THOUGHTS, "warning")
    assert told(answers).get("thoughts.answer", "") == held


def test_what_an_older_program_left_on_the_page_is_told() -> None:
    """A program that changes what a field holds, and does not draw it."""
    pdf = incremental(typed(blank().save(), {THOUGHTS: "I am afraid"}), {THOUGHTS: "All is well"})
    assert "page-shows-others" in codes(read(pdf))


@pytest.mark.parametrize(
    ("held", "shown"),
    [
        ("A long answer that has no room", b"(A long) Tj 0 -9 Td (answer that ha) Tj"),
        ("Zo\u00eb, \u0141ukasz \u4f60\u597d and I", b"(Zo\\353, ?ukasz ?? and I) Tj"),
        ("e\u0301t\u00e9 de Zo\u00eb", b"(\\351t\\351 de Zo\\353) Tj"),
        ("two\nlines", b"[(t) 3 (wo)] TJ T* (lin-) Tj (es) Tj"),
        ("\u0645\u062d\u0645\u062f 7", b"(7 abc) Tj"),
        ("Every day", b""),
        ("", b"( ) Tj"),
        ("Every day", b"/X Do (Never) Tj"),
    ],
)
def test_what_is_cut_or_set_as_a_font_can_or_is_not_certain_is_not_told(held: str, shown: bytes) -> None:
    assert "page-shows-others" not in codes(read(showing(held, text(shown))))


def _hidden(_: pikepdf.Pdf, field: Dictionary) -> None:
    field.F = 2


def _drawn_anew(pdf: pikepdf.Pdf, _: Dictionary) -> None:
    pdf.Root.AcroForm.NeedAppearances = True


@pytest.mark.parametrize("change", [_hidden, _drawn_anew])
def test_a_drawing_that_nobody_sees_is_not_told(change: Callable[..., object]) -> None:
    assert "page-shows-others" not in codes(read(showing("Every day", text(b"(Never) Tj"), change=change)))


def _wide(table: bytes | None) -> Callable[..., object]:
    def change(pdf: pikepdf.Pdf, field: Dictionary) -> None:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/X"), Encoding=Name("/Identity-H"))
        if table is not None:
            font.ToUnicode = Stream(pdf, table)
        field.AP.N.Resources.Font.F = pdf.make_indirect(font)

    return change


TABLE = b"1 beginbfchar <0003> <0020> endbfchar 1 beginbfrange <0041> <005A> <0061> endbfrange"


@pytest.mark.parametrize(
    ("held", "table", "is_told"),
    [
        ("ab c", TABLE, False),
        ("abd", TABLE, True),
        ("abd", None, False),
        ("abd", b"1 beginbfchar <0041> <0061> endbfchar", False),  # what <0042> shows is not said
        ("abd", b"1 beginbfrange <0000> <FFFFFFFF> <0061> endbfrange", False),
        ("abd", b"1 beginbfchar <0041> <zz endbfchar", False),
    ],
)
def test_a_font_says_itself_what_its_codes_are(held: str, table: bytes | None, is_told: bool) -> None:
    answers = read(showing(held, text(b"<00410042> Tj <00030043> Tj"), change=_wide(table)))
    assert ("page-shows-others" in codes(answers)) == is_told


def test_letters_that_an_encoding_puts_elsewhere() -> None:
    encoding = Dictionary(Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding)
    encoding.Differences = Array([65, Name("/n"), Name("/o"), Name("/seven")])
    font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/Y"), Encoding=encoding)
    assert codes(read(showing("no 7", text(b"(AB C) Tj"), font))).count("page-shows-others") == 0
    assert codes(read(showing("yes", text(b"(AB C) Tj"), font))).count("page-shows-others") == 1


def test_a_damaged_drawing_is_no_reason_to_refuse_what_a_field_holds() -> None:
    def damage(_: pikepdf.Pdf, field: Dictionary) -> None:
        field.AP.N.write(b"no zlib at all, and long enough to be looked at", filter=Name.FlateDecode)

    answers = read(showing("Every day", text(b"(Never) Tj"), change=damage))
    assert told(answers)["thoughts.answer"] == "Every day"
    assert "damaged-pdf" not in codes(answers)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=80), st.binary(max_size=60))
def test_whatever_a_drawing_is_the_answer_is_read(content: bytes, table: bytes) -> None:
    answers = read(showing("Every day", b"/F 9 Tf " + content + b" <0041> Tj", change=_wide(TABLE + table)))
    assert told(answers)["thoughts.answer"] == "Every day"


@pytest.mark.parametrize("saver", SAVERS)
def test_nothing_is_told_of_what_was_just_filled_in(saver: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(SAVERS[saver](blank().save()))
    assert read_pdf(path, "", None).shown_others == ()


@pytest.mark.parametrize("path", sorted(SAVED.rglob("*.pdf")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_nothing_is_told_of_what_other_programs_saved(path: Path) -> None:
    assert read_pdf(path, "", None).shown_others == ()


def test_several_fields_are_one_problem() -> None:
    form = FormPdf().text("away.a.first", "One").text("away.a.second", "Two").edition("away")

    def draw(pdf: pikepdf.Pdf) -> None:
        for name in ("away.a.first", "away.a.second"):
            keys = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 200, 20])}
            fonts = Dictionary(Font=Dictionary(F=HELVETICA))
            drawing = Stream(pdf, text(b"(Three) Tj"), Resources=fonts, **keys)
            fields_by_name(pdf)[name].AP = Dictionary(N=drawing)

    (problem,) = [one for one in read(changed(form.save(), draw)).problems if one.code == "page-shows-others"]
    assert problem.path == "away.a.first"
    assert problem.message.startswith("2 fields of this file show words")
