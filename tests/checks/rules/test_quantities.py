"""Numbers on a score card: what counts as one, and that the ends of each scale are said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.check_samples import GOOD, card, codes, judged, prose, with_block

UNSAID = "scale-ends-unsaid"
COUNTED = (("understandability", 6), ("clear_communication", 15), ("clear_communication", 17))
MEANING = ("clear_communication", 16)


def block(kind: str, rest: str) -> str:
    """The good handout with one more block."""
    return with_block(f"  - {{type: {kind}, id: more, heading: How it feels, {rest}}}\n")


def number(question: str, bounds: str = "minimum: 0, maximum: 10") -> str:
    return block("prompt", f"question: '{question}', response: {{type: number, {bounds}}}")


def column(helper: str, note: str = "Think of one day.") -> str:
    columns = f"[{{id: what, header: What}}, {{id: hard, header: Hard, helper: '{helper}', response: number}}]"
    return block("record_table", f"columns: {columns}, rows: 2, ranked: true, reading_note: '{note}'")


def grid(key: str) -> str:
    return block("schedule_grid", f"columns: [Mon, Tue], rows: [Sad, Glad], cell: rating, key: [{key}]")


def measure(*labels: str) -> str:
    anchors = ", ".join(f"{{label: '{label}', points: {points}}}" for points, label in enumerate(labels))
    about = "instructions: Mark one., items: [{id: one, text: I slept.}], rights_statement: Ours."
    return block("measure", f"{about}, anchors: [{anchors}]")


def log(header: str, step: str) -> str:
    told = "title: A walk, purpose: To see what helps you., when: Noon, how_often: Once, how_long: An hour"
    table = f"log: {{columns: [Day, '{header}'], rows: 2}}"
    return block("exercise", f"{told}, steps: ['{step}'], stop_rule: Stop if you are afraid., {table}")


def figure(rest: str) -> str:
    return block("figure", f"alt: A figure of all the parts of your week., caption: Your week., {rest}")


WHEEL = "kind: sectors, regions: [{id: rest, label: Rest, answer: true}, {id: work, label: Work, answer: true}]"
SAID = {
    "an answer": number("How hard is it? 0 is easy, 10 is the hardest."),
    "a column": column("0 (easy) to 10 (very hard)"),
    "a column and its note": column("0-10", "0 is easy. 10 is as hard as it gets."),
    "a column, in words before it": column("0 to 10").replace("Sit down.", "Rate it. 0 means easy and 10 means hard."),
    "days": grid("'**0** not at all', '**10** a lot'"),
    "a line to mark": block("continuum", "question: How is it?, left: Bad, right: Good"),
    "a measure": measure("0, never", "1", "2", "3, each day"),
    "a log": log("Calm, 0 to 10", "Rate it: 0 is not at all, 10 is a lot."),
    "a wheel": figure(WHEEL).replace("caption: Your week.", "caption: 'At 0, it is empty. At 10, it is full.'"),
    "a thermometer": figure("kind: bands, scale: 10, regions: [{label: 6 to 10. Hot}, {label: 0 to 5. Calm}]"),
    "a line with both ends": figure(
        "kind: axis, scale: 4, regions: [{label: Then, value: 0.0}, {label: Now, value: 1.0}]"
    ),
    "words": prose("Rate it from 0 to 10, where calm is 0 and 10 stands for rage."),
    "words with a line to mark": with_block(
        "  - {type: prose, heading: A line, text: Rate it from 0 to 10.}\n"
        "  - {type: continuum, id: more, question: How is it?, left: Bad, right: Good}\n"
    ),
}
LEFT_OPEN = {
    "an answer": number("How hard is it?"),
    "one of several": block("prompt", "question: How hard?, response: {type: choice, options: ['0', '1', '2', '3']}"),
    "a column": column("0-10"),
    "a column, its neighbour said": column("0 to 10").replace("header: What", "header: W, helper: '0 none, 10 lots'"),
    "half of it": column("0 to 10", "10 is as hard as it gets."),
    "days": grid("'**J** joy'"),
    "a measure": measure("0", "1", "2", "3"),
    "a log": log("Calm, 0 to 10", "Look for a 3 or less."),
    "a wheel": figure(WHEEL),
    "a line": figure("kind: axis, scale: 4, regions: [{label: Then, value: 0.1}, {label: Now, value: 0.9}]"),
    "words": prose("Rate your anger from 0 to 10."),
    "words on a scale from one": prose("Rate your anger on a scale of 1 to 5."),
}
NO_SCALE = {
    "hours": prose("Sleep 0 to 10 hours."),
    "a time of day": prose("Rest from 1 to 10 p.m. on that day."),
    "a count": number("How many hours did you sleep?", "minimum: 0, maximum: 24, unit: hours"),
    "chapters": prose("Read pages 1 to 10 of your book."),
    "answers in words": measure("Never", "Some days", "Each day"),
}


@pytest.mark.parametrize("scale", SAID)
def test_a_scale_counts_as_numbers_and_its_ends_are_said(tmp_path: Path, scale: str) -> None:
    assert UNSAID not in codes(tmp_path, SAID[scale])
    assert {item: card(tmp_path, SAID[scale])[item] for item in (*COUNTED, MEANING)} == dict.fromkeys(
        (*COUNTED, MEANING), "agree"
    )


@pytest.mark.parametrize("scale", LEFT_OPEN)
def test_a_scale_without_its_ends_fails_with_a_hint(tmp_path: Path, scale: str) -> None:
    (problem,) = [each for each in judged(tmp_path, LEFT_OPEN[scale])[0] if each.code == UNSAID]
    assert "is not at all" in problem.hint
    said = card(tmp_path, LEFT_OPEN[scale])
    assert (said[COUNTED[0]], said[MEANING]) == ("disagree", "disagree")


@pytest.mark.parametrize("words", NO_SCALE)
def test_what_only_counts_is_no_scale(tmp_path: Path, words: str) -> None:
    assert UNSAID not in codes(tmp_path, NO_SCALE[words])


def test_a_handout_without_numbers_is_asked_nothing_of_them(tmp_path: Path) -> None:
    said = card(tmp_path, GOOD)
    assert {said[item] for item in (*COUNTED, MEANING)} == {"not applicable"}


@pytest.mark.parametrize(
    "text",
    [
        prose("It helps 1 in 5 people."),
        prose("Put a small thing on a slip, a 3 if 10 is huge."),
        column("A number", "It is yours."),
        number("How was it? 0 is bad, 10 is good.").replace("Sit down.", "Sit down 40 times."),
    ],
)
def test_what_other_numbers_mean_is_for_a_person(tmp_path: Path, text: str) -> None:
    assert card(tmp_path, text)[MEANING] == "for a person"


def test_ends_in_other_languages_are_for_a_person(tmp_path: Path) -> None:
    text = number("¿Qué tan difícil es?").replace("language: en", "language: es")
    assert UNSAID not in codes(tmp_path, text)
    assert {card(tmp_path, text)[item] for item in (COUNTED[0], MEANING)} == {"for a person"}
