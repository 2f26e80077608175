"""The command ``handoutkit preview``."""

from __future__ import annotations

import importlib.util
import os
import sys
import webbrowser
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from handoutkit.errors import MachineError, Problem, how_to_install

from . import shared_options
from .session import Session, pass_session

if TYPE_CHECKING:
    from handoutkit.build.build_options import BuildOptions

IMPATIENT = 1.5
"""Seconds in which a start that came just before says where it is: people click more than twice."""
NEEDED = ("starlette", "uvicorn", "watchfiles")


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="The port; by default a free one.")
@click.option("--no-open", is_flag=True, help="Do not open the browser; only print the address.")
@click.option("--shortcut", is_flag=True, help="Put a start on your desktop, for a double click, and end.")
@shared_options.preview_options
@shared_options.output_option("Where to put what is built; by default output/ in the workspace.")
@pass_session
def preview(session: Session, /, port: int, no_open: bool, shortcut: bool, output: Path | None, **values: Any) -> None:
    """Open the app in your browser: see, choose, change, put together and print.

    It runs on this machine only, and nobody else can reach it. The options are what is chosen at first. It ends with
    Ctrl-C. Without options, started again while it runs, it opens the one that runs.
    """
    _need_the_extra()
    folder, chosen = session.workspace_folder().resolve(), shared_options.choices(values)
    context = click.get_current_context()
    given = [one for one in context.params if context.get_parameter_source(one) is not ParameterSource.DEFAULT]
    plain = not set(given) - {"shortcut"}
    if shortcut and not plain:
        raise click.UsageError("--shortcut goes with no other option: what it starts has none.")
    if shortcut:
        _put_shortcut(session, folder)
    elif not (plain and not session.as_json and _opened_again(session, folder)):
        _serve(session, AppStart(folder, chosen, output, port, no_open, plain))


@dataclass(frozen=True)
class AppStart:
    """How the app is started: over which folder, with what chosen, where; ``plain`` where no option was given."""

    folder: Path
    chosen: BuildOptions
    output: Path | None
    port: int
    no_open: bool
    plain: bool


def _serve(session: Session, start: AppStart) -> None:
    """Run the app until it is stopped."""
    from handoutkit.webapp.access import Keys
    from handoutkit.webapp.app_state import AppState
    from handoutkit.webapp.running_app import forget_where, say_where
    from handoutkit.webapp.server import listening, listening_for, serve, usual_port

    listener = listening(start.port) if start.port else listening_for(start.folder)
    if start.plain and listener.getsockname()[1] != usual_port(start.folder):
        sleep(IMPATIENT)
        if _opened_again(session, start.folder):
            listener.close()
            return

    def show_address() -> None:
        if not session.as_json:
            click.echo(keys.new_address())
        sys.stdout.flush()

    silent = session.quiet and not start.no_open  # started from the desktop: what is printed would lie in a log
    keys = Keys(listener.getsockname()[1], refused=(lambda: None) if silent else show_address)
    say_where(start.folder, keys)

    def announce() -> None:
        opened = False
        if not start.no_open:
            with suppress(OSError):
                opened = _open_browser(keys.opening_file(start.folder))
        if not (silent and opened):
            show_address()  # also with -q: without it, nobody gets in
        session.say("This is for this machine only, and each address serves once. Stop it with Ctrl-C.")
        if session.as_json:
            session.give((), address=keys.new_address())
        sys.stdout.flush()

    if start.plain:
        os.chdir(start.folder)  # files are told as they lie in the workspace, wherever it was started
    try:
        serve(AppState(start.folder, keys, start.chosen, start.output), listener, announce)
    finally:
        keys.forget()
        forget_where(start.folder, keys)


def _open_browser(file: Path) -> bool:
    """Open the browser with a file that leads in, since its words can be seen by others; whether that was done."""
    return webbrowser.open(file.resolve().as_uri())


def _opened_again(session: Session, folder: Path) -> bool:
    """Whether the app runs over this workspace already; then it is opened once more."""
    from handoutkit.webapp.running_app import way_in

    file = way_in(folder)
    if file is None:
        return False
    if _open_browser(file):
        session.say("It runs already; your browser shows it.")
    else:
        click.echo(f"It runs already. Open this file in your browser: {file}")
    return True


def _put_shortcut(session: Session, folder: Path) -> None:
    from handoutkit.scaffold.desktop_start import put_on_desktop

    path = put_on_desktop(folder)
    session.say(f"“{path.stem}” is on your desktop now. A double click on it starts the app over {folder}.")
    session.give((), outputs=[{"path": str(path)}])


def _need_the_extra() -> None:
    """Raises MachineError with the line to type."""
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        message = f"the preview needs {', '.join(missing)}, which is not installed"
        raise MachineError(Problem("no-preview", message, how_to_install("preview")))
