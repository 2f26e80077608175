"""How far a batch is: a line that moves on a terminal, and nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handoutkit.batch.run import Result

Watch = Callable[["Result"], None]


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

        def watch(result: Result) -> None:
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
