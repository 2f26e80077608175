"""Quotations with a speaker: words in quotation marks, and behind them whose they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from handoutkit.models.markdown import to_plain

_MARKED = r"[\"“«]([^\"“”«»]{12,1000})[.,]?[\"”»][.,]?"
_DASHED = re.compile(rf"^{_MARKED}\s*[\n ]*[-–—~]+\s*([^\d\n]{{3,80}}?)(?:,?\s*\(?((?:19|20)\d\d)\)?)?\.?$")
_BRACKETED = re.compile(rf"^{_MARKED}\s*\(([^()]{{3,160}})\)\.?$")
_DASHED_BARE = re.compile(r"^(.{12,1000}?)\s+[-–—~]+\s*([A-ZÀ-Þ][^\d\n.!?]{2,80})$", re.S)
_DASHES = ("—", "―")
_CREDIT = re.compile(r"[—―]\s*([^\s.!?¿¡][^!?¿¡\n]{1,160}?)")
_LONGEST = 1_000
_YEAR = re.compile(r"(?:19|20)\d\d")


class QuotedWords(NamedTuple):
    """Somebody's words: the words, who says them, and in which work if that is said."""

    text: str
    speaker: str
    work: str = ""
    year: int | None = None


def quotation_in(text: str, *, quoted: bool) -> QuotedWords | None:
    """The quotation that a paragraph is; None if it is none, or does not say whose it is.

    Args:
        quoted: whether the paragraph was set as a quotation.
    """
    words = to_plain(text) if quoted or text[:1] in '"“«*' else ""
    if found := _BRACKETED.match(words.replace("\n", " ")):
        return _from_brackets(found[1], found[2])
    if found := _DASHED.match(words) or (_DASHED_BARE.match(_with_line_ends(text)) if quoted else None):
        year = found[3] if found.re is _DASHED else None
        speaker, _, work = found[2].strip(" *").partition(", ")
        return QuotedWords(found[1].strip(), speaker, work.strip(" *"), int(year) if year else None)
    return None


def credited(text: str, below: Sequence[str]) -> QuotedWords | None:
    """The quotation that a paragraph is by the line below it, ``— Ina Sample, nurse``.

    Where the paragraph, or the one after that line, begins with a dash, too, people talk by turns.
    """
    turns = any(one.startswith(_DASHES) for one in (text, *below[1:]))
    found = _CREDIT.fullmatch(to_plain(below[0])) if below and not turns and len(text) <= _LONGEST else None
    if found is None:
        return None
    speaker, _, work = found[1].partition(", ")
    return QuotedWords(text, speaker, work)


def _with_line_ends(text: str) -> str:
    return re.sub(r"[*\\]", "", text)


def _from_brackets(words: str, facts: str) -> QuotedWords:
    """What stands in brackets behind a quotation: ``Work, Author, year``, or ``Author, year``."""
    year = _YEAR.search(facts)
    parts = [part for part in (one.strip() for one in _YEAR.sub("", facts).split(",")) if part]
    speaker = parts[-1] if parts else facts
    return QuotedWords(words.strip(), speaker, ", ".join(parts[:-1]), int(year[0]) if year else None)
