"""What every command is given: the workspace, and how to print lines, JSON and problems."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handoutkit.errors import ContentError, Problem

if TYPE_CHECKING:
    from handoutkit.library.library import Library
    from handoutkit.library.workspace import Workspace


def _as_json(values: dict[str, Any]) -> str:
    """JSON in which what is invisible, or steers a terminal, is written by its number."""
    import json

    from handoutkit.files.source_file import UNPRINTABLE

    json_text = json.dumps(values, indent=2, ensure_ascii=False)
    return UNPRINTABLE.sub(lambda found: found[0] if found[0] == "\n" else json.dumps(found[0])[1:-1], json_text)


@dataclass
class Session:
    """One run of the command.

    Attributes:
        folder: where the workspace is looked for.
        quiet: say nothing but problems.
        verbose: show the traceback of a bug, and the previous texts of translations.
        as_json: print one JSON object on stdout instead of lines.
    """

    folder: Path
    quiet: bool = False
    verbose: bool = False
    as_json: bool = False
    _output: Path | None = None

    def output_folder(self, chosen: Path | None) -> Path:
        """Where a command puts what it makes; from now on also pictures of what is wrong with its pages."""
        self._output = chosen or self.workspace_folder() / "output"
        return self._output

    def pictured(self, problems: Sequence[Problem]) -> list[Problem]:
        """Problems, those of finished pages with where they are shown now."""
        if self._output is None or not any(problem.picture for problem in problems):
            return list(problems)
        from handoutkit.build.problem_pictures import keep_pictures

        return keep_pictures(problems, self._output)

    def workspace_folder(self) -> Path:
        """The folder of the workspace, found without importing what reads it."""
        from handoutkit.library.workspace_folder import folder_around

        return folder_around(self.folder)

    def library(self) -> Library:
        """The library of the workspace and the shipped files."""
        from handoutkit.library.library import Library

        return Library(self.workspace())

    def workspace(self) -> Workspace:
        """The files of the workspace and the shipped ones, without the models."""
        from handoutkit.library.workspace import Workspace
        from handoutkit.library.workspace_folder import OLD_TEMPLATES

        workspace = Workspace.around(self.folder)
        if (workspace.folder / OLD_TEMPLATES).is_dir():
            say_new_spelling(f"{OLD_TEMPLATES}/", "handouts/templates/")
        return workspace

    def say(self, line: str = "") -> None:
        """Print a line of the result, unless JSON or nothing was asked for."""
        if not (self.quiet or self.as_json):
            click.echo(line)

    def give(self, problems: Iterable[Problem] | None = None, **values: Any) -> None:
        """Print the result as one JSON object, where that was asked for; with a list of problems, if one is given."""
        if self.as_json:
            found = {} if problems is None else {"problems": [problem.as_json() for problem in problems]}
            click.echo(_as_json(values | found))

    def warn(self, warnings: Sequence[Problem], *, strict: bool) -> None:
        """Show warnings. Raises ContentError with them where they count as errors; notices never do."""
        if strict and any(warning.severity != "notice" for warning in warnings):
            raise ContentError(warnings)
        show_problems(warnings)


def say_new_spelling(old: str, new: str) -> None:
    """Tell on stderr that an option or a folder has a new name, where the old one was used."""
    click.echo(f"{old} is now {new}; the old name works until the next release.", err=True)


pass_session = click.make_pass_decorator(Session)


_COLOURS = {"error": "red", "warning": "yellow", "notice": "cyan"}
MAX_SHOWN = 50
"""How many problems are shown; more of them are only counted."""


def show_problems(problems: Iterable[Problem]) -> None:
    """Print problems on stderr, a notice on one line; in colour on a terminal (https://no-color.org is respected)."""
    from handoutkit.files.source_file import printable

    problems = list(dict.fromkeys(problems))
    plain = bool(os.environ.get("NO_COLOR"))
    for problem in problems[:MAX_SHOWN]:
        first, *rest = map(printable, str(problem).split("\n"))  # a theme's words may hold what steers a terminal
        if problem.severity == "notice":
            first, rest = f"{first}: {printable(problem.message)}", []
        colour = _COLOURS[problem.severity]
        click.echo(first if plain else click.style(first, fg=colour, bold=True), err=True)
        if rest:
            click.echo("\n".join(rest), err=True)
    if len(problems) > MAX_SHOWN:
        click.echo(f"... and {len(problems) - MAX_SHOWN} more; --json lists all of them", err=True)


def end_with(problems: list[Problem]) -> None:
    """Show the problems of files that could not be read, and exit with 1 if there are any."""
    if problems:
        show_problems(problems)
        click.get_current_context().exit(ContentError.exit_code)
