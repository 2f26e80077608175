"""Days and times as a person writes them for a client: which of them cannot be."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(_DAY.pattern + r"[T ][0-9]")
# Two numbers and a third with the same sign between them: a day as people write it, in one order or another.
_SOME_DAY = re.compile(r"(?<!\d)\d{1,4}\s?([./-])\s?\d{1,2}\s?\1\s?\d{1,4}(?!\d)")
_TIME = re.compile(r"(?<![\d:])(\d{1,2}):(\d{2})(?!\d)")
_WRITE_ISO = "write year, month and day, such as 2026-01-31"


class DayFault(NamedTuple):
    """Why something is no day; it does not repeat what was written."""

    code: str
    message: str
    hint: str


_AMBIGUOUS = DayFault("ambiguous-date", "this date can be read in more than one way", _WRITE_ISO)
_NOT_A_TIME = DayFault("not-a-time", "this is not a time of day", "write day and time such as 2026-01-31 14:30")


def day_of(text: str) -> date | DayFault:
    """A day in ISO 8601."""
    if _DAY.fullmatch(text):
        return _calendar_day(text)
    if found := _SOME_DAY.fullmatch(text):
        return _fault_of_digits(found[0]) or _AMBIGUOUS
    return _AMBIGUOUS if _SOME_DAY.search(text) else DayFault("not-a-date", "this is not a date", _WRITE_ISO)


def fault_in_moment(text: str) -> DayFault | None:
    """What cannot be of when something is, in ISO 8601 or in words; None if all of it can."""
    for found in _SOME_DAY.finditer(text):
        if fault := _fault_of_digits(found[0]):
            return fault
        if not _DAY.fullmatch(found[0]):
            return _AMBIGUOUS
        if isinstance(day := _calendar_day(found[0]), DayFault):
            return day
    if any(int(hour) > 24 or int(minutes) > 59 for hour, minutes in _TIME.findall(text)):
        return _NOT_A_TIME
    if _MOMENT.match(text):
        try:
            datetime.fromisoformat(text)
        except ValueError:
            return _NOT_A_TIME
    return None


def _fault_of_digits(text: str) -> DayFault | None:
    if text.isascii():
        return None
    return DayFault("bad-date", "this date is not written in the digits 0 to 9", _WRITE_ISO)


def _calendar_day(text: str) -> date | DayFault:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return DayFault("bad-date", "this is not a day of the calendar", "check the month and the day")
    if not 1900 <= found.year < 2200:
        return DayFault("bad-date", "this year cannot be right", "check the year")
    return found
