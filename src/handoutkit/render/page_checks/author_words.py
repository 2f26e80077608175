"""The words of a document's authors, and whether the page templates of a theme left some of them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from handoutkit.models.blocks.frames_and_cards import SLOT
from handoutkit.models.document import Document
from handoutkit.models.markdown import to_plain
from handoutkit.models.translatable_text import words_of

from .fault import Fault, quoted

_NO_LETTER = re.compile(r"[\W_]+")
LONG = 20
"""Letters of a text that is no label of the program."""
_GAP = re.compile(r"_{2,}|\{[^}]*\}|\[[^\]]*\]\(\s*\)")


class AuthorWords:
    """The words that a document prints, as its authors wrote them."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def left_out(self, root: Any) -> list[Fault]:
        """Words of blocks that are not in a page's HTML, each with the type of its block.

        Some are for no page: the lines of a grid are in the names of its fields. Hold them against a shipped page.
        """
        page = _letters("".join(root.itertext()))
        return [
            Fault("words-lost", f"{quoted(piece)} is on no page: its template leaves it out", "template", None, kind)
            for kind, piece in self._pieces()
            if _letters(piece) not in page
        ]

    def has(self, text: str) -> bool:
        """Whether a text is by an author, and not by the program.

        A few words of the program, such as *The main idea*, may stand in a sentence of an author's as well; so short
        ones have to be all of a text.
        """
        letters = _letters(text)
        return letters in self._all or (len(letters) >= LONG and any(letters in each for each in self._all))

    @cached_property
    def _all(self) -> frozenset[str]:
        document = self._document
        second = document.second_language.words.values() if document.second_language else ()
        models = (document.handout, document.practice, *document.blocks, *(credit.note for credit in document.credits))
        texts = [word.text for model in models for word in words_of(model)]
        paragraphs = [part for text in (*texts, *second) for part in (text, *text.split("\n"))]
        return frozenset(_letters(to_plain(part)) for part in paragraphs)

    def _pieces(self) -> Iterator[tuple[str, str]]:
        handout = self._document.handout
        yield "", handout.title
        yield "", handout.key_message
        for block in self._document.blocks:
            for word in words_of(block):
                for paragraph in word.text.split("\n"):
                    for piece in _GAP.split(SLOT.sub("__", paragraph)):
                        if plain := to_plain(piece):
                            yield block.type, plain


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text).casefold()
