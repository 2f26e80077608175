"""Names of months and of days of the week in the languages that tables come in, and the order of dates by region."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal

_LANGUAGES = ("en", "es", "fr", "de", "pt", "it")
MONTH_FIRST = frozenset({"US", "AS", "FM", "GU", "MH", "MP", "PA", "PH", "PR", "PW", "UM", "VI"})
"""Regions whose everyday dates are month, day, year (Unicode CLDR, short dates)."""
IN_DOUBT = frozenset({"BT", "CA", "CN", "HU", "IR", "JP", "KE", "KP", "KR", "LT", "MN", "SE", "TW", "ZA"})
"""Regions that write the year first, or several orders: what they mean by 03/04/2026, nobody knows."""


DayOrder = Literal["dmy", "mdy", "ymd"]
"""In which order the numbers of a date stand: ``mdy`` is month, day, year."""


def order_in(region: str | None) -> DayOrder | None:
    """The order in which a region writes dates; None if that is not known, or not one."""
    if region is None or region in IN_DOUBT:
        return None
    return "mdy" if region in MONTH_FIRST else "dmy"


def name_folded(name: str) -> str:
    """A name of a month or a day in small letters, without accents."""
    plain = unicodedata.normalize("NFKD", name.casefold().strip("."))
    return "".join(char for char in plain if not unicodedata.combining(char))


def _named(kind: str) -> Iterator[tuple[str, int]]:
    from babel import Locale  # and its tables of six languages, which only dates in words need

    for language in _LANGUAGES:
        by_context = getattr(Locale.parse(language), kind)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in by_context[context][width].items():
                    yield name_folded(name), number


@lru_cache(maxsize=1)
def months() -> Mapping[str, int]:
    """Names that mean one month only, whatever the language."""
    found: dict[str, set[int]] = defaultdict(set)
    for name, number in _named("months"):
        found[name].add(number)
    return {**{name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}, "sept": 9, "set": 9}


@lru_cache(maxsize=1)
def weekdays() -> Mapping[str, frozenset[int]]:
    """The days, counted from Monday as 0, that a name means in one language or another."""
    found: dict[str, set[int]] = defaultdict(set)
    for name, number in _named("days"):
        found[name].add(number)
    found |= {"tues": {1}, "weds": {2}, "thur": {3}, "thurs": {3}}
    return {name: frozenset(numbers) for name, numbers in found.items()}
