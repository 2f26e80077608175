"""``handoutkit check``."""

from __future__ import annotations

from typing import Any

import click

from handoutkit.errors import ContentError, Problem

from .options import build_options, handouts_argument
from .scores import show_scores
from .session import Session, pass_session, show_problems


@click.command()
@handouts_argument
@build_options
@pass_session
def check(session: Session, /, handouts: tuple[str, ...], strict: bool, **values: Any) -> None:
    """Judge handouts by the rules of docs/rules.md, with their framings and practice; without arguments, all.

    Prints what is wrong, what to doubt, and a score card that says who decided what. Warnings fail with --strict;
    notices never do. Paper, theme and fields change no word, and so nothing here.
    """
    from handoutkit.checks.library import For, check_library
    from handoutkit.render.theme import Theme

    library = session.library()
    Theme.find(values["theme"], library.workspace.roots)
    whom = For(values["today"], values["practice"], values["framings"], values["lang"], values["audience"])
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
