"""Rules on words: labels for people, suicide, promises, blame, jargon, and terms that need a concept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from handoutkit.checks.rule import PEMAT, PLAIN, SAFETY, Finding
from handoutkit.checks.text.harm_patterns import CURE, PROVOKED, REPORTED, is_negated
from handoutkit.checks.text.reader_copy import ReaderCopy, ReaderText
from handoutkit.checks.text.word_lists import ACRONYMS_KNOWN, BLAME, JARGON, LABELS, PROMISES, SUICIDE, TERMS
from handoutkit.models.blocks.reading_blocks import Concept

from .harm import doubtful_words

_LISTS = {"suicide": SUICIDE, "labels": LABELS, "promises": PROMISES, "blame": BLAME, "jargon": JARGON}
_ACRONYM = re.compile(r"\b[A-Z]{3,6}s?\b")
_SENTENCE_START = re.compile(r"[.!?…]\s+")
_MEANS = r"\W{0,3}\s*(?:\((?!\))|(?:is|are|means?|says that|stands for)\b)"


@lru_cache
def _words(name: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """One pattern for a whole list, a group a word, and what to write for each; compiled when it is first needed."""
    words = _LISTS[name]
    joined = "|".join(f"({pattern})" for pattern in words)
    return re.compile(rf"\b(?:{joined})\b", re.IGNORECASE), tuple(words.values())


@lru_cache
def _terms() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{TERMS})\b", re.IGNORECASE)


def _listed(
    wording: ReaderText, name: str, what: str, *, negated: bool = False, reported: bool = False
) -> Iterator[Finding]:
    """Args: negated, reported: words are let be after a "not", or where others are said to say them."""
    pattern, better = _words(name)
    for passage in wording.passages:
        for match in pattern.finditer(passage.words):
            before = _SENTENCE_START.split(passage.words[: match.start()])[-1]
            if (negated and is_negated(before)) or (reported and REPORTED.search(before)):
                continue
            words = " ".join(match[0].split())
            yield Finding(passage.at, f"`{words}` {what}", match[0], f"better: {better[(match.lastindex or 1) - 1]}")


@SAFETY.rule(
    "words-suicide",
    'Suicide is spoken of without crime or success: "died by suicide", never "committed".',
    "write it in the words that are suggested",
    english=True,
)
def words_on_suicide(wording: ReaderText) -> Iterator[Finding]:
    """Words that make suicide a crime or a success."""
    return _listed(wording, "suicide", "adds stigma or harm")


@SAFETY.rule(
    "label-deficit",
    "Nobody is named after a deficit, an illness or what was done to them.",
    "name the person first, or say what happens",
    decides="doubt",
    english=True,
)
def deficit_labels(wording: ReaderText) -> Iterator[Finding]:
    """Words that name people after a deficit."""
    return _listed(wording, "labels", "may be a label for a person", negated=True, reported=True)


@SAFETY.rule(
    "promise",
    "Nothing is promised that no one can keep.",
    'say what it may do: "may help", "helps many people"',
    decides="doubt",
    english=True,
)
def promises(wording: ReaderText) -> Iterator[Finding]:
    """Words that promise."""
    yield from _listed(wording, "promises", "sounds like a promise", negated=True)
    yield from doubtful_words(wording.passages, CURE, "`{}` sounds like a promise")


@SAFETY.rule(
    "blame",
    "No one is blamed, and no feeling is ordered away.",
    "say what made sense then, and what can be done now",
    decides="doubt",
    english=True,
)
def blame(wording: ReaderText) -> Iterator[Finding]:
    """Words that blame, or order a feeling away."""
    yield from _listed(wording, "blame", "may sound like blame")
    yield from doubtful_words(wording.passages, PROVOKED, "`{}` may sound like blame")


@PLAIN.rule(
    "word-hard",
    "Everyday words stand where there are some.",
    "write the everyday word",
    decides="doubt",
    english=True,
)
def hard_words(wording: ReaderText) -> Iterator[Finding]:
    """Office and clinic words."""
    return _listed(wording, "jargon", "has an everyday word")


@PEMAT.rule(
    "term-undefined",
    "Clinical terms and abbreviations are explained: by a `concept` block, or in the same text.",
    "add a `concept` block for it, or say it in everyday words",
    decides="doubt",
    english=True,
)
def undefined_terms(copy: ReaderCopy) -> Iterator[Finding]:
    """Clinical terms and abbreviations, where they stand first, that nothing in the handout explains."""
    everything = " \n".join(passage.words for passage in copy.wording.passages)
    explained = " \n".join(f"{concept.term}" for _, concept in copy.of(Concept)).lower()
    seen: set[str] = set()
    for passage in copy.wording.passages:
        terms = [match[0] for match in _terms().finditer(passage.words)]
        capitals = [] if passage.words.isupper() else [match[0] for match in _ACRONYM.finditer(passage.words)]
        terms += [word for word in capitals if word not in ACRONYMS_KNOWN]
        for term in terms:
            if term.lower() not in seen and not _is_explained(term, explained, everything):
                yield Finding(passage.at, f"`{term}` is a term that nothing here explains", term)
            seen.add(term.lower())


def _is_explained(term: str, concepts: str, everything: str) -> bool:
    stem = re.escape(term.lower()[: max(5, len(term) - 4)])
    if re.search(stem, concepts):
        return True
    meaning = rf"\b{re.escape(term)}{_MEANS}"
    called = rf"(?:called|call it|name for|word for|known as)\W+(?:\w+\W+)?{re.escape(term)}\b|\({re.escape(term)}\)"
    return re.search(meaning, everything, re.IGNORECASE) is not None or re.search(called, everything, re.I) is not None


CHECKS = (words_on_suicide, deficit_labels, promises, blame, hard_words)
COPY_CHECKS = (undefined_terms,)
