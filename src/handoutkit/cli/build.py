"""``handoutkit build``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from handoutkit.errors import ContentError

from .options import build_options, choices, handouts_argument
from .session import Session, pass_session, show_problems


@click.command()
@handouts_argument
@click.option("--all", "everything", is_flag=True, help="Build every handout of the library.")
@build_options
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where to put PRACTICE/HANDOUT.pdf; by default output/ in the workspace.",
)
@pass_session
def build(
    session: Session, /, handouts: tuple[str, ...], everything: bool, output: Path | None, strict: bool, **values: Any
) -> None:
    """Make handouts into PDFs, for one practice."""
    if everything == bool(handouts):
        raise click.UsageError("name the handouts to build, or say --all for every one; see `handoutkit list`")
    from handoutkit.render.ahead import start_if_likely

    start_if_likely(session.folder)
    from handoutkit.building import Builder

    library = session.library()
    builder = Builder(library, choices(values))
    wanted = list(library.workspace.handout_files) if everything else list(dict.fromkeys(handouts))
    built = builder.render(wanted)
    if strict and built.warnings:
        raise ContentError(built.warnings)
    show_problems(built.warnings)
    outputs = built.write(output or library.workspace.folder / "output")
    for made in outputs:
        pages = "1 page" if made.pages == 1 else f"{made.pages} pages"
        session.say(f"{made.path}  ({pages}{', unchanged' if made.cached else ''})")
    session.give(
        {
            "outputs": [made.as_json() for made in outputs],
            "problems": [problem.as_json() for problem in built.warnings],
        }
    )
