"""The routes, whose modules are slow to import: imported after the first page was given as the last run left it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from time import monotonic

from starlette.responses import Response
from starlette.routing import Router
from starlette.types import Receive, Scope, Send

from handoutkit.errors import HandoutkitError
from handoutkit.webapp.app_state import AppState

LONGEST_WAIT = 3.0
"""Seconds after which the modules are imported even if nobody has asked for a first page."""
PICTURES_FIRST = 0.3
"""Seconds after what was kept in which more of it is asked for, such as pictures; they come before the modules."""


class LazyRoutes:
    """An ASGI app for all pages.

    The modules behind them read what handouts are made of, and import WeasyPrint, pikepdf and PDFium, which takes about
    a second. The first page that a browser opens, and the pictures on it, are most often kept from the last run. So
    they are given at once, and the modules are imported while a person looks at them; whoever asks for another page
    earlier waits until they are there.
    """

    def __init__(self, state: AppState) -> None:
        self._state = state
        self._lock = asyncio.Lock()
        self._last_given = 0.0
        self.router: Router | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request with what is kept, or after importing the routes if that has not happened yet."""
        path = scope["path"]
        can_be_kept = path == "/" or path.startswith("/thumbnail/")
        kept = await asyncio.to_thread(self._kept, scope) if can_be_kept and scope["method"] == "GET" else None
        answer = kept or await self.load()
        await answer(scope, receive, send)
        if can_be_kept:
            self._last_given = monotonic()
            self._state.first_page_sent.set()

    def _kept(self, scope: Scope) -> Response | None:
        """The picture of a card, or the first page before there is more, if it is kept."""
        if scope["path"] == "/":
            return None if self.router or scope["query_string"] else self._state.first_view.page()
        what, _, name = scope["path"].removeprefix("/thumbnail/").partition("/")
        return self._state.first_view.picture(what, name)

    async def load(self) -> Router:
        """Import the routes, unless that has happened already."""
        async with self._lock:
            if self.router is None:
                self.router = await asyncio.to_thread(_import_routes, self._state)
        return self.router

    async def load_after_first_page(self) -> None:
        """Import the routes once the first page is given, so that the second one need not wait for them."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._state.first_page_sent.wait(), LONGEST_WAIT)
        while not self.router and (rest := self._last_given + PICTURES_FIRST - monotonic()) > 0:
            await asyncio.sleep(rest)
        await self.load()


def _import_routes(state: AppState) -> Router:
    from handoutkit.isolation.worker import the_worker
    from handoutkit.webapp.page_templates import compile_templates

    from . import (
        draft_routes,
        edit_routes,
        handout_routes,
        library_routes,
        make_routes,
        one_person_routes,
        packet_routes,
        returns_routes,
        roster_routes,
        start_routes,
        translation_routes,
        version_routes,
    )

    state.load_renderers()
    # What the worker may read is fixed when it starts; without this each roster would need a new one. If it cannot be
    # started, the first page that needs it says why.
    with suppress(HandoutkitError, OSError):
        the_worker().start(reads=[state.rosters.folder])
    compile_templates()
    kinds = (
        library_routes,
        make_routes,
        start_routes,
        draft_routes,
        version_routes,
        translation_routes,
        one_person_routes,
        packet_routes,
        returns_routes,
        roster_routes,
        edit_routes,
        handout_routes,
    )
    return Router([route for one in kinds for route in one.ROUTES])
