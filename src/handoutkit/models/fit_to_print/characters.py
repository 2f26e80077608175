"""Characters of a text: what they stand for, which cannot be printed, and which nobody sees."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

MAX_ON_ONE = 8
"""Most marks on one letter, with those of the letters joined to it: as many as the tallest letters of Tibetan have."""
UNSEEN = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and signs that show nothing, beside those that Unicode calls format characters, marks and spaces."""
# Characters that hide or reorder what is written (Unicode Standard Annex 9: embeddings, overrides, isolates).
BIDI_CONTROLS = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_AROUND_WORDS = re.compile("[\u202a-\u202c\u2066-\u2069]")
"""Embeddings and isolates; overrides, which turn letters around, are not among them."""
_UNSEEN_IN_WORDS = "\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f"
_HIDDEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2061-\u2064\u206a-\u206f\u3164\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0080-\U000e0fff]"
    f"|[{_UNSEEN_IN_WORDS}]{{2,}}"
    "|(?:^|[A-Za-z\\s\u00c0-\u058f])[\u200c\u200d\ufe00-\ufe0f]"
)
"""What nobody sees and no text needs: in rows, or joiners and variants where no letter has any."""
_JOINS = 9
"""The combining class of marks that join the next letter to the one before, as in Khmer."""
_BEYOND_ASCII = re.compile(r"[^\n\t -~]")
_SYMBOL_FONTS = str.maketrans(
    dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076", "•") | {"\uf0fc": "✓", "\uf0a8": "☐", "\uf06f": "☐", "\uf0fe": "☑"}
)
"""Bullets and boxes of Symbol and Wingdings, as word processors leave them in what is pasted."""
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def as_meant(value: str) -> str:
    """A text with the characters that its HTML entities (``&amp;``) and pasted signs of symbol fonts stand for."""
    if "&" in value:
        value = _ENTITY.sub(lambda found: unescape(found[0]), value)
    return value if value.isascii() else value.translate(_SYMBOL_FONTS)


def faults_in_characters(value: str) -> tuple[str, str, str] | None:
    """What is wrong with the characters themselves, what to do, and which it is; None if all are fit to print."""
    if not _BEYOND_ASCII.search(value):
        return None
    for char in value:
        name = f"U+{ord(char):04X}"
        if char in BIDI_CONTROLS:
            return (
                f"the invisible character {name} turns the reading direction around",
                "delete it; it is easiest to type the text anew",
                char,
            )
        if (ord(char) < 0x20 and char not in "\n\t") or 0x7F <= ord(char) < 0xA0 or 0xD800 <= ord(char) < 0xE000:
            return f"the invisible character {name} cannot be printed", "delete it", char
        if 0xE0000 <= ord(char) < 0xE0080:
            return (
                f"the invisible character {name} spells hidden words, or the flag of a region",
                "delete it, and the emoji before it; it is easiest to type the text anew",
                char,
            )
        if 0xE000 <= ord(char) < 0xF900:
            return (
                f"{name} is a sign of a symbol font, such as a bullet that was pasted, and is no character elsewhere",
                "make it an item of a list, type the sign itself, or delete it",
                char,
            )
        if char in "\ufffd\ufeff" or ord(char) & 0xFFFF >= 0xFFFE:
            return f"a letter was lost here when the text was converted ({name})", "type the word anew", char
    if mark := piled_mark(value):
        return f"more than {MAX_ON_ONE} marks stand on one letter", "type the word anew", mark
    return None


def faults_in_value(value: str) -> tuple[str, str, str] | None:
    """The same of a client's value, of which embeddings and isolates are no fault.

    Address books and messengers put them around names, and they are taken out before a value is set.
    """
    return faults_in_characters(_AROUND_WORDS.sub("", value))


def piled_mark(value: str) -> str | None:
    """A mark that is one too many on its letter, with the letters that are joined to it; no font can show them all."""
    if value.isascii():
        return None
    marks, joins = 0, False
    for char in value:
        kind = unicodedata.category(char)
        if kind.startswith("M"):
            marks, joins = marks + 1, unicodedata.combining(char) == _JOINS
        elif kind != "Cf":
            marks, joins = marks if joins else 0, False
        if marks > MAX_ON_ONE:
            return char
    return None


def needless(value: str) -> str | None:
    """A character that nobody sees and no text needs, which could hide something; None if there is none."""
    found = _HIDDEN.search(value)
    return found[0][-1] if found else None


def is_empty(value: str) -> bool:
    """Whether nothing of a text can be seen: spaces, joiners, soft hyphens and the like are all there is."""
    return all(char.isspace() or char in UNSEEN or unicodedata.category(char) in ("Cf", "Mn", "Zs") for char in value)
