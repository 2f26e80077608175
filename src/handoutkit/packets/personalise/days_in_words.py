"""How a client's values are printed: days in words, as the packet's language and region write them."""

from __future__ import annotations

import re
from datetime import datetime

from babel import Locale
from babel.dates import format_date, format_time, get_datetime_format

from handoutkit.models.clients.client_ref import CLIENT_REF

DAYS = frozenset({"next_session", "due"})
"""Values that must be days or words; they are days to come, and are printed with their day of the week."""
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?")


def as_printed(name: str, text: str, locale: Locale) -> str:
    """A value as it is printed: a day in words, anything else as it is."""
    return text if name == CLIENT_REF else in_words(text, locale, weekday=name in DAYS)


def in_words(text: str, locale: Locale, *, weekday: bool = False) -> str:
    """Write a day, or a day and time, in ISO 8601 as ``January 31, 2026, 2:30 p.m.``; return other text as it is.

    Args:
        text: one that may be a day of the calendar, as ``2026-01-31 14:30``; other text stays as it is.
        weekday: whether the day of the week is said, too: ``Saturday, January 31, 2026``.
    """
    found = _DAY.fullmatch(text)
    if not found:
        return text
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    day = format_date(moment.date(), "full" if weekday else "long", locale=locale)
    if not found[2]:
        return day
    time = format_time(moment.time(), "short", locale=locale).replace("\u202f", "\u00a0")
    if locale.language == "en":  # as guides to plain writing have it, and as no name is written
        time = time.replace("AM", "a.m.").replace("PM", "p.m.")
    pattern = str(get_datetime_format("long", locale=locale)).replace("'", "")
    return pattern.replace("{1}", day).replace("{0}", time)
