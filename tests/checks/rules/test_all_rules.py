"""What each rule finds, and what it does not report."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

from handoutkit.checks import rules
from handoutkit.checks.rule import Check
from handoutkit.checks.rules.all_rules import RULES
from handoutkit.models.handout import WORDS_OF_THE_SOURCE
from tests.support.check_samples import (
    CAPTION,
    EXERCISE,
    FRAMING,
    GOOD,
    codes,
    framing_problems,
    judged,
    prose,
    with_block,
)

FORM = """\
  - type: schedule_grid
    id: week
    heading: My week
    columns: [Mon, Tue]
    rows: [Sleep, Food]
    cell: tick
"""
RATED = """\
  - type: record_table
    id: load
    heading: What I carry
    columns:
      - {id: what, header: What I do}
      - {id: weight, header: Weight, helper: 0 to 10, response: number}
    rows: 3
"""
OPTIONS = """\
  - type: prompt
    id: safety
    question: Is one of these true for you?
    response: {type: multi_choice, options: [Someone died by suicide, I hurt myself]}
"""
MEASURE = """\
  - type: measure
    id: mood
    heading: Your last two weeks
    instructions: Mark one answer in each row.
    anchors: [{label: Never, points: 0}, {label: Most days, points: 1}]
    items: [{id: wish, text: I wished I were dead.}]
    rights_statement: Our own.
