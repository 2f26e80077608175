"""From what was typed to a batch that is ready to run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from handoutkit.build.build_options import BuildOptions
from handoutkit.errors import Problem, UsageError
from handoutkit.files.text_files import shown, unwritable
from handoutkit.isolation import temporary_folders
from handoutkit.isolation.worker_pool import the_pool
from handoutkit.library.library import Library
from handoutkit.models.document import FORMATS
from handoutkit.models.filled_in.identifiers import ID_PATTERN, RESERVED_IDS
from handoutkit.rosters.client_rows import AllowedChoices, RowSettings
from handoutkit.rosters.columns import VALUES, normal
from handoutkit.rosters.roster import Roster, RosterChoices

from .batch_folder import BatchFolder, LayoutStore
from .jobs import Verify
from .plan_batch import plan_batch
from .row_layouts import Layouts
from .run_batch import Batch, BatchResult, run_report


@dataclass(frozen=True)
class BatchRequest:
    """What is asked of a batch.

    Attributes:
        packet: of rows that choose none.
        output: the folder that the batch's own goes into.
        name: of the batch; None names it as the roster's file.
        password_column: the column that has each packet's; ``password``, one for all.
        reading: what was said of the table; what ``handoutkit.yaml`` remembers and the practice's region come to it.
        allow_empty: whether packets are made whose values no column has.
        processes: how many handouts of the layouts are set at a time.
    """

    library: Library
    choices: BuildOptions
    roster: Path
    packet: str | None
    output: Path
    name: str | None = None
    verify: Verify = "sample"
    password_column: str | None = None
    password: str | None = field(default=None, repr=False)
    reading: RosterChoices = field(default_factory=RosterChoices)
    allow_empty: bool = False
    processes: int = 1

    @property
    def batch(self) -> str:
        """The name of the batch and of its folder. Raises UsageError: it cannot be one."""
        name = self.name or re.sub(r"[^a-z0-9]+", "-", self.roster.stem.casefold()).strip("-")
        if not re.fullmatch(ID_PATTERN, name) or name in RESERVED_IDS or len(name) > 60:
            hint = "name it with --name, in small letters a-z, digits and single hyphens, such as `november-intake`"
            raise UsageError(Problem("bad-name", "this cannot be the name of a batch", hint))
        return name

    @property
    def place(self) -> str:
        """The batch's folder, as it is shown."""
        return shown(self.output / self.batch)

    @contextmanager
    def open(self, *, dry_run: bool = False, told: Callable[[Roster], None] | None = None) -> Iterator[Batch]:
        """The batch, planned, with its folder held while the block runs; a dry run leaves no trace there.

        Args:
            told: given the roster as soon as it is read, before anything can be wrong with its rows.

        Raises:
            UnsureEncodingError: the roster's encoding was guessed.
            ContentError, UsageError: the roster, or what it asks for, has problems and nothing of it can be made.
            MachineError: the folder cannot be written to.
        """
        folder = BatchFolder(self.output / self.batch)
        maker = Layouts(self.library, self.choices, self.packet, self.processes)
        roster = Roster(self.roster, self._wanted(maker), self._reading(maker))
        if told:
            told(roster)
        if dry_run:
            spare = temporary_folders.new_folder("dry-run-")
            try:
                store = LayoutStore(spare)
                planned = plan_batch(roster, maker, store, allow_empty=self.allow_empty)
                yield Batch(planned, folder, store, maker, self.verify)
            finally:
                temporary_folders.remove(spare)
            return
        with folder.lock():
            store = LayoutStore(folder.layouts)
            try:
                planned = plan_batch(roster, maker, store, allow_empty=self.allow_empty)
            except OSError as error:
                raise unwritable(error, folder.path) from None
            the_pool().end_others()  # their memory is for those who make the packets
            yield Batch(planned, folder, store, maker, self.verify)

    def roster_for(self, values: tuple[str, ...]) -> tuple[Layouts, Roster]:
        """The roster read for other values, with names as in the record, and what would make its layouts.

        Raises as ``open`` does.
        """
        maker = Layouts(self.library, self.choices, self.packet)
        wanted = replace(self._wanted(maker), values=values, dated=frozenset(), by_record=True)
        return maker, Roster(self.roster, wanted, self._reading(maker))

    def report(self, result: BatchResult) -> str:
        """The report of a run."""
        return run_report(self.batch, shown(self.roster), result)

    def _wanted(self, maker: Layouts) -> RowSettings:
        files = self.library.workspace
        known = AllowedChoices(
            packets=files.packet_files,
            handouts=files.handout_files,
            framings=[*files.framing_files, "none"],
            formats=FORMATS,
            locations=maker.locations,
        )
        column = normal(self.password_column) if self.password_column else None
        values = tuple(dict.fromkeys([*VALUES, *maker.prefilled]))
        values = tuple(name for name in values if name != column)
        return RowSettings(known, values, maker.dated, column, self.password)

    def _reading(self, maker: Layouts) -> RosterChoices:
        settings = self.library.workspace.settings
        sources = settings.model.rosters if settings else ()
        return replace(self.reading, sources=sources, region=maker.region)
