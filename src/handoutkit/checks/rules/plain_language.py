"""Rules on plain language: the reading grade, long sentences and paragraphs, the passive voice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handoutkit.checks.rule import PLAIN, READING, Finding
from handoutkit.checks.text.reader_copy import ReaderText
from handoutkit.checks.text.reading_grade import FAILING_GRADE, HIGHEST_GRADE, MIN_SENTENCES
from handoutkit.checks.text.sentences import paragraphs, split
from handoutkit.checks.text.word_lists import FEELINGS

MAX_WORDS, MAX_SENTENCES = 25, 5
"""Words in a sentence, and sentences in a paragraph."""
MIN_MEAN_WORDS, MAX_MEAN_WORDS = 9, 14
"""Words in a sentence on average: below the first a page reads like a primer, above the second it is hard to hold."""
_PASSIVE_SHARE, _MIN_SENTENCES_IN_VOICE = 0.2, 10


# A form of "be", perhaps an adverb, and a participle that is not first of all a word for how someone is or feels.
_BE = r"\b(?:am|is|are|was|were|be|been|being)(?:n['’]t)?(?: not| never| often| always| \w+ly)?"
_IRREGULAR = (
    "given|taken|made|seen|told|kept|held|shown|written|known|done|found|put|read|sent|said|chosen|brought|built"
)
PASSIVE = re.compile(rf"{_BE} (\w+ed|{_IRREGULAR})\b", re.IGNORECASE)


def is_passive(sentence: str) -> bool:
    """Whether a sentence looks passive; "you are tired" does not."""
    return any(match[1].lower() not in FEELINGS for match in PASSIVE.finditer(sentence))


@READING.rule(
    "reading-grade-high",
    f"The client's sentences ask for {HIGHEST_GRADE} years of school at most; for less if `reading_grade` aims lower.",
    "use shorter words where there are some, and make two sentences of one",
    english=True,
)
def high_grade(wording: ReaderText) -> Iterator[Finding]:
    """Above what is aimed at, and not yet above what fails."""
    if (grade := wording.grade) and wording.aim < grade.deciding <= FAILING_GRADE:
        yield _grade_finding(wording, grade.deciding)


@READING.rule(
    "reading-grade-too-high",
    f"The client's sentences never ask for more than {FAILING_GRADE} years of school.",
    "use shorter words where there are some, and make two sentences of one",
    severity="error",
    english=True,
    suppressible=False,
)
def too_high_grade(wording: ReaderText) -> Iterator[Finding]:
    """Above what any reader can be asked for."""
    if (grade := wording.grade) and grade.deciding > FAILING_GRADE:
        yield _grade_finding(wording, grade.deciding)


def _grade_finding(wording: ReaderText, grade: float) -> Finding:
    hardest = max(wording.sentences, key=lambda sentence: len("".join(sentence.words)) if sentence.ended else 0)
    message = f"these sentences are at grade {grade}, and at most {wording.aim} is aimed at; this one is the heaviest"
    return Finding(hardest.passage.at, message, hardest.start)


@PLAIN.rule(
    "sentence-long",
    f"No sentence has more than {MAX_WORDS} words.",
    "make two of it, or a list",
    english=True,
)
def long_sentences(wording: ReaderText) -> Iterator[Finding]:
    """Each sentence with too many words."""
    for sentence in wording.sentences:
        if len(sentence.words) > MAX_WORDS:
            message = f"this sentence has {len(sentence.words)} words, and more than {MAX_WORDS} are hard to hold"
            yield Finding(sentence.passage.at, message, sentence.start)


@PLAIN.rule(
    "sentences-long",
    f"Sentences have {MAX_MEAN_WORDS} words or fewer on average.",
    "shorten the longest ones first",
    english=True,
)
def long_on_average(wording: ReaderText) -> Iterator[Finding]:
    """Too many words in a sentence over the whole text."""
    if (grade := wording.grade) and grade.words_a_sentence > MAX_MEAN_WORDS:
        longest = max(wording.sentences, key=lambda sentence: len(sentence.words))
        message = f"sentences have {grade.words_a_sentence:.1f} words on average, and {MAX_MEAN_WORDS} are aimed at"
        yield Finding(longest.passage.at, message, longest.start)


@PLAIN.rule(
    "sentences-short",
    f"Sentences have {MIN_MEAN_WORDS} words or more on average, where there are {MIN_SENTENCES} of them.",
    "join what belongs together, as you would say it to an adult",
    severity="notice",
    english=True,
)
def short_on_average(wording: ReaderText) -> Iterator[Finding]:
    """Too few words in a sentence over the whole text."""
    grade = wording.grade
    if grade and grade.sentences >= MIN_SENTENCES and round(grade.words_a_sentence, 1) < MIN_MEAN_WORDS:
        first = next(sentence for sentence in wording.sentences if sentence.ended)
        mean = f"sentences have {grade.words_a_sentence:.1f} words on average"
        message = f"{mean}, and {MIN_MEAN_WORDS} to {MAX_MEAN_WORDS} are aimed at"
        yield Finding(first.passage.at, message, first.start)


@PLAIN.rule(
    "paragraph-long",
    f"No paragraph has more than {MAX_SENTENCES} sentences.",
    "leave an empty line where a new thought begins, or make a block of it",
    english=True,
)
def long_paragraphs(wording: ReaderText) -> Iterator[Finding]:
    """Each paragraph with too many sentences."""
    for passage in wording.running:
        for paragraph in paragraphs(passage.words):
            count = sum(1 for _ in split(paragraph))
            if count > MAX_SENTENCES:
                message = f"this paragraph has {count} sentences, and {MAX_SENTENCES} are enough"
                yield Finding(passage.at, message, " ".join(paragraph.split()[:3]))


@PLAIN.rule(
    "voice-passive",
    "Most sentences say who does what: fewer than one in five is in the passive voice.",
    'say who does it: "your therapist reads it", not "it is read"',
    decides="doubt",
    english=True,
)
def passive_voice(wording: ReaderText) -> Iterator[Finding]:
    """The first passive sentence, if one in five or more is."""
    whole = [sentence for sentence in wording.sentences if sentence.ended]
    passive = [sentence for sentence in whole if is_passive(sentence.text)]
    if len(whole) >= _MIN_SENTENCES_IN_VOICE and len(passive) >= _PASSIVE_SHARE * len(whole):
        message = f"{len(passive)} of {len(whole)} sentences do not say who does it; this is the first"
        yield Finding(passive[0].passage.at, message, passive[0].start)


CHECKS = (high_grade, too_high_grade, long_sentences, long_on_average, short_on_average, long_paragraphs, passive_voice)
