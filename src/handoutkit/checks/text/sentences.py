"""Paragraphs, sentences and words of English text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .passages import PARAGRAPH, Passage

WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+(?:['’][A-Za-z]+)*")
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-ZÀ-ÖØ-ÞĀ-Ž0-9])|[.!?…]+[\"'”’)\]]*$")
# An abbreviation's stop ends no sentence (those that can end one, such as "a.m.", do so before a capital letter).
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|vs|e\.g|i\.e|etc|No|approx|[A-Z])\.$")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or what stands in its place at the end of a paragraph.

    Attributes:
        ended: a mark of punctuation ends it; a fragment such as a cell of a table has none.
    """

    passage: Passage
    text: str
    words: tuple[str, ...]
    ended: bool

    @property
    def start(self) -> str:
        """The first words, which can be pointed at in the file."""
        return " ".join(self.text.split()[:3])


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each on one line."""
    return [" ".join(part.split()) for part in PARAGRAPH.split(text) if part.strip()]


def sentences_in(passages: Iterable[Passage]) -> Iterator[Sentence]:
    """The sentences of running text, in order."""
    for passage in passages:
        if passage.running:
            for paragraph in paragraphs(passage.words):
                yield from _sentences(passage, paragraph)


def words_in(text: str) -> tuple[str, ...]:
    """The words; numbers and addresses are none."""
    return tuple(WORD.findall(_ADDRESS.sub(" ", text)))


def split(paragraph: str) -> Iterator[tuple[str, bool]]:
    """The sentences of a paragraph, and whether each has an end."""
    start = 0
    for mark in _END.finditer(paragraph):
        if _ABBREVIATION.search(paragraph[start : mark.end()]) and mark.end() < len(paragraph):
            continue
        yield paragraph[start : mark.end()].strip(), True
        start = mark.end()
    if rest := paragraph[start:].strip():
        yield rest, False


def _sentences(passage: Passage, paragraph: str) -> Iterator[Sentence]:
    for text, ended in split(paragraph):
        if words := words_in(text):
            yield Sentence(passage, text, words, ended)
