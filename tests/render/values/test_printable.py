"""Names as people bear them and programs leave them: each gets its packet, and nobody's name is a bug."""

from __future__ import annotations

import csv
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handoutkit.errors import ContentError
from handoutkit.packets.personalise.text_extraction import is_shown
from handoutkit.render.values.printable import UNSEEN, printable, seen
from handoutkit.render.values.value_box import ValueBox, cannot_fit, ways
from tests.conftest import ROOT
from tests.support.fill_in_viewer import fields
from tests.support.packet_sample import sample
from tests.support.pdf_reading import texts, with_pypdf

RARE = "Y9"
"""A row with Chinese characters that are in no national set."""
LONG = "Wilhelmina Bartholomea Featherstonehaugh-Cholmondeley Example"


def _rows(name: str) -> list[tuple[str, str, str]]:
    with (ROOT / "tests" / "names" / name).open(encoding="utf-8", newline="") as file:
        return [
            (ref, said, printed.encode().decode("unicode_escape")) for ref, said, printed in list(csv.reader(file))[1:]
        ]


ROWS = [
    *((ref, "display_name", said, printed) for ref, said, printed in _rows("roster.csv")),
    *((ref, "note", said, printed) for ref, said, printed in _rows("joiners.csv")),
]


def _finished(values: dict[str, str], *, text: bool = True) -> bytes:
    made = sample().personaliser.personalise(values)
    sample().verifier.verify(made, values, text=text)
    return made


@pytest.mark.parametrize(("ref", "place", "said", "printed"), ROWS, ids=[row[0] for row in ROWS])
def test_every_name_gets_its_packet(ref: str, place: str, said: str, printed: str) -> None:
    assert printable(said) == printed
    values = {"client_ref": ref, place: said, "thoughts": said}
    made = _finished(values)
    assert fields(made)["small-page.lines.answer"].value == printed.replace("\n", "\r")
    if printed.isascii() or ref == RARE:
        assert seen(printed) in seen(texts(made)[0])


def test_a_decomposed_name_gives_the_same_packet() -> None:
    composed = {"client_ref": "QX-1", "display_name": "Zoë Müller"}
    apart = {name: unicodedata.normalize("NFD", value) for name, value in composed.items()}
    assert _finished(composed) == sample().personaliser.personalise(apart)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (
            "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            True,
        ),  # Persian: the letter before takes its last shape
        ("\u0915\u094d\u200d\u0937", True),  # Devanagari: a half letter
        ("\u0645\u064f\u200c\u062d", True),  # after a vowel sign
        ("Ana\u200dbel", False),
        ("\u200cAna", False),
        ("\u200f\u0634\u0644 12", True),
        ("\u200eAna", False),
        ("\u0640A\u200fB", False),  # within a word it would take its letters apart
        ("A\U000e0041na", False),
    ],
)
def test_what_is_not_seen_stays_where_a_script_needs_it(value: str, kept: bool) -> None:
    assert bool(UNSEEN.search(printable(value))) == kept


@given(st.text(max_size=60))
@settings(deadline=None)
def test_making_a_value_printable_twice_is_once(value: str) -> None:
    assert printable(printable(value)) == printable(value)
    assert unicodedata.is_normalized("NFC", printable(value))


def test_direction_controls_and_marks_without_a_letter_are_problems() -> None:
    too_high = ("a" + "\u0301" * 200, "a" + "\u0301\u115f" * 10, "ส" + "้" * 9, "ש" + "ָ" * 9, "ខ" + "្ខ" * 9)
    for value in ("Ann\u202ea", "\u202dAnn", "\u0301Ann", "Ann \u0941", ":\u0591", "\u0640\u0030\u064b", *too_high):
        with pytest.raises(ContentError) as caught:
            sample().personaliser.personalise({"client_ref": "QX-1", "display_name": value})
        assert [problem.code for problem in caught.value.problems] == ["bad-character"]


@pytest.mark.parametrize(
    "around", ["\u202a{}\u202c", "\u202b{}\u202c", "\u2068{}\u2069", "\u2066{}\u2069", "\u2067{}\u2069"]
)
@pytest.mark.parametrize("name", ["Ann Example", "\u0645\u0631\u064a\u0645 \u0639\u0644\u064a"])
def test_marks_that_address_books_put_around_a_name_are_taken_out(around: str, name: str) -> None:
    assert printable(around.format(name)) == name
    with_marks = _finished({"client_ref": "QX-1", "display_name": around.format(name)}, text=True)
    assert with_marks == _finished({"client_ref": "QX-1", "display_name": name}, text=True)


@pytest.mark.parametrize(
    "name",
    ["a" + "\u0301" * 8, "\u05e9" + "\u05b8" * 8, "\u0930\u094d\u0924\u094d\u0938\u094d\u0928\u094d\u092f\u093e"],
)
def test_letters_with_many_marks_are_set(name: str) -> None:
    made = _finished({"client_ref": "QX-1", "display_name": name}, text=True)
    assert seen(printable(name)) in seen(with_pypdf(made))


@pytest.mark.parametrize("name", [LONG, "Константин Преображенский-Бестужев-Рюмин Александрович Пример"])
def test_a_long_name_is_set_smaller_and_then_on_two_lines(name: str) -> None:
    """By HarfBuzz, and by WeasyPrint where the lettering lacks a letter."""
    assert len(name) >= 60
    for part in (name[:42].strip(), name):
        made = _finished({"client_ref": "QX-1", "display_name": part}, text=False)
        if part.isascii():
            assert seen(part) in seen(texts(made)[0])


