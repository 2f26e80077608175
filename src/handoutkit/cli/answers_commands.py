"""The commands ``handoutkit answers`` and ``handoutkit progress``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .session import Session, pass_session, show_problems
from .shared_options import json_option

if TYPE_CHECKING:
    from handoutkit.answers.answer_rows import AnswerRow
    from handoutkit.answers.read_answers import Answers
    from handoutkit.answers.returns.ledger import ReturnsFolder
    from handoutkit.library.library import Library
    from handoutkit.progress.page_data import Reader


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option("--new", is_flag=True, help="Read what is in the workspace's folder returns/ and was not read before.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to put the rows: FILE.csv, FILE.xlsx or FILE.fhir.json; by default they are printed.",
)
@click.option("--client-ref", default="", metavar="R", help="Whose answers these are, where the files do not say so.")
@click.option("--password-env", metavar="NAME", help="The environment variable with the password of encrypted PDFs.")
@click.option("--all", "everything", is_flag=True, help="Have a row for each field, also where nothing was answered.")
@json_option
@pass_session
def answers(
    session: Session,
    /,
    files: tuple[Path, ...],
    new: bool,
    output: Path | None,
    client_ref: str,
    password_env: str | None,
    everything: bool,
) -> None:
    """Read the answers out of filled-in PDFs and pages, as rows of a table, alerts first.

    The rows are what clients wrote: treat them as you treat their records.
    """
    if new == bool(files):
        raise click.UsageError("name the files to read, or say --new for those in returns/ that were not read before")
    password = _password(password_env)
    returns, wanted = _new_files(session) if new else (None, list(files))
    _check_output(output, wanted)
    from handoutkit.isolation.worker import the_worker

    the_worker().start(reads=wanted)  # one worker for all of them
    from handoutkit.answers.read_answers import ReadOptions, read_all
    from handoutkit.answers.tables.answer_columns import VERSION

    found = read_all(wanted, session.library(), ReadOptions(client_ref, password, everything))
    _show_alerts(found.rows)
    show_problems(found.problems)
    if found.read:
        _write_rows(session, found, output)
    if session.as_json:
        session.give(found.problems, version=VERSION, rows=[row.as_json() for row in found.rows])
    if returns:
        returns.enter(found.digests)  # now that the rows are where they belong
    if any(problem.severity == "error" for problem in found.problems):
        click.get_current_context().exit(1)


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "outputs",
    type=click.Path(dir_okay=False, path_type=Path),
    multiple=True,
    required=True,
    metavar="FILE",
    help="What to make: FILE.pdf, a sheet, or FILE.html, a page; may be repeated.",
)
@click.option(
    "--for",
    "audience",
    type=click.Choice(["client", "clinician"]),
    default="clinician",
    help="For whose eyes; bands and alerts are on the clinician's only.",
)
@click.option(
    "--client-ref", default="", metavar="R", help="Whose progress; needed where files are of several clients."
)
@click.option("--practice", metavar="ID|FILE", help="Whose name and look it bears.")
@click.option("--lang", metavar="TAG", help="The language of the page; by default the practice's.")
@click.option("--password-env", metavar="NAME", help="The environment variable with the password of encrypted PDFs.")
@json_option
@pass_session
def progress(
    session: Session,
    /,
    files: tuple[Path, ...],
    outputs: tuple[Path, ...],
    audience: Reader,
    client_ref: str,
    password_env: str | None,
    **page: str | None,
) -> None:
    """Show one client's scores, ratings, ticks and words over time.

    FILEs are filled-in PDFs and pages that came back, and tables that `handoutkit answers` made of such files. Treat
    what comes of them as you treat the client's records.
    """
    for output in outputs:
        if output.suffix.casefold() not in (".pdf", ".html"):
            raise click.UsageError("--output takes names that end in .pdf or .html")
        _check_output(output, files)
    password = _password(password_env)
    library = session.library()
    from handoutkit.isolation.worker import the_worker
    from handoutkit.progress.gather_rows import gather_rows
    from handoutkit.progress.over_time import progress_of
    from handoutkit.progress.progress_pages import ProgressChoices, progress_pages

    choices = ProgressChoices.of(library, page["practice"], page["lang"], audience)
    the_worker().start(reads=[*files, *choices.reads])
    rows, problems = gather_rows(files, library, client_ref, password)
    show_problems(problems)
    found = progress_of(rows, library, choices.language)
    made = progress_pages(found, choices, [output.suffix.casefold() for output in outputs])
    for output, data in zip(outputs, made, strict=True):
        _write_private(output, data)
        session.say(str(output))
    session.give(problems, outputs=[str(output) for output in outputs], days=list(found.days))
    if any(problem.severity == "error" for problem in problems):
        click.get_current_context().exit(1)


def _new_files(session: Session) -> tuple[ReturnsFolder, list[Path]]:
    """The folder of returned files, and those in it that have not been read; says how many have."""
    from handoutkit.answers.read_answers import digest_of
    from handoutkit.answers.returns.ledger import FOLDER, ReturnsFolder

    returns = ReturnsFolder(session.workspace().folder / FOLDER)
    every, known = returns.files(), returns.read_before()
    files = [path for path in every if digest_of(path) not in known]
    before = len(every) - len(files)
    if not files:
        session.say(f"nothing new in {FOLDER}/" + (f" ({before} read before)" if before else ""))
    return returns, files


def _check_output(output: Path | None, wanted: Sequence[Path]) -> None:
    """Raises UsageError: the answers would overwrite one of the files."""
    if output and output.exists() and any(path.exists() and output.samefile(path) for path in wanted):
        raise click.UsageError("--output names one of the files to read; the answers would take its place")


def _password(variable: str | None) -> str | None:
    if variable is None:
        return None
    if variable not in os.environ:
        raise click.BadParameter(f"there is no environment variable {variable!r}", param_hint="--password-env")
    return os.environ[variable]


def _show_alerts(rows: Sequence[AnswerRow]) -> None:
    """Say on stderr, before anything else, whom to call: who, when, the item, and what was answered."""
    from handoutkit.files.source_file import printable

    for row in (row for row in rows if row.kind == "alert"):
        who = row.client_ref or "no reference"
        day = f"{row.day}{_DAY_FROM.get(row.day_from, '')}" if row.day else "no day"
        head = f"ALERT  {who}  {day}  {row.handout}"
        plain = bool(os.environ.get("NO_COLOR"))
        click.echo(printable(head) if plain else click.style(printable(head), fg="red", bold=True), err=True)
        click.echo(printable(f"  {row.question}  {row.value}  ({row.file})"), err=True)


_DAY_FROM = {"saved": " (saved)", "file": " (the file's own day)"}
"""What stands behind a day that nobody wrote on the sheet."""


def _write_rows(session: Session, found: Answers, output: Path | None) -> None:
    """Write the rows into a file, or as CSV on stdout; a terminal gets no control characters."""
    from handoutkit.answers.tables.csv_export import to_csv
    from handoutkit.files.source_file import printable
    from handoutkit.files.text_files import shown

    if output:
        _write_table(output, found.rows, session.library())
        files = "1 file" if found.read == 1 else f"{found.read} files"
        rows = "1 row" if len(found.rows) == 1 else f"{len(found.rows)} rows"
        session.say(f"{shown(output)}  ({rows} from {files})")
    elif not session.as_json:
        text = to_csv(found.rows)
        if sys.stdout.isatty():
            text = "\n".join(printable(line) for line in text.split("\n"))
        click.echo(text, nl=False)


def _write_table(path: Path, rows: Sequence[AnswerRow], library: Library) -> None:
    """Write a workbook, a Bundle, or CSV whose mark at its start tells Excel that it is UTF-8; for its owner only.

    Raises:
        MachineError: it cannot be written.
    """
    if path.name.casefold().endswith(".fhir.json"):
        from handoutkit.answers.fhir.questionnaire_response import to_fhir

        data = to_fhir(rows, library).encode()
    elif path.suffix.casefold() == ".xlsx":
        from handoutkit.answers.tables.xlsx_export import to_xlsx

        data = to_xlsx(rows)
    else:
        from handoutkit.answers.tables.csv_export import to_csv

        data = to_csv(rows).encode("utf-8-sig")
    _write_private(path, data)


def _write_private(path: Path, data: bytes) -> None:
    """Write a file for its owner only. Raises MachineError: it cannot be written."""
    from handoutkit.files.atomic_write import write_file
    from handoutkit.files.text_files import unwritable

    try:
        write_file(path, data, private=True)
    except OSError as error:
        raise unwritable(error, path) from None
