"""Arguments and options that several commands share."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from handoutkit.errors import HandoutkitError

from .session import Session

if TYPE_CHECKING:
    from handoutkit.build.build_options import BuildOptions

F = TypeVar("F", bound=Callable[..., Any])


def _completer(folder: str) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    def complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from handoutkit.library.workspace import Workspace

        start = ctx.find_root().params.get("folder") or Path()
        try:
            names = getattr(Workspace.around(Path(start)), f"{folder}_files")
        except HandoutkitError:
            return []
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]

    return complete


def _set_json(ctx: click.Context, _param: click.Parameter, value: bool) -> bool:
    session = ctx.find_object(Session)
    if session is not None:
        session.as_json = value
    return value


json_option = click.option(
    "--json", is_flag=True, expose_value=False, is_eager=True, callback=_set_json, help="Print one JSON object."
)
handouts_argument = click.argument("handouts", nargs=-1, metavar="[ID|FILE]...", shell_complete=_completer("handout"))
packet_argument = click.argument("wanted", required=False, metavar="[ID|FILE]", shell_complete=_completer("packet"))
handout_argument = click.argument("handout", metavar="ID|FILE", shell_complete=_completer("handout"))
template_option = click.option(
    "--from",
    "template",
    metavar="TEMPLATE",
    shell_complete=_completer("template"),
    help="A template to start from, such as `thought-record`; `handoutkit list --templates` shows them.",
)
packet_option = click.option(
    "--packet", metavar="ID|FILE", shell_complete=_completer("packet"), help="The packet of rows that name none."
)
theme_argument = click.argument("name", metavar="THEME", shell_complete=_completer("theme"))
strict_option = click.option("--strict", is_flag=True, help="Count warnings as errors.")
date_option = click.option(
    "--date",
    "today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    callback=lambda _ctx, _param, value: value.date() if value else _today(),
    help="The day that counts as today.",
)


def _name_and_number(said: str) -> tuple[str, int]:
    """The two parts of ``BLOCK=NUMBER``. Raises BadParameter."""
    name, _, number = said.partition("=")
    if not name or not re.fullmatch(r"\d{1,3}", number, re.ASCII):
        raise click.BadParameter(f"`{said}` is not BLOCK=NUMBER, such as `medicines=8`")
    return name, int(number)


_CHOICES = (
    click.option(
        "--practice", metavar="ID|FILE", shell_complete=_completer("practice"), help="Whose name and look it bears."
    ),
    click.option(
        "--framing",
        "framings",
        multiple=True,
        metavar="ID",
        shell_complete=_completer("framing"),
        help="A cultural framing instead of the practice's own; may be repeated; `none` for none.",
    ),
    click.option("--lang", metavar="TAG", help="The language, such as `en`."),
    click.option(
        "--beside",
        "second_language",
        metavar="TAG",
        help="A second language: each text stands in it again, below the first.",
    ),
    click.option(
        "--format",
        type=click.Choice(["standard", "large-print", "dyslexia-friendly", "low-ink"]),
        default="standard",
        help="For whose eyes, or which printer, it is set.",
    ),
    click.option(
        "--layout",
        type=click.Choice(["sheet", "booklet"]),
        help="One sheet with a side to read and a side to do, or pages that follow each other; by default as the "
        "handout and the practice say, else a sheet. Large letters always come as a booklet.",
    ),
    click.option("--paper", type=click.Choice(["letter", "a4"]), help="The paper; by default the practice's own."),
    click.option(
        "--theme",
        default="base",
        metavar="NAME",
        shell_complete=_completer("theme"),
        help="The look; `handoutkit theme list` shows them.",
    ),
    click.option(
        "--audience", type=click.Choice(["client", "clinician"]), default="client", help="Whose copy to make."
    ),
    click.option(
        "--without",
        multiple=True,
        metavar="BLOCK",
        help="Leave out a block, by its id or its type (`references`); may be repeated.",
    ),
    click.option(
        "--only",
        multiple=True,
        metavar="BLOCK",
        help="Keep this block, with cautions and whom to reach, and leave out the others; may be repeated.",
    ),
    click.option(
        "--rows",
        multiple=True,
        metavar="BLOCK=NUMBER",
        callback=lambda _ctx, _param, value: tuple(map(_name_and_number, value)),
        help="How many rows a table has in this copy, such as `medicines=8`; may be repeated.",
    ),
    click.option(
        "--sides",
        type=click.Choice(["1"]),
        help="The short version on one side: the main idea, the one tool, and whom to reach.",
    ),
    click.option("--no-fields", "fields", flag_value=False, default=True, help="For paper only: no fields to fill in."),
    click.option("--draft", is_flag=True, help="Make it with placeholders in it, and DRAFT across each page."),
    date_option,
)


def archive_option(command: F) -> F:
    """The option ``--archive``."""
    help_text = "Copies for a record: PDF/A-2a as well as PDF/UA-1, named NAME.archive.pdf."
    return click.option("--archive", is_flag=True, help=help_text)(command)


def settings_option(text: str) -> Callable[[F], F]:
    """The option ``--set`` for values, with its help."""
    return click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help=text)


fill_option = click.option(
    "--fill",
    "fills",
    multiple=True,
    metavar="FIELD=WORDS",
    help="Put the client's own words into a place to write, such as `one-ask.answer`; may be repeated.",
)


processes_option = click.option(
    "--processes",
    type=click.IntRange(1, 256),
    metavar="N",
    help="How many work at a time on this machine; by default as many as it has processors.",
)


def scheduler_option(text: str) -> Callable[[F], F]:
    """The option ``--scheduler``, with its help."""
    return click.option("--scheduler", metavar="ADDRESS", help=text)


def refuse_two_places_to_work(values: dict[str, Any]) -> None:
    """Raises UsageError: work is to be done on this machine and on a cluster."""
    if values["processes"] and values["scheduler"]:
        raise click.UsageError("--processes and --scheduler do not go together: the cluster has its own workers")


def at_a_time(values: dict[str, Any]) -> int:
    """How many processes are to work at a time, from the values of a command with ``processes_option``."""
    from handoutkit.isolation.worker_pool import processors

    return values["processes"] or processors()


def output_option(text: str) -> Callable[[F], F]:
    """The option ``--output`` for a folder, with its help."""
    kind = click.Path(file_okay=False, path_type=Path)
    return click.option("-o", "--output", type=kind, metavar="DIR", help=text)


def _all_of(*options: Callable[[F], F]) -> Callable[[F], F]:
    """A decorator that adds several options, which ``--help`` shows in this order."""

    def add(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return add


build_options = _all_of(*_CHOICES, strict_option, json_option)
"""The options that decide how a handout comes out."""
preview_options = _all_of(*_CHOICES, json_option)
"""The same without ``--strict``, for the app, which shows problems beside the pages."""


def choices(values: dict[str, Any]) -> BuildOptions:
    """The build's options from the values of ``build_options``."""
    from handoutkit.build.build_options import BuildOptions

    names = (
        "practice",
        "framings",
        "second_language",
        "paper",
        "theme",
        "audience",
        "today",
        "fields",
        "format",
        "layout",
        "draft",
        "without",
        "only",
        "rows",
    )
    short = values["sides"] == "1"
    return BuildOptions(language=values["lang"], short=short, **{name: values[name] for name in names})


def _today() -> date:
    return date.today()  # the user's own day is meant
