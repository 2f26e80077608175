"""What all requests share: the workspace, the defaults, the render queue, open rosters and finished pages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.requests import Request

from handoutkit.build.build_options import BuildOptions
from handoutkit.errors import Problem, UsageError
from handoutkit.files.kept_entries import KeptEntries, default_folder
from handoutkit.files.recently_used import RecentlyUsed

from .access import Keys
from .cards.kept_first_view import KeptFirstView, state_of_code
from .file_watcher import Changes
from .render_queue import RenderQueue

MAX_OPENED = 64
"""Forms whose texts are known, should their files change while they are open."""

if TYPE_CHECKING:  # slow to import, so that is left until the first page is given
    from handoutkit.library.library import Library
    from handoutkit.loading.load_file import Loaded
    from handoutkit.models.handout import Handout

    from .cards.library_cards import FileReader
    from .page_pictures import PagePictures
    from .preview_renderer import PreviewRenderer
    from .remembered_choices import RememberedChoices
    from .uploaded_rosters import UploadedRosters


@dataclass
class AppState:
    """One run of the app.

    Attributes:
        folder: where the workspace is looked for.
        opened_texts: the texts that forms were made from, by the digests of their files.
        defaults: what is chosen until someone chooses otherwise; its day counts as today.
        cache_folder: where finished pages are kept from run to run; None keeps none.
        first_page_sent: set once a first page has been given.
        stop: ends the app, as Ctrl-C does.
        reader, pages, rosters, renderer: there after ``load_renderers``, which all routes wait for.
    """

    folder: Path
    keys: Keys
    defaults: BuildOptions = field(default_factory=BuildOptions)
    output: Path | None = None
    cache_folder: Path | None = field(default_factory=default_folder)
    changes: Changes = field(default_factory=Changes)
    queue: RenderQueue = field(default_factory=RenderQueue)
    first_page_sent: asyncio.Event = field(default_factory=asyncio.Event)
    opened_texts: RecentlyUsed[str, str] = field(default_factory=lambda: RecentlyUsed(MAX_OPENED))
    stop: Callable[[], None] = field(default=lambda: None)
    first_view: KeptFirstView = field(init=False)
    reader: FileReader = field(init=False)
    pages: PagePictures = field(init=False)
    rosters: UploadedRosters = field(init=False)
    renderer: PreviewRenderer = field(init=False)

    def __post_init__(self) -> None:
        self._library: Library | None = None
        self._library_version = 0
        entries, csrf = KeptEntries(self.cache_folder), self.keys.csrf
        self.first_view = KeptFirstView(entries, self.folder, self.defaults, csrf, lambda: self.changes.number)

    def load_renderers(self) -> None:
        """Import what makes pages, which takes too long to be done before the first page of the app."""
        from handoutkit.render.render_cache import RenderCache

        from .cards.card_facts import KeptFacts
        from .cards.library_cards import FileReader
        from .page_pictures import PagePictures
        from .preview_renderer import PreviewRenderer
        from .uploaded_rosters import UploadedRosters

        kept = KeptFacts(KeptEntries(self.cache_folder), self.folder, state_of_code)
        self.reader, self.pages, self.rosters = FileReader(kept), PagePictures(), UploadedRosters()
        self.renderer = PreviewRenderer(self.pages, RenderCache(self.cache_folder))

    @property
    def library(self) -> Library:
        """The workspace's library as it is now; made anew after each change of a file."""
        from handoutkit.library.library import Library
        from handoutkit.library.workspace import Workspace

        if self._library is None or self._library_version != self.changes.number:
            self._library_version = self.changes.number
            self._library = Library(Workspace.around(self.folder))
        return self._library

    def reload_library(self) -> None:
        """Make the library anew when it is needed next."""
        self._library_version = -1

    @property
    def today(self) -> date:
        """The day that counts as today."""
        return self.defaults.today or date.today()

    @property
    def output_folder(self) -> Path:
        """The folder that finished files are written to."""
        return self.output or self.library.workspace.folder / "output"

    def choices(self, request: Request) -> BuildOptions:
        """The options that the query of a request chooses."""
        from .option_menus import options_of_query

        return options_of_query(request.query_params, self.defaults)

    def page_choices(self, request: Request, languages: tuple[str, ...]) -> BuildOptions:
        """The options that a page begins with: those of its query, else what was chosen last for the practice."""
        from .option_menus import options_of_query, usual_practice

        practice = usual_practice(self.library, self.defaults)
        return options_of_query(self.remembered.for_page(request.query_params, practice, languages), self.defaults)

    @property
    def remembered(self) -> RememberedChoices:
        """What was chosen last in this workspace."""
        from .remembered_choices import RememberedChoices

        return RememberedChoices(self.library.workspace.folder)

    def handout(self, what: str, name: str) -> Loaded[Handout]:
        """A handout or a template by its id. Raises UsageError, ContentError."""
        return self.library.handout(str(self.file(what, name)))

    def file(self, what: str, name: str) -> Path:
        """The file of a handout, template, framing, packet or practice by its id. Raises UsageError: there is none."""
        from handoutkit.library.library import unknown

        files = self.library.workspace
        known = {
            "handout": files.handout_files,
            "template": files.template_files,
            "framing": files.framing_files,
            "packet": files.packet_files,
            "practice": files.practice_files,
        }.get(what)
        if known is None:
            raise UsageError(Problem("unknown-kind", f"there is nothing of the kind `{what}`"))
        if name not in known:
            raise UsageError(unknown(what, name, known))
        return known[name]
