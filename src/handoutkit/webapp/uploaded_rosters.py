"""Rosters uploaded to the app: kept for their owner only while the page is open, then removed."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import shutil
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import Literal

from handoutkit.batch.batch_request import BatchRequest
from handoutkit.batch.handover.finished_packets import finished_packets
from handoutkit.batch.handover.print_run import PrintChoices, PrintRun
from handoutkit.batch.local_workers import LocalWorkers
from handoutkit.batch.run_batch import BatchResult, run_summary
from handoutkit.errors import HandoutkitError, Problem
from handoutkit.files.text_files import unwritable
from handoutkit.isolation import temporary_folders
from handoutkit.isolation.worker_pool import processors
from handoutkit.rosters.readers.table import ENDINGS
from handoutkit.rosters.roster import Roster

from .page_templates import bug
from .roster_columns import RosterShown, roster_shown

GRACE = 5.0
"""Seconds for which a page may be closed before its roster is removed; a page that is loaded again is back sooner."""
LAST_PACKETS = 20.0
"""Seconds that the packets in progress may take when the app stops."""


@dataclass
class UploadedRoster:
    """One roster and its run.

    Attributes:
        batch: the batch to make, with the roster's place in the temporary folder.
        shown: the name of the file that was uploaded.
        result: how far the run is; None before it.
        watchers: how many pages have it open.
        removed: whether it is to be removed once its run has ended.
        stop_requested: set to end the run early.
        runs: how often it was run.
        columns: what its columns are for, once it was read.
    """

    batch: BatchRequest
    shown: str
    folder: Path
    state: Literal["checked", "running", "done"] = "checked"
    result: BatchResult | None = None
    problems: tuple[Problem, ...] = ()
    watchers: int = 0
    removed: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)
    stop_requested: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None
    runs: int = 0
    columns: RosterShown | None = None

    def note_columns(self, roster: Roster) -> None:
        """Remember what the columns of the roster are for."""
        self.columns = roster_shown(roster, self.batch.reading)

    def named(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """The problems, with the uploaded file's name in place of the temporary one's."""
        own = f"/{self.batch.roster.name}"
        return tuple(
            replace(one, file=self.shown) if one.file.replace("\\", "/").endswith(own) else one for one in problems
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
    """All rosters that are open, by keys that only their pages know."""

    def __init__(self) -> None:
        self._open: dict[str, UploadedRoster] = {}

    @cached_property
    def folder(self) -> Path:
        """Where they are kept, for their owner only. Raises OSError: it cannot be made."""
        return temporary_folders.new_folder("rosters-")

    def new_folder(self) -> Path:
        """A new folder, for files that are read once and then removed."""
        return Path(mkdtemp(dir=self.folder))

    def add(self, data: bytes, name: str, batch: BatchRequest) -> tuple[str, UploadedRoster]:
        """Keep a roster, and give its key.

        Args:
            name: of the file that was uploaded.
            batch: the batch to make; its ``roster`` is set here.
        """
        folder = self.new_folder()
        stem = re.sub(r"[^A-Za-z0-9_-]+", "-", Path(name).stem).strip("-")[:60] or "roster"
        ending = Path(name).suffix.lower()
        path = folder / (stem + (ending if ending in ENDINGS else ".csv"))
        path.write_bytes(data)
        key = secrets.token_urlsafe(16)
        self._open[key] = UploadedRoster(replace(batch, roster=path), Path(name).name[:80], folder)
        return key, self._open[key]

    def get(self, key: str) -> UploadedRoster | None:
        """A roster that is open."""
        return self._open.get(key)

    def forget(self, key: str) -> None:
        """Remove a roster; one whose packets are being made is removed when its run has ended."""
        uploaded = self._open.get(key)
        if uploaded is None:
            return
        with uploaded.lock:
            uploaded.removed = True
            if uploaded.state == "running":
                return
        temporary_folders.remove(uploaded.folder)
        self._open.pop(key, None)

    def forget_all(self) -> None:
        """Remove all rosters when the app stops, after ending their runs."""
        for uploaded in self._open.values():
            uploaded.stop_requested.set()
        for uploaded in self._open.values():
            if uploaded.thread:
                uploaded.thread.join(LAST_PACKETS)
            temporary_folders.remove(uploaded.folder)
        self._open.clear()

    def run(self, key: str) -> None:
        """Start making the packets, in a thread of their own."""
        uploaded = self._open[key]
        with uploaded.lock:
            if uploaded.state == "running":
                return
            uploaded.state, uploaded.result, uploaded.problems = "running", None, ()
            uploaded.runs += 1
            uploaded.stop_requested.clear()
        uploaded.thread = threading.Thread(target=self._run, args=(key, uploaded), daemon=True, name="batch")
        uploaded.thread.start()

    def _run(self, key: str, uploaded: UploadedRoster) -> None:
        try:
            _make_packets(uploaded)
        except HandoutkitError as error:
            uploaded.problems = error.problems
        except Exception as error:  # a bug must not leave the page waiting
            uploaded.problems = (bug(error),)
        with uploaded.lock:
            uploaded.state = "done"
        if uploaded.removed:
            self.forget(key)

    async def progress_events(
        self, uploaded: UploadedRoster, key: str, closing: Callable[[], bool]
    ) -> AsyncIterator[str]:
        """Server-sent events of a roster's progress. A roster whose last stream has ended is removed.

        Args:
            closing: whether the app is to stop, so that no stream may hold it up.
        """
        uploaded.watchers += 1
        last = ""
        try:
            while key in self._open and not closing():
                now = f"event: progress\ndata: {uploaded.state} {uploaded.runs} {batch_progress(uploaded)}\n\n"
                yield now if now != last else ": still here\n\n"
                last = now
                await asyncio.sleep(0.25)
        finally:
            uploaded.watchers -= 1
            asyncio.get_running_loop().call_later(GRACE, self._forget_unwatched, key)

    def _forget_unwatched(self, key: str) -> None:
        uploaded = self._open.get(key)
        if uploaded and not uploaded.watchers:
            self.forget(key)


def _make_packets(uploaded: UploadedRoster) -> None:
    """Run the batch of a roster, and write its report. Raises HandoutkitError."""
    batch = uploaded.batch
    with batch.open() as made:
        made.stop_event = uploaded.stop_requested
        count = max(1, min(processors(), made.plan.to_make))
        with LocalWorkers(count, made.maker.theme.roots, made.folder.being_made) as workers:
            uploaded.result = made.run(workers, lambda result: setattr(uploaded, "result", result))
        made.folder.write_report(batch.report(uploaded.result).replace(str(batch.roster), uploaded.shown))


def print_file(uploaded: UploadedRoster) -> Path | None:
    """A file for the printer with the packets that are there, in the roster's order; None if there are none.

    Raises:
        ContentError, UsageError, WithheldError, MachineError: it cannot be made.
    """
    with uploaded.batch.open() as made:
        packets = finished_packets(made)
        try:
            files = PrintRun(made.folder.prints, uploaded.batch.batch, len(packets), PrintChoices()).make(packets)
        except OSError as error:
            raise unwritable(error, made.folder.path) from None
    return files[0].path if files else None


def roster_counts(uploaded: UploadedRoster) -> RosterCounts:
    """What a run would make. Raises UsageError, ContentError, MachineError."""
    with uploaded.batch.open(dry_run=True, told=uploaded.note_columns) as made:
        plan, unchanged = made.plan, made.unchanged()
        problems = uploaded.named(plan.problems)
        return RosterCounts(plan.to_make - unchanged, unchanged, plan.checked.held, len(plan.without), problems)


def batch_progress(uploaded: UploadedRoster) -> str:
    """How far a run is: the number of packets done, the number of all, and a sentence."""
    result = uploaded.result
    if result is None:
        return "0 0 Getting ready"
    stopping = "Stopping: " if uploaded.stop_requested.is_set() else ""
    return f"{result.ended} {result.total} {stopping}{run_summary(result)}"


def shown_in_file_manager(folder: Path) -> bool:
    """Whether a folder could be given to the file manager; not where there is no desktop, or none to be asked."""
    if not folder.is_dir():
        return False
    where = str(folder.resolve())
    if sys.platform == "win32":
        os.startfile(where)  # noqa: S606 - a folder of ours
        return True
    on_a_mac = sys.platform == "darwin"
    program = shutil.which("open" if on_a_mac else "xdg-open")
    if program is None or not (on_a_mac or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    quiet = subprocess.DEVNULL
    command = [program, where]
    try:
        started = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603 - as above
    except OSError:
        return False
    threading.Thread(target=started.wait, daemon=True).start()  # some wait until the folder is closed again
    return True
