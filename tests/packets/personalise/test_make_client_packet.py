"""One client's packet from values to bytes: the same for every caller, days in words, closed by a password."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from babel import Locale

from handoutkit.errors import ContentError
from handoutkit.isolation.worker import the_worker
from handoutkit.packets.personalise.make_client_packet import (
    LIMITS,
    as_printed,
    encrypted,
    make_client_packet,
    make_client_packet_in_worker,
)
from tests.conftest import ROOT
from tests.support import worker_tasks
from tests.support.packet_sample import ANNA, OTHER, sample
from tests.support.pdf_reading import texts


@pytest.fixture(scope="module")
def packet() -> bytes:
    return make_client_packet(sample().layout, sample().theme, ANNA)


def test_the_packet_is_the_layout_with_the_values(packet: bytes) -> None:
    assert packet == sample().personaliser.personalise(ANNA)


def test_the_worker_makes_the_same(packet: bytes) -> None:
    assert make_client_packet_in_worker(sample().layout, sample().theme, ANNA) == packet


def test_what_took_a_worker_over_does_not_give_one_client_the_packet_of_another(packet: bytes) -> None:
    """What a theme did to the worker that set its pages, would be done to each packet that it made from then on."""
    task = f"{worker_tasks.__name__}:give_the_first_packet_again"
    the_worker().call(task, limits=LIMITS, file="-", reads=[ROOT, *sample().theme.roots])
    try:
        assert make_client_packet_in_worker(sample().layout, sample().theme, OTHER) != packet
        assert make_client_packet_in_worker(sample().layout, sample().theme, ANNA) == packet
    finally:
        the_worker().end()


def test_packets_between_make_no_difference(packet: bytes) -> None:
    make_client_packet(sample().layout, sample().theme, OTHER)
    assert make_client_packet(sample().layout, sample().theme, ANNA, read_pages=False) == packet


def test_a_value_that_is_not_taken_is_refused() -> None:
    with pytest.raises(ContentError):
        make_client_packet(sample().layout, sample().theme, {**ANNA, "food": "Cake"})


def test_days_are_printed_in_words() -> None:
    made = make_client_packet(sample().layout, sample().theme, {**ANNA, "next_session": "2026-03-03"})
    assert "Tuesday, 3 March 2026" in texts(made)[0]


def test_a_password_closes_the_packet_to_all_but_screen_readers(packet: bytes) -> None:
    closed = make_client_packet(sample().layout, sample().theme, ANNA, password="geheim-23")
    assert len(closed) == len(encrypted(packet, "geheim-23"))
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(closed))
    with pikepdf.open(io.BytesIO(closed), password="geheim-23") as document:
        assert (document.encryption.R, document.encryption.bits) == (6, 256)
        assert document.allow.accessibility
    assert b"QX-7301" not in closed
    pages = pypdfium2.PdfDocument(closed, password="geheim-23")
    assert ANNA["display_name"] in pages[0].get_textpage().get_text_bounded()


@pytest.mark.parametrize(
    ("text", "locale", "words"),
    [
        ("2026-12-01", "en_US", "Tuesday, December 1, 2026"),
        ("2026-12-01 09:00", "en_US", "Tuesday, December 1, 2026, 9:00\u00a0a.m."),
        ("2026-12-01 14:30", "en_GB", "Tuesday, 1 December 2026, 14:30"),
        ("2026-12-01", "es_US", "martes, 1 de diciembre de 2026"),
        ("2026-02-30", "en_US", "2026-02-30"),
        ("Tuesday at 14:30", "en_US", "Tuesday at 14:30"),
    ],
)
def test_the_next_session(text: str, locale: str, words: str) -> None:
    assert as_printed("next_session", text, Locale.parse(locale)) == words


def test_other_days_have_no_day_of_the_week_and_a_reference_is_never_a_day() -> None:
    english = Locale.parse("en_US")
    assert as_printed("dob", "1970-01-31", english) == "January 31, 1970"
    assert as_printed("due", "2026-12-01", english) == "Tuesday, December 1, 2026"
    assert as_printed("client_ref", "2026-12-01", english) == "2026-12-01"
