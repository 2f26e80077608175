"""A plan carried out: packets made, recorded and counted."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import FrameType

from handoutkit import __version__
from handoutkit.errors import HandoutkitError, MachineError, Problem
from handoutkit.files.atomic_write import write_file
from handoutkit.files.text_files import shown, unwritable
from handoutkit.models.clients.roster_client import Client

from .batch_folder import BatchFolder, LayoutStore
from .dispatch import Dispatcher, Workers
from .finish_packet import Outcome
from .jobs import CHUNK, Jobs, Verify, fingerprint
from .manifest import Manifest, ManifestEntry, drop_cut_line
from .plan_batch import BatchPlan, LayoutMaker, at_row


@contextmanager
def stop_requested(event: threading.Event) -> Iterator[Callable[[], bool]]:
    """Inside the block, a first Ctrl-C (or SIGTERM) is only noted, for the function given to tell; a second one ends.

    Only the main thread of a program can listen to it; in others, only ``event`` asks for it.
    """

    def note(number: int, frame: FrameType | None) -> None:
        if event.is_set():
            signal.default_int_handler(number, frame)
        event.set()

    if threading.current_thread() is not threading.main_thread():
        yield event.is_set
        return
    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield event.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@dataclass
class BatchResult:
    """How far a batch has come; also what progress is told of.

    Attributes:
        total: packets that the plan has.
        bad: rows with problems that are no packet of the plan.
        problems: those of the plan and those that showed while packets were made.
        stopped: whether someone asked to stop; ``lacking``: what kept the machine from going on.
    """

    total: int
    held: int
    bad: int
    made: int = 0
    unchanged: int = 0
    failed: int = 0
    withheld: int = 0
    problems: list[Problem] = field(default_factory=list)
    stopped: bool = False
    lacking: tuple[Problem, ...] = ()

    @property
    def ended(self) -> int:
        """Packets of the plan that are done with, in one way or another."""
        return self.made + self.unchanged + self.failed + self.withheld

    @property
    def exit_code(self) -> int:
        """As ``docs/commands.md`` has them."""
        if self.lacking:
            return MachineError.exit_code
        if self.stopped:
            return 130
        if self.withheld:
            return 5
        return 4 if self.bad or self.failed else 0


def result_of(plan: BatchPlan) -> BatchResult:
    """The result of a plan of which nothing is made yet."""
    return BatchResult(plan.to_make, plan.checked.held, len(plan.without), problems=list(plan.problems))


@dataclass
class Batch:
    """One run over a batch's folder, which must be held.

    Attributes:
        stop_event: set from another thread to end well, as Ctrl-C does in the terminal.
    """

    plan: BatchPlan
    folder: BatchFolder
    store: LayoutStore
    maker: LayoutMaker
    verify: Verify = "sample"
    stop_event: threading.Event = field(default_factory=threading.Event)

    def unchanged(self) -> int:
        """How many of the plan's packets are there already."""
        result = result_of(self.plan)
        jobs = self._jobs(Manifest(self.folder.manifest), result, chunk=1)
        safe = (client for client in self.plan.roster.clients(self.plan.without) if client.safe_to_send)
        return sum(jobs.is_unchanged(client, self.plan.layouts[client.choice]) for client in safe)

    def run(self, workers: Workers, watch: Callable[[BatchResult], None]) -> BatchResult:
        """Make what is not there yet; ``watch`` is told whenever something has ended.

        Raises:
            KeyboardInterrupt: someone asked twice to stop.
        """
        result = result_of(self.plan)
        with stop_requested(self.stop_event) as stopping:
            try:
                self._run(workers, result, watch, stopping)
            except OSError as error:
                result.lacking = unwritable(error, self.folder.path).problems
            except HandoutkitError as error:
                result.lacking = error.problems
        result.stopped = stopping()
        if result.ended == result.total and not result.lacking:
            self.folder.clear_started()
        return result

    def _run(
        self,
        workers: Workers,
        result: BatchResult,
        watch: Callable[[BatchResult], None],
        stopping: Callable[[], bool],
    ) -> None:
        drop_cut_line(self.folder.manifest)
        manifest = Manifest(self.folder.manifest)
        jobs = self._jobs(manifest, result, chunk=max(1, min(CHUNK, result.total // workers.capacity)))
        dispatcher = Dispatcher(workers, stopping=lambda: stopping() or bool(result.lacking))
        for outcome in dispatcher.outcomes(iter(jobs)):
            self._count(outcome, manifest, result)
            watch(result)
        watch(result)

    def _jobs(self, manifest: Manifest, result: BatchResult, *, chunk: int) -> Jobs:
        def skip(_client: Client, problem: Problem | None) -> None:
            if problem is None:
                result.unchanged += 1
            else:
                result.failed += 1
                result.problems.append(problem)

        return Jobs(self.plan, self.folder, manifest, self.store, self.maker.theme, self.verify, chunk, skip)

    def _count(self, outcome: Outcome, manifest: Manifest, result: BatchResult) -> None:
        client = outcome.client
        if outcome.state == "made":
            self._record(outcome, manifest)
            result.made += 1
            return
        if outcome.state == "stopped":
            # The folder that the process has for itself is no place that anybody knows.
            result.lacking = tuple(
                replace(problem, file=shown(self.folder.path)) if problem.code == "cannot-write" else problem
                for problem in outcome.problems
            )
            return
        if outcome.state == "withheld":
            result.withheld += 1
        else:
            result.failed += 1
        result.problems += [at_row(self.plan.roster, client, problem) for problem in outcome.problems]

    def _record(self, outcome: Outcome, manifest: Manifest) -> None:
        """Record one outcome in the manifest. Raises OSError."""
        client = outcome.client
        path = self.folder.packet(client.client_ref)
        if outcome.pdf is not None:
            write_file(path, outcome.pdf, private=True)
        elif outcome.file is not None:
            outcome.file.replace(path)
        layout = self.plan.layouts[client.choice]
        manifest.add(
            ManifestEntry(
                client_ref=client.client_ref,
                file=path.name,
                sha256=outcome.sha256,
                input=fingerprint(self.folder, client, layout),
                packet=layout.packet,
                editions=dict(layout.editions),
                options=layout.options,
                copies=client.copies,
                encrypted=client.password is not None,
                verified="full" if outcome.in_full else "values",
                made_at=datetime.now(UTC).isoformat(timespec="seconds"),
                handoutkit=__version__,
            )
        )


def run_summary(result: BatchResult) -> str:
    """The counts in one line, without those that are nothing."""
    counts = (
        (result.made, "made"),
        (result.unchanged, "unchanged"),
        (result.held, "held back (not safe_to_send)"),
        (result.bad + result.failed, "with problems"),
        (result.withheld, "withheld"),
        (result.total - result.ended, "still to be made"),
    )
    return ", ".join(f"{count:,} {what}" for count, what in counts if count) or "nothing to make"


def run_report(name: str, roster: str, result: BatchResult) -> str:
    """The report of a run: its counts, and every problem."""
    lines = [f"Batch {name}, from {roster}", "", f"Packets: {run_summary(result)}", ""]
    problems = [*result.lacking, *result.problems]
    lines += [f"Problems ({len(problems)}):", ""] if problems else ["No problems."]
    for problem in problems:
        lines += [str(problem), ""]
    return "\n".join(lines).rstrip() + "\n"


def as_json(result: BatchResult) -> dict[str, int]:
    """The counts by name."""
    names = ("total", "made", "unchanged", "held", "bad", "failed", "withheld")
    return {name: getattr(result, name) for name in names}
