"""What a language and a region make of dates."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError


@lru_cache(maxsize=16)
def locale_of(tag: str) -> Locale:
    """The locale of a language and region (``es-US``); of the language alone, where nobody has described both.

    >>> str(locale_of("es-GB"))
    'es'
    """
    parts = tag.split("-")
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return Locale("en")


def is_right_to_left(tag: str) -> bool:
    """Whether a language is written from right to left."""
    return locale_of(tag).text_direction == "rtl"
