"""Why a text is no day or time, in words that do not repeat what was written."""

from __future__ import annotations

from typing import NamedTuple

_WRITE_ISO = "write year, month and day, such as 2026-01-31"


class DayFault(NamedTuple):
    """Why something is no day; it does not repeat what was written."""

    code: str
    message: str
    hint: str


AMBIGUOUS = DayFault("ambiguous-date", "this date can be read in more than one way", _WRITE_ISO)
NOT_A_DATE = DayFault("not-a-date", "this is not a date", _WRITE_ISO)
NO_SUCH_DAY = DayFault("bad-date", "this is not a day of the calendar", "check the month and the day")
NO_SUCH_YEAR = DayFault("bad-date", "this year cannot be right", "check the year")
OTHER_DIGITS = DayFault("bad-date", "this date is not written in the digits 0 to 9", _WRITE_ISO)
OTHER_WEEKDAY = DayFault("bad-date", "this day is another day of the week", "check the day and the day of the week")
WITHOUT_YEAR = DayFault("bad-date", "this date has no year", _WRITE_ISO)
NOT_A_TIME = DayFault("not-a-time", "this is not a time of day", "write day and time such as 2026-01-31 14:30")
WORDS = DayFault(
    "not-a-date",
    "these words are no day",
    "write a day, or a day and a time, such as 2026-01-31 14:30; leave the cell empty if there is none yet",
)
WORDS_AROUND = DayFault(
    "date-in-words",
    "this is a date with other words around it",
    "write a day, or a day and a time, and nothing else; or words without a date",
)
