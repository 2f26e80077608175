"""Batches over plain layouts, run in this process but for their workers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from handoutkit.batch.batch_folder import BatchFolder, LayoutStore
from handoutkit.batch.dispatch import Workers
from handoutkit.batch.plan_batch import plan_batch
from handoutkit.batch.run_batch import Batch, BatchResult
from handoutkit.rosters.client_rows import AllowedChoices, RowSettings
from handoutkit.rosters.roster import Roster
from tests.support.batch_samples import roster
from tests.support.plain_layout import BROKEN, UNMARKED, PlainLayouts


class PlainBatch:
    """A batch below a folder; rows have a reference, a name and one of the packets ``a`` and ``b``."""

    def __init__(self, folder: Path, rows: list[str]) -> None:
        self.folder = BatchFolder(folder / "out")
        self.maker = PlainLayouts()
        self._file = roster(folder / "roster.csv", rows, "client_ref,display_name,packet")

    @cached_property
    def roster(self) -> Roster:
        """The rows, read when they are first wanted."""
        wanted = RowSettings(AllowedChoices(packets=["a", "b", BROKEN, UNMARKED]), ("display_name",))
        return Roster(self._file, wanted)

    def run(self, workers: Workers, watch: Callable[[BatchResult], None] = lambda _result: None) -> BatchResult:
        with self.folder.lock():
            store = LayoutStore(self.folder.layouts)
            planned = plan_batch(self.roster, self.maker, store)
            return Batch(planned, self.folder, store, self.maker).run(workers, watch)
