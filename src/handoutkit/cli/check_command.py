"""The command ``handoutkit check``: problems of files, and score cards."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from handoutkit.errors import ContentError, Problem

from .session import Session, pass_session, show_problems
from .shared_options import build_options, handouts_argument

if TYPE_CHECKING:
    from handoutkit.checks.score_card import Score, ScoreCard


@click.command()
@handouts_argument
@build_options
@pass_session
def check(session: Session, /, handouts: tuple[str, ...], strict: bool, **values: Any) -> None:
    """Judge handouts by the rules of docs/rules.md, with their framings and practice; without arguments, all.

    Prints what is wrong, what to doubt, and a score card that says who decided what. Warnings fail with --strict;
    notices never do. Paper, theme and fields change no word, and so nothing here.
    """
    from handoutkit.checks.check_library import CheckOptions, check_library
    from handoutkit.render.theme import Theme

    library = session.library()
    Theme.find(values["theme"], library.workspace.roots)
    whom = CheckOptions(values["today"], values["practice"], values["framings"], values["lang"], values["audience"])
    report = check_library(library, handouts, whom)
    fails = any(
        problem.severity in ("error", "warning") if strict else problem.severity == "error"
        for problem in report.problems
    )
    show_problems(report.problems)
    show_scores(session, report.cards)
    if not fails:
        session.say(_ending(report.problems))
    session.give(
        {
            "outputs": [],
            "problems": [problem.as_json() for problem in report.problems],
            "scores": [card.as_json() for card in report.cards],
        }
    )
    if fails:
        click.get_current_context().exit(ContentError.exit_code)


def _ending(problems: list[Problem]) -> str:
    counts = {
        severity: sum(problem.severity == severity for problem in problems)
        for severity in ("error", "warning", "notice")
    }
    if not counts["error"] + counts["warning"]:
        return "No problems found."
    said = [f"{count} {severity}{'s' * (count > 1)}" for severity, count in counts.items() if count]
    return ", ".join(said) + "."


_NAMES = {
    "understandability": "PEMAT-P understandability",
    "actionability": "PEMAT-P actionability",
    "clear_communication": "Clear Communication Index",
}
_FULL = 3
"""Cards shown in full; more of them are a table."""


def show_scores(session: Session, cards: Sequence[ScoreCard]) -> None:
    """Print the cards."""
    if len(cards) > _FULL:
        _show_table(session, cards)
        return
    for card in cards:
        _show_card(session, card)


def _show_card(session: Session, card: ScoreCard) -> None:
    session.say(f"{card.id}")
    for score in card.scores:
        session.say(f"  {_NAMES[score.name]:27}{score.percent:3}  {_bar(score.percent)}  {_who(score)}")
        for judged in score.judged:
            if judged.verdict == "disagree":
                session.say(f"      no: {judged.item.number}. {judged.item.asks} ({', '.join(judged.item.codes)})")
    session.say(f"  {'Reading grade':27}{_grade(card):>3}  {_how(card)}")
    asked = [
        f"{judged.item.number}. {judged.item.asks}"
        for score in card.scores
        for judged in score.judged
        if judged.verdict == "for a person"
    ]
    session.say("  For a person to judge:")
    for line in wrap("; ".join(asked) + ".", 96):
        session.say(f"    {line}")
    session.say("  Guaranteed by the layout: tags and reading order (PDF/UA), contrast, sizes of text, room to write.")
    session.say()


def _show_table(session: Session, cards: Sequence[ScoreCard]) -> None:
    width = max(len(card.id) for card in cards)
    session.say(f"{'':{width}}  understand   act  Index  grade  no to items")
    for card in cards:
        low = "; ".join(f"{short} {_listed(score)}" for short, score in _short(card) if score.numbers("disagree"))
        figures = (
            f"{card.understandability.percent:10}{card.actionability.percent:6}{card.index.percent:7}{_grade(card):>7}"
        )
        session.say(f"{card.id:{width}}  {figures}  {low}".rstrip())
    session.say()
    first = cards[0]
    built = sum(judged.by == "built in" for score in first.scores for judged in score.judged)
    session.say(
        f"Of 100 each, {built} items by the form of every handout, the others by rules. Some items no rule can judge:\n"
        "`handoutkit check ID` names them, and who decided the rest.\n"
    )


def _short(card: ScoreCard) -> list[tuple[str, Score]]:
    return [("PEMAT", card.understandability), ("PEMAT", card.actionability), ("Index", card.index)]


def _listed(score: Score) -> str:
    return ", ".join(map(str, score.numbers("disagree")))


def _who(score: Score) -> str:
    counts = {
        who: sum(judged.by == who and judged.verdict in ("agree", "disagree") for judged in score.judged)
        for who in ("built in", "rule", "doubt")
    }
    said = [
        f"{counts['built in']} built in" * bool(counts["built in"]),
        f"{counts['rule']} by rule" * bool(counts["rule"]),
        f"{counts['doubt']} held unless in doubt" * bool(counts["doubt"]),
        f"{score.count('for a person')} for a person" * bool(score.count("for a person")),
        f"{score.count('not applicable')} do not apply" * bool(score.count("not applicable")),
    ]
    return ", ".join(filter(None, said))


def _grade(card: ScoreCard) -> str:
    return f"{card.grade.deciding:.1f}" if card.grade else "-"


def _how(card: ScoreCard) -> str:
    grade = card.grade
    if grade is None:
        return "not counted: " + (
            "too few sentences" if card.language.startswith("en") else "the formulas are for English"
        )
    smog = f"SMOG {grade.smog}" if grade.smog is not None else "too few sentences for SMOG"
    return f"Flesch-Kincaid {grade.flesch_kincaid}, {smog}; {grade.words} words in {grade.sentences} sentences"


def _bar(percent: int) -> str:
    filled = round(percent / 10)
    return click.style("█" * filled, fg="green" if percent >= 90 else "yellow") + "░" * (10 - filled)