"""
HARD = (
    "Interdependence necessitates extraordinary communication capabilities alongside considerable emotional "
    "availability throughout relationships. "
)
FOUND = {
    "sentence-long": prose("You can " + "walk and " * 12 + "rest now."),
    "sentences-long": prose(
        "\n\n      ".join(["You can walk or run or sing or hum or sit or nap or eat or play or read or rest now."] * 14)
    ),
    "sentences-short": prose("\n\n      ".join(["You can walk or rest."] * 40)),
    "paragraph-long": prose("Go out. Sit down. Stand up. Come back. Lie down. Rest."),
    "reading-grade-high": prose("\n\n      ".join(["Remember that everybody is able to have a quiet moment."] * 12)),
    "reading-grade-too-high": prose("\n\n      ".join([HARD] * 9)),
    "voice-passive": prose("\n\n      ".join(["The page is read. The words are kept. It is given to you."] * 4)),
    "words-suicide": prose("Her uncle committed suicide."),
    "label-deficit": prose("Some of us live with an addict."),
    "promise": prose("This will cure you."),
    "blame": prose("Maybe it is your fault."),
    "word-hard": prose("You can utilize this."),
    "term-undefined": prose("Notice when you dissociate."),
    "capitals": prose("You must NEVER STOP now."),
    "blank-typed": prose("You can write ______ here."),
    "italics-throughout": prose("*You can walk and rest and sing and hum.*"),
    "link-words": prose("You can [click here](https://example.org/help)."),
    "colour-alone": prose("Write it in the red box."),
    "place-alone": prose("At night, fill in the week below."),
    "number-hard": prose("It helps 43.7% of people."),
    "scale-ends-unsaid": with_block(RATED),
    "sum-to-do": prose("Add up your points."),
    "crisis-number-typed": prose("You can call 988 at any time."),
    "medicine-advice": prose("You can skip your pills."),
    "help-discouraged": prose("Do not tell anyone about you."),
    "promise-to-live": prose("You sign that you will not kill yourself."),
    "feared-person": prose("If he hits you, show him this."),
    "stay-until": prose("You stay here until it is solved."),
    "body-risk": prose("You can fast for two days."),
    "cutting-off": prose("Your toxic friends have to go."),
    "despair-belittled": prose("Suicide is a selfish act, you know."),
    "stop-rule-goes-on": with_block(EXERCISE.replace("Stop if you feel afraid", "Rest, then start again")),
    "stop-rule-alone": with_block(EXERCISE.replace(", and tell us", "")),
    "caution-sends-back": with_block(
        "  - {type: callout, role: caution, heading: Care, title: Care, text: 'If you are hurt, tell them.'}\n"
    ),
    "framing-tells-people": prose("All Asian families value obedience, you know."),
    "measure-without-alert": with_block(MEASURE),
    "option-without-alert": with_block(OPTIONS),
    "rights-grant-nothing": with_block(MEASURE.replace("Our own.", "We found it on the internet.")),
    "claim-unsourced": prose("Research shows that walks help you."),
    "alt-thin": GOOD.replace("Two boxes, one after the other. You start small, and then you rest.", "Two boxes"),
    "figure-uncaptioned": GOOD.replace("    heading: Step by step\n", "").replace(CAPTION, ""),
    "heading-vague": GOOD.replace("How to begin", "Introduction"),
    "headings-missing": prose("You can walk. " * 30)
    .replace("    heading: A new thought\n", "")
    .replace("    heading: How to begin\n", "")
    .replace("    heading: Your turn\n", ""),
    "chunk-long": prose("\n\n      ".join(["You can walk a bit."] * 42)),
    "table-header-long": with_block(FORM.replace("Mon,", "What I did in the first hours of this very long day,")),
    "form-unexplained": with_block(FORM).replace("items: [Sit down., Breathe out.]", "items: [Sit., Breathe.]"),
    "purpose-unclear": GOOD.replace("This page helps you choose a step.", "Steps."),
    "main-message-long": GOOD.replace("one small step.", "one small step. Then rest. Then go on. Then stop."),
    "main-message-passive": GOOD.replace("You can take one small step.", "One step is taken by you."),
    "visual-missing": GOOD[: GOOD.index("  - type: figure")] + GOOD[GOOD.index("  - type: list") :],
    "action-missing": GOOD[: GOOD.index("  - type: prompt")] + "  - type: references\n",
    "tool-missing": GOOD[: GOOD.index("  - type: prompt")] + "  - type: references\n",
    "reader-not-addressed": GOOD.replace("You can take", "People take")
    .replace("helps you choose", "helps people choose")
    .replace("You start small, and then you rest", "Start small, and then rest")
    .replace("for you?", "here?")
    .replace("Your turn", "A turn"),
    "step-long": with_block(EXERCISE.replace("[Walk.,", "[Go out. Walk. Sit. Look. Breathe.,")),
    "list-missing": GOOD[: GOOD.index("  - type: list")] + GOOD[GOOD.index("  - type: prompt") :],
    "limits-unsaid": prose("Miller found that research links a walk to good sleep."),
    "stop-rule-missing": with_block(EXERCISE.replace("    stop_rule: Stop if you feel afraid, and tell us.\n", "")),
    "contact-missing": with_block(EXERCISE).replace("  - type: next_step\n", ""),
    "caution-missing": GOOD.replace("for: [self]", "for: [couple]"),
    "sources-missing": GOOD.replace(
        "sources:\n  - {id: own, author: Ada Miller, title: Notes, idea: Small steps.}", "sources: []"
    ),
    "references-missing": GOOD.replace("  - type: references\n", ""),
    "words-not-cleared": re.sub(r"(?m)^rights: .*$", f"rights: '{WORDS_OF_THE_SOURCE}'", GOOD),
}
LET_BE = {
    "place-alone": prose("What lies below the anger? Look below it."),
    "sentence-long": prose("You can " + "walk and " * 11 + "rest."),
    "sentences-short": prose("\n\n      ".join(["You can sit here and rest with us for now."] * 40)),
    "paragraph-long": prose("Go out. Sit down. Stand up.\n\n      Come back. Lie down. Rest."),
    "voice-passive": prose("\n\n      ".join(["You are tired. She is scared. We are stressed and worried."] * 4)),
    "words-suicide": prose("Her uncle died by suicide."),
    "label-deficit": prose("The poor dog ate nuts with a person who uses drugs. Some get called needy or clingy."),
    "blame": prose("It is not your fault. There is no excuse for hitting you."),
    "promise": prose("No one can guarantee you a good day. Some days it will get better, some days not."),
    "sum-to-do": prose("Small hurts can add up for you."),
    "measure-without-alert": with_block(MEASURE.replace("dead.}", "dead., alert_from: 1}")),
    "option-without-alert": with_block(OPTIONS.replace("myself]", "myself], alert_options: [2]")),
    "rights-grant-nothing": with_block(MEASURE.replace("Our own.", "Used with permission of Ada Miller.")),
    "stop-rule-alone": with_block(EXERCISE),
    "framing-tells-people": prose("In many Asian families, elders lead. You may have heard that men don't cry."),
    "term-undefined": prose("To dissociate means that you feel far away."),
    "capitals": prose("It is OK to stop. The USA is big."),
    "blank-typed": prose("You can wait... and write to my_own_name@example.org."),
    "italics-throughout": prose("*You* can walk and rest and sing and hum."),
    "link-words": prose("Read [how to find help](https://example.org/help)."),
    "number-hard": prose("It helps 1 in 5 people in 3 weeks."),
    "crisis-number-typed": prose("You can call a crisis line. Call me at 9. It took 911 days."[:44]),
    "claim-unsourced": prose("Work, kids and studies fill your day. Miller says that research shows what walks do."),
    "form-unexplained": with_block(FORM.replace("    cell: tick", "    key: [A tick is a yes.]\n    cell: tick")),
    "limits-unsaid": with_block("  - {type: concept, heading: A word, term: Rest, definition: You do nothing.}\n"),
    "scale-ends-unsaid": with_block(RATED + "    reading_note: 0 is light, 10 is too heavy.\n"),
    "caution-missing": with_block(EXERCISE).replace("for: [self]", "for: [couple]"),
    "contact-missing": with_block(EXERCISE),
    "reading-grade-high": prose("\n\n      ".join(["You can walk a bit and then rest."] * 14)),
    "chunk-long": prose("\n\n      ".join(["You can walk a bit."] * 38)),
}
TOLD_OTHERWISE = {
    "framing-review-awaited": FRAMING.replace("    reviewed_by: Bo Reader\n    reviewed_on: 2026-02-01\n", ""),
    "framing-surface-only": FRAMING.replace("depth: deep", "depth: surface"),
    "note-unsourced": FRAMING.replace("    sources: [own]\n", ""),
}
ELSEWHERE = {
    "in-the-future", "review-overdue", "crisis-stale", "crisis-elsewhere", "crisis-resources-missing",
    "violence-line-missing", "practice-unreachable", "service-cannot-give",
    "suppression-idle", "language-aside", "longer-than-a-sheet",
    "understandability-low", "actionability-low", "index-low",
}  # fmt: skip


@pytest.mark.parametrize("code", FOUND)
def test_a_rule_finds(tmp_path: Path, code: str) -> None:
    problems, _ = judged(tmp_path, FOUND[code])
    (problem, *_) = [problem for problem in problems if problem.code == code]
    assert problem.severity == RULES[code].severity
    assert problem.line
    assert problem.message
    assert problem.hint


@pytest.mark.parametrize("code", LET_BE)
def test_a_rule_lets_be(tmp_path: Path, code: str) -> None:
    assert code not in codes(tmp_path, LET_BE[code])


def test_nothing_is_found_where_all_is_well(tmp_path: Path) -> None:
    assert codes(tmp_path, GOOD) == set()
    assert framing_problems(tmp_path, FRAMING) == []


@pytest.mark.parametrize("code", TOLD_OTHERWISE)
def test_a_rule_of_framings_finds(tmp_path: Path, code: str) -> None:
    assert {problem.code for problem in framing_problems(tmp_path, TOLD_OTHERWISE[code])} == {code}


@pytest.mark.parametrize(
    "text",
    [
        "Some people are glad to share.",
        "Most families value a meal.",
        "In many Irish homes, people share.",
        "As a child, you may have shared a room.",
    ],
)
def test_a_framing_may_speak_of_some(tmp_path: Path, text: str) -> None:
    assert framing_problems(tmp_path, FRAMING.replace("Some homes share one kitchen.", text)) == []


def test_each_rule_is_tried() -> None:
    assert set(FOUND) | set(TOLD_OTHERWISE) | ELSEWHERE == set(RULES)


def test_no_rule_is_left_out_of_the_lists() -> None:
    """A list that a module has and `all_rules` does not name would be a rule that nobody runs."""
    modules = [importlib.import_module(f"{rules.__name__}.{one.name}") for one in pkgutil.iter_modules(rules.__path__)]
    written = [check.rule for module in modules for check in vars(module).values() if isinstance(check, Check)]
    assert len(written) > 40
    assert [rule.code for rule in written if RULES.get(rule.code) is not rule] == []


def test_a_problem_points_at_the_words(tmp_path: Path) -> None:
    problems, _ = judged(tmp_path, FOUND["words-suicide"])
    (problem,) = problems
    assert problem.excerpt[problem.column - 1 :][: problem.width] == "committed suicide"
    assert problem.hint == "better: died by suicide"


def test_the_clinicians_blocks_are_not_the_clients(tmp_path: Path) -> None:
    hidden = prose("You can utilize this.").replace("    id: more\n", "    id: more\n    audience: clinician\n")
    assert codes(tmp_path, hidden) == set()
