"""The reading grade: syllables, sentences and the two formulas."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoutkit.checks.text.passages import passage
from handoutkit.checks.text.reader_copy import copy_of
from handoutkit.checks.text.reading_grade import Grade, count_syllables, grade_of
from handoutkit.checks.text.sentences import sentences_in, words_in
from tests.support.check_samples import loaded, prose


@pytest.mark.parametrize(
    ("word", "count"),
    [("a", 1), ("you're", 1), ("you’re", 1), ("family", 3), ("Family's", 3), ("interdependence", 5), ("walked", 1)],
)
def test_syllables_from_the_dictionary(word: str, count: int) -> None:
    assert count_syllables(word) == count


@pytest.mark.parametrize("word", ["zumbering", "interpracticing", "qx", "ä"])
def test_words_the_dictionary_lacks_have_some(word: str) -> None:
    assert 1 <= count_syllables(word) <= len(word)


def test_the_formulas() -> None:
    grade = Grade(sentences=40, words=400, syllables=530, long_words=24)
    assert grade.flesch_kincaid == round(0.39 * 10 + 11.8 * 1.325 - 15.59, 1) == 3.9
    assert grade.smog == round(1.0430 * (24 * 30 / 40) ** 0.5 + 3.1291, 1) == 7.6
    assert grade.deciding == 7.6


def test_smog_needs_thirty_sentences() -> None:
    grade = Grade(sentences=29, words=290, syllables=400, long_words=30)
    assert grade.smog is None
    assert grade.deciding == grade.flesch_kincaid


def test_too_few_words_have_no_grade() -> None:
    assert grade_of([["walk"] * 99]) is None
    assert grade_of([["walk"] * 50, ["rest"] * 50]) == Grade(2, 100, 100, 0)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Go. Rest!", ["Go.", "Rest!"]),
        ('She asks, "Is there more?" Then she waits.', ["She asks, “Is there more?”", "Then she waits."]),
        ('"Not tonight," he says.', ["“Not tonight,” he says."]),
        ("See Dr. Lee at 9 a.m. or later.", ["See Dr. Lee at 9 a.m. or later."]),
        ("When you can", ["When you can"]),
        ("One line.\n\nAnd one more.", ["One line.", "And one more."]),
        ("1. 2. 3.", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [each.text for each in sentences_in([passage(text, ("x",), running=True)])] == sentences


def test_words_are_no_numbers_or_addresses() -> None:
    assert words_in("Write to me@example.org or see https://example.org by 9, you two.") == (
        "Write", "to", "or", "see", "by", "you", "two",
    )  # fmt: skip


def test_what_is_counted_is_what_a_client_reads_in_sentences(tmp_path: Path) -> None:
    copy = copy_of(loaded(tmp_path, prose("You can *walk* to [a quiet place](https://example.org/extraordinary).")))
    said = [sentence.text for sentence in copy.wording.sentences if sentence.ended]
    assert "You can walk to a quiet place." in said
    assert "You can take one small step." in said
    assert not any("Notes" in text or "CC BY" in text or "Start small" in text for text in said)


def test_smog_leaves_out_what_the_handout_is_about() -> None:
    sentences = [["A", "relationship", "has", "boundaries", "and", "interdependence"]] * 30
    counted, without = grade_of(sentences), grade_of(sentences, ("relationship", "boundary"))
    assert counted
    assert without
    assert (counted.long_words, without.long_words) == (90, 30)
    assert without.left_out == ("relationship", "boundaries")
    assert without.flesch_kincaid == counted.flesch_kincaid


def test_a_name_from_any_latin_alphabet_is_one_word_and_begins_a_sentence() -> None:
    found = list(sentences_in([passage("You may rest. Çiğdem Doğan wrote of it.", ("text",), running=True)]))
    assert [sentence.words for sentence in found] == [
        ("You", "may", "rest"),
        ("Çiğdem", "Doğan", "wrote", "of", "it"),
    ]
