"""How a roster was read, said in the terminal: its columns, its days, and the question of its encoding."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from handoutkit.cli.session import Session
from handoutkit.files.source_file import printable

if TYPE_CHECKING:
    from handoutkit.batch.batch_request import BatchRequest
    from handoutkit.batch.run_batch import Batch
    from handoutkit.rosters.roster import Roster, RosterChoices, UnsureEncodingError

READING_OPTIONS = (
    click.option(
        "--map",
        "mapped",
        multiple=True,
        metavar="THEIRS=OURS",
        help="What a column is for, such as `Their Column=client_ref`; `-` leaves it out; may be repeated. Remembered.",
    ),
    click.option(
        "--dates",
        type=click.Choice(["dmy", "mdy", "ymd"]),
        help="The order of the numbers in dates; by default as the practice's region writes them.",
    ),
    click.option("--encoding", metavar="NAME", help="The encoding of a CSV that is not in UTF-8, such as mac-roman."),
    click.option("--with-hidden", is_flag=True, help="Read the hidden rows, columns and sheets of a workbook, too."),
    click.option("--allow-empty", is_flag=True, help="Make packets although no column has some of their values."),
)


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how a roster is read."""
    for option in reversed(READING_OPTIONS):
        command = option(command)
    return command


def reading_choices(values: dict[str, Any]) -> RosterChoices:
    """What the options say of a table. Raises BadParameter."""
    from handoutkit.rosters.columns import NOT_USED, normal
    from handoutkit.rosters.readers.text_encoding import ENCODINGS, encoding_called
    from handoutkit.rosters.roster import RosterChoices

    mapped = {}
    for said in values["mapped"]:
        theirs, equals, ours = said.rpartition("=")
        if not equals or not theirs.strip() or not ours.strip():
            message = 'write the name of the column, `=`, and what it is for, such as "Their Column=client_ref"'
            raise click.BadParameter(message, param_hint="--map")
        mapped[theirs.strip()] = NOT_USED if ours.strip() == NOT_USED else normal(ours)
    encoding = values["encoding"] and encoding_called(values["encoding"])
    if values["encoding"] and not encoding:
        message = f"there is no such encoding; there are: {', '.join(ENCODINGS)}"
        raise click.BadParameter(message, param_hint="--encoding")
    return RosterChoices(mapped, (), encoding, values["with_hidden"], values["dates"])


class RosterTalk:
    """Says how the roster of one run was read."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.roster: Roster | None = None

    def told(self, roster: Roster) -> None:
        """Say what the columns are for, whatever else may be wrong with the roster."""
        self.roster = roster
        if said := roster.said():
            self._session.say(printable(said))

    @property
    def columns(self) -> str:
        """What the columns are for, for ``--json``."""
        return self.roster.said() if self.roster else ""

    @contextmanager
    def open(self, request: BatchRequest, *, dry_run: bool) -> Iterator[Batch]:
        """The batch, after the user was asked about an encoding that had to be guessed. Raises as it does."""
        from handoutkit.rosters.roster import UnsureEncodingError

        try:
            with request.open(dry_run=dry_run, told=self.told) as made:
                yield made
            return
        except UnsureEncodingError as error:
            encoding = self._asked(error)
        answered = replace(request, reading=replace(request.reading, encoding=encoding))
        with answered.open(dry_run=dry_run, told=self.told) as made:
            yield made

    def _asked(self, error: UnsureEncodingError) -> str:
        """The encoding, if the user says yes to the names that it gives. Raises UnsureEncodingError: they do not."""
        session, facts = self._session, error.facts
        if session.as_json or session.quiet or not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise error
        click.echo(f"{error.problems[0].message}. These cells are in it:", err=True)
        for sample in facts.samples:
            click.echo(f"  {printable(sample)}", err=True)
        if not click.confirm(f"Are they right? (--encoding {facts.encoding} says so without the question)", err=True):
            raise error
        return facts.encoding

    def show_days(self, batch: Batch) -> None:
        """Say how the first day of each column is printed; for the terminal only, as it is a client's."""
        from babel import Locale

        from handoutkit.batch.finish_packet import values_with_a_slot
        from handoutkit.packets.personalise.make_client_packet import as_printed

        plan = batch.plan
        left = set(plan.roster.days)
        for client in plan.roster.clients(plan.without):
            if not left:
                return
            if not client.safe_to_send:
                continue
            layout = batch.store.get(plan.layouts[client.choice].digest)
            values = values_with_a_slot(client, layout)
            for name in sorted(left & values.keys()):
                words = as_printed(name, values[name], Locale.parse(layout.locale))
                if words != values[name]:
                    left.remove(name)
                    self._session.say(f"  {name}: row {client.row} is printed as {words}")

    def remember(self, request: BatchRequest) -> None:
        """Keep what the user said of the columns for the next table with the same header."""
        if not request.reading.mapped or self.roster is None:
            return
        from handoutkit.files.text_files import shown
        from handoutkit.webapp.forms.remember_columns import remember_columns

        columns = self.roster.understood(request.reading.mapped)
        path = remember_columns(request.library.workspace.folder, columns, request.reading.dates)
        if path:
            self._session.say(f"{shown(path)}  (remembers these columns for tables with the same header)")
