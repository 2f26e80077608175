"""What every command is given: the workspace, how much to say, and how to say it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handoutkit.errors import ContentError, Problem
from handoutkit.loading.source import printable

if TYPE_CHECKING:
    from handoutkit.library.library import Library


@dataclass
class Session:
    """One run of the command.

    Attributes:
        folder: where the workspace is looked for.
        quiet: say nothing but problems.
        verbose: show the traceback of a bug.
        as_json: print one JSON object on stdout instead of lines.
    """

    folder: Path
    quiet: bool = False
    verbose: bool = False
    as_json: bool = False

    def library(self) -> Library:
        """What the workspace and the shipped files offer."""
        from handoutkit.library.library import Library
        from handoutkit.library.workspace import Workspace

        return Library(Workspace.around(self.folder))

    def say(self, line: str = "") -> None:
        """A line of the result."""
        if not (self.quiet or self.as_json):
            click.echo(line)

    def give(self, value: dict[str, Any]) -> None:
        """The result as one JSON object, where that was asked for."""
        if self.as_json:
            click.echo(json.dumps(value, indent=2, ensure_ascii=False))


pass_session = click.make_pass_decorator(Session)


_COLOURS = {"error": "red", "warning": "yellow", "notice": "cyan"}
MOST_SHOWN = 50
"""Problems shown before the rest is only counted."""


def show_problems(problems: Iterable[Problem]) -> None:
    """Problems on stderr, a notice on one line; in colour on a terminal (https://no-color.org is respected)."""
    problems = list(problems)
    plain = bool(os.environ.get("NO_COLOR"))
    for problem in problems[:MOST_SHOWN]:
        first, *rest = map(printable, str(problem).split("\n"))  # a theme's words may hold what steers a terminal
        if problem.severity == "notice":
            first, rest = f"{first}: {printable(problem.message)}", []
        colour = _COLOURS[problem.severity]
        click.echo(first if plain else click.style(first, fg=colour, bold=True), err=True)
        if rest:
            click.echo("\n".join(rest), err=True)
    if len(problems) > MOST_SHOWN:
        click.echo(f"... and {len(problems) - MOST_SHOWN} more; --json lists all of them", err=True)


def end_with(problems: list[Problem]) -> None:
    """Files that could not be read do not hide the others, but are told."""
    if problems:
        show_problems(problems)
        click.get_current_context().exit(ContentError.exit_code)
