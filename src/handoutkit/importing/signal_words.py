"""The words of ``words.yaml``: what a heading announces, and what of a page is not its text."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from handoutkit.models.markdown import to_plain

_NUMBER = re.compile(r"^\s*(?:(?:part|step|section|chapter|parte|paso)\s+)?[\dIVX]{1,4}[.):]\s*", re.IGNORECASE)
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")


@cache
def _words() -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Any] = yaml.load(Path(__file__).with_name("words.yaml").read_text("utf-8"), loader)  # noqa: S506 - safe
    return found


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\|\s+", "|", text.strip()), re.IGNORECASE)


def bare(text: str) -> str:
    """A heading without Markdown, its number and the signs around it."""
    return _EDGE.sub("", _NUMBER.sub("", to_plain(text))).strip().replace("’", "'")


def announced_by(heading: str) -> str:
    """What a heading announces: a key of ``headings``; empty if it is a heading like any other."""
    words = bare(heading)
    return next((kind for kind, pattern in _words()["headings"].items() if _pattern(pattern).fullmatch(words)), "")


def two_sides(heading: str) -> tuple[str, str] | None:
    """The two things that a heading sets against each other: ``A vs. B``."""
    found = _pattern(_words()["versus"]).match(bare(heading))
    return (found[1].strip(), found[2].strip()) if found else None


def begins_left_out(text: str) -> str:
    """Why a page's text ends at a line like this; empty if it does not."""
    return _reason(text, "from")


def left_out_line(text: str) -> str:
    """Why a line is no part of a page's text; empty if it is."""
    return _reason(text, "line") or _reason(text, "from")


def _reason(text: str, key: str) -> str:
    words = " ".join(to_plain(text).replace("’", "'").split())
    if not words or len(words) > 600:
        return ""
    squeezed = _EDGE.sub("", words)
    for why, facts in _words()["left_out"].items():
        pattern = facts.get(key)
        if pattern and (_pattern(pattern).fullmatch(words) or _pattern(pattern).fullmatch(squeezed)):
            return str(why)
    return ""


def says(why: str) -> str:
    """A reason in words."""
    return str(_words()["left_out"][why]["says"])


def language_of(text: str) -> str:
    """``en`` or ``es``, by the commonest words."""
    counted = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    scores = {name: sum(counted[word] for word in words.split()) for name, words in _words()["words_of"].items()}
    best: str = max(scores, key=lambda name: scores[name])
    return best


def draft_words(language: str) -> dict[str, str]:
    """Words that a draft starts with, in its language."""
    found: dict[str, str] = _words()["draft"][language if language in _words()["draft"] else "en"]
    return found
