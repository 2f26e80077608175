"""``handoutkit init`` and ``handoutkit new``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from handoutkit.loading.files import shown

from .options import date_option, json_option
from .session import Session, pass_session


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@date_option
@json_option
@pass_session
def init(session: Session, folder: Path, today: date) -> None:
    """Make a workspace: a practice to fill in, a sample handout and folders for yours."""
    from handoutkit.starting import FIRST_HANDOUT, start_workspace

    folder = session.folder / folder
    written = start_workspace(folder, today)
    session.say(f"A new workspace is in {folder}. Next:")
    session.say(f"  cd {folder}")
    session.say("  write your own details into practices/my-practice.yaml")
    session.say(f"  handoutkit build {FIRST_HANDOUT}")
    session.give({"outputs": [{"path": shown(path)} for path in written], "problems": []})


@click.command()
@click.argument("handout", metavar="ID")
@click.option(
    "--kind", metavar="KIND", default="worksheet", help="What kind of handout: worksheet, exercise, plan, ..."
)
@date_option
@json_option
@pass_session
def new(session: Session, handout: str, kind: str, today: date) -> None:
    """Write a commented skeleton of a handout, which builds as it is."""
    from handoutkit.library.workspace import Workspace
    from handoutkit.starting import kinds, start_handout

    if kind not in kinds():
        raise click.BadParameter(f"{kind!r} is not one of {', '.join(kinds())}", param_hint="--kind")
    workspace = Workspace.around(session.folder)
    shadows = handout in workspace.handout_files
    path = start_handout(workspace, handout, kind, today)
    if shadows:
        session.say(f"From now on it stands before the handout {handout} that ships with handoutkit.")
    session.say(f"{shown(path)} is ready. Change its words, then: handoutkit build {handout}")
    session.give({"outputs": [{"path": shown(path), "id": handout, "kind": kind}], "problems": []})
