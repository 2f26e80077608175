"""Days and numbers as people write them into a form, read only where there is one way to read them."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

_PARTS = re.compile(r"\d+")
_NUMBERS_ONLY = re.compile(r"\s*\d{1,4}\s*[-./\s年년]\s*\d{1,2}\s*[-./\s月월]\s*\d{1,4}\s*[日일.]?\s*")
_WORDS = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\s*([-+\u2212]?)\s*(\d{1,12})(?:[.,\u066b](\d{1,6}))?\s*%?\s*")
_MONTHS_KEPT = 64


def day_written(text: str, language: str) -> str:
    """A day in ISO 8601, or nothing if it is none, or could be two.

    Args:
        language: a BCP 47 tag, with a region if one is known: it says in which order days are written, and how months
            are called.

    >>> day_written("12/24/2026", "en-US"), day_written("24.12.26", "de"), day_written("12/24", "en-US")
    ('2026-12-24', '2026-12-24', '')
    """
    numbers = [int(number) for number in _PARTS.findall(text)]
    if len(numbers) == 3 and _NUMBERS_ONLY.fullmatch(text):
        return _of_three(numbers, [len(number) for number in _PARTS.findall(text)], language)
    if len(numbers) == 2:
        months = {_months(language).get(word.casefold(), 0) for word in _WORDS.findall(text)} - {0}
        if len(months) == 1 and numbers[1] > 31 >= numbers[0]:
            return _iso(numbers[1], months.pop(), numbers[0])
    return ""


def number_written(text: str) -> str:
    """A number with a point before its decimals, or nothing if it is none, or could be two (``1,000``).

    >>> number_written(" 7,5 "), number_written("-3"), number_written("40 %"), number_written("7 or 8")
    ('7.5', '-3', '40', '')
    """
    found = _NUMBER.fullmatch(text)
    if not found or (found[3] and len(found[3]) == 3):
        return ""
    sign = "" if found[1] in ("", "+") else "-"
    decimals = "." + "".join(str(int(digit)) for digit in found[3]) if found[3] else ""
    return f"{sign}{int(found[2])}{decimals}"


def _of_three(numbers: list[int], lengths: list[int], language: str) -> str:
    first, second, third = numbers
    if lengths[0] == 4:
        return _iso(first, second, third)
    year = third if lengths[2] == 4 else 2000 + third
    if lengths[2] not in (2, 4):
        return ""
    order = _order(language)
    if order == "y":  # only a year in front is written so; two digits may be anything
        return ""
    if first > 12 >= second:
        order = "d"
    elif second > 12 >= first:
        order = "m"
    elif not order and first != second:
        return ""
    return _iso(year, second, first) if order == "d" else _iso(year, first, second)


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat() if 1900 <= year < 2200 else ""
    except ValueError:
        return ""


@lru_cache(maxsize=_MONTHS_KEPT)
def _order(language: str) -> str:
    """Which comes first in a short date: ``d``, ``m`` or ``y``; nothing if nobody says in which country."""
    locale = _locale(language)
    if locale is None or (locale.language == "en" and not locale.territory):
        return ""
    return next((char for char in locale.date_formats["short"].pattern.casefold() if char in "dmy"), "")


@lru_cache(maxsize=_MONTHS_KEPT)
def _months(language: str) -> dict[str, int]:
    locale = _locale(language)
    found: dict[str, int] = {}
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[form][width].items() if locale else ():
                found[name.casefold().rstrip(".")] = int(number)
    return found


def _locale(language: str) -> Any:
    """The ``babel.Locale`` of a language; None if there is none."""
    from babel import Locale, UnknownLocaleError  # few files have a day in words

    try:
        return Locale.parse(language, sep="-") if language else None
    except (UnknownLocaleError, ValueError):
        return None
