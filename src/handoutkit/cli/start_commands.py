"""The commands ``handoutkit init`` and ``handoutkit new``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from handoutkit.files.text_files import shown

from .session import Session, pass_session
from .shared_options import date_option, format_option, json_option


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@date_option
@json_option
@pass_session
def init(session: Session, folder: Path, today: date) -> None:
    """Make a workspace: a practice to fill in, a sample handout and folders for yours."""
    from handoutkit.scaffold.start import FIRST_HANDOUT, start_workspace

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
    "--kind", metavar="KIND", help="What kind of handout: worksheet, exercise, plan, ...; by default a worksheet."
)
@format_option
@date_option
@json_option
@pass_session
def new(session: Session, handout: str, kind: str | None, form: str | None, today: date) -> None:
    """Write a handout to change, which builds as it is: a commented skeleton, or a ready format.

    The formats are shown by `handoutkit list --formats`.
    """
    from handoutkit.scaffold.start import kinds, start_from_format, start_handout

    if kind and form:
        raise click.UsageError("--kind and --from do not go together: a format has its own kind.")
    if kind and kind not in kinds():
        raise click.BadParameter(f"{kind!r} is not one of {', '.join(kinds())}", param_hint="--kind")
    library = session.library()
    shadows = handout in library.workspace.handout_files
    if form:
        path, model = start_from_format(library, handout, form, today)
        kind = model.kind
    else:
        kind = kind or "worksheet"
        path = start_handout(library.workspace, handout, kind, today)
    if shadows:
        session.say(f"From now on it stands before the handout {handout} that ships with handoutkit.")
    session.say(f"{shown(path)} is ready. Change its words, then: handoutkit build {handout}")
    session.give({"outputs": [{"path": shown(path), "id": handout, "kind": kind}], "problems": []})
