"""The command ``handoutkit check``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import floor
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from handoutkit.errors import ContentError, Problem

from .session import Session, pass_session, show_problems
from .shared_options import build_options, handouts_argument

if TYPE_CHECKING:
    from handoutkit.checks.score_card import Score, ScoreCard
    from handoutkit.library.library import Library


@click.command()
@handouts_argument
@click.option("--fix", is_flag=True, help="Make places to write of blanks that were typed, in files of your workspace.")
@build_options
@pass_session
def check(session: Session, /, handouts: tuple[str, ...], strict: bool, fix: bool, **values: Any) -> None:
    """Judge handouts by the rules of docs/rules.md, with their framings and practice; without arguments, all.

    A packet is checked with its letter, its values and its handouts.

    Prints what is wrong, what to doubt, a score card that says who decided what, and who has read what no rule
    judges. Warnings fail with --strict; notices never do. Paper and theme change no word; they change how much room a
    sheet has, which is measured.
    """
    from handoutkit.checks.check_library import CheckOptions, check_library
    from handoutkit.checks.clinical_readers import not_judged
    from handoutkit.checks.measured_sheets import SheetSetting
    from handoutkit.compose.compose_document import CopyOptions
    from handoutkit.files.kept_entries import default_folder
    from handoutkit.render.render_cache import RenderCache
    from handoutkit.render.theme import Theme

    library = session.library()
    if fix:
        fix_files(session, library, handouts)
    theme = Theme.find(values["theme"], library.workspace.roots, values["format"])
    copy = CopyOptions(values["paper"], values["audience"], values["fields"], values["format"], values["layout"])
    whom = CheckOptions(
        values["today"],
        values["practice"],
        values["framings"],
        values["lang"],
        values["audience"],
        SheetSetting(theme, copy, RenderCache(default_folder())),
    )
    report = check_library(library, handouts, whom)
    failing = ("error", "warning") if strict else ("error",)
    fails = any(problem.severity in failing for problem in report.problems)
    show_problems(report.problems)
    show_scores(session, report.cards)
    if not fails:
        session.say(_summary(report.problems))
    last = not_judged([card.clinical_reader for card in report.cards])
    for line in wrap(last, 110, break_on_hyphens=False) if report.cards else ():  # of files that could be read
        session.say(line)
    session.give(report.problems, outputs=[], scores=[card.as_json() for card in report.cards], not_judged=last)
    if fails:
        click.get_current_context().exit(ContentError.exit_code)


def fix_files(session: Session, library: Library, handouts: Sequence[str]) -> None:
    """Make places to write of typed blanks in the files that are named; without any, in all of the workspace."""
    from handoutkit.checks.fix_typed_blanks import fix_typed_blanks
    from handoutkit.files.text_files import is_inside, shown
    from handoutkit.library.workspace_folder import looks_like_a_file

    known = library.workspace.handout_files
    named = [Path(name) for name in handouts if looks_like_a_file(name) and not library.is_packet(name)]
    for path in [*named, *(known[name] for name in handouts or known if name in known)]:
        if is_inside(path, library.workspace.folder) and (fixed := fix_typed_blanks(path)):
            session.say(f"{shown(path)}: places to write, instead of typed blanks:")
            for change in fixed.changes:
                session.say(f"  {change}")


def _summary(problems: list[Problem]) -> str:
    """How many problems there are of each severity, in words."""
    counts = Counter(problem.severity for problem in problems)
    if not counts["error"] + counts["warning"]:
        return "No problems found."
    parts = [
        f"{counts[name]} {name}{'s' * (counts[name] > 1)}" for name in ("error", "warning", "notice") if counts[name]
    ]
    return ", ".join(parts) + "."


_NAMES = {
    "understandability": "PEMAT-P understandability",
    "actionability": "PEMAT-P actionability",
    "clear_communication": "Clear Communication Index",
}
_MAX_IN_FULL = 3
"""How many score cards are shown in full; more of them become a table."""


def show_scores(session: Session, cards: Sequence[ScoreCard]) -> None:
    """Print the score cards."""
    if len(cards) > _MAX_IN_FULL:
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
    session.say(f"  {'On a sheet':27}{_room(card):>3}  {_how_long(card)}")
    asked = [
        f"{judged.item.number}. {judged.item.asks}"
        for score in card.scores
        for judged in score.judged
        if judged.verdict == "for a person"
    ]
    session.say("  For a person to judge:")
    for line in wrap("; ".join(asked) + ".", 96):
        session.say(f"    {line}")
    session.say(
        "  Measured when it is built: all words and fields are there, contrast, sizes of text, levels of headings."
    )
    session.say("  Tested in the shipped themes: tags and reading order (PDF/UA), room to write.")
    session.say()


def _show_table(session: Session, cards: Sequence[ScoreCard]) -> None:
    width = max(len(card.id) for card in cards)
    session.say(f"{'':{width}}  understand   act  Index  F-K  SMOG  sheet  no to items")
    for card in cards:
        low = "; ".join(f"{short} {_listed(score)}" for short, score in _short(card) if score.numbers("disagree"))
        figures = (
            f"{card.understandability.percent:10}{card.actionability.percent:6}{card.index.percent:7}{_formulas(card)}"
            f"{_room(card):>7}"
        )
        session.say(f"{card.id:{width}}  {figures}  {low}".rstrip())
    session.say()
    session.say("F-K, SMOG: reading grades, of which the higher counts; SMOG without the words of `terms`.")
    session.say("sheet: millimetres that are left on it, or with a minus are too many; - for a booklet.")
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
    """How many items of a score were judged by whom, in words."""
    decided = Counter(judged.by for judged in score.judged if judged.verdict in ("agree", "disagree"))
    counts = {
        "built in": decided["built in"],
        "by rule": decided["rule"],
        "held unless in doubt": decided["doubt"],
        "for a person": score.count("for a person"),
        "do not apply": score.count("not applicable"),
    }
    return ", ".join(f"{count} {words}" for words, count in counts.items() if count)


def _grade(card: ScoreCard) -> str:
    return f"{card.grade.deciding:.1f}" if card.grade else "-"


def _formulas(card: ScoreCard) -> str:
    """Both reading grades, in their columns."""
    grade = card.grade
    both = [grade.flesch_kincaid, grade.smog] if grade else [None, None]
    shown = ["-" if one is None else f"{one:.1f}" for one in both]
    return f"{shown[0]:>5}{shown[1]:>6}"


def _room(card: ScoreCard) -> str:
    """Millimetres that a sheet has left, or with a minus those that do not fit."""
    if card.sheet is None or not (card.sheet.sides or card.sheet.largest):
        return "-"
    fits = card.sheet.sides and not card.sheet.too_much
    return f"{floor(card.sheet.room)}" if fits else f"{-max(1, round(card.sheet.too_much))}"


def _how_long(card: ScoreCard) -> str:
    facts = card.sheet
    if facts is None:
        return "not measured: it is a booklet, it ships and was not named, or it is not known for which practice it is"
    most = f"; most is taken by {', '.join(facts.largest)}" if facts.largest else ""
    if not facts.sides or facts.too_much:
        became = f"{facts.sides} sides" if facts.sides else "a booklet"
        return f"mm too many for its sides, so it is {became}{most}" if most else "far too long: a booklet"
    return f"mm are left, before places to write grow, on {facts.sides} side{'s' * (facts.sides > 1)}{most}"


def _how(card: ScoreCard) -> str:
    grade = card.grade
    if grade is None:
        english = card.language.startswith("en")
        return "not counted: " + ("too few sentences" if english else "the formulas are for English")
    smog = f"SMOG {grade.smog}" if grade.smog is not None else "too few sentences for SMOG"
    without = f" without {', '.join(grade.left_out)}" if grade.left_out and grade.smog is not None else ""
    smog += without
    mean = f"{grade.sentences} sentences of {grade.words_a_sentence:.1f} words"
    return f"Flesch-Kincaid {grade.flesch_kincaid}, {smog}; {mean}"


def _bar(percent: int) -> str:
    filled = round(percent / 10)
    return click.style("█" * filled, fg="green" if percent >= 90 else "yellow") + "░" * (10 - filled)
