"""A client's words on paper: signs that no font of ours has are named, for what somebody wrote is not left out."""

from __future__ import annotations

import re
import unicodedata

from handoutkit.render.figures.typeface import Typeface
from handoutkit.render.scripts import scripts_in
from handoutkit.render.values.printable import printable

_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def words_to_show(words: str) -> list[str]:
    """The paragraphs of a text, without what is not seen and what no file can hold."""
    return [line for line in printable(_SURROGATE.sub(_UNKNOWN, words)).split("\n") if line.strip()]


def with_named_signs(text: str, typeface: Typeface) -> str:
    """A text in which signs that our fonts lack stand as their names in Unicode.

    >>> with_named_signs("Good 😀", Typeface.of(theme))
    'Good [grinning face]'
    """

    def named(found: re.Match[str]) -> str:
        return "".join(char if _has(char, typeface) else _name(char) for char in found[0])

    return _BEYOND_ASCII.sub(named, text)


def _has(char: str, typeface: Typeface) -> bool:
    """Whether a font of ours has it, or a script of ours may have it."""
    if unicodedata.category(char) in ("Cf", "Zs", "Mn", "Mc"):
        return True
    return typeface.regular.own_advance(char) is not None or any(True for _ in scripts_in(char))


def _name(char: str) -> str:
    name = unicodedata.name(char, "")
    return f"[{name.lower()}]" if name else f"[U+{ord(char):04X}]"
