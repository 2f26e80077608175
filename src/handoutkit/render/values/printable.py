"""Normalises a client's value: one spelling for each letter, and no character that nobody could see.

Names come with marks that programs leave behind: joiners, soft hyphens, marks of direction, accents apart from their
letters. Those are no fault of anyone's, and make no difference on paper.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from fontTools import unicodedata as scripts

from handoutkit.errors import Problem
from handoutkit.models.fit_to_print.characters import faults_in_characters, faults_in_value

_UNSEEN = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u3164\ufeff\uffa0\u061c"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Default_Ignorable_Code_Point of the Unicode Character Database, as a set of a regular expression."""
UNSEEN = re.compile(f"[{_UNSEEN}]")
_SPELT = re.compile("[\ufb00-\ufb06\u2160-\u217f]+")
"""Letters tied together and Roman numerals, as copying from a PDF leaves them; they are written with common letters."""
_JOINERS, _DIRECTIONS = "\u200c\u200d", "\u200e\u200f\u061c"
_WITHIN_A_WORD = re.compile(rf"(?<=\w)[{_DIRECTIONS}]+(?=\w)")
_MONGOLIAN = "\u180b\u180c\u180d\u180e\u180f"
_LINE_ENDS = re.compile("[\u2028\u2029]")
_JOINED = frozenset(
    (
        *("Arab", "Beng", "Cham", "Deva", "Gujr", "Guru", "Java", "Khmr", "Knda", "Laoo", "Mand", "Mlym"),
        *("Mong", "Mymr", "Nkoo", "Orya", "Phag", "Rohg", "Sinh", "Sogd", "Syrc", "Taml", "Telu", "Tibt"),
    )
)
"""Scripts whose letters take another shape beside a joiner (ISO 15924)."""
_FROM_RIGHT = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"})
_OPENING = str.maketrans(")]}>\u00bb\u203a", "([{<\u00ab\u2039")
_HYPHENS = str.maketrans("\x02\u2010", "--")
_BETWEEN = re.compile(f"[{_JOINERS}{_DIRECTIONS}{_MONGOLIAN}]")


def printable(value: str) -> str:
    """A value as it is set and stored: in NFC, and without what is not seen, unless a script or direction needs it.

    Joiners stay where the letter before them takes another shape by them; marks of direction beside signs and spaces,
    where there are letters written from the right. A tab is a space; what ends a line, ends it.
    """
    value = _LINE_ENDS.sub("\n", value).replace("\t", " ")
    value = _SPELT.sub(lambda found: unicodedata.normalize("NFKC", found[0]), value)
    turned = runs_from_right_anywhere(value)
    kept: list[str] = []
    for char in value:
        if not UNSEEN.match(char) or _is_needed(char, kept, turned=turned):
            kept.append(char)
    return unicodedata.normalize("NFC", _WITHIN_A_WORD.sub("", "".join(kept))).strip()


def _is_needed(char: str, before: list[str], *, turned: bool) -> bool:
    if char in _DIRECTIONS:
        return turned
    if not _BETWEEN.match(char) or not before:
        return False
    script = scripts.script(before[-1]) if before[-1] not in _JOINERS else ""
    marked = script == "Zinh" and len(before) > 1 and scripts.script(before[-2]) in _JOINED  # a vowel sign of Arabic
    return script == "Mong" if char in _MONGOLIAN else script in _JOINED or marked


def runs_from_right_anywhere(value: str) -> bool:
    """Whether any letter of a text is of a script that is written from the right."""
    return not value.isascii() and any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in value)


def has_a_stray_mark(value: str) -> bool:
    """Whether a mark that belongs on a letter stands on none, or on one of another script: no font can show that."""
    if value.isascii():
        return False
    letter, turned = "", runs_from_right_anywhere(value)  # among words from the right, one on a digit can be another's
    mixed = turned and any(unicodedata.bidirectional(char) == "L" for char in value)
    for char in value:
        if UNSEEN.match(char):
            continue
        if not unicodedata.category(char).startswith("M"):
            letter = "" if char.isspace() else char
        elif not letter or not _goes_on(char, letter) or (turned and unicodedata.category(letter)[0] != "L"):
            return True
        elif mixed and not is_mark_from_right(char) and unicodedata.bidirectional(letter) in ("R", "AL"):
            return True  # a reader cannot tell it from one on the letter of another script beside it
    return False


def fault_in(name: str, value: str) -> Problem | None:
    """What is wrong with a value's characters."""
    # What cannot be seen is left out of it later, and marks that it kept apart would then be on one letter.
    if fault := faults_in_value(value) or faults_in_characters(printable(value)):
        message, hint, _ = fault
        return Problem("bad-character", f"in the value for `{name}`, {message}", hint, path=name)
    if has_a_stray_mark(value):
        message = f"in the value for `{name}`, a mark stands on no letter that it belongs to"
        return Problem("bad-character", message, "type the word anew", path=name)
    return None


def _goes_on(mark: str, letter: str) -> bool:
    """Whether a mark is of the script of a letter, or of all scripts."""
    found = scripts.script_extension(letter)
    of_all = scripts.script(mark) == "Zinh" and not is_mark_from_right(mark)
    return of_all or not found.isdisjoint(scripts.script_extension(mark))


def is_mark_from_right(mark: str) -> bool:
    """Whether a mark belongs on letters that are written from the right."""
    return not _FROM_RIGHT.isdisjoint(scripts.script_extension(mark))


def seen(text: str) -> str:
    """What can be seen of a text, in one spelling: without spaces, for a line may end where one was."""
    if text.isascii():
        return "".join(text.split())
    return unicodedata.normalize("NFC", "".join(UNSEEN.sub("", text).split()))


def letters(text: str) -> str:
    """As ``seen``, decomposed (NFD): the letters of two texts joined are then those of the first and of the second."""
    return unicodedata.normalize("NFD", seen(text))


def page_letters(text: str) -> str:
    """The letters of a page as PDFium reads it, to be counted: where any is from the right, it turns brackets round."""
    found = hyphens_alike(letters(text))
    return found.translate(_OPENING) if runs_from_right_anywhere(found) else found


def hyphens_alike(text: str) -> str:
    """A text with one kind of hyphen: PDFium gives one at the end of a line as a sign that says that a word goes on."""
    return text.translate(_HYPHENS)


def all_printable(values: Mapping[str, str]) -> dict[str, str]:
    """The values as they are set, by name, without those that are empty then."""
    made = {name: printable(value) for name, value in values.items()}
    return {name: value for name, value in made.items() if value}
