"""The command ``handoutkit build``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handoutkit.errors import Problem
from handoutkit.export.output_formats import output_formats

from .session import Session, pass_session
from .shared_options import (
    archive_option,
    at_a_time,
    build_options,
    choices,
    fill_option,
    handouts_argument,
    output_option,
    processes_option,
    refuse_two_places_to_work,
    scheduler_option,
    settings_option,
)

if TYPE_CHECKING:
    from handoutkit.build.build_result import BuildResult
    from handoutkit.build.builder import Builder
    from handoutkit.build.kept_build import KeptBuild
    from handoutkit.build.written_file import WrittenFile
    from handoutkit.isolation.dask_cluster import DaskCluster


@click.command()
@handouts_argument
@click.option("--all", "everything", is_flag=True, help="Build every handout of the library.")
@build_options
@click.option(
    "--to",
    type=click.Choice([known.name for known in output_formats()]),
    multiple=True,
    default=("pdf",),
    help="What to make: a PDF, a page for a website, plain text, a Word document, pictures; may be repeated.",
)
@click.option(
    "--client-ref", metavar="R", help="Whose these are: the files say so when they come back, and are named by it."
)
@settings_option("A short note at the top of each: `note=...`; or a part with `if:` that is there: `minor=yes`.")
@fill_option
@archive_option
@processes_option
@scheduler_option("A Dask scheduler whose workers set the pages.")
@output_option("Where to put PRACTICE/HANDOUT.pdf; by default output/ in the workspace.")
@pass_session
def build(
    session: Session,
    /,
    handouts: tuple[str, ...],
    everything: bool,
    client_ref: str | None,
    output: Path | None,
    strict: bool,
    **values: Any,
) -> None:
    """Make handouts into PDFs or other files, for one practice.

    With a client's words in it, a file is for its owner only: treat it as you treat your records.
    """
    from handoutkit.build.conditions_given import conditions_given

    given = conditions_given(values["settings"], _is_condition)
    note, fills = _note(given.left), values["fills"]
    if (note or fills) and not client_ref:
        raise click.UsageError("say whose it is with --client-ref, so that the copy for everyone stays as it is")
    if everything == bool(handouts):
        raise click.UsageError("name the handouts to build, or say --all for every one; see `handoutkit list`")
    refuse_two_places_to_work(values)
    folder = session.output_folder(output)
    kept = _kept(session, handouts, client_ref, folder, values)
    if kept and (told := kept.told()):
        told.forget_pictures()
        session.warn(told.problems, strict=strict)
        _tell(session, told.problems, told.files)
        return
    from handoutkit.build.builder import Builder

    library = session.library()
    options = replace(choices(values), to=values["to"], note=bool(note), when=given.when)
    wanted = list(library.handouts_in(values["lang"])) if everything else list(dict.fromkeys(handouts))
    with _cluster(values) as cluster:
        builder = Builder(library, options, processes=at_a_time(values), cluster=cluster)
        built = builder.render(wanted)
    if client_ref is not None:
        built = _for_client(built, builder, client_ref, fills, note)
    if values["archive"]:
        from handoutkit.build.archive_copy import as_archive_copies

        built = as_archive_copies(built)
    session.warn(built.warnings, strict=strict)
    outputs = built.write(folder)
    _tell(session, built.warnings, outputs)
    if kept:
        kept.keep(built.warnings, outputs, built.pictures)


def _cluster(values: dict[str, Any]) -> AbstractContextManager[DaskCluster | None]:
    """The cluster that was named, whose workers set the pages; None where this machine does it."""
    if not values["scheduler"]:
        return nullcontext()
    from handoutkit.isolation.dask_cluster import DaskCluster

    return DaskCluster(values["scheduler"])


def _kept(
    session: Session, handouts: tuple[str, ...], client_ref: str | None, output: Path, values: dict[str, Any]
) -> KeptBuild | None:
    """What the same build told the last time; None where it is never kept: for a client, a record or as a draft."""
    if client_ref is not None or any(values[name] for name in ("fills", "settings", "archive", "draft")):
        return None
    from handoutkit.build.kept_build import KeptBuild

    asked = {name: value for name, value in values.items() if name not in ("processes", "scheduler")}
    named = [*handouts, *values["framings"], *filter(None, (values["practice"], values["theme"]))]
    return KeptBuild.of(session.workspace_folder(), output, asked | {"handouts": handouts}, named)


def _tell(session: Session, problems: Sequence[Problem], files: Sequence[WrittenFile]) -> None:
    for made in files:
        session.say(f"{made.path}{_facts(made)}")
    session.give(problems, outputs=[made.as_json() for made in files])


def _is_condition(name: str) -> bool:
    """Whether a setting can be about parts with `if:`; the build tells names that no handout asks about."""
    from handoutkit.models.filled_in.identifiers import ID_PATTERN

    return name != "note" and re.fullmatch(ID_PATTERN, name) is not None


def _for_client(built: BuildResult, builder: Builder, ref: str, fills: tuple[str, ...], note: str) -> BuildResult:
    """The handouts with a client's reference, and with their words, if there are any. Raises HandoutkitError."""
    from handoutkit.packets.personalise import client_values

    if fills or note:
        from handoutkit.packets.handout_for_client import filled_in

        return filled_in(built, builder.theme, client_values.client_ref(ref), fills, note)
    from handoutkit.build.add_reference import with_client_ref

    return with_client_ref(built, client_values.client_ref(ref))


def _note(settings: tuple[str, ...]) -> str:
    """The note that is set. Raises UsageError: something else is, or it is set twice; nothing typed is repeated."""
    notes = [
        value.strip() for name, equals, value in (each.partition("=") for each in settings) if name == "note" and equals
    ]
    if len(notes) != len(settings) or len(notes) > 1:
        raise click.UsageError(
            "a handout takes one value with --set, `note=...`, and `NAME=yes` for its parts with `if:`; "
            "what goes into a field is said with --fill"
        )
    return notes[0] if notes else ""


def _facts(made: WrittenFile) -> str:
    pages = ["1 page" if made.pages == 1 else f"{made.pages} pages"] if made.pages else []
    facts = ", ".join([*pages, *(["unchanged"] if made.unchanged else [])])
    return f"  ({facts})" if facts else ""
