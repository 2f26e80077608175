"""Boxes to tick, as people type them, and what stands behind each."""

from __future__ import annotations

import re

from .typed_blanks import BLANK

_BOX = r"(?:[☐☑☒□❏❑◻⬜○◯⃝✓✔❒▢\U0001f78e-\U0001f793\U0001f5f5-\U0001f5f9]|\\?\[[ _xX]?\\?\]|\(\s\)|\(\))"
_START = re.compile(rf"^\s*(?:{_BOX}|_{{2,5}}(?=[ \t]+[^\W\d_]))\s*")
_INLINE = re.compile(rf"\s*{_BOX}\s*")
_OTHER = re.compile(r"(?:other|otr[oa]s?)\b", re.IGNORECASE)
_YES_NO = re.compile(
    r"^(.*\?)\s*\(?((?:yes|s[ií]))\s*(?:/|or|o|,|\s{2,}|\t)\s*(no)\)?(?:\s*(?:/|,)\s*(not sure|no s[eé]))?\.?$", re.I
)


def begins_with_tick(text: str) -> bool:
    """Whether a line begins with a box."""
    return _START.match(text) is not None and bool(re.search(r"\w", _START.sub("", text).replace("_", "")))


def without_tick(text: str) -> str:
    """A line without the box that it begins with."""
    return _START.sub("", text, count=1)


def ticked(text: str) -> list[str]:
    """What stands behind the boxes of a line that begins with one."""
    rest = _START.sub("", text, count=1)
    return [option.strip(" \t;,") for option in _INLINE.split(rest) if option.strip(" \t;,_.")]


def asked_and_options(text: str) -> tuple[str, list[str]] | None:
    """A question with its boxes on the same line; None if it has not two of them."""
    if found := _YES_NO.match(text):
        return found[1].strip(), [one for one in found.groups()[1:] if one]
    asked, *options = _INLINE.split(text)
    options = [option.strip(" \t;,") for option in options if option.strip(" \t;,_")]
    return (asked.strip(" \t"), options) if len(options) > 1 else None


def without_other(options: list[str]) -> tuple[list[str], bool]:
    """The options, and whether there was one to write in."""
    kept = [BLANK.sub("", option).strip(" :") for option in options if not is_other(option)]
    return kept, len(kept) < len(options)


def is_other(option: str) -> bool:
    """Whether an option is one to write in: `Other: ____`, or a blank alone."""
    if BLANK.search(option):
        return bool(_OTHER.match(option)) or not BLANK.sub("", option).strip(" :")
    return _OTHER.fullmatch(option.strip(" :.")) is not None
