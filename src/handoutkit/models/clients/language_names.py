"""Languages as a table names them: in English, in Spanish, or in the language itself."""

from __future__ import annotations

from functools import cache

from babel import Locale

from .day_names import name_folded

_OWN = [
    "am",
    "ar",
    "bn",
    "de",
    "es",
    "fa",
    "fil",
    "fr",
    "gu",
    "hi",
    "ht",
    "hu",
    "hy",
    "it",
    "ja",
    "km",
    "ko",
    "lo",
    "my",
    "ne",
    "pa",
    "pl",
    "ps",
    "pt",
    "ro",
    "ru",
    "so",
    "sw",
    "ta",
    "te",
    "th",
    "tr",
    "uk",
    "ur",
    "vi",
    "yo",
    "zh",
]
"""Languages whose own names are known, too."""


@cache
def _tags() -> dict[str, str]:
    """The tags of languages by their names in small letters without accents."""
    found = {name_folded(str(Locale.parse(tag).display_name)): tag for tag in _OWN}
    for speaker in ("es", "en"):
        names = Locale.parse(speaker).languages.items()
        found |= {name_folded(name): tag for tag, name in names if "_" not in tag}
    return found | {"castellano": "es", "castilian": "es", "mandarin": "zh", "farsi": "fa", "tagalog": "fil"}


def language_called(name: str) -> str | None:
    """The tag of a language by its name; None if there is no such name."""
    return _tags().get(name_folded(name))
