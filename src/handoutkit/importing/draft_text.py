"""Texts of any origin, fitted to what the models of a handout take, with every word kept."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from pydantic_core import PydanticCustomError

from handoutkit.library.shipped_files import shipped_root
from handoutkit.models.fit_to_print.characters import BIDI_CONTROLS, faults_in_characters, piled_mark
from handoutkit.models.markdown import MAX_WORD, check_prose, to_plain

MAX_PLAIN, MAX_TEXT, MAX_PROSE = 160, 1_200, 8_000
"""Most characters of ``Plain``, ``Text`` and ``Prose`` (models/base.py)."""
_LINE_START = re.compile(r"^(\s{0,3})(#{1,6}\s|[-*+]\s|>|```|~~~|\||!\[)", re.MULTILINE)
_NUMBERED = re.compile(r"^(\s{0,3}\d{1,2})([.)]\s)", re.MULTILINE)
_TAG = re.compile(r"<(/?[A-Za-z!][^<>]*)>")
_SENTENCE = re.compile(r"(?<=[.!?…:;])\s+")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffc\ufffd\ufeff\u2028\u2029]")
_MARKUP = re.compile(r"(?<!\\)\*+")
_LINK = re.compile(r"(?<!\\)\[((?:[^\[\]\\]|\\.)*)\]\(([^()\s]*)\)")


def clean(text: str) -> str:
    """A text that can be printed: without signs nobody sees, no Markdown by accident, and no endless word."""
    text = unicodedata.normalize("NFC", html.unescape(text) if "&" in text else text)
    text = _PRIVATE.sub("", text.replace("\u00ad", "").replace("\u200b", ""))
    if not text.isascii() or faults_in_characters(text):
        text = "".join(char for char in text if char in "\n\t" or not _is_unprintable(char))
    while mark := piled_mark(text):
        text = text.replace(mark, "", 1)
    text = _TAG.sub(
        "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}\\1\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
        text.replace("<!--", "--"),
    )
    text = _LINE_START.sub(r"\1\\\2", text)
    text = _NUMBERED.sub(r"\1\\\2", text)
    return " ".join(_broken(word) for word in re.split(r" +", text.replace("\t", " "))).strip()


def _is_unprintable(char: str) -> bool:
    if char in BIDI_CONTROLS or (not char.isalnum() and faults_in_characters(char) is not None):
        return True
    return char > "\u00ff" and unicodedata.category(char) in ("So", "Sk", "Cn", "Cs") and ord(char) not in _signs()


@cache
def _signs() -> frozenset[int]:
    """The signs that the shipped fonts have: a picture of a telephone, say, would stop the build."""
    from fontTools.ttLib import TTFont

    from handoutkit.render.scripts import SIGNS

    with TTFont(shipped_root() / "templates" / SIGNS.font(), lazy=True) as font:
        return frozenset(font.getBestCmap())


def _broken(word: str) -> str:
    """A word that lines can hold; an address of a link stays whole."""
    if len(word) <= MAX_WORD or "](" in word:
        return word
    return re.sub(rf"([^\s/\-]{{{MAX_WORD - 10}}})(?=[^\s/\-])", r"\1 ", word)


def as_paragraph(text: str) -> str:
    """One paragraph of small Markdown that ``check_prose`` takes; what cannot be kept as Markdown becomes words."""
    text = re.sub(r"\n\s*\n", "\n", clean(text))
    for attempt in (text, _without_marks(text), _without_marks(_without_links(text)), _words_alone(text)):
        if "*" in to_plain(attempt) and attempt is text and _MARKUP.search(text):
            continue  # stars that open and close nothing
        try:
            return check_prose(attempt)
        except PydanticCustomError:
            continue
    return ""


def as_plain(text: str) -> str:
    """A text on one line, without Markdown; it may be longer than a label is."""
    return " ".join(to_plain(as_paragraph(text.replace("\n", " "))).split())


def is_label(text: str) -> bool:
    """Whether a text can be a label: short, and on one line."""
    return 0 < len(as_plain(text)) <= MAX_PLAIN


def cut(text: str, most: int) -> Iterator[str]:
    """A text in pieces of at most so many characters, cut where sentences end, or else between words."""
    piece = ""
    for part in _SENTENCE.split(text):
        for words in _lengths(part, most):
            if piece and len(piece) + len(words) + 1 > most:
                yield piece
                piece = words
            else:
                piece = f"{piece} {words}".strip()
    if piece:
        yield piece


def _lengths(text: str, most: int) -> Iterator[str]:
    while len(text) > most:
        at = text.rfind(" ", 0, most)
        at = at if at > 0 else most
        yield text[:at]
        text = text[at:].strip()
    if text:
        yield text


def _without_marks(text: str) -> str:
    return _MARKUP.sub("", text)


def _without_links(text: str) -> str:
    return _LINK.sub(lambda found: found[1] if found[1] == found[2] else f"{found[1]} {found[2]}", text)


def _words_alone(text: str) -> str:
    """Letters, digits and the commonest signs."""
    kept = re.sub(r"[^\w\s.,;:!?'\"’‘“”()/&%+=@–—-]", " ", _without_links(text))
    return re.sub(r"^[\s>#|+-]+|^(\d{1,2})[.)]\s", r"\1 ", " ".join(kept.split()))
