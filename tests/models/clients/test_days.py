"""Days and times as people write them: read as meant, or refused with a reason; never another day."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from handoutkit.models.clients.day_faults import DayFault
from handoutkit.models.clients.day_names import order_in
from handoutkit.models.clients.days import WrittenMoment, moment_in, written_moment

DAY = date(2026, 12, 25)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-12-25", "2026-12-25"),
        ("2026-1-5", "2026-01-05"),
        ("2026/12/25", "2026-12-25"),
        ("2026-12-25 00:00:00", "2026-12-25"),
        ("2026-12-25T14:30:00.000-05:00", "2026-12-25 14:30"),
        ("20261225", "2026-12-25"),
        ("1-Dec-26", "2026-12-01"),
        ("1st December 2026", "2026-12-01"),
        ("Dec. 1, 2026 9am", "2026-12-01 09:00"),
        ("Tuesday, December 1, 2026 at 9:00 a.m.", "2026-12-01 09:00"),
        ("12/25/2026 12:05 AM", "2026-12-25 00:05"),
        ("12/25/2026 9:00 AM - 9:50 AM", "2026-12-25 09:00"),
        ("9:00 AM, 12/25/2026", "2026-12-25 09:00"),
        ("12/25/2026 09:00 PST", "2026-12-25 09:00"),
        ("1 de diciembre de 2026, 9:00 a. m.", "2026-12-01 09:00"),
        ("mar 1 dic 2026 10:00", "2026-12-01 10:00"),
        ("25. Dezember 2026, 14.30 Uhr", "2026-12-25 14:30"),
        ("1er décembre 2026 à 9h", "2026-12-01 09:00"),
        ("46357.375", "2026-12-01 09:00"),
        ("46357", "2026-12-01"),
    ],
)
def test_one_day_whoever_reads_it(text: str, iso: str) -> None:
    assert moment_in(text) == iso
    assert moment_in(text, "dmy") == iso


@pytest.mark.parametrize("text", ["next Tuesday", "Tuesdays at 3", "3:30 PM", "in two weeks", "-"])
def test_words_stay_as_they_are(text: str) -> None:
    assert moment_in(text) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("13/13/2026", "bad-date"),
        ("2026-02-30", "bad-date"),
        ("0226-01-31", "bad-date"),
        ("Mon 12/25/2026", "bad-date"),
        ("Tue 12/01 9 AM", "bad-date"),
        ("12/01", "not-a-date"),
        ("the 5th of May", "bad-date"),
        ("1234567", "not-a-date"),
        ("12/25/2026 in room 4", "not-a-time"),
        ("12/25/2026 13:00 PM", "not-a-time"),
        ("12/25/2026 9:00 - 10:00 AM", "not-a-time"),
        ("12/25/2026 with June", "date-in-words"),
        ("03/04/2026", "ambiguous-date"),
    ],
)
def test_what_is_no_day_is_told_without_what_it_says(text: str, code: str) -> None:
    fault = moment_in(text)
    assert isinstance(fault, DayFault)
    assert fault.code == code
    assert text not in f"{fault.message} {fault.hint}"


def test_both_readings_are_there() -> None:
    found = written_moment("03/04/2026 9:00 AM")
    assert isinstance(found, WrittenMoment)
    assert found.days == {"dmy": date(2026, 4, 3), "mdy": date(2026, 3, 4)}
    assert (found.only_day, found.sign, found.time) == (None, "/", time(9))


def test_orders_of_regions() -> None:
    assert [order_in(region) for region in ("US", "GB", "MX", "CA", "JP", None)] == [
        *("mdy", "dmy", "dmy", None, None, None)
    ]


@given(
    st.datetimes(datetime(1969, 1, 1), datetime(2068, 12, 31)),
    st.sampled_from(["en_US", "en_GB", "es_MX", "es_ES", "fr_FR", "de_DE", "it_IT", "pt_BR"]),
    st.sampled_from(["full", "long", "medium"]),
)
@settings(max_examples=300, deadline=None)
def test_a_date_as_a_locale_writes_it_is_that_day_or_a_fault(moment: datetime, locale: str, width: str) -> None:
    text = format_date(moment.date(), width, locale=locale)
    found = written_moment(text)
    if isinstance(found, WrittenMoment):
        assert moment.date() in found.days.values()
    else:
        assert isinstance(found, DayFault) or not any(char.isdigit() for char in text)


@given(st.datetimes(datetime(1970, 1, 1), datetime(2068, 12, 31)), st.sampled_from("/.-"))
@settings(max_examples=300, deadline=None)
def test_numbers_are_read_in_the_order_that_is_said(moment: datetime, sign: str) -> None:
    clock = f"{moment:%I:%M %p}"
    iso = f"{moment:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
    for order, form in (("mdy", "%m %d %Y"), ("dmy", "%d %m %Y"), ("mdy", "%m %d %y"), ("dmy", "%d %m %y")):
        written = f"{moment.strftime(form).replace(' ', sign)} {clock}"
        assert moment_in(written, "mdy" if order == "mdy" else "dmy") == iso


@given(st.text("0123456789/.-: APMapmTZ+", max_size=24))
@settings(max_examples=500, deadline=None)
def test_nothing_of_digits_alone_is_printed_raw(text: str) -> None:
    found = moment_in(text.strip())
    if isinstance(found, str) and any(char.isdigit() for char in found) and not any(char.isalpha() for char in found):
        assert datetime.fromisoformat(found).year >= 1900
