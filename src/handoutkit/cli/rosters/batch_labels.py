"""What ``handoutkit batch --labels`` does: the address labels of a roster, and no packets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from handoutkit.cli.session import Session

from .roster_reading import RosterTalk

if TYPE_CHECKING:
    from handoutkit.batch.batch_request import BatchRequest

_OF_PACKETS = ("print_file", "mark", "split", "as_zip", "file_names", "password_column", "password_env", "scheduler")


def refuse_options_of_packets(values: dict[str, Any]) -> None:
    """Raises click.UsageError: an option asks for something of the packets, which are not made with labels."""
    if given := ["--" + name.removeprefix("as_").replace("_", "-") for name in _OF_PACKETS if values[name]]:
        raise click.UsageError(f"--labels makes no packets: leave {' and '.join(given)} out, and run it once for each")


def make_label_file(session: Session, request: BatchRequest, sheet: str, *, strict: bool, dry_run: bool) -> None:
    """Make the labels of a roster into labels/BATCH.pdf, for their owner only; in a dry run, only say so.

    Raises:
        ContentError, UsageError, MachineError: as the making of labels does; or the file cannot be written.
    """
    from handoutkit.batch.labels.label_sheets import SHEETS
    from handoutkit.batch.labels.make_labels import make_labels
    from handoutkit.files.atomic_write import write_file
    from handoutkit.files.text_files import refuse_links_outside, shown, unwritable

    made = make_labels(request, SHEETS[sheet], RosterTalk(session).told)
    session.warn(made.problems, strict=strict)
    path = request.output / "labels" / f"{request.batch}.pdf"
    refuse_links_outside([path], request.output)
    try:
        if not dry_run:
            write_file(path, made.pdf, private=True)
    except OSError as error:
        raise unwritable(error, path) from None
    held = f", {made.held} not safe to send" if made.held else ""
    to_make = ", to make" if dry_run else ""
    session.say(f"{shown(path)}  (labels: {made.count}, sheets of Avery {sheet}: {made.sheets}{held}{to_make})")
    outputs = [] if dry_run else [{"path": shown(path), "labels": made.count, "sheets": made.sheets}]
    session.give(made.problems, outputs=outputs)
    click.get_current_context().exit(4 if any(problem.severity == "error" for problem in made.problems) else 0)
