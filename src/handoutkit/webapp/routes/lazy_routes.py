"""The routes whose modules are slow to import, imported after the app has given its first page."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.routing import Router
from starlette.types import Receive, Scope, Send

from handoutkit.errors import HandoutkitError
from handoutkit.isolation.worker import the_worker
from handoutkit.webapp.app_state import AppState
from handoutkit.webapp.page_templates import compile_templates

LONGEST_WAIT = 3.0
"""Seconds after which the modules are imported even if nobody has asked for a first page."""


class LazyRoutes:
    """An ASGI app for all pages but the library.

    The modules behind these pages import WeasyPrint, pikepdf and PDFium, which takes about a second. The library, the
    first page that a browser opens, needs none of them. So it is given at once, and the modules are imported while a
    person reads it; whoever asks for another page earlier waits until they are there.
    """

    def __init__(self, state: AppState) -> None:
        self._state = state
        self._lock = asyncio.Lock()
        self.router: Router | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, after importing the routes if that has not happened yet."""
        router = await self.load()
        await router(scope, receive, send)

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
        await self.load()


def _import_routes(state: AppState) -> Router:
    from . import (
        draft_routes,
        edit_routes,
        handout_routes,
        make_routes,
        one_person_routes,
        packet_routes,
        returns_routes,
        roster_routes,
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
        make_routes,
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
