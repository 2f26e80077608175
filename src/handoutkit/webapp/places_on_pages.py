"""Where on the pages of a PDF the words of a form stand, so that they can be changed there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

_BETWEEN = re.compile(r"\]\([^)]*\)|\{[^}]*\}|\n")
"""What cuts a text into pieces that stand on a page as they are: the address of a link, a gap, a new line."""
_START = 32
"""So many letters are looked for where the whole piece is not found, such as one that goes on overleaf."""
_CLEAR = 12
"""A piece of so many letters is not there by chance: what comes after it in the form comes after it on the pages."""


@dataclass(frozen=True, slots=True)
class PagePlace:
    """A place on a page, which counts from 1; its sides are parts of the page's width and height, from the top left."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter of a page: the number of its page, its index there, and whether a word begins or ends with it."""

    page: int
    index: int
    begins: bool
    ends: bool


def places_of(document: pypdfium2.PdfDocument, texts: Sequence[str]) -> list[PagePlace | None]:
    """Where each text stands; None for one that is on no page. They are in the order of the pages, more or less.

    Only letters and digits count, for a page has neither the signs of strong words nor the breaks of a file.
    """
    pages = [document[number].get_textpage() for number in range(len(document))]
    letters: list[_Letter] = []
    said = ""
    for number, page in enumerate(pages):
        for sign, letter in _letters_of(page, number):
            said += sign
            letters.append(letter)
    found: list[PagePlace | None] = []
    after = 0
    for text in texts:
        ranges = []
        at = after
        for piece in filter(None, map(_plain, _BETWEEN.split(text))):
            if (one := _find(said, letters, piece, at)) is None:
                continue
            ranges.append(one)
            at = one[1]
            if len(piece) >= _CLEAR:
                after = at
        found.append(_around(document, pages, [(letters[one], letters[end - 1]) for one, end in ranges]))
    return found


def _letters_of(page: pypdfium2.PdfTextPage, number: int) -> Iterator[tuple[str, _Letter]]:
    plain = [_plain(chr(raw.FPDFText_GetUnicode(page, index))) for index in range(page.count_chars())]
    for index, signs in enumerate(plain):
        begins = not index or not plain[index - 1]
        ends = index + 1 == len(plain) or not plain[index + 1]
        for at, sign in enumerate(signs):
            yield sign, _Letter(number, index, begins and not at, ends and at + 1 == len(signs))


def _plain(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())


def _find(said: str, letters: Sequence[_Letter], piece: str, after: int) -> tuple[int, int] | None:
    """Where whole words have these letters, first from ``after`` on; a short piece that is there twice is in doubt."""
    for wanted, is_whole in ((piece, True), (piece[:_START], False)):
        if len(wanted) < (2 if is_whole else _START):
            continue
        for start in (after, 0):
            at = said.find(wanted, start)
            while at >= 0:
                end = at + len(wanted)
                if letters[at].begins and (letters[end - 1].ends or not is_whole):
                    return at, end
                at = said.find(wanted, at + 1)
    return None


def _around(
    document: pypdfium2.PdfDocument, pages: Sequence[pypdfium2.PdfTextPage], ranges: Sequence[tuple[_Letter, _Letter]]
) -> PagePlace | None:
    """The rectangle around letters; on the page of the first, if they are on several."""
    number = ranges[0][0].page if ranges else 0
    sides = []
    for first, last in ranges:
        if first.page == last.page == number:
            count = pages[number].count_rects(first.index, last.index - first.index + 1)
            sides += [pages[number].get_rect(one) for one in range(count)]
    if not sides:
        return None
    left, bottom, right, top = zip(*sides, strict=True)
    width, height = document[number].get_size()
    return PagePlace(
        number + 1, min(left) / width, 1 - max(top) / height, max(right) / width, 1 - min(bottom) / height
    )
