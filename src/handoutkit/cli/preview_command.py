"""The command ``handoutkit preview``."""

from __future__ import annotations

import importlib.util
import sys
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handoutkit.errors import MachineError, Problem, how_to_install

from . import shared_options
from .session import Session, pass_session

if TYPE_CHECKING:
    from handoutkit.webapp.access import Keys

NEEDED = ("starlette", "uvicorn", "watchfiles")


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="The port; by default a free one.")
@click.option("--no-open", is_flag=True, help="Do not open the browser; only print the address.")
@shared_options.preview_options
@shared_options.output_option("Where to put what is built; by default output/ in the workspace.")
@pass_session
def preview(session: Session, /, port: int, no_open: bool, output: Path | None, **values: Any) -> None:
    """Open the app in your browser: see, choose, change, put together and print.

    It runs on this machine only, and nobody else can reach it. The options are what is chosen at first. It ends with
    Ctrl-C.
    """
    _need_the_extra()
    from handoutkit.webapp.access import Keys
    from handoutkit.webapp.app_state import AppState
    from handoutkit.webapp.server import listening, listening_for, serve

    listener = listening(port) if port else listening_for(session.folder)

    def show_address() -> None:
        if not session.as_json:
            click.echo(keys.new_address())  # also with -q: without it, nobody gets in
        sys.stdout.flush()

    keys = Keys(listener.getsockname()[1], refused=show_address)

    def announce() -> None:
        show_address()
        session.say("This is for this machine only, and each address serves once. Stop it with Ctrl-C.")
        if session.as_json:
            session.give((), address=keys.new_address())
        sys.stdout.flush()
        if not no_open:
            _open_browser(keys, session.folder)

    try:
        serve(AppState(session.folder, keys, shared_options.choices(values), output), listener, announce)
    finally:
        keys.forget()


def _open_browser(keys: Keys, folder: Path) -> None:
    """Open the browser with a file that leads in, since its words can be seen by others; else the terminal has it."""
    with suppress(OSError):
        webbrowser.open(keys.opening_file(folder).resolve().as_uri())


def _need_the_extra() -> None:
    """Raises MachineError with the line to type."""
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        message = f"the preview needs {', '.join(missing)}, which is not installed"
        raise MachineError(Problem("no-preview", message, how_to_install("preview")))
