"""The command ``handoutkit answers``: filled-in PDFs read back into a table."""

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
    from handoutkit.answers.read_answers import Answers


@click.command()
@click.argument("pdfs", nargs=-1, required=True, metavar="PDF...", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="Where to put the rows; by default they are printed.",
)
@click.option("--client-ref", default="", metavar="R", help="Whose answers these are, where the PDFs do not say so.")
@click.option("--password-env", metavar="NAME", help="The environment variable with the password of encrypted PDFs.")
@click.option("--all", "everything", is_flag=True, help="Have a row for each field, also where nothing was answered.")
@json_option
@pass_session
def answers(
    session: Session,
    /,
    pdfs: tuple[Path, ...],
    output: Path | None,
    client_ref: str,
    password_env: str | None,
    everything: bool,
) -> None:
    """Read the answers out of filled-in PDFs, as rows of a table.

    The rows are what clients wrote: treat them as you treat their records.
    """
    _spare_the_pdfs(output, pdfs)
    from handoutkit.isolation.worker import the_worker

    the_worker().start("handoutkit.answers.read_pdf_task", pdfs)
    from handoutkit.answers.read_answers import ReadOptions, read_all

    reading = ReadOptions(client_ref, _password(password_env), everything)
    found = read_all(dict.fromkeys(pdfs), session.library(), reading)
    show_problems(found.problems)
    if found.read:
        _give(session, found, output)
    problems = [problem.as_json() for problem in found.problems]
    session.give({"rows": [row.as_json() for row in found.rows], "problems": problems})
    if any(problem.severity == "error" for problem in found.problems):
        click.get_current_context().exit(1)


def _spare_the_pdfs(output: Path | None, pdfs: Sequence[Path]) -> None:
    if output and output.exists() and any(pdf.exists() and output.samefile(pdf) for pdf in pdfs):
        raise click.UsageError("--output names one of the PDFs; the answers would take its place")


def _password(variable: str | None) -> str | None:
    if variable is None:
        return None
    if variable not in os.environ:
        raise click.BadParameter(f"there is no environment variable {variable!r}", param_hint="--password-env")
    return os.environ[variable]


def _give(session: Session, found: Answers, output: Path | None) -> None:
    """The rows as CSV, in a file or on stdout, where a terminal is spared what would move its cursor."""
    from handoutkit.answers.csv_export import to_csv
    from handoutkit.files.source_file import printable
    from handoutkit.files.text_files import shown

    text = to_csv(found.rows)
    if output:
        _place(output, text)
        files = "1 PDF" if found.read == 1 else f"{found.read} PDFs"
        rows = "1 row" if len(found.rows) == 1 else f"{len(found.rows)} rows"
        session.say(f"{shown(output)}  ({rows} from {files})")
    elif not session.as_json:
        if sys.stdout.isatty():
            text = "\n".join(printable(line) for line in text.split("\n"))
        click.echo(text, nl=False)


def _place(path: Path, text: str) -> None:
    """Write the file for its owner only. The mark at its start tells Excel that it is UTF-8. Raises MachineError."""
    from handoutkit.files.atomic_write import write_file
    from handoutkit.files.text_files import unwritable

    try:
        write_file(path, text.encode("utf-8-sig"), private=True)
    except OSError as error:
        raise unwritable(error, path) from None
