"""Where on the pages of a PDF the words of a form stand, so that they can be changed there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import pypdfium2
from pypdfium2 import raw

_BETWEEN = re.compile(r"\]\([^)]*\)|\{[^}]*\}|\n")
"""What cuts a text into pieces that stand on a page as they are: the address of a link, a gap, a new line."""
_START = 32
"""So many letters are looked for where the whole piece is not found, such as one that goes on overleaf."""
_WORD = re.compile(r"[a-z0-9-]+")
"""A word that could as well be no text at all, such as a topic."""
_TIERS = (40, 12, 1, 0)
"""How many letters the texts have that are looked for first, and so on, for a word must not be taken out of a sentence;
a mere word counts as none."""
_FAR = 400
"""A text of the last tiers that stands so many letters away from those around it is another one, such as a topic."""


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

    sign: str
    page: int
    index: int
    begins: bool
    ends: bool


def places_of(document: pypdfium2.PdfDocument, texts: Sequence[str]) -> list[PagePlace | None]:
    """Where each text stands; None for one that is on no page. They are in the order of the pages, more or less.

    Only letters and digits count, for a page has neither the signs of strong words nor the breaks of a file.
    """
    pages = [document[number].get_textpage() for number in range(len(document))]
    letters = _Letters([one for number, page in enumerate(pages) for one in _letters_of(page, number)])
    pieces = [list(filter(None, map(_plain, _BETWEEN.split(text)))) for text in texts]
    sizes = [0 if _WORD.fullmatch(text) else sum(map(len, its)) for text, its in zip(texts, pieces, strict=True)]
    found: dict[int, list[tuple[_Letter, _Letter]]] = {}
    near = [0] * len(texts)
    for least in _TIERS:
        at = 0
        for number, its in enumerate(pieces):
            if number in found or sizes[number] < least:
                at = near[number] or at
                continue
            found[number] = []
            for piece in its:
                if place := letters.take(piece, at, len(letters.all) if least > 1 else _FAR):
                    at = place[1]
                    found[number].append((letters.all[place[0]], letters.all[at - 1]))
            near[number] = at
    return [_around(document, pages, found[number]) for number in range(len(texts))]


class _Letters:
    """The letters of all pages. What one text has taken is no other's."""

    def __init__(self, letters: Sequence[_Letter]) -> None:
        self.all = letters
        self._said = "".join(one.sign for one in letters)
        self._taken = bytearray(len(letters))

    def take(self, piece: str, near: int, far: int) -> tuple[int, int] | None:
        """Take the whole words that have these letters, nearest to one letter; of a long piece its start.

        Args:
            near: the number of that letter; what is ``far`` from it does not count.
        """
        for wanted, is_whole in ((piece, True), (piece[:_START], False)):
            if len(wanted) < (2 if is_whole else _START):
                continue
            starts = [one for one in self._starts(wanted) if abs(one - near) <= far]
            starts = [one for one in starts if not is_whole or self.all[one + len(wanted) - 1].ends]
            if starts:
                at = min(starts, key=lambda one: abs(one - near))
                end = at + len(wanted)
                self._taken[at:end] = b"\1" * len(wanted)
                return at, end
        return None

    def _starts(self, wanted: str) -> Iterator[int]:
        at = self._said.find(wanted)
        while at >= 0:
            if self.all[at].begins and not any(self._taken[at : at + len(wanted)]):
                yield at
            at = self._said.find(wanted, at + 1)


def _letters_of(page: pypdfium2.PdfTextPage, number: int) -> Iterator[_Letter]:
    plain = [_plain_sign(raw.FPDFText_GetUnicode(page, index)) for index in range(page.count_chars())]
    for index, signs in enumerate(plain):
        begins = not index or not plain[index - 1]
        ends = index + 1 == len(plain) or not plain[index + 1]
        for at, sign in enumerate(signs):
            yield _Letter(sign, number, index, begins and not at, ends and at + 1 == len(signs))


def _plain(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())


@cache
def _plain_sign(code: int) -> str:
    return _plain(chr(code))


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
    return PagePlace(number + 1, min(left) / width, 1 - max(top) / height, max(right) / width, 1 - min(bottom) / height)
