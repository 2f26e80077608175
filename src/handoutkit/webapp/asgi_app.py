"""The app: its addresses, and where exceptions become pages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from handoutkit.errors import HandoutkitError, Problem
from handoutkit.library.shipped_files import shipped_root
from handoutkit.webapp.routes.lazy_routes import LazyRoutes

from .access import BodyTooLargeError, Guard
from .app_state import AppState
from .page_templates import HERE, app_state_of, bug, page, problems
from .render_queue import SupersededError
from .routes import library_routes


def create_app(desk: AppState) -> Starlette:
    """The app over a desk."""
    rest = LazyRoutes(desk)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        tasks = [
            asyncio.create_task(desk.queue.serve()),
            asyncio.create_task(_after_the_first_page(desk, rest)),
        ]
        try:
            yield
        finally:
            desk.changes.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            desk.queue.close()
            if rest.router:
                await asyncio.to_thread(desk.rosters.forget_all)

    app = Starlette(
        routes=[
            Route("/events", _events),
            Mount("/static", StaticFiles(directory=HERE / "static")),
            Mount("/fonts", StaticFiles(directory=shipped_root() / "templates" / "fonts")),
            *library_routes.ROUTES,
            Mount("/", rest),
        ],
        middleware=[Middleware(Guard, keys=desk.keys)],
        exception_handlers={
            HandoutkitError: _problems,
            SupersededError: _superseded,
            BodyTooLargeError: _too_large,
            404: _missing,
            Exception: _bug,
        },
        lifespan=lifespan,
    )
    app.state.desk = desk
    return app


async def _after_the_first_page(desk: AppState, rest: LazyRoutes) -> None:
    await rest.read_in_time()
    from .file_watcher import watch

    desk.look_again()  # for what has changed until now
    await watch(lambda: desk.library.workspace.roots, desk.changes.tell)


async def _events(request: Request) -> Response:
    return StreamingResponse(app_state_of(request).changes.heard(), media_type="text/event-stream")


async def _problems(request: Request, error: Exception) -> Response:
    found = error.problems if isinstance(error, HandoutkitError) else ()
    return problems(request, found)


async def _superseded(_request: Request, _error: Exception) -> Response:
    return Response(status_code=204)


async def _too_large(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse("This is too large.", 413)


async def _bug(request: Request, error: Exception) -> Response:
    return problems(request, (bug(error),), status=500)


async def _missing(request: Request, _error: Exception) -> Response:
    lost = Problem("no-such-page", "there is nothing at this address", "go back to the handouts")
    return page(request, "problem.html", status=404, problems=(lost,))
