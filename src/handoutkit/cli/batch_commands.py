"""The commands ``handoutkit batch``: a packet for each row of a roster."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handoutkit.errors import ContentError, MachineError

from .session import Session, pass_session, show_problems
from .shared_options import build_options, choices, json_option, packet_option

if TYPE_CHECKING:
    from handoutkit.batch.batch_request import BatchRequest
    from handoutkit.batch.dask_workers import DaskWorkers
    from handoutkit.batch.local_workers import LocalWorkers
    from handoutkit.batch.plan_batch import BatchPlan
    from handoutkit.batch.run_batch import Batch, BatchResult


@click.command()
@click.argument("roster", metavar="ROSTER", type=click.Path(path_type=Path))
@packet_option
@build_options
@click.option("--name", metavar="BATCH", help="What the batch is called; by default as the roster's file.")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where to put BATCH/CLIENT_REF.pdf; by default output/ in the workspace.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be made, and make nothing.")
@click.option(
    "--verify",
    type=click.Choice(["sample", "full"]),
    default="sample",
    help="Read back the words of some packets, or of all; the values are read back of all.",
)
@click.option("--password-column", metavar="COLUMN", help="The column with the password of each packet.")
@click.option("--password-env", metavar="NAME", help="The environment variable with one password for all packets.")
@click.option("--processes", type=click.IntRange(1, 256), metavar="N", help="How many work at a time on this machine.")
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler whose workers make the packets.")
@pass_session
def batch(session: Session, /, strict: bool, dry_run: bool, **values: Any) -> None:
    """Make a packet for each row of a roster (CSV or XLSX).

    The roster needs a column `client_ref`; others are display_name, clinician, next_session, note, own_words and what a
    packet prefills, and packet, handouts, language, format, framing, location, due, copies and safe_to_send. Run the
    same command again after an interruption, or with a changed roster: what is there and unchanged is left as it is.
    """
    if values["processes"] and values["scheduler"]:
        raise click.UsageError("--processes and --scheduler do not go together: the cluster has its own workers")
    if values["password_column"] and values["password_env"]:
        raise click.UsageError("--password-column and --password-env do not go together: choose one")
    from handoutkit.isolation.worker import the_worker
    from handoutkit.render.prewarm import content_of, workspace_of

    content = content_of(workspace_of(session.folder))
    the_worker().start(
        "handoutkit.rosters.readers.read_table_task", [values["roster"], *content]
    )  # while we import what we need
    from handoutkit.batch.run_batch import result_of

    order = _order(session, values)
    with order.opened(dry_run=dry_run) as made:
        if strict and made.plan.problems:
            raise ContentError(made.plan.problems)
        if dry_run:
            _tell(session, order, made.plan, made.unchanged())
            return
        result = result_of(made.plan)
        if result.total:
            result = _run(session, order, made, values)
        with suppress(MachineError) if result.lacking else nullcontext():  # on a full disk, that is told already
            made.folder.write_report(order.report(result))
    _close(session, order, result)


def _order(session: Session, values: dict[str, Any]) -> BatchRequest:
    from handoutkit.batch.batch_request import BatchRequest

    library = session.library()
    return BatchRequest(
        library=library,
        choices=choices(values),
        roster=values["roster"],
        packet=values["packet"],
        output=values["output"] or library.workspace.folder / "output",
        name=values["name"],
        verify=values["verify"],
        password_column=values["password_column"],
        password=_password(values["password_env"]),
    )


def _password(variable: str | None) -> str | None:
    if variable is None:
        return None
    if not os.environ.get(variable):
        message = f"there is nothing in the environment variable {variable!r}"
        raise click.BadParameter(message, param_hint="--password-env")
    return os.environ[variable]


def _run(session: Session, order: BatchRequest, made: Batch, values: dict[str, Any]) -> BatchResult:
    total = made.plan.to_make
    session.say(f"{order.place}  ({total:,} {'packet' if total == 1 else 'packets'} to make)")
    quiet = session.quiet or session.as_json
    with _workers(values, total, made) as workers, progress(total, quiet=quiet) as watch:
        return made.run(workers, watch)


def _workers(values: dict[str, Any], total: int, made: Batch) -> AbstractContextManager[LocalWorkers | DaskWorkers]:
    if values["scheduler"]:
        from handoutkit.batch.dask_workers import DaskWorkers

        return DaskWorkers(values["scheduler"])
    from handoutkit.batch.local_workers import LocalWorkers, processors

    return LocalWorkers(min(values["processes"] or processors(), total), made.maker.theme.roots, made.folder.path)


def _tell(session: Session, order: BatchRequest, plan: BatchPlan, unchanged: int) -> None:
    """What would be made."""
    show_problems(plan.problems)
    session.say(f"{order.place}  ({plan.to_make - unchanged:,} to make, {unchanged:,} unchanged)")
    counts: Counter[str] = Counter()
    for choice, ready in plan.layouts.items():
        counts[", ".join([ready.packet, *_words(ready.options)])] += plan.checked.choices[choice]
    for what, count in counts.items():
        session.say(f"  {count:,} x {what}")
    if plan.checked.held:
        session.say(f"  {plan.checked.held:,} held back (not safe_to_send)")
    bad = len(plan.without)
    if bad:
        session.say(f"  {bad:,} with problems")
    told = {"to_make": plan.to_make - unchanged, "unchanged": unchanged, "held": plan.checked.held, "bad": bad}
    session.give({"outputs": [], "counts": told, "problems": [problem.as_json() for problem in plan.problems]})
    if bad:
        click.get_current_context().exit(4)


def _words(options: Mapping[str, object]) -> Iterator[str]:
    for name, value in options.items():
        yield f"{name} {', '.join(map(str, value)) if isinstance(value, tuple) else value}"


def _close(session: Session, order: BatchRequest, result: BatchResult) -> None:
    """How it ended, and with which exit code."""
    from handoutkit.batch.run_batch import as_json, run_summary

    show_problems([*result.lacking, *result.problems])
    session.say(f"{order.place}  ({run_summary(result)})")
    if result.stopped or result.lacking:
        click.echo("Nothing is half written. To go on, run the same command again.", err=True)
    session.give(
        {
            "outputs": [{"path": order.place}],
            "counts": as_json(result),
            "problems": [problem.as_json() for problem in [*result.lacking, *result.problems]],
        }
    )
    click.get_current_context().exit(result.exit_code)


@click.command()
@click.argument("batch", metavar="BATCH|DIR")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where the batch was put; by default output/ in the workspace.",
)
@json_option
@pass_session
def purge(session: Session, batch: str, output: Path | None) -> None:
    """Remove a batch: its packets, its manifest and report, and whatever was kept of it.

    After that nothing here says what its clients were given. Files that the batch did not make stay.
    """
    from handoutkit.batch.remove_batch import remove_batch as remove
    from handoutkit.files.text_files import shown

    named = Path(batch)
    path = (output or session.library().workspace.folder / "output") / batch if named.name == batch else named
    removed = remove(path)
    packets = "1 packet" if removed.packets == 1 else f"{removed.packets:,} packets"
    session.say(f"{shown(path)}  ({packets} removed, and {removed.others} other files of the batch)")
    if removed.left:
        session.say(f"  {len(removed.left)} files stay there that the batch did not make")
    counts = {"packets": removed.packets, "others": removed.others}
    session.give({"removed": counts, "left": removed.left, "problems": []})


Watch = Callable[["BatchResult"], None]


@contextmanager
def progress(total: int, *, quiet: bool) -> Iterator[Watch]:
    """Count, rate, time left and problems, on stderr; the function given is told of each change."""
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
            troubled = result.failed + result.withheld
            bar.update(
                task,
                completed=result.ended,
                rate=f"{speed:.1f} a second" if done else "",
                problems=f"{troubled} with problems" if troubled else "",
            )

        yield watch
