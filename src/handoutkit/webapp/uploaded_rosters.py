"""Rosters that were dropped on the app: kept for their owner only while the page is open, then removed."""

from __future__ import annotations

import asyncio
import re
import secrets
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import Literal

from handoutkit.batch.batch_request import BatchRequest
from handoutkit.batch.local_workers import LocalWorkers, processors
from handoutkit.batch.run_batch import BatchResult, run_summary
from handoutkit.errors import HandoutkitError, Problem
from handoutkit.isolation import temporary_folders

GRACE = 5.0
"""Seconds for which a page may be gone before what it brought is removed."""
LAST_PACKETS = 20.0
"""Seconds that the packets which are being made may take when the app is to end."""
_ENDINGS = (".csv", ".xlsx")


@dataclass
class UploadedRoster:
    """A roster that was dropped on the app.

    Attributes:
        order: what is asked for, with the roster's own place.
        shown: the name it came with.
        result: how far the run has come; None before it.
        watchers: pages that have it open.
        runs: how often it was run.
        asked: set to have the run end well before its time.
    """

    order: BatchRequest
    shown: str
    folder: Path
    state: Literal["checked", "running", "done"] = "checked"
    result: BatchResult | None = None
    problems: tuple[Problem, ...] = ()
    watchers: int = 0
    gone: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)
    asked: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None
    runs: int = 0

    def named(self, problems: tuple[Problem, ...] | list[Problem]) -> tuple[Problem, ...]:
        """Problems under the name that the roster came with."""
        own = self.order.roster.name
        return tuple(
            replace(one, file=self.shown) if one.file.replace("\\", "/").endswith(f"/{own}") else one
            for one in problems
        )


@dataclass(frozen=True)
class RosterCounts:
    """What a run would make."""

    to_make: int
    unchanged: int
    held: int
    bad: int
    problems: tuple[Problem, ...]


class UploadedRosters:
    """All that are open."""

    def __init__(self) -> None:
        self._open: dict[str, UploadedRoster] = {}

    @cached_property
    def folder(self) -> Path:
        """Where they are kept, for their owner only. Raises OSError: it cannot be made."""
        return temporary_folders.new_folder("rosters-")

    def drop(self, data: bytes, name: str, order: BatchRequest) -> tuple[str, UploadedRoster]:
        """Keep a roster; its key is known to the page alone.

        Args:
            order: for a roster that has no place yet.
        """
        folder = Path(mkdtemp(dir=self.folder))
        stem = re.sub(r"[^A-Za-z0-9_-]+", "-", Path(name).stem).strip("-")[:60] or "roster"
        ending = Path(name).suffix.lower()
        path = folder / (stem + (ending if ending in _ENDINGS else ".csv"))
        path.write_bytes(data)
        key = secrets.token_urlsafe(16)
        self._open[key] = UploadedRoster(replace(order, roster=path), Path(name).name[:80], folder)
        return key, self._open[key]

    def get(self, key: str) -> UploadedRoster | None:
        """A roster that is open."""
        return self._open.get(key)

    def forget(self, key: str) -> None:
        """Remove a roster; one that is being worked through goes when that has ended."""
        dropped = self._open.get(key)
        if dropped is None:
            return
        with dropped.lock:
            dropped.gone = True
            if dropped.state == "running":
                return
        temporary_folders.remove(dropped.folder)
        self._open.pop(key, None)

    def forget_all(self) -> None:
        """Remove all of them, at the end; runs end well first, as when someone stops them."""
        for dropped in self._open.values():
            dropped.asked.set()
        for dropped in self._open.values():
            if dropped.thread:
                dropped.thread.join(LAST_PACKETS)
            temporary_folders.remove(dropped.folder)
        self._open.clear()

    def run(self, key: str) -> None:
        """Start making the packets, in a thread of their own."""
        dropped = self._open[key]
        with dropped.lock:
            if dropped.state == "running":
                return
            dropped.state, dropped.result, dropped.problems = "running", None, ()
            dropped.runs += 1
            dropped.asked.clear()
        dropped.thread = threading.Thread(target=self._work, args=(key, dropped), daemon=True, name="batch")
        dropped.thread.start()

    def stop(self, key: str) -> None:
        """End a run after the packets that are being made; running it again goes on."""
        self._open[key].asked.set()

    def _work(self, key: str, dropped: UploadedRoster) -> None:
        order = dropped.order
        try:
            with order.opened() as made:
                made.asked = dropped.asked
                total = made.plan.to_make
                with LocalWorkers(
                    max(1, min(processors(), total)), made.maker.theme.roots, made.folder.path
                ) as workers:
                    dropped.result = made.run(workers, lambda result: setattr(dropped, "result", result))
                report = order.report(dropped.result).replace(str(order.roster), dropped.shown)
                made.folder.write_report(report)
        except HandoutkitError as error:
            dropped.problems = error.problems
        except Exception as error:  # a bug must not leave the page waiting; the message could hold a value
            message = f"this is a bug in handoutkit: {type(error).__name__}"
            dropped.problems = (Problem("bug", message, "please report it"),)
        with dropped.lock:
            dropped.state = "done"
        if dropped.gone:
            self.forget(key)

    async def heard(self, key: str, closing: Callable[[], bool]) -> AsyncIterator[str]:
        """Server-sent events of a roster's progress. While nobody listens to any, the roster is removed.

        Args:
            closing: whether the app is to end, so that nothing must hold it up.
        """
        dropped = self._open[key]
        dropped.watchers += 1
        told = ""
        try:
            while key in self._open and not closing():
                now = f"event: progress\ndata: {dropped.state} {dropped.runs} {batch_progress(dropped)}\n\n"
                yield now if now != told else ": still here\n\n"
                told = now
                await asyncio.sleep(0.25)
        finally:
            dropped.watchers -= 1
            asyncio.get_running_loop().call_later(GRACE, self._forget_unwatched, key)

    def _forget_unwatched(self, key: str) -> None:
        dropped = self._open.get(key)
        if dropped and not dropped.watchers:
            self.forget(key)


def roster_counts(dropped: UploadedRoster) -> RosterCounts:
    """What would be made. Raises UsageError, ContentError, MachineError."""
    with dropped.order.opened(dry_run=True) as made:
        plan, unchanged = made.plan, made.unchanged()
        return RosterCounts(
            plan.to_make - unchanged, unchanged, plan.checked.held, len(plan.without), dropped.named(plan.problems)
        )


def batch_progress(dropped: UploadedRoster) -> str:
    """How far it is: packets done with, of how many, and in words."""
    result = dropped.result
    if result is None:
        return "0 0 Getting ready"
    stopping = "Stopping: " if dropped.asked.is_set() else ""
    return f"{result.ended} {result.total} {stopping}{run_summary(result)}"
