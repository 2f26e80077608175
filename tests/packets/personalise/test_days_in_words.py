"""How days are printed in a packet, with and without their day of the week."""

from __future__ import annotations

import pytest
from babel import Locale

from handoutkit.packets.personalise.days_in_words import as_printed


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
