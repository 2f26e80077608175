"""One client's values in a laid-out packet: appended behind it, shown and filled in."""

from __future__ import annotations

import io

import pikepdf
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handoutkit.errors import ContentError
from handoutkit.packets.personalise.personalise_packet import Personaliser
from tests.support.fill_in_viewer import dark, fields, ink
from tests.support.packet_sample import ANNA, OTHER, sample
from tests.support.pdf_reading import failures, fonts, opened, texts

LETTERS = st.characters(codec="iso8859-2", categories=("L", "N", "P", "Zs"))
NAMES = st.text(LETTERS, max_size=30).map(str.strip)


@pytest.fixture(scope="module")
def packet() -> bytes:
    return sample().personaliser.personalise(ANNA)


def test_the_layout_stays_as_it_is_and_little_is_added(packet: bytes) -> None:
    base = sample().layout.pdf
    assert packet.startswith(base)
    assert len(packet) - len(base) < 15_000


def test_the_packet_is_accessible(packet: bytes) -> None:
    assert failures(packet) == []


def test_title_and_author_are_in_the_last_trailer_and_strict_readers_are_content(packet: bytes) -> None:
    """Whoever reads an update looks there alone (ISO 32000-1, 7.5.6), and its table begins with the free entry."""
    end = packet[packet.rindex(b"trailer") :]
    assert b"/Info" in end
    assert b"/ID" in end
    read = pypdf.PdfReader(io.BytesIO(packet), strict=True)
    assert read.metadata is not None
    assert read.metadata.title
    assert read.metadata.author == "Oak House Therapy LLC"


def test_no_stream_is_empty(packet: bytes) -> None:
    """Compressed, an empty one is what pdf.js and MuPDF complain of."""
    with opened(packet) as pdf:
        assert [item.objgen for item in pdf.objects if isinstance(item, pikepdf.Stream) and not item.read_bytes()] == []


def test_what_is_printed_stands_on_the_cover_and_the_reference_on_every_page(packet: bytes) -> None:
    pages = texts(packet)
    for name in ("display_name", "clinician", "next_session", "note"):
        assert ANNA[name] in pages[0]
    assert [page.count("QX-7301") for page in pages] == [2, *[1] * (len(pages) - 1)]


def test_what_is_filled_in_is_a_value_with_an_appearance(packet: bytes) -> None:
    found, blank = fields(packet), fields(sample().layout.pdf)
    stored = {name: field.value for name, field in found.items() if field.value != blank[name].value}
    assert stored == {
        "packet.client_ref": "QX-7301",
        "small-page.client_ref": "QX-7301",
        "small-page.line.answer": "My aunt Ruža",
        "small-page.lines.answer": "It felt big.\rThen smaller.",
        "small-page.one.answer": "2",
        "small-page.bring.item-1": "1",
    }
    for name in stored.keys() - {"packet.client_ref", "small-page.client_ref"}:
        before, after = (
            sum(dark(ink(pdf, widget)) for widget in fields(pdf)[name].widgets) for pdf in (sample().layout.pdf, packet)
        )
        assert after > before + 10, f"{name} shows nothing"


def test_values_left_out_stay_blank() -> None:
    packet = sample().personaliser.personalise({"client_ref": "QX-7", "note": "  "})
    blank = fields(sample().layout.pdf)
    changed = {name for name, field in fields(packet).items() if field.value != blank[name].value}
    assert changed == {"packet.client_ref", "small-page.client_ref"}
    assert "June" not in " ".join(texts(packet))


def test_the_same_client_gets_the_same_bytes_whoever_came_before() -> None:
    personaliser = sample().personaliser
    first = personaliser.personalise(ANNA)
    personaliser.personalise(OTHER)
    assert personaliser.personalise(ANNA) == first


def test_fonts_that_others_needed_make_no_difference() -> None:
    values = {"client_ref": "QX-1", "display_name": "A\u0124"}
    fresh = Personaliser(sample().layout, sample().theme).personalise(values)
    used = Personaliser(sample().layout, sample().theme)
    for name in ("Nguyễn", "\u0905\u0928", "\u05d3\u05e0\u05d4"):
        used.personalise({**values, "display_name": name})
    assert used.personalise(values) == fresh


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("display_name", "Wilhelmina Bartholomea " * 5, "value-too-long"),
        ("display_name", "Anna\nBee", "value-too-long"),
        ("note", "Much to say. " * 90, "value-too-long"),
        ("who", "so many words " * 20, "value-too-long"),
        ("food", "Cake", "no-such-option"),
        ("display_name", "Ann\u202ea", "bad-character"),
        ("display_name", "ᚠᚢᚦ", "missing-glyph"),
        ("shoe_size", "7 Cake", "no-such-value"),
    ],
)
def test_what_cannot_be_put_in_is_a_problem_that_says_nothing_of_the_value(name: str, value: str, code: str) -> None:
    with pytest.raises(ContentError) as caught:
        sample().personaliser.personalise({**ANNA, name: value})
    assert [problem.code for problem in caught.value.problems] == [code]
    assert not {word for word in value.split() if len(word) > 2} & set(str(caught.value).split())


@pytest.mark.parametrize("value", ["Soup", "soup", "2"])
def test_a_choice_is_made_by_its_words_or_number(value: str) -> None:
    packet = sample().personaliser.personalise({**ANNA, "food": value})
    field = fields(packet)["small-page.one.answer"]
    assert [str(widget.dictionary.AS) for widget in field.widgets] == ["/Off", "/2", "/Off"]


@pytest.mark.parametrize(("value", "state"), [("yes", "1"), ("X", "1"), ("no", "Off"), ("", "Off")])
def test_a_tick_is_made_by_yes(value: str, state: str) -> None:
    packet = sample().personaliser.personalise({**ANNA, "rest": value})
    assert fields(packet)["small-page.bring.item-1"].value == state


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES, note=NAMES, who=NAMES)
def test_any_name_is_shown_whole_or_refused(name: str, note: str, who: str) -> None:
    values = {"client_ref": "QX-1", "display_name": name, "note": note, "who": who}
    made = sample()
    try:
        packet = made.personaliser.personalise(values)
    except ContentError as error:
        refused = {problem.code for problem in error.problems}
    else:
        refused = set()
        made.verifier.verify(packet, values)
        assert fields(packet)["small-page.line.answer"].value == who
    assert refused <= {"missing-glyph", "value-too-long"}


def test_only_the_letters_of_this_client_are_in_its_fonts(packet: bytes) -> None:
    """A font that held what another client's name needs would tell of it."""
    base = set(fonts(opened(sample().layout.pdf)))
    assert set(fonts(opened(packet))) >= base
    other = sample().personaliser.personalise(OTHER)
    assert other[len(sample().layout.pdf) :] != packet[len(sample().layout.pdf) :]
