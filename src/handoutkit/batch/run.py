"""A plan carried out: packets made, recorded and counted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from handoutkit import __version__
from handoutkit.errors import HandoutkitError, MachineError, Problem
from handoutkit.loading.files import unwritable
from handoutkit.models.client import Client
from handoutkit.placing import place

from .dispatch import Dispatcher, Workers
from .folder import BatchFolder
from .jobs import CHUNK, Jobs, Verify, fingerprint
from .manifest import Entry, Manifest, mend
from .plan import LayoutMaker, Plan, at_row
from .shelf import Shelf
from .stopping import heard
from .worker import Outcome


@dataclass
class Result:
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


def result_of(plan: Plan) -> Result:
    """Nothing is made yet."""
    return Result(plan.to_make, plan.checked.held, len(plan.without), problems=list(plan.problems))


@dataclass
class Batch:
    """One run over a batch's folder, which must be held.

    Attributes:
        asked: set from another thread to end well, as Ctrl-C does in the terminal.
    """

    plan: Plan
    folder: BatchFolder
    shelf: Shelf
    maker: LayoutMaker
    verify: Verify = "sample"
    asked: threading.Event = field(default_factory=threading.Event)

    def unchanged(self) -> int:
        """How many of the plan's packets are there already."""
        result = result_of(self.plan)
        jobs = self._jobs(Manifest(self.folder.manifest), result, chunk=1, writes=True)
        clients = self.plan.roster.clients(self.plan.without)
        return sum(jobs.is_unchanged(each, self.plan.layouts[each.choice]) for each in clients if each.safe_to_send)

    def run(self, workers: Workers, watch: Callable[[Result], None]) -> Result:
        """Make what is not there yet; ``watch`` is told whenever something has ended.

        Raises:
            KeyboardInterrupt: someone asked twice to stop.
        """
        result = result_of(self.plan)
        with heard(self.asked) as asked:
            try:
                self._run(workers, result, watch, asked)
            except OSError as error:
                result.lacking = unwritable(error, self.folder.path).problems
            except HandoutkitError as error:
                result.lacking = error.problems
        result.stopped = asked()
        if result.ended == result.total and not result.lacking:
            self.folder.done()
        return result

    def _run(
        self, workers: Workers, result: Result, watch: Callable[[Result], None], asked: Callable[[], bool]
    ) -> None:
        mend(self.folder.manifest)
        manifest = Manifest(self.folder.manifest)
        jobs = self._jobs(
            manifest, result, chunk=max(1, min(CHUNK, result.total // workers.capacity)), writes=workers.writes
        )
        dispatcher = Dispatcher(workers, stopping=lambda: asked() or bool(result.lacking))
        for outcome in dispatcher.outcomes(iter(jobs)):
            self._count(outcome, manifest, result)
            watch(result)
        watch(result)

    def _jobs(self, manifest: Manifest, result: Result, *, chunk: int, writes: bool) -> Jobs:
        def skip(_client: Client, problem: Problem | None) -> None:
            if problem is None:
                result.unchanged += 1
            else:
                result.failed += 1
                result.problems.append(problem)

        return Jobs(self.plan, self.folder, manifest, self.shelf, self.maker.theme, self.verify, writes, chunk, skip)

    def _count(self, outcome: Outcome, manifest: Manifest, result: Result) -> None:
        client = outcome.client
        if outcome.state == "made":
            self._record(outcome, manifest)
            result.made += 1
            return
        if outcome.state == "stopped":
            result.lacking = outcome.problems
            return
        if outcome.state == "withheld":
            result.withheld += 1
        else:
            result.failed += 1
        result.problems += [at_row(self.plan.roster, client, problem) for problem in outcome.problems]

    def _record(self, outcome: Outcome, manifest: Manifest) -> None:
        """Raises OSError."""
        client = outcome.client
        path = self.folder.packet(client.client_ref)
        if outcome.pdf is not None:
            place(path, outcome.pdf, private=True)
        layout = self.plan.layouts[client.choice]
        manifest.add(
            Entry(
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