def test_sizes_go_down_to_nine_points_and_then_to_two_lines() -> None:
    cover = ValueBox("display_name", 230, 24.1, 14)
    assert [(round(way.size, 1), way.rows) for way in ways(cover)] == [
        (14.0, 1),
        (12.6, 1),
        (11.2, 1),
        (9.8, 1),
        (9.8, 2),
    ]
    assert [(way.size, way.rows) for way in ways(ValueBox("foot", 136, 12.5, 9))] == [(9.0, 1)]
    assert [round(way.size, 1) for way in ways(ValueBox("note", 466, 85, 12, lines=True))] == [12.0, 10.8, 9.6, 9.0]


@pytest.mark.parametrize("letter", ["x", "\u0634", "\u00e9"])
@pytest.mark.parametrize("place", ["note", "display_name", "who", "thoughts"])
def test_ten_thousand_letters_without_a_space_are_refused_at_once(letter: str, place: str) -> None:
    for count in (2_000, 10_000):
        with pytest.raises(ContentError) as caught:
            sample().personaliser.personalise({"client_ref": "QX-1", place: letter * count})
        assert [problem.code for problem in caught.value.problems] == ["value-too-long"]


@pytest.mark.parametrize("word", ["x" * 250, "xW" * 90, "AV" * 90, "i" * 500, "0" * 200])
def test_a_word_that_is_too_wide_for_a_line_is_broken(word: str) -> None:
    made = _finished({"client_ref": "QX-1", "note": f"See {word} there"})
    assert seen(f"See{word}there") in seen(texts(made)[0])


def test_nothing_is_refused_unset_that_could_fit() -> None:
    assert not cannot_fit(ValueBox("note", 466, 85, 12, lines=True), "i" * 900)
    assert cannot_fit(ValueBox("note", 466, 85, 12, lines=True), "i" * 9_000)


@pytest.mark.parametrize(
    ("lines", "value", "right"),
    [
        ([[["1", "2", " ", "m", "g"]]], "12 mg", True),
        ([[["2", "1", " ", "m", "g"]]], "12 mg", False),
        ([[["ה", "נ", "ד"]]], "דנה", True),
        ([[["ד", "נ", "ה"]]], "דנה", False),
        ([[[" ", "ה", "נ", "ד"], ["1", "2"]]], "דנה 12", True),
        ([[[" ", "ה", "נ", "ד"], ["2", "1"]]], "דנה 12", False),
        ([[["1", "2"], [" ", "ה", "נ", "ד"]]], "דנה 12", False),
        ([[["1", "2", " ", "ה", "נ", "ד"]]], "דנה 12", False),
        ([[["ن", "", "ـ", "لا"]]], "لاـن", True),
        ([[["\u05b8", "ד"]]], "\u05d3\u05b8", True),
        ([[["\u064b", "\u0640"], ["0"]]], "\u0640\u064b0", True),
        ([[["A", "n", "a"]], [["B", "o"]]], "Ana Bo", True),
        ([[["A", "n", "a"]]], "Ana Bo", False),
        ([[["ה", "נ", "ד"]], [["ה", "נ", "ד"]]], "דנה", False),
    ],
)
def test_lines_are_held_against_a_value_in_order(lines: list[list[list[str]]], value: str, right: bool) -> None:
    assert is_shown(lines, value) == right


_MIXED = "aé12 (.\u0301\u200c\u200d\u200f\u05d3\u05b8\u0645\u064f\u0644\u0627\u0915\u094d\u0937\u093f\u4e2d"
ANY = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(categories=("L", "M", "N", "P", "Zs", "Cf")), max_size=40),
    st.text(st.sampled_from(_MIXED), max_size=14),
)


@pytest.mark.long(shown_by="test_values_that_were_once_printed_wrong")
@given(name=ANY, note=ANY)
@settings(max_examples=25, deadline=None)
def test_any_value_is_printed_right_or_refused(name: str, note: str) -> None:
    _is_printed_right_or_refused(name, note)


_BOTH = (
    "الساعة 14:30 12_mg 10–20 ثم Dr. Lee דנה שָׁלוֹם (555)_010-0199 50% $20 ! ، «نعم» ( Anna 3. مُحَمَّد لا "
    "2026-11-30 — … A4 ۱۲ ٣٤ C++ ש. #1"
)
_WORDS_OF_BOTH = (
    st.lists(st.sampled_from(_BOTH.split()), max_size=8).map(" ".join).map(lambda words: words.replace("_", " "))
)


@given(name=_WORDS_OF_BOTH, note=_WORDS_OF_BOTH)
@settings(max_examples=30, deadline=None)
def test_words_of_both_directions_are_printed_and_read_back_in_order(name: str, note: str) -> None:
    assert _is_printed_right_or_refused(name, note) or len(name) > _LONG


_LONG = 30
"""So many letters fit their place in any face; what is longer may be refused."""


@pytest.mark.parametrize(("name", "note"), [("", "\u0621\u0300A"), ("A\u05d3\u0301", "\u0645\u0300 A")])
def test_values_that_were_once_printed_wrong(name: str, note: str) -> None:
    assert not _is_printed_right_or_refused(name, note)


def _is_printed_right_or_refused(name: str, note: str) -> bool:
    values = {"client_ref": "QX-1", "display_name": name, "note": note}
    made = _made_or_refused(values)
    if made:
        sample().verifier.verify(made, values)  # raises for a letter that is not as it was given
    return bool(made)


def _made_or_refused(values: dict[str, str]) -> bytes:
    """Nothing if it was refused, in words."""
    try:
        return sample().personaliser.personalise(values)
    except ContentError as error:
        problems = error.problems
    assert all(problem.message and problem.hint for problem in problems)
    return b""
