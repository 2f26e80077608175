"""The commands of ``handoutkit theme``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handoutkit.files.text_files import shown

from .session import Session, end_with, pass_session
from .shared_options import json_option, theme_argument

if TYPE_CHECKING:
    from handoutkit.models.theme_settings import ThemeSettings


@click.group()
def theme() -> None:
    """Show the themes there are, or start one of your own."""


@theme.command("list")
@json_option
@pass_session
def list_themes(session: Session) -> None:
    """Show the themes there are."""
    from handoutkit.library.theme_folders import lineage

    library = session.library()
    roots, names = library.workspace.roots, library.workspace.theme_files
    loaded, problems = library.readable(lambda name: lineage(name, roots)[0][1], names)
    themes = {one.source.path.parent.name: one.model for one in loaded}
    width = max(map(len, themes), default=0)
    for name, settings in themes.items():
        session.say(f"{name:<{width}}  {settings.description}")
    session.give(themes=[{"id": name, **_settings(settings)} for name, settings in themes.items()])
    end_with(problems)


@theme.command()
@theme_argument
@json_option
@pass_session
def show(session: Session, name: str) -> None:
    """Show what a theme says of itself, what it comes from, and the files in which it differs."""
    from handoutkit.library.theme_folders import files_of, lineage

    roots = session.library().workspace.roots
    (_, loaded), *before = lineage(name, roots)
    facts: dict[str, Any] = {
        "id": name,
        **_settings(loaded.model),
        "comes_from": [parent for parent, _ in before],
        "files": [shown(path) for path in files_of(name, roots)],
    }
    session.say(f"{loaded.model.title}\n  {loaded.model.description}\n")
    session.say("comes from: " + (" -> ".join(facts["comes_from"]) or "nothing; all others come from it"))
    session.say("files:")
    for path in facts["files"]:
        session.say(f"  {path}")
    session.give(**facts)


@theme.command()
@theme_argument
@click.argument("new_name", metavar="NEW")
@json_option
@pass_session
def copy(session: Session, name: str, new_name: str) -> None:
    """Write a theme of your own into templates/NEW, which starts from another."""
    from handoutkit.scaffold.start import start_theme

    written = start_theme(session.library().workspace, name, new_name)
    session.say(f"The theme {new_name} looks like {name} until you change something in it:")
    for path in written:
        session.say(f"  {shown(path)}")
    session.say(f"See it: handoutkit build --all --theme {new_name}")
    session.give((), outputs=[{"path": shown(path), "id": new_name} for path in written])


@theme.command()
@theme_argument
@json_option
@pass_session
def pack(session: Session, name: str) -> None:
    """Write a theme of your own, with its fonts and pictures, into one file for somebody else: THEME.zip."""
    from handoutkit.scaffold.theme_files import pack_theme

    written = pack_theme(session.library().workspace, name, Path.cwd())
    session.say(f"{shown(written)}: whoever gets it says `handoutkit theme add {written.name}`")
    session.give((), outputs=[{"path": shown(written), "id": name}])


@theme.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@pass_session
def add(session: Session, file: Path) -> None:
    """Put a theme that somebody packed into templates/ of your workspace; nothing is overwritten."""
    from handoutkit.scaffold.theme_files import add_theme

    names, written = add_theme(session.library().workspace, file)
    for path in written:
        session.say(f"  {shown(path)}")
    session.say(f"See it: handoutkit build --all --theme {names[0]}")
    session.give((), outputs=[{"path": shown(path), "id": path.name} for path in written], themes=names)


def _settings(settings: ThemeSettings) -> dict[str, str | None]:
    return {"title": settings.title, "description": settings.description, "extends": settings.extends}
