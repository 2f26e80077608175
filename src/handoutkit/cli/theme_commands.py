"""The commands of ``handoutkit theme``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handoutkit.errors import ContentError
from handoutkit.files.text_files import shown

from .session import Session, end_with, pass_session, say_new_spelling, show_problems
from .shared_options import (
    at_a_time,
    date_option,
    handouts_argument,
    json_option,
    output_option,
    processes_option,
    strict_option,
    theme_argument,
)

if TYPE_CHECKING:
    from handoutkit.models.settings.theme_settings import ThemeSettings
    from handoutkit.own_themes.replaced_files import AgedFile


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

    roots = session.workspace().roots
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

    written = start_theme(session.workspace(), name, new_name)
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

    written = pack_theme(session.workspace(), name, Path.cwd())
    session.say(f"{shown(written)}: whoever gets it says `handoutkit theme add {written.name}`")
    session.give((), outputs=[{"path": shown(written), "id": name}])


@theme.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@pass_session
def add(session: Session, file: Path) -> None:
    """Put a theme that somebody packed into templates/ of your workspace; nothing is overwritten."""
    from handoutkit.scaffold.theme_files import add_theme

    names, written = add_theme(session.workspace(), file)
    for path in written:
        session.say(f"  {shown(path)}")
    session.say(f"See it: handoutkit build --all --theme {names[0]}")
    session.give((), outputs=[{"path": shown(path), "id": path.name} for path in written], themes=names)


def _settings(settings: ThemeSettings) -> dict[str, str | None]:
    return {"title": settings.title, "description": settings.description, "extends": settings.extends}


@theme.command()
@theme_argument
@handouts_argument
@click.option("--quick", is_flag=True, help="Try it on a few handouts that have every type of block between them.")
@click.option("--all", "everything", is_flag=True, hidden=True)
@click.option("--accept", is_flag=True, help="Take shipped files as they are now for those that yours were made from.")
@click.option("--practice", metavar="ID|FILE", help="Whose name and colours; by default the workspace's own.")
@date_option
@strict_option
@processes_option
@output_option("Where to put THEME.png; by default output/themes in the workspace.")
@json_option
@pass_session
def check(
    session: Session,
    /,
    name: str,
    handouts: tuple[str, ...],
    quick: bool,
    accept: bool,
    strict: bool,
    output: Path | None,
    **values: Any,
) -> None:
    """Look at a theme as a whole: names in it that nothing reads, and its pages.

    Tries it on every handout, on those that are named, or on a few: in each reader's format, from right to left,
    as a page, in Word, as text, and in a packet. Writes a picture of all of it.
    """
    from handoutkit.build.build_options import BuildOptions
    from handoutkit.files.atomic_write import write_files
    from handoutkit.files.text_files import refuse_links_outside, unwritable
    from handoutkit.theme_check.check_theme import check_theme
    from handoutkit.theme_check.contact_sheet import contact_sheet
    from handoutkit.theme_check.covering_handouts import handouts_to_try

    if everything := values["everything"]:
        say_new_spelling("--all", "what `theme check` does by itself")
    if handouts and quick:
        raise click.UsageError("name the handouts to try, or say --quick for a few with every type of block")
    library = session.library()
    wanted = handouts_to_try(library, () if everything else handouts, quick=quick and not everything)
    options = BuildOptions(theme=name, practice=values["practice"], today=values["today"])
    with _telling(quiet=session.quiet or session.as_json) as told:
        found = check_theme(library, options, wanted, accept=accept, processes=at_a_time(values), told=told)
    show_problems(found.problems)
    for aged in found.aged:
        session.say(aged.difference)
    outputs = []
    if found.pages:
        folder = output or library.workspace.folder / "output" / "themes"
        path = folder / f"{name}.png"
        refuse_links_outside([path], folder)
        try:
            write_files({path: contact_sheet(found.pages, name)})
        except OSError as error:
            raise unwritable(error, path) from None
        outputs.append({"path": shown(path), "id": name})
        session.say(f"{shown(path)}  ({len(found.pages)} made, of {len(found.handouts)} handouts and a packet)")
    session.give(found.problems, outputs=outputs, aged=[_aged(each) for each in found.aged])
    failing = ("error", "warning") if strict else ("error",)
    if any(problem.severity in failing for problem in found.problems):
        click.get_current_context().exit(ContentError.exit_code)


@contextmanager
def _telling(*, quiet: bool) -> Iterator[Callable[[int, int, str], None]]:
    """Says on stderr how far the tries are: as a bar on a terminal, else a line for each."""
    if quiet:
        yield lambda _done, _of, _what: None
        return
    if not sys.stderr.isatty():
        yield lambda done, of, what: click.echo(f"{done:>{len(str(of))}} of {of}: {what}", err=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, of, what: bar.update(task, completed=done, total=of, description=what)


def _aged(each: AgedFile) -> dict[str, str]:
    return {"file": shown(each.replaced.own), "since": each.release, "difference": each.difference}
