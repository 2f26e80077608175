"""``handoutkit check``."""

from __future__ import annotations

from typing import Any

import click

from handoutkit.errors import ContentError

from .options import date_option, handouts_argument, json_option, strict_option
from .session import Session, pass_session, show_problems


@click.command()
@handouts_argument
@date_option
@strict_option
@json_option
@pass_session
def check(session: Session, /, handouts: tuple[str, ...], strict: bool, **values: Any) -> None:
    """Find what is wrong with handouts, framings and practices; without arguments, with all of them."""
    from handoutkit.checks.library import check_library

    problems = check_library(session.library(), handouts, values["today"])
    errors = [problem for problem in problems if strict or problem.severity == "error"]
    if errors:
        raise ContentError(problems)
    show_problems(problems)
    session.say("No problems found." if not problems else "No errors found.")
    session.give({"outputs": [], "problems": [problem.as_json() for problem in problems]})
