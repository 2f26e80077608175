"""A client's values as a packet prints them."""

from __future__ import annotations

import re
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date, format_time, get_datetime_format

from handoutkit.models.client import Client
from handoutkit.packets.layout import Layout

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})([T ]\d{2}:\d{2}(:\d{2})?)?")


def values_of(client: Client, layout: Layout, locale: Locale) -> dict[str, str]:
    """The values that a layout has places for, by name; days in words."""
    given = {**dict(client.values), "client_ref": client.client_ref}
    if client.due:
        given["due"] = client.due.isoformat()
    places = {slot.name for slot in layout.slots}
    return {
        name: in_words(text, locale) if name in ("next_session", "due") else text
        for name, text in given.items()
        if name in places
    }


def in_words(text: str, locale: Locale) -> str:
    """A day, or a day and time, in ISO 8601 as it is said: ``January 31, 2026 at 2:30 PM``; other text as it is."""
    found = _DAY.fullmatch(text)
    if not found:
        return text
    day = format_date(date.fromisoformat(found[1]), "long", locale=locale)
    if not found[2]:
        return day
    time = format_time(datetime.fromisoformat(text).time(), "short", locale=locale).replace("\u202f", "\u00a0")
    pattern = str(get_datetime_format("long", locale=locale)).replace("'", "")
    return pattern.replace("{1}", day).replace("{0}", time)
