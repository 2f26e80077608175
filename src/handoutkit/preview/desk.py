"""What all pages of the app share: the workspace, what is open, and what waits to be set."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request

from handoutkit.building import Choices
from handoutkit.errors import Problem, UsageError
from handoutkit.library.library import Library, unknown
from handoutkit.library.workspace import Workspace
from handoutkit.loading.load import Loaded
from handoutkit.models.handout import Handout
from handoutkit.render.cache import RenderCache, default_folder

from .catalogue import Reader
from .choosing import chosen
from .pages import Pages
from .queueing import Queue
from .rosters import Rosters
from .security import Keys
from .showing import Showroom
from .watching import Changes


@dataclass
class Desk:
    """One run of the app.

    Attributes:
        folder: where the workspace is looked for.
        start: what is chosen until someone chooses otherwise; its day counts as today.
    """

    folder: Path
    keys: Keys
    start: Choices = field(default_factory=Choices)
    output: Path | None = None
    cache: RenderCache = field(default_factory=lambda: RenderCache(default_folder()))
    reader: Reader = field(default_factory=Reader)
    pages: Pages = field(default_factory=Pages)
    changes: Changes = field(default_factory=Changes)
    queue: Queue = field(default_factory=Queue)
    rosters: Rosters = field(default_factory=Rosters)

    def __post_init__(self) -> None:
        self.showroom = Showroom(self.pages, self.cache)
        self._library = Library(Workspace.around(self.folder))
        self._of = 0

    @property
    def library(self) -> Library:
        """What there is now; looked up anew after each change."""
        if self._of != self.changes.number:
            self._of = self.changes.number
            self._library = Library(Workspace.around(self.folder))
        return self._library

    @property
    def built(self) -> Path:
        """The folder for what is built."""
        return self.output or self.library.workspace.folder / "output"

    def choices(self, request: Request) -> Choices:
        """What the address of a request chooses."""
        return chosen(request.query_params, self.start)

    def handout(self, what: str, name: str) -> Loaded[Handout]:
        """A handout or a format by its id. Raises UsageError, ContentError."""
        return self.library.handout(str(self.file(what, name)))

    def file(self, what: str, name: str) -> Path:
        """The file of a thing by its id. Raises UsageError: there is no such thing."""
        files = self.library.workspace
        known = {
            "handout": files.handout_files,
            "format": files.format_files,
            "framing": files.framing_files,
            "packet": files.packet_files,
            "practice": files.practice_files,
        }.get(what)
        if known is None:
            raise UsageError(Problem("unknown-kind", f"there is nothing of the kind `{what}`"))
        if name not in known:
            raise UsageError(unknown(what, name, known))
        return known[name]
