"""The group of commands, its global options, and the one boundary where exceptions become words and exit codes."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import click

from handoutkit import __version__
from handoutkit.errors import HandoutkitError, MachineError, Problem, frames_of

from .session import Session, show_problems

BUG = 70
INTERRUPTED = 130


class CommandPlace(NamedTuple):
    """Where a command is, and the first sentence of its help, which `--help` shows without importing it."""

    module: str
    function: str
    summary: str


COMMANDS = {
    "init": CommandPlace(
        "start_commands", "init", "Make a workspace: a practice to fill in, a sample handout and folders for yours."
    ),
    "new": CommandPlace("start_commands", "new", "Write a handout to change: a skeleton, or a template."),
    "import": CommandPlace(
        "start_commands",
        "import_file",
        "Make the draft of a handout from a file you have: Word (.docx), a saved web page, a PDF, Markdown or plain "
        "text.",
    ),
    "build": CommandPlace("build_command", "build", "Make handouts into PDFs or other files, for one practice."),
    "packet": CommandPlace(
        "packet_command", "packet", "Put handouts together under one cover, for nobody yet or for one client."
    ),
    "batch": CommandPlace(
        "rosters.batch_commands", "batch", "Make a packet for each row of a roster (CSV, XLSX or ODS)."
    ),
    "purge": CommandPlace(
        "rosters.batch_commands",
        "purge",
        "Remove a batch: its packets, its manifest and report, and whatever was kept of it.",
    ),
    "preview": CommandPlace(
        "preview_command", "preview", "Open the app in your browser: see, choose, change, put together and print."
    ),
    "translate": CommandPlace(
        "translate_commands",
        "translate",
        "Put handouts, framings and practices into other languages, with gettext PO files.",
    ),
    "theme": CommandPlace("theme_commands", "theme", "Show the themes there are, or start one of your own."),
    "list": CommandPlace(
        "list_commands", "list_handouts", "Show the handouts there are, the templates to start from, or the packets."
    ),
    "show": CommandPlace(
        "list_commands", "show", "Show what a handout holds, its sources and the framings that have notes for it."
    ),
    "check": CommandPlace(
        "check_command",
        "check",
        "Judge handouts by the rules of docs/rules.md, with their framings and practice; without arguments, all.",
    ),
    "answers": CommandPlace(
        "answers_commands",
        "answers",
        "Read the answers out of filled-in PDFs and pages, as rows of a table, alerts first.",
    ),
    "progress": CommandPlace(
        "answers_commands", "progress", "Show one client's scores, ratings, ticks and words over time."
    ),
    "schema": CommandPlace(
        "list_commands",
        "schema",
        "Print the JSON Schema of one kind of file, for editors that complete and check, or of `answers --json`.",
    ),
    "doctor": CommandPlace("list_commands", "doctor", "Show what is installed, what is missing and how to get it."),
}
"""Every command by its name."""


class _Commands(click.Group):
    """Imports the command that was asked for and no other, and turns what it raises into problems and an exit code."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names of all commands, sorted."""
        return sorted(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """The command of a name, imported now; None if there is none."""
        if name not in COMMANDS:
            return None
        place = COMMANDS[name]
        command = getattr(import_module(f"handoutkit.cli.{place.module}"), place.function)
        assert isinstance(command, click.Command)  # noqa: S101 - for the type checker
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command does, as click does it, from ``COMMANDS`` alone."""
        limit = formatter.width - 6 - max(map(len, COMMANDS))
        named = [click.Command(name, help=COMMANDS[name].summary) for name in self.list_commands(ctx)]
        rows = [(command.name or "", command.get_short_help_str(limit)) for command in named]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except HandoutkitError as error:
            _report(ctx, error.problems)
            ctx.exit(error.exit_code)
        except (click.exceptions.Exit, click.ClickException, click.Abort, OSError):
            raise
        except Exception as error:
            _report(ctx, [_bug(ctx, error)])
            ctx.exit(BUG)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "folder",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The workspace; by default the one around the current folder.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")
@click.option(
    "-v", "--verbose", is_flag=True, help="Show more: where a bug happened, which texts a translation is older than."
)
@click.version_option(__version__, prog_name="handoutkit")
@click.pass_context
def cli(ctx: click.Context, folder: Path, quiet: bool, verbose: bool) -> None:
    """Worksheets and handouts as accessible PDFs, under your practice's own name.

    Everything happens on this machine; nothing is fetched from the network or sent to it.
    """
    from handoutkit.isolation import temporary_folders

    temporary_folders.put_all_there()
    ctx.obj = Session(folder, quiet, verbose)


def main() -> None:
    """The entry point of the ``handoutkit`` command."""
    # A run is short and makes millions of small objects without cycles: looking for some costs a tenth of its time.
    gc.set_threshold(200_000, 20, 20)
    # Looking for pydantic plugins among all that is installed takes time, and none has any business with our models.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    if sys.stdout is None:  # pythonw.exe of Windows, which a start on the desktop runs, has none
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open as long as we run
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # names in any script, also where the locale is C
            stream.reconfigure(encoding="utf-8", errors="replace")
    code = _run()
    gc.freeze()  # all memory goes back with the process: looking for cycles in it once more takes 40 ms
    sys.exit(code)


def _run() -> int:
    """Run the command and say how it ended."""
    try:
        code = cli.main(prog_name="handoutkit", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        if "--json" in sys.argv:
            import json

            problem = Problem("usage", error.format_message())
            click.echo(json.dumps({"outputs": [], "problems": [problem.as_json()]}))
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped; nothing is half written.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        _discard_stdout()
        return 1
    except OSError as error:
        _discard_stdout()
        message = f"the result cannot be written ({(error.strerror or 'error').lower()})"
        show_problems([Problem("cannot-write", message)])
        return MachineError.exit_code
    return int(code or 0)


def _discard_stdout() -> None:
    """Send the rest of stdout nowhere: Python would try to flush it when it ends, and complain."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report(ctx: click.Context, problems: Sequence[Problem]) -> None:
    session = ctx.find_object(Session)
    problems = session.pictured(problems) if session else problems
    show_problems(problems)
    if session:
        session.give(problems, outputs=[])


def _bug(ctx: click.Context, error: Exception) -> Problem:
    session = ctx.find_object(Session)
    in_worker = hasattr(error, "kind")  # then its text is the traceback there, and its kind the exception's name there
    if session and session.verbose:
        click.echo("\n".join([frames_of(error), *([str(error)] if in_worker else [])]), err=True)
    kind = getattr(error, "kind", type(error).__name__)
    hint = "please report it, with what `handoutkit -v ...` adds to this message"
    return Problem("bug", f"this is a bug in handoutkit: {kind}", hint)
