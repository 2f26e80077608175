"""Rules set aside in a file, with a reason."""

from __future__ import annotations

from pathlib import Path

from handoutkit.checks.rules.all_rules import RULES
from tests.support.check_samples import FRAMING, GOOD, codes, framing_problems, judged, prose

LONG = prose("You can " + "walk and " * 12 + "rest now.")


def aside(text: str, *entries: str) -> str:
    return text.replace("blocks:\n", "suppress:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries) + "blocks:\n")


def test_a_rule_is_set_aside_for_the_file_or_for_a_block(tmp_path: Path) -> None:
    assert codes(tmp_path, LONG) == {"sentence-long"}
    assert codes(tmp_path, aside(LONG, "rule: sentence-long, reason: It is a song.")) == set()
    assert codes(tmp_path, aside(LONG, "rule: sentence-long, at: more, reason: It is a song.")) == set()


def test_at_another_block_it_still_counts(tmp_path: Path) -> None:
    elsewhere = aside(LONG, "rule: sentence-long, at: step, reason: It is a song.")
    assert codes(tmp_path, elsewhere) == {"sentence-long", "suppression-idle"}


def test_what_sets_nothing_aside_warns(tmp_path: Path) -> None:
    problems, _ = judged(tmp_path, aside(GOOD, "rule: sentence-long, reason: It was once long."))
    assert [(problem.code, problem.severity) for problem in problems] == [("suppression-idle", "warning")]
    assert problems[0].path == "suppress[0]"


def test_an_unknown_rule_or_block_is_an_error(tmp_path: Path) -> None:
    problems, _ = judged(
        tmp_path, aside(GOOD, "rule: sentense-long, reason: No.", "rule: blame, at: setp, reason: No.")
    )
    assert [(problem.code, problem.severity, problem.hint) for problem in problems] == [
        ("no-such-rule", "error", "did you mean `sentence-long`?"),
        ("no-such-block", "error", "did you mean `step`?"),
    ]


def test_errors_scores_and_dates_cannot_be_set_aside(tmp_path: Path) -> None:
    for code in ("reading-grade-too-high", "index-low", "review-overdue", "crisis-stale"):
        assert not RULES[code].suppressible
        assert "cannot-suppress" in codes(tmp_path, aside(GOOD, f"rule: {code}, reason: No."))
    assert not any(rule.suppressible for rule in RULES.values() if rule.severity == "error")


def test_an_answered_doubt_counts_for_the_score_and_a_fact_against_it(tmp_path: Path) -> None:
    doubt = prose("You can utilize this.")
    assert judged(tmp_path, doubt)[1].understandability.numbers("disagree") == [3]
    answered = aside(doubt, "rule: word-hard, reason: They say it here.")
    assert judged(tmp_path, answered)[1].understandability.numbers("disagree") == []
    fact = prose("Go out. Sit down. Look up. Stay there. Breathe in. Rest. " + "You can rest. " * 25)
    assert 8 in judged(tmp_path, fact)[1].understandability.numbers("disagree")
    excused = aside(fact, "rule: paragraph-long, reason: A rhyme.")
    problems, card = judged(tmp_path, excused)
    assert "paragraph-long" not in {problem.code for problem in problems}
    assert 8 in card.understandability.numbers("disagree")


def test_a_framing_sets_aside_by_note(tmp_path: Path) -> None:
    text = FRAMING.replace("    sources: [own]\n", "")
    entry = "suppress:\n  - {rule: note-unsourced, at: note-one, reason: It is lived.}\nnotes:\n"
    assert framing_problems(tmp_path, text.replace("notes:\n", entry)) == []
