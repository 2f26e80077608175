"""All pages but the first. They bring what sets pages, and that takes longer to read than a first page may take."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.routing import Router
from starlette.types import Receive, Scope, Send

from handoutkit.errors import HandoutkitError
from handoutkit.isolation.worker import the_worker
from handoutkit.render.prewarm import content_of
from handoutkit.webapp.app_state import AppState
from handoutkit.webapp.page_templates import compile_templates

PATIENCE = 3.0
"""Seconds after which it is read even if nobody has asked for a first page."""
SETTER = "handoutkit.render.typeset"
"""What the worker imports ahead of the first pages that are looked at."""


class LazyRoutes:
    """The rest of the app, read once: when the first page is out, or when one of its own is asked for."""

    def __init__(self, desk: AppState) -> None:
        self._desk = desk
        self._once = asyncio.Lock()
        self.router: Router | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (the signature is that of ASGI)."""
        router = await self.read()
        await router(scope, receive, send)

    async def read(self) -> Router:
        """Read it, unless it is read already."""
        async with self._once:
            if self.router is None:
                self.router = await asyncio.to_thread(_read, self._desk)
        return self.router

    async def read_in_time(self) -> None:
        """Read it after the first page, so that the next one need not wait for it."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._desk.first_seen.wait(), PATIENCE)
        await self.read()


def _read(desk: AppState) -> Router:
    from . import edit_routes, handout_routes, packet_routes, roster_routes

    desk.furnish()
    with suppress(HandoutkitError, OSError):
        the_worker().start(SETTER, [*content_of(desk.library.workspace.roots[0]), desk.rosters.folder])
    compile_templates()
    return Router([*packet_routes.ROUTES, *roster_routes.ROUTES, *edit_routes.ROUTES, *handout_routes.ROUTES])
