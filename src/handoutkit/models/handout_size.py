"""How much there is to set in a handout: letters, and all else by the letters that take as long to set.

Each list and text has its own limit, and together they would come to hours. So a handout has one limit in all.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from handoutkit.models.blocks.block import Block
from handoutkit.models.blocks.figure import Figure
from handoutkit.models.blocks.frames_and_cards import CardSet
from handoutkit.models.blocks.lists_and_questions import Vignette
from handoutkit.models.blocks.prompts import LinesResponse, Prompt
from handoutkit.models.blocks.reading_blocks import QrCode

from .translatable_text import words_of

MAX_SIZE = 200_000
"""Most that a handout may come to, some sixty pages of plain words; the largest that ships comes to a tenth of it."""
MAX_PLACES = 1_500
"""Most places a handout may have in all: enough for a month of records, and no build takes minutes."""
_TEXT, _PLACE, _LINE, _CARD = 80, 100, 60, 240
_LONG_WORD = 30
"""Letters of longer words count twice: where a line may break in them has to be tried out."""
_MARK = 7
"""Letters that a star counts as beside itself: what is between two of them is set by itself."""
_FIGURE, _REGION, _LINK, _CODE = 1_000, 800, 150, 6_000
_INNER = 120
"""Letters that a line of a list in a list counts as beside those of any line: it is an item with a mark of its own."""


class Size(NamedTuple):
    """What a handout comes to, in letters."""

    words: int = 0
    places: int = 0
    figures: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self)

    @property
    def in_two_languages(self) -> Size:
        """The same with each text in a second language too."""
        return self._replace(words=2 * self.words)

    @property
    def too_much(self) -> str:
        """What is wrong with it; empty if nothing is."""
        if self.total <= MAX_SIZE:
            return ""
        parts = (f"{self.words:,} of words", f"{self.places:,} of places to write", f"{self.figures:,} of figures")
        return f"this handout comes to {self.total:,} letters ({', '.join(parts)}), and at most {MAX_SIZE:,} are taken"


def size_of(blocks: Iterable[Block]) -> Size:
    """What blocks come to; a new paragraph or line counts as eighty letters, a region of a figure as eight hundred."""
    words = places = figures = 0
    for block in blocks:
        words += sum(_letters(item.text) for item in words_of(block))
        places += _PLACE * block.places + _LINE * _lines(block)
        if isinstance(block, Figure):
            figures += _FIGURE + _REGION * len(block.regions) + _LINK * len(block.links)
        elif isinstance(block, QrCode):
            figures += _CODE
        elif isinstance(block, CardSet):
            places += _CARD * (len(block.cards) + block.blanks)
    return Size(words, places, figures)


def _letters(text: str) -> int:
    """Of a text as ``words_of`` gives it: each line end in it is a new paragraph or a break that is wanted."""
    lines = sum(bool(line) for line in text.split("\n"))
    in_long_words = sum(len(word) for word in text.split() if len(word) > _LONG_WORD)
    marks, inner = text.count("*"), text.count("\n- ")
    return len(text) + in_long_words + _MARK * marks + _TEXT * lines + _INNER * inner


def _lines(block: Block) -> int:
    """Lines to write on, of those that have more than a place needs."""
    if isinstance(block, Prompt) and isinstance(block.response, LinesResponse):
        return block.response.count * max(1, len(block.response.labels))
    return len(block.questions) * block.answer_lines if isinstance(block, Vignette) else 0
