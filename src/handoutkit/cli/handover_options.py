"""Options of `handoutkit batch` by which a finished batch is handed on: a file for the printer, a ZIP for a portal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .session import Session

if TYPE_CHECKING:
    from handoutkit.batch.run_batch import Batch

F = TypeVar("F", bound=Callable[..., Any])
MARKS = ("slip", "page")


def handover_options(command: F) -> F:
    """Add the options to a command."""
    options = (
        click.option("--print-file", is_flag=True, help="Also make one PDF for the printer, in the roster's order."),
        click.option(
            "--mark",
            type=click.Choice(MARKS),
            help="For --print-file: say whose sheets these are, on a slip before them or on their first page.",
        ),
        click.option(
            "--split", type=click.IntRange(1), metavar="SHEETS", help="For --print-file: most sheets of one file."
        ),
        click.option("--zip", "as_zip", is_flag=True, help="Also put the packets into one ZIP, for a portal."),
        click.option(
            "--file-names",
            metavar="PATTERN",
            help="For --zip: what the files in it are called, such as `{client_ref}-{packet}`.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def check_handover(values: dict[str, Any]) -> None:
    """Refuse options that do not go together. Raises click.UsageError, UsageError."""
    if (values["mark"] or values["split"]) and not values["print_file"]:
        raise click.UsageError("--mark and --split are for --print-file")
    if values["file_names"] and not values["as_zip"]:
        raise click.UsageError("--file-names is for --zip")
    if values["print_file"] and (values["password_column"] or values["password_env"]):
        raise click.UsageError("a file for the printer opens without a password: make it without --password-...")
    if values["file_names"]:
        from handoutkit.batch.handover.portal_zip import check_pattern

        check_pattern(values["file_names"])


def hand_over(session: Session, made: Batch, name: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    """Make what the options ask for of the packets that are there; gives what was written, for ``--json``.

    Raises:
        WithheldError: what was made is not what it should be.
        MachineError: a file cannot be read or written.
    """
    if not (values["print_file"] or values["as_zip"]):
        return []
    from handoutkit.batch.handover import portal_zip, print_run
    from handoutkit.batch.handover.finished_packets import finished_packets
    from handoutkit.files.text_files import shown, unwritable

    folder = made.folder
    packets = finished_packets(made)
    outputs: list[dict[str, Any]] = []
    try:
        if values["print_file"] and packets:
            choices = print_run.PrintChoices(values["mark"] or "none", values["split"], made.verify)
            for file in print_run.PrintRun(folder.prints, name, len(packets), choices).make(packets):
                sheets = "1 sheet" if file.sheets == 1 else f"{file.sheets:,} sheets"
                copies = "1 copy" if file.packets == 1 else f"{file.packets:,} copies"
                session.say(f"{shown(file.path)}  ({sheets}, {copies})")
                outputs.append({"path": shown(file.path), "sheets": file.sheets, "copies": file.packets})
        if values["as_zip"] and packets:
            path = folder.zip
            pattern = values["file_names"] or portal_zip.DEFAULT_PATTERN
            count = portal_zip.write_zip(path, name, packets, pattern, values["today"])
            session.say(f"{shown(path)}  ({count:,} {'file' if count == 1 else 'files'})")
            outputs.append({"path": shown(path), "files": count})
    except OSError as error:
        raise unwritable(error, folder.path) from None
    return outputs
