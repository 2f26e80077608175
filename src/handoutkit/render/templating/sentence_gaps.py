"""Splits a sentence with gaps into parts, so that lines break only where they may."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from handoutkit.models import markdown
from handoutkit.models.blocks.frames_and_cards import SLOT, FrameSlot

MAX_LEAD = {"short": 40, "long": 12}
"""Characters before a gap of that size that stay on its line: together they fit across a page in the largest print.

A long gap takes few of them along, or what stands before these would look like a line whose gap was lost.
"""
_HAN = "\u3400-\u9fff"
_CLOSING = re.compile(rf"[^\s<>&{_HAN}]{{0,4}}")
_LAST_WORDS = re.compile(r"(?<=\s)([^\s<>]{1,10}) ([^\s<>]{1,8})$")
"""A line of a frame is as high as a place to write, too high for one word."""
_FIRST_WORD = re.compile(r"(?<=[.?!:] )([^\s<>]{1,4}) (?=[^\s<>])|(?<=:)() (?=[^\s<>]{1,4}\s)")
"""The short word that a sentence begins with goes on with it, and does not end the line of the one before."""
_WORD = re.compile(r"[^\s。？！]*[。？！]+”?|\S+\s*")
"""A word and the space after it; Chinese has none, and what ends with its full stop is taken as one."""


class FramePart(NamedTuple):
    """A gap of a sentence frame, and the words before it; those that stay on its line are apart."""

    words: Markup
    lead: Markup
    slot: FrameSlot | None
    closing: Markup


class FrameParagraph(NamedTuple):
    """A paragraph of a sentence frame: its gaps, and after them words alone; and the lines that end it."""

    parts: tuple[FramePart, ...]
    last: FrameSlot | None


def gaps(frame: str, slots: Sequence[FrameSlot]) -> list[FrameParagraph]:
    """Split a sentence frame into its paragraphs, and these at their gaps."""
    named = {slot.id: slot for slot in slots}
    return [_with_gaps(paragraph, named) for paragraph in re.split(r"\n\s*\n", frame)]


def _with_gaps(paragraph: str, slots: Mapping[str, FrameSlot]) -> FrameParagraph:
    # Markup: the parser escapes, and HTML is off.
    pieces = SLOT.split(markdown.to_inline_html(paragraph))  # words, a gap's id, words, a gap's id, ... words
    pieces[::2] = [_FIRST_WORD.sub("\\1\N{NO-BREAK SPACE}", words) for words in pieces[::2]]
    pieces[-1] = _LAST_WORDS.sub("\\1\N{NO-BREAK SPACE}\\2", pieces[-1])
    found = [slots[name] for name in pieces[1::2]]
    # A gap of whole lines ends its paragraph: it stands below the words and not in the sentence.
    last = found[-1] if found and found[-1].size == "lines" else None
    inline = [slot if slot.size != "lines" else None for slot in found]
    parts, words = [], pieces[0]
    for slot, after in zip((*inline, None), (*pieces[2::2], ""), strict=True):
        # The last words before a gap stay on its line, and so does the punctuation right behind it.
        at = _lead(words, MAX_LEAD[slot.size]) if slot else len(words)
        closing = _CLOSING.match(after)[0] if slot else ""  # type: ignore[index]
        parts.append(FramePart(Markup(words[:at]), Markup(words[at:]), slot, Markup(closing)))  # noqa: S704
        words = after.removeprefix(closing)
    return FrameParagraph(tuple(parts), last)


def _lead(words: str, limit: int) -> int:
    """Where the last few words of an unfinished sentence begin. Those with a tag are none of them."""
    at = len(words)
    for word in reversed(list(_WORD.finditer(words))):
        ends = word[0].rstrip().endswith((".", "?", "!", "。", "？", "！", "。”"))
        if ends or len(words) - word.start() > limit or "<" in word[0] or ">" in word[0]:
            break
        at = word.start()
    return at
