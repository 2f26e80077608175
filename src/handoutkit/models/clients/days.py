"""Days and times as people write them: every way in which a text can be read, and why one cannot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .day_faults import (
    AMBIGUOUS,
    NO_SUCH_DAY,
    NO_SUCH_YEAR,
    NOT_A_DATE,
    NOT_A_TIME,
    OTHER_DIGITS,
    OTHER_WEEKDAY,
    WITHOUT_YEAR,
    WORDS_AROUND,
    DayFault,
)
from .day_names import DayOrder, months_by_name, name_folded, weekdays_by_name
from .times_of_day import time_in

_FIRST_SERIAL = date(1899, 12, 30)
"""Day 0 of a spreadsheet, which counts a 29 February 1900 that never was."""
_AS_WE_WRITE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2})?")
_SERIALS = range(20_000, 90_000)
_SIGNS = r"\s?([./-])\s?"
_NUMBERS = re.compile(rf"(?<![\d.,])(\d{{1,4}}){_SIGNS}(\d{{1,2}})\s?\2\s?(\d{{1,4}})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20|21)\d\d)(\d\d)(\d\d)(?=T\d|\s|$)")
_WORD = r"([^\W\d_]+)\.?"
_DAY_NUMBER = r"(\d{1,2})(?:st|nd|rd|th|er|º|ª|°|\.)?"
_BETWEEN = r"(?:\s*[-/,.\s]\s*|\s+(?:de|del|of)\s+)"
_DAY_MONTH = re.compile(rf"(?<!\d){_DAY_NUMBER}{_BETWEEN}{_WORD}{_BETWEEN}(\d{{4}}|\d{{2}})(?![\d:])", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"{_WORD}{_BETWEEN}{_DAY_NUMBER}{_BETWEEN}(\d{{4}}|\d{{2}})(?![\d:])", re.IGNORECASE)
_YEAR_MONTH = re.compile(rf"(?<!\d)(\d{{4}}){_BETWEEN}{_WORD}{_BETWEEN}{_DAY_NUMBER}(?!\d)", re.IGNORECASE)
_ZONE = re.compile(r"\s*(?:\b(?:UTC|GMT)\b|Z\b)?\s*([+-]\d{2}:?\d{2})?\s*$|\s+[ECMP][SD]T\s*$|\s+CES?T\s*$")
_NO_YEAR = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}(?![\d/])")
_BESIDE_MONTH = (
    re.compile(rf"(?<!\d){_DAY_NUMBER}\s*[-/,.\s]\s*(?:(?:de|del|of)\s+)?{_WORD}", re.IGNORECASE),
    re.compile(rf"{_WORD}{_BETWEEN}{_DAY_NUMBER}(?![\d:h]|\s?[ap]\.?m)", re.IGNORECASE),
)
_CONNECTORS = frozenset(
    [
        "at",
        "on",
        "the",
        "um",
        "uhr",
        "h",
        "hs",
        "hrs",
        "a",
        "as",
        "las",
        "la",
        "los",
        "el",
        "à",
        "le",
        "den",
        "der",
        "am",
        "il",
        "alle",
        "ore",
        "to",
        "t",
        "de",
        "del",
        "of",
    ]
)


@dataclass(frozen=True, slots=True)
class WrittenMoment:
    """A text that is a day, or a day and time.

    Attributes:
        days: the day that it is, for each order in which it can be read.
        sign: what stands between its numbers; empty if their order is beyond doubt.
        time: to the minute, as written; None if there is none, or it is midnight, as programs write a day.
        utc: whether it says that its time is that of Greenwich, and not the practice's own.
    """

    days: Mapping[DayOrder, date]
    sign: str = ""
    time: time | None = None
    utc: bool = False

    @property
    def only_day(self) -> date | None:
        """The day, if every order says the same."""
        found = set(self.days.values())
        return found.pop() if len(found) == 1 else None

    def iso(self, day: date) -> str:
        """A day of it, with the time if it has one, as ``2026-01-31 14:30``."""
        return f"{day.isoformat()} {self.time.isoformat('minutes')}" if self.time else day.isoformat()


def written_moment(text: str, *, from_1904: bool = False) -> WrittenMoment | DayFault | None:
    """A text as a day, or a day and time; None if it is words without a date.

    Args:
        from_1904: whether a spreadsheet's number of days counts from 1904, and not from 1900.
    """
    if _AS_WE_WRITE.fullmatch(text):  # as workbooks are read; the rest comes out the same, and takes ten times as long
        with suppress(ValueError):
            moment = datetime.fromisoformat(text)
            if 1900 <= moment.year < 2200:
                return WrittenMoment({"ymd": moment.date()}, time=moment.time() if moment.time() != time() else None)
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and int(text[:5]) in _SERIALS and text.isascii():
        return _of_serial(float(text), from_1904=from_1904)
    found = _found_days(text)
    if found is None:
        return _fault_without_day(text)
    if isinstance(found, DayFault):
        return found
    days, sign, rest = found
    zone = _ZONE.search(rest)
    utc = bool(zone and zone[0].strip() and re.search(r"^\s*(Z|UTC|GMT)?\s*([+-]00:?00)?\s*$", zone[0], re.IGNORECASE))
    rest = rest[: zone.start()] if zone else rest
    at = time_in(rest)
    if isinstance(at, DayFault):
        return at
    clock, rest = at
    if not rest.strip():
        return WrittenMoment(days, sign, clock, utc)
    return _on_weekday(days, rest) or WrittenMoment(_fitting(days, rest), sign, clock, utc)


def _of_serial(number: float, *, from_1904: bool) -> WrittenMoment:
    start = datetime.combine(date(1904, 1, 1) if from_1904 else _FIRST_SERIAL, time())
    moment = start + timedelta(minutes=round(number * 1440))
    return WrittenMoment({"ymd": moment.date()}, time=moment.time() if moment.time() != time() else None)


def _found_days(text: str) -> tuple[dict[DayOrder, date], str, str] | DayFault | None:
    """The days that a text can mean, by order; the sign between numbers in doubt; and the rest of it."""
    if found := _NUMBERS.search(text):
        if not found[0].isascii():
            return OTHER_DIGITS
        readings = dict(_orders(found[1], found[3], found[4]))
        days = _calendar_days(readings)
        if isinstance(days, DayFault):
            return days
        return days, found[2] if len(readings) > 1 else "", _without(text, found)
    for pattern, places in (
        (_COMPACT, (1, 2, 3)),
        (_YEAR_MONTH, (1, 2, 3)),
        (_DAY_MONTH, (3, 2, 1)),
        (_MONTH_DAY, (3, 1, 2)),
    ):
        for found in pattern.finditer(text):
            year, month, day = (found[place] for place in places)
            number = month if month.isdecimal() else str(months_by_name().get(name_folded(month), ""))
            if number:
                days = _calendar_days({"ymd": (_year(year), int(number), int(day))})
                return days if isinstance(days, DayFault) else (days, "", _without(text, found))
    return None


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :].removeprefix('T')}"


def _orders(first: str, second: str, third: str) -> Iterator[tuple[DayOrder, tuple[int, int, int]]]:
    """Year, month and day of three numbers, for each order that they can stand in."""
    a, b, c = int(first), int(second), int(third)
    if len(first) > 2:
        yield "ymd", (a, b, c)
        return
    yield "dmy", (_year(third), b, a)
    yield "mdy", (_year(third), a, b)
    if len(third) <= 2:
        yield "ymd", (_year(first), b, c)


def _year(digits: str) -> int:
    """A year; of two digits, as POSIX reads them: 69 to 99 are of the last century."""
    year = int(digits)
    return year if len(digits) > 2 else year + (1900 if year > 68 else 2000)


def _calendar_days(readings: Mapping[DayOrder, tuple[int, int, int]]) -> dict[DayOrder, date] | DayFault:
    """The readings that are days."""
    days: dict[DayOrder, date] = {}
    fault = NO_SUCH_DAY
    for order, (year, month, day) in readings.items():
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if 1900 <= year < 2200:
            days[order] = found
        else:
            fault = NO_SUCH_YEAR
    return days or fault


def _words(rest: str) -> list[str]:
    words = (name_folded(word) for word in re.findall(r"[^\W\d_]+", rest))
    return [word for word in words if word not in _CONNECTORS]


def _on_weekday(days: Mapping[DayOrder, date], rest: str) -> DayFault | None:
    """What is wrong with the words beside a date: they may only be the day of the week that it is."""
    words = _words(rest)
    if any(word not in weekdays_by_name() for word in words):
        return WORDS_AROUND
    return None if _fitting(days, rest) else OTHER_WEEKDAY


def _fitting(days: Mapping[DayOrder, date], rest: str) -> dict[DayOrder, date]:
    """The days that are the day of the week beside them."""
    weekdays = weekdays_by_name()
    named = [weekdays[word] for word in _words(rest) if word in weekdays]
    return {order: day for order, day in days.items() if all(day.weekday() in numbers for numbers in named)}


def _fault_without_day(text: str) -> DayFault | None:
    """What is wrong with a text that has no date in it; None if it is words."""
    if not re.search(r"[^\W\d_]", text):
        return NOT_A_DATE if re.search(r"\w", text) else None
    if _NO_YEAR.search(text) or _has_month(text):
        return WITHOUT_YEAR
    if any(
        int(hour) > 23 or int(minutes) > 59 for hour, minutes in re.findall(r"(?<![\d:])(\d{1,2}):(\d{2})(?!\d)", text)
    ):
        return NOT_A_TIME
    return None


def _has_month(text: str) -> bool:
    """Whether a text names a month beside the number of a day."""
    words = (name_folded(word) for pattern in _BESIDE_MONTH for found in pattern.findall(text) for word in found)
    return any(word in months_by_name() for word in words)


def names_a_weekday(text: str) -> bool:
    """Whether words say a day of the week, such as ``Tuesdays at 3``."""
    weekdays = weekdays_by_name()
    return any(word in weekdays or word.removesuffix("s") in weekdays for word in _words(text))


def day_in(text: str, order: DayOrder | None = None) -> WrittenMoment | DayFault:
    """A text that must be a day. Only what can be read in one way, or in the order that is given, is one."""
    found = written_moment(text)
    if found is None:
        return NOT_A_DATE
    if isinstance(found, DayFault):
        return found
    day = found.only_day or (found.days.get(order) if order else None)
    return AMBIGUOUS if day is None else WrittenMoment({"ymd": day}, "", found.time, found.utc)


def moment_in(text: str, order: DayOrder | None = None) -> str | DayFault:
    """When something is: a day, or a day and time, as ``2026-01-31 14:30``; words as they are."""
    found = written_moment(text)
    if found is None or isinstance(found, DayFault):
        return found or text
    day = found.only_day or (found.days.get(order) if order else None)
    return AMBIGUOUS if day is None else found.iso(day)
