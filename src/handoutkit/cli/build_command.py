"""The command ``handoutkit build``: handouts to PDFs and other forms."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handoutkit.errors import ContentError
from handoutkit.export.output_formats import MEDIA

from .session import Session, pass_session, show_problems
from .shared_options import build_options, choices, handouts_argument

if TYPE_CHECKING:
    from handoutkit.build.build_result import Output
    from handoutkit.export.output_formats import OutputFormat


@click.command()
@handouts_argument
@click.option("--all", "everything", is_flag=True, help="Build every handout of the library.")
@build_options
@click.option(
    "--to",
    type=click.Choice(MEDIA),
    multiple=True,
    default=("pdf",),
    help="What to make: a PDF, a page for a website, plain text, a Word document, pictures; may be repeated.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where to put PRACTICE/HANDOUT.pdf; by default output/ in the workspace.",
)
@pass_session
def build(
    session: Session,
    /,
    handouts: tuple[str, ...],
    everything: bool,
    to: tuple[OutputFormat, ...],
    output: Path | None,
    strict: bool,
    **values: Any,
) -> None:
    """Make handouts into PDFs or other files, for one practice."""
    if everything == bool(handouts):
        raise click.UsageError("name the handouts to build, or say --all for every one; see `handoutkit list`")
    from handoutkit.render.prewarm import start_if_likely

    start_if_likely(session.folder)
    from handoutkit.build.builder import Builder

    library = session.library()
    builder = Builder(library, replace(choices(values), to=to))
    wanted = list(library.handouts_in(values["lang"])) if everything else list(dict.fromkeys(handouts))
    built = builder.render(wanted)
    if strict and built.warnings:
        raise ContentError(built.warnings)
    show_problems(built.warnings)
    outputs = built.write(output or library.workspace.folder / "output")
    for made in outputs:
        session.say(f"{made.path}{_facts(made)}")
    session.give(
        {
            "outputs": [made.as_json() for made in outputs],
            "problems": [problem.as_json() for problem in built.warnings],
        }
    )


def _facts(made: Output) -> str:
    pages = ["1 page" if made.pages == 1 else f"{made.pages} pages"] if made.pages else []
    facts = ", ".join([*pages, *(["unchanged"] if made.cached else [])])
    return f"  ({facts})" if facts else ""
