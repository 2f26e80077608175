"""The Starlette app: what it serves as it is, all other routes, and what exceptions become. Light to import."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from handoutkit.errors import HandoutkitError, Problem
from handoutkit.library.shipped_files import shipped_root

from .access import BodyTooLargeError, Guard
from .app_state import AppState
from .render_queue import SupersededError
from .routes.lazy_routes import LazyRoutes

HERE = Path(__file__).resolve().parent


def create_app(state: AppState) -> Starlette:
    """The app that serves one workspace."""
    lazy_routes = LazyRoutes(state)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        tasks = [
            asyncio.create_task(state.queue.serve()),
            asyncio.create_task(_load_and_watch(state, lazy_routes)),
        ]
        try:
            yield
        finally:
            state.changes.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.to_thread(_end, state, lazy_routes)

    app = Starlette(
        routes=[
            Route("/events", _events),
            Mount("/static", StaticFiles(directory=HERE / "static")),
            Mount("/blocks", StaticFiles(directory=shipped_root() / "docs" / "blocks", check_dir=False)),
            Mount("/fonts", StaticFiles(directory=shipped_root() / "templates" / "fonts")),
            Mount("/", lazy_routes),
        ],
        middleware=[Middleware(Guard, keys=state.keys, folder=state.folder)],
        exception_handlers={
            HandoutkitError: _problems,
            SupersededError: _superseded,
            BodyTooLargeError: _too_large,
            404: _missing,
            Exception: _bug,
        },
        lifespan=lifespan,
    )
    app.state.app_state = state
    return app


def _end(state: AppState, lazy_routes: LazyRoutes) -> None:
    """Let the queue come to its end, and forget what was uploaded; before the routes were there, there was nothing."""
    if not lazy_routes.router:
        state.queue.close(lambda: None)
        return
    from handoutkit.isolation.worker import the_worker

    state.queue.close(the_worker().end)
    state.rosters.forget_all()


async def _load_and_watch(state: AppState, lazy_routes: LazyRoutes) -> None:
    await lazy_routes.load_after_first_page()
    from .file_watcher import watch

    state.reload_library()  # files may have changed before they are watched
    await watch(lambda: state.library.workspace.roots, state.changes.notify)


async def _events(request: Request) -> Response:
    state: AppState = request.app.state.app_state
    return StreamingResponse(state.changes.events(), media_type="text/event-stream")


async def _problems(request: Request, error: Exception) -> Response:
    from .page_templates import problems

    return problems(request, error.problems if isinstance(error, HandoutkitError) else ())


async def _superseded(_request: Request, _error: Exception) -> Response:
    return Response(status_code=204)


async def _too_large(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse("This is too large.", 413)


async def _bug(request: Request, error: Exception) -> Response:
    from .page_templates import bug, problems

    return problems(request, (bug(error),), status=500)


async def _missing(request: Request, _error: Exception) -> Response:
    from .page_templates import page

    problem = Problem("no-such-page", "there is nothing at this address", "go back to the handouts")
    return page(request, "problem.html", status=404, problems=(problem,))
