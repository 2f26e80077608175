"""A letter with a client's values among its words: set at the last step, in its place, in its order, and verified."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handoutkit.errors import ContentError, WithheldError
from handoutkit.models.filled_in.letter import LetterRun
from handoutkit.packets.personalise.incremental_update import BasePdf, appended, read_update
from handoutkit.packets.personalise.personalise_packet import Personaliser
from handoutkit.packets.personalise.verify_packet import Verifier
from handoutkit.render.values.printable import letters
from handoutkit.render.values.text_flow import FlowParagraph
from handoutkit.render.values.value_setter import ValueSetter
from tests.support.letter_sample import CLIENT, letter_sample
from tests.support.packet_sample import Sample
from tests.support.pdf_reading import failures, opened, tags, texts
from tests.support.short_suite import rest_is_long

LONG = "Maximiliana Alexandrina Featherstonehaugh-Wolverhampton"
NAMES = {
    "common": "Zoë",
    "long": LONG,
    "arabic": "مريم يوسف",
    "yoruba": "Ọlábísí Ẹ̀bùn",
    "chinese": "王小明",
    "both": "Mariam مريم",
    "empty": "",
}


def made(values: dict[str, str], sample: Sample | None = None) -> bytes:
    """A packet that was verified, with every page read back."""
    sample = sample or letter_sample()
    pdf = sample.personaliser.personalise(values)
    sample.verifier.verify(pdf, values, text=True)
    return pdf


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_any_name_stands_in_the_letter(name: str) -> None:
    pdf = made({**CLIENT, "display_name": name, "first_name": name})
    cover = letters(texts(pdf)[0])
    for word in (name or "there").split():
        assert letters(word) in cover or letters(word[::-1]) in cover  # PDFium turns around what runs from the right
    assert not failures(pdf)


@pytest.mark.parametrize("name", ["", "Zoë", LONG])
def test_paragraphs_stand_below_each_other(name: str) -> None:
    pdf = opened(made({**CLIENT, "first_name": name, "next_session": name}))
    heights = [
        [float(y) for y in re.findall(rb"1 0 0 1 \S+ (\S+) Tm", pdf.get_object(number, 0).read_bytes())]
        for number in max((placed.appearances for placed in letter_sample().layout.flows), key=len)
    ]
    baselines = [sorted(set(lines), reverse=True) for lines in heights if lines]
    assert len(baselines) == 4
    for above, below in pairwise(baselines):
        assert above[-1] > below[0] + 8  # points: a line of their own


WORDS = st.lists(st.sampled_from(["Zoë", "Jo", "wa.", "Featherstonehaugh", "at 9:00 a.m.", "AV", "To"]), max_size=8)


@settings(max_examples=20, deadline=None)
@given(name=WORDS.map(" ".join), session=WORDS.map(" ".join))
def test_what_was_set_for_others_changes_nothing(name: str, session: str) -> None:
    """Paragraphs without values are kept as they were set; where they stand depends on the values above them."""
    sample, values = letter_sample(), {**CLIENT, "first_name": name, "next_session": session}

    def made_by(personaliser: Personaliser) -> bytes | None:
        try:
            return personaliser.personalise(values)
        except ContentError:
            return None

    assert made_by(sample.personaliser) == made_by(Personaliser(sample.layout, sample.theme))


@pytest.mark.parametrize("hyphen", ["-", "\u2010"])
def test_a_hyphen_may_end_a_line(hyphen: str) -> None:
    for letters_before in range(3, 8):  # with some of them, `well-` is the last word of its line
        value = f"Tuesday Tuesday {'w' * letters_before} Mary{hyphen}Jane {hyphen} and well{hyphen} then"
        cover = texts(made({**CLIENT, "first_name": "Ana", "display_name": "Mary-Jane", "next_session": value}))[0]
        assert "Mary-Jane" in cover


def test_the_letter_is_read_as_it_was_typed() -> None:
    cover = texts(made(CLIENT))[0]
    assert "Dear Zoë, we meet again on Tuesday, March 3, 2026. Until then, take {all} the time you need." in cover
    assert "• bring this page to your next session • and think of Aunt Ruža Warmly," in cover
    assert "Warmly, June Alvarado, for Zoë Łukasik" in cover
    assert "Pages for Zoë" in cover
    assert "Bring this back by our next session." in texts(made(CLIENT))[-1]


def test_lines_end_where_they_were_typed_to_end() -> None:
    with opened(made(CLIENT)) as pdf:
        greeting = pdf.get_object(letter_sample().layout.flows[1].appearances[0], 0).read_bytes()
    heights = re.findall(rb"1 0 0 1 \S+ (\S+) Tm", greeting)
    assert len(dict.fromkeys(heights)) >= 2
    assert b"/HdktStrong" in greeting


def test_a_sentence_ends_with_one_full_stop() -> None:
    cover = texts(made({**CLIENT, "next_session": "2026-03-03, 9:00 a.m."}))[0]
    assert "on 2026-03-03, 9:00 a.m. Until then" in cover


def test_an_empty_value_takes_its_space_with_it() -> None:
    without = {key: value for key, value in CLIENT.items() if key not in ("next_session", "who", "first_name")}
    cover = texts(made(without))[0]
    assert "Dear there, we meet again on. Until then" in cover
    assert "think of someone close" in cover


def test_the_copy_that_is_nobodys_has_blanks() -> None:
    sample = letter_sample()
    cover = texts(sample.personaliser.personalise({}))[0]
    assert "Dear there, we meet again on ____" in cover


def test_paragraphs_and_items_keep_their_tags() -> None:
    with opened(made(CLIENT)) as pdf:
        names = [tag.name for tag in tags(pdf)]
    assert names.count("/L") >= 1
    assert names.count("/LBody") >= 2
    assert "/Figure" in names


def test_the_layout_says_nothing_of_anyone() -> None:
    layout = letter_sample().layout
    cover = texts(layout.pdf)[0]
    assert "Dear" not in cover
    assert "nnnn" not in cover
    assert "P.S. Read more" in cover
    assert set(layout.values) >= {"first_name", "next_session", "who", "due"}


def test_long_values_are_set_smaller_before_they_are_refused() -> None:
    flow = letter_sample().layout.flows[1]
    with opened(made({**CLIENT, "next_session": "after the long holidays, " * 9})) as pdf:
        sizes = {float(size) for size in re.findall(rb"(\S+) Tf", pdf.get_object(flow.appearances[0], 0).read_bytes())}
    assert max(sizes) < flow.flow.size
    for words in ("after the long holidays, ", "بعد العطلة الطويلة "):
        with pytest.raises(ContentError, match="does not fit its place") as refused:
            made({**CLIENT, "next_session": words * 60})
        assert words not in str(refused.value)


def test_anothers_paragraph_is_withheld() -> None:
    sample = letter_sample()
    base = BasePdf.of(sample.layout.pdf)
    mine = read_update(base, made(CLIENT))
    other = read_update(base, made({**CLIENT, "first_name": "Ebony"}))
    number = sample.layout.flows[1].appearances[0]
    for planted in ({**mine, number: other[number]}, {key: whole for key, whole in mine.items() if key != number}):
        with pytest.raises(WithheldError):
            sample.verifier.verify(appended(base, planted), CLIENT)


def test_a_layout_with_words_in_a_paragraphs_place_is_withheld() -> None:
    sample = letter_sample()
    with pikepdf.open(io.BytesIO(sample.layout.pdf)) as pdf:
        pdf.get_object(sample.layout.flows[1].appearances[0], 0).write(
            b"BT /HdktFace 12 Tf 1 0 0 1 0 0 Tm [<0024>] TJ ET"
        )
        file = io.BytesIO()
        pdf.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pytest.raises(WithheldError):
        Verifier(replace(sample.layout, pdf=file.getvalue()), sample.theme)


@pytest.mark.parametrize("name", ["مريم", "Zoë"])
def test_a_letter_that_runs_from_the_right(name: str) -> None:
    sample = letter_sample("ar")
    pdf = made({**CLIENT, "first_name": name}, sample)
    assert not failures(pdf)


@pytest.mark.parametrize("theme", rest_is_long(["calm", "editorial", "youth"], stays=lambda theme: theme == "youth"))
def test_it_is_set_in_the_typeface_of_the_theme(theme: str) -> None:
    sample = letter_sample("en", theme)
    pdf = made(CLIENT, sample)
    flow = sample.layout.flows[1]
    with opened(pdf) as packet:
        shown = [str(packet.get_object(number, 0).BaseFont) for number in flow.fonts]
    assert all(font.startswith("/" + flow.flow.family.replace(" ", "")) for font in shown)


@pytest.mark.parametrize("name", ["مريم", "王小明", "Ka\u02bbiulani", "Ẹ̀bùn", "Ἑλένη"])
def test_a_name_in_letters_of_another_typeface_makes_a_letter_no_smaller(name: str) -> None:
    sample = letter_sample()
    flow = sample.layout.flows[1].flow
    words = (LetterRun("Dear "), LetterRun("", value="first_name"), LetterRun(", welcome."))
    line = replace(flow, height=flow.leading, paragraphs=(FlowParagraph(words, "", 0, flow.width, 0),))
    drawn = ValueSetter(sample.theme).set_flow(line, {**CLIENT, "first_name": name})
    scale = float(re.findall(rb"(\S+) 0 0 \S+ \S+ \S+ cm", drawn.operators[0])[0])
    assert {float(size) * scale for size in re.findall(rb"(\S+) Tf", drawn.operators[0])} == {flow.size}
    baseline = re.findall(rb"1 0 0 -1 \S+ (\S+) Tm", drawn.operators[0])
    assert baseline
    assert all(float(below) * scale == pytest.approx(flow.baseline, abs=0.01) for below in baseline)
