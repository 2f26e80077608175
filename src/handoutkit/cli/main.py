"""The group of commands, its global options, and the one boundary where exceptions become words and exit codes."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from handoutkit import __version__
from handoutkit.errors import HandoutkitError, MachineError, Problem, frames_of
from handoutkit.isolation import temporary_folders

from .answers_commands import answers, progress
from .batch_commands import batch, purge
from .build_command import build
from .check_command import check
from .list_commands import doctor, list_handouts, schema, show
from .packet_command import packet
from .preview_command import preview
from .session import Session, show_problems
from .start_commands import import_file, init, new
from .theme_commands import theme
from .translate_commands import translate

BUG = 70
INTERRUPTED = 130


class _Commands(click.Group):
    """Turns what the library raises into problems on stderr and the exit code that belongs to them."""

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
    ctx.obj = Session(folder, quiet, verbose)


_READING = (list_handouts, show, check, answers, progress, schema, doctor)
for command in (init, new, import_file, build, packet, batch, purge, preview, translate, theme, *_READING):
    cli.add_command(command)


def main() -> None:
    """The entry point of the ``handoutkit`` command."""
    # A run is short and makes millions of small objects without cycles: looking for some costs a tenth of its time.
    gc.set_threshold(200_000, 20, 20)
    # Looking for pydantic plugins among all that is installed takes time, and none has any business with our models.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # names in any script, also where the locale is C
            stream.reconfigure(encoding="utf-8", errors="replace")
    temporary_folders.put_all_there()
    sys.exit(_run())


def _run() -> int:
    """Run the command and say how it ended."""
    try:
        code = cli.main(prog_name="handoutkit", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        if "--json" in sys.argv:
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


def _report(ctx: click.Context, problems: Iterable[Problem]) -> None:
    problems = list(problems)
    show_problems(problems)
    if session := ctx.find_object(Session):
        session.give(problems, outputs=[])


def _bug(ctx: click.Context, error: Exception) -> Problem:
    session = ctx.find_object(Session)
    in_worker = hasattr(error, "kind")  # then its text is the traceback there, and its kind the exception's name there
    if session and session.verbose:
        click.echo("\n".join([frames_of(error), *([str(error)] if in_worker else [])]), err=True)
    kind = getattr(error, "kind", type(error).__name__)
    hint = "please report it, with what `handoutkit -v ...` adds to this message"
    return Problem("bug", f"this is a bug in handoutkit: {kind}", hint)
