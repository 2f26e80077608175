"""What all pages of the app share: the workspace, what is open, and what waits to be set."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.requests import Request

from handoutkit.build.build_options import BuildOptions
from handoutkit.errors import Problem, UsageError
from handoutkit.library.library import Library, unknown
from handoutkit.library.workspace import Workspace
from handoutkit.loading.load_file import Loaded
from handoutkit.models.handout import Handout
from handoutkit.render.render_cache import RenderCache, default_folder

from .access import Keys
from .file_watcher import Changes
from .library_cards import FileReader
from .option_menus import chosen
from .render_queue import RenderQueue

if TYPE_CHECKING:  # they are read once the first page is out
    from .page_pictures import PagePictures
    from .preview_renderer import PreviewRenderer
    from .uploaded_rosters import UploadedRosters


@dataclass
class AppState:
    """One run of the app.

    Attributes:
        folder: where the workspace is looked for.
        start: what is chosen until someone chooses otherwise; its day counts as today.
        first_seen: set once a first page has been given.
    """

    folder: Path
    keys: Keys
    start: BuildOptions = field(default_factory=BuildOptions)
    output: Path | None = None
    cache: RenderCache = field(default_factory=lambda: RenderCache(default_folder()))
    reader: FileReader = field(default_factory=FileReader)
    changes: Changes = field(default_factory=Changes)
    queue: RenderQueue = field(default_factory=RenderQueue)
    first_seen: asyncio.Event = field(default_factory=asyncio.Event)
    pages: PagePictures = field(init=False)
    rosters: UploadedRosters = field(init=False)
    showroom: PreviewRenderer = field(init=False)

    def __post_init__(self) -> None:
        self._library = Library(Workspace.around(self.folder))
        self._of = 0

    def furnish(self) -> None:
        """Bring what sets pages; nothing that has to do with pages can be asked for before."""
        from .page_pictures import PagePictures
        from .preview_renderer import PreviewRenderer
        from .uploaded_rosters import UploadedRosters

        self.pages, self.rosters = PagePictures(), UploadedRosters()
        self.showroom = PreviewRenderer(self.pages, self.cache)

    @property
    def library(self) -> Library:
        """What there is now; looked up anew after each change."""
        if self._of != self.changes.number:
            self._of = self.changes.number
            self._library = Library(Workspace.around(self.folder))
        return self._library

    def look_again(self) -> None:
        """Have the workspace looked up anew when it is needed next."""
        self._of = -1

    async def set_first_seen(self) -> None:
        """A first page has been given."""
        self.first_seen.set()

    @property
    def built(self) -> Path:
        """The folder for what is built."""
        return self.output or self.library.workspace.folder / "output"

    def choices(self, request: Request) -> BuildOptions:
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
