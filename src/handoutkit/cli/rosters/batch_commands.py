"""The commands ``handoutkit batch`` and ``handoutkit purge``."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handoutkit.cli.session import Session, pass_session, show_problems
from handoutkit.cli.shared_options import (
    at_a_time,
    build_options,
    choices,
    json_option,
    output_option,
    packet_option,
    processes_option,
    refuse_two_places_to_work,
    scheduler_option,
)
from handoutkit.errors import ContentError, MachineError

from .batch_labels import make_label_file, refuse_options_of_packets
from .roster_reading import RosterTalk, reading_choices, reading_options

if TYPE_CHECKING:
    from handoutkit.batch.batch_request import BatchRequest
    from handoutkit.batch.dask_workers import DaskWorkers
    from handoutkit.batch.handover.hand_over import Handover
    from handoutkit.batch.local_workers import LocalWorkers
    from handoutkit.batch.run_batch import Batch, BatchResult


@click.command()
@click.argument("roster", metavar="ROSTER", type=click.Path(path_type=Path))
@packet_option
@build_options
@click.option("--name", metavar="BATCH", help="What the batch is called; by default as the roster's file.")
@output_option("Where to put BATCH/CLIENT_REF.pdf; by default output/ in the workspace.")
@click.option("--dry-run", is_flag=True, help="Say what would be made, and make nothing.")
@click.option(
    "--verify",
    type=click.Choice(["sample", "full"]),
    default="sample",
    help="Read back the words of some packets, or of all; the values are read back of all.",
)
@click.option("--password-column", metavar="COLUMN", help="The column with the password of each packet.")
@click.option("--password-env", metavar="NAME", help="The environment variable with one password for all packets.")
@reading_options
@click.option("--print-file", is_flag=True, help="Also make one PDF for the printer, in the roster's order.")
@click.option(
    "--mark",
    type=click.Choice(["slip", "page"]),
    help="For --print-file: say whose sheets these are, on a slip before them or on their first page.",
)
@click.option("--split", type=click.IntRange(1), metavar="SHEETS", help="For --print-file: most sheets of one file.")
@click.option("--zip", "as_zip", is_flag=True, help="Also put the packets into one ZIP, for a portal.")
@click.option(
    "--file-names",
    metavar="PATTERN",
    help="For --zip: what the files in it are called, such as `{client_ref}-{packet}`.",
)
@click.option(
    "--labels",
    type=click.Choice(["5160", "5163", "L7160", "L7163"]),
    help="Make address labels on sheets of this number (Avery), and no packets.",
)
@processes_option
@scheduler_option("A Dask scheduler whose workers make the packets.")
@pass_session
def batch(session: Session, /, strict: bool, dry_run: bool, **values: Any) -> None:
    """Make a packet for each row of a roster (CSV, XLSX or ODS).

    The roster needs a column with the clients' references. Columns are known by usual names, such as `Client ID` and
    `Next Appointment`, and a line says how they were understood; docs/rosters.md has them all. Run the same command
    again after an interruption, or with a changed roster: what is there and unchanged is left as it is.
    """
    refuse_two_places_to_work(values)
    if values["password_column"] and values["password_env"]:
        raise click.UsageError("--password-column and --password-env do not go together: choose one")
    if values["labels"]:
        refuse_options_of_packets(values)
        make_label_file(session, _request(session, values), values["labels"], strict=strict, dry_run=dry_run)
        return
    wanted = _handover(values)
    from handoutkit.batch.run_batch import result_of
    from handoutkit.build.problem_pictures import forget_pictures

    request = _request(session, values)
    talk = RosterTalk(session)
    with talk.open(request, dry_run=dry_run) as made:
        if strict and any(problem.severity != "notice" for problem in made.plan.problems):
            raise ContentError(made.plan.problems)
        if dry_run:
            _show_plan(session, request, made, talk)
            return
        talk.remember(request)
        forget_pictures(request.output, chain.from_iterable(ready.pictures for ready in made.plan.layouts.values()))
        result = result_of(made.plan)
        handed: list[dict[str, Any]] = []
        if result.total:
            result = _run(session, request, made, values)
            if not result.stopped and not result.lacking:
                handed = _hand_over(session, made, request.batch, wanted)
        with (
            suppress(MachineError) if result.lacking else nullcontext()
        ):  # a full disk is a problem of the result already
            made.folder.write_report(request.report(result))
    _show_result(session, request, result, talk, handed)


def _request(session: Session, values: dict[str, Any]) -> BatchRequest:
    """What the options ask for. Raises BadParameter: the variable with the password is not there, or empty."""
    from handoutkit.batch.batch_request import BatchRequest

    library = session.library()
    return BatchRequest(
        library,
        choices(values),
        output=session.output_folder(values["output"]),
        password=_password(values["password_env"]),
        reading=reading_choices(values),
        processes=at_a_time(values),
        **{name: values[name] for name in ("roster", "packet", "name", "verify", "password_column", "allow_empty")},
    )


def _handover(values: dict[str, Any]) -> Handover:
    """What is to be made of the packets. Raises click.UsageError, UsageError: options do not go together."""
    if (values["mark"] or values["split"]) and not values["print_file"]:
        raise click.UsageError("--mark and --split are for --print-file")
    if values["file_names"] and not values["as_zip"]:
        raise click.UsageError("--file-names is for --zip")
    from handoutkit.batch.handover.hand_over import Handover, check_handover
    from handoutkit.batch.handover.portal_zip import DEFAULT_PATTERN
    from handoutkit.batch.handover.print_run import PrintChoices

    prints = PrintChoices(values["mark"] or "none", values["split"], values["verify"]) if values["print_file"] else None
    names = values["file_names"] or DEFAULT_PATTERN if values["as_zip"] else None
    wanted = Handover(prints, names, values["today"])
    check_handover(wanted, encrypted=bool(values["password_column"] or values["password_env"]))
    return wanted


def _hand_over(session: Session, made: Batch, name: str, wanted: Handover) -> list[dict[str, Any]]:
    """Make what is asked for, say it, and give it for ``--json``."""
    from handoutkit.batch.handover.hand_over import hand_over
    from handoutkit.files.text_files import shown

    outputs: list[dict[str, Any]] = []
    for file in hand_over(made, name, wanted):
        counts = {key: getattr(file, key) for key in ("sheets", "copies", "files") if getattr(file, key)}
        words = [
            f"{count:,} {'copy' if key == 'copies' else key[:-1]}" if count == 1 else f"{count:,} {key}"
            for key, count in counts.items()
        ]
        session.say(f"{shown(file.path)}  ({', '.join(words)})")
        outputs.append({"path": shown(file.path), **counts})
    return outputs


def _password(variable: str | None) -> str | None:
    if variable is None:
        return None
    if not os.environ.get(variable):
        message = f"there is nothing in the environment variable {variable!r}"
        raise click.BadParameter(message, param_hint="--password-env")
    return os.environ[variable]


def _run(session: Session, request: BatchRequest, made: Batch, values: dict[str, Any]) -> BatchResult:
    total = made.plan.to_make
    session.say(f"{request.place}  ({total:,} {'packet' if total == 1 else 'packets'} to make)")
    quiet = session.quiet or session.as_json
    with _workers(values, total, made) as workers, progress(total, quiet=quiet) as watch:
        return made.run(workers, watch)


def _workers(values: dict[str, Any], total: int, made: Batch) -> AbstractContextManager[LocalWorkers | DaskWorkers]:
    if values["scheduler"]:
        from handoutkit.batch.dask_workers import DaskWorkers

        return DaskWorkers(values["scheduler"])
    from handoutkit.batch.local_workers import LocalWorkers

    return LocalWorkers(min(at_a_time(values), total), made.maker.theme.roots, made.folder.being_made)


def _show_plan(session: Session, request: BatchRequest, made: Batch, talk: RosterTalk) -> None:
    """Print what a run would make; exit with 4 if some rows have problems."""
    plan, unchanged = made.plan, made.unchanged()
    problems = session.pictured(plan.problems)
    show_problems(problems)
    session.say(f"{request.place}  ({plan.to_make - unchanged:,} to make, {unchanged:,} unchanged)")
    counts: Counter[str] = Counter()
    for choice, count in plan.rows_of_choices.items():
        ready = plan.layouts[choice]
        counts[", ".join([ready.packet, *_words(ready.options)])] += count
    for what, count in counts.items():
        session.say(f"  {count:,} x {what}")
    talk.show_days(made)
    if plan.checked.held:
        session.say(f"  {plan.checked.held:,} held back (not safe_to_send)")
    if bad := len(plan.without):
        session.say(f"  {bad:,} with problems")
    counts_given = {"to_make": plan.to_make - unchanged, "unchanged": unchanged, "held": plan.checked.held, "bad": bad}
    session.give(problems, outputs=[], counts=counts_given, columns=talk.columns)
    if bad:
        click.get_current_context().exit(4)


def _words(options: Mapping[str, object]) -> Iterator[str]:
    """Options of rows as a person reads them, such as `language es`."""
    for name, value in options.items():
        yield f"{name} {', '.join(map(str, value)) if isinstance(value, tuple) else value}"


def _show_result(
    session: Session, request: BatchRequest, result: BatchResult, talk: RosterTalk, handed: list[dict[str, Any]]
) -> None:
    """Print how a run ended, and exit with its code."""
    from handoutkit.batch.run_batch import as_json, run_summary

    problems = session.pictured([*result.lacking, *result.problems])
    show_problems(problems)
    session.say(f"{request.place}  ({run_summary(result)})")
    if result.stopped or result.lacking:
        click.echo("Nothing is half written. To go on, run the same command again.", err=True)
    session.give(problems, outputs=[{"path": request.place}, *handed], counts=as_json(result), columns=talk.columns)
    click.get_current_context().exit(result.exit_code)


@click.command()
@click.argument("batch", metavar="BATCH|DIR")
@output_option("Where the batch was put; by default output/ in the workspace.")
@json_option
@pass_session
def purge(session: Session, batch: str, output: Path | None) -> None:
    """Remove a batch: its packets, its manifest and report, and whatever was kept of it.

    After that nothing here says what its clients were given. Files that the batch did not make stay.
    """
    from handoutkit.batch.remove_batch import remove_batch as remove
    from handoutkit.files.text_files import shown

    named = Path(batch)
    path = (output or session.workspace().folder / "output") / batch if named.name == batch else named
    removed = remove(path)
    packets = "1 packet" if removed.packets == 1 else f"{removed.packets:,} packets"
    session.say(f"{shown(path)}  ({packets} removed, and {removed.others} other files of the batch)")
    if removed.left:
        session.say(f"  {len(removed.left)} files stay there that the batch did not make")
    counts = {"packets": removed.packets, "others": removed.others}
    session.give((), removed=counts, left=removed.left)


@contextmanager
def progress(total: int, *, quiet: bool) -> Iterator[Callable[[BatchResult], None]]:
    """Show count, rate, time left and problems on stderr; gives a function to call after each change."""
    if quiet or not sys.stderr.isatty():
        yield lambda _result: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[problems]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, rate="", problems="")

        def watch(result: BatchResult) -> None:
            done = result.ended - result.unchanged
            speed = done / max(1, bar.tasks[0].elapsed or 0)
            bad = result.failed + result.withheld
            bar.update(
                task,
                completed=result.ended,
                rate=f"{speed:.1f} a second" if done else "",
                problems=f"{bad} with problems" if bad else "",
            )

        yield watch
