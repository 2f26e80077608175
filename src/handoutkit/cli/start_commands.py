"""The commands ``handoutkit init``, ``handoutkit new`` and ``handoutkit import``: what one starts from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from handoutkit.files.text_files import shown

from .session import Session, pass_session
from .shared_options import date_option, json_option, template_option


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
    here = folder.resolve() == Path.cwd()
    session.say("A new workspace is here. Next:" if here else f"A new workspace is in {folder}. Next:")
    if not here:
        session.say(f"  cd {folder}")
    session.say("  write your own details into practices/my-practice.yaml")
    session.say(f"  handoutkit build {FIRST_HANDOUT}")
    session.say("  or do all of it in the browser, from now on with a double click: handoutkit preview --shortcut")
    session.give((), outputs=[{"path": shown(path)} for path in written])


@click.command()
@click.argument("handout", metavar="ID")
@click.option(
    "--kind", metavar="KIND", help="What kind of handout: worksheet, exercise, plan, ...; by default a worksheet."
)
@template_option
@date_option
@json_option
@pass_session
def new(session: Session, handout: str, kind: str | None, template: str | None, today: date) -> None:
    """Write a handout to change: a skeleton, or a template. `build --draft` shows it until its words are yours.

    The templates are shown by `handoutkit list --templates`.
    """
    from handoutkit.scaffold.start import kinds, start_from_template, start_handout

    if kind and template:
        raise click.UsageError("--kind and --from do not go together: a template has its own kind.")
    if kind and kind not in kinds():
        raise click.BadParameter(f"{kind!r} is not one of {', '.join(kinds())}", param_hint="--kind")
    library = session.library()
    shadows = handout in library.workspace.handout_files
    translations: tuple[Path, ...] = ()
    if template:
        made = start_from_template(library, handout, template, today)
        path, kind, translations = made.path, made.template.kind, made.translations
    else:
        kind = kind or "worksheet"
        path = start_handout(library.workspace, handout, kind, today)
    if shadows:
        session.say(f"From now on it stands before the handout {handout} that ships with handoutkit.")
    session.say(f"{shown(path)} is ready. Change its words, then: handoutkit build {handout}")
    for catalogue in translations:
        session.say(f"Its translation comes along: {shown(catalogue)}")
    session.give((), outputs=[{"path": shown(path), "id": handout, "kind": kind}])


@click.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--id", "name", metavar="ID", help="The id of the handout; by default from the name of the file.")
@click.option(
    "--rights",
    metavar="TEXT",
    default="",
    help="By what right the words are here, such as `© 2026 Ana Ejemplo`: say it if they are your own.",
)
@date_option
@json_option
@pass_session
def import_file(session: Session, file: Path, name: str | None, rights: str, today: date) -> None:
    """Make the draft of a handout from a file you have: Word (.docx), a saved web page, a PDF, Markdown or plain text.

    It builds at once. What was guessed is marked in it, and what was left out is listed at its end with the reason.
    """
    from handoutkit.isolation.worker import the_worker

    the_worker().start([file, file.parent / f"{file.stem}_files"])  # it begins while this process reads its modules
    from handoutkit.importing.import_source import import_source

    made = import_source(session.workspace(), file, name, today, rights)
    for one in made:
        counts = ", ".join(f"{count} {kind}" for kind, count in one.types.items())
        session.say(f"{shown(one.path)} is ready: {counts}.")
        session.say(
            f"  Guessed: {one.draft.guesses}, each marked `guess`. Left out, and listed: {len(one.draft.left_out)}."
        )
    if not rights:
        session.say("The words are still those of the source; if they are your own, say so in `rights`.")
    if made[0].draft.contacts:
        session.say("At the end of the file stands what your practice's file could say of phone, mail and address.")
    session.say(f"Next: handoutkit build {made[0].draft.front['id'][0]}")
    outputs = [
        {
            "path": shown(one.path),
            "id": one.draft.front["id"][0],
            "blocks": dict(one.types),
            "guesses": one.draft.guesses,
            "left_out": [{"text": piece.text, "why": piece.why} for piece in one.draft.left_out],
            "pictures": sorted(one.draft.pictures),
        }
        for one in made
    ]
    session.give((), outputs=outputs)
