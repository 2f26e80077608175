"""The Starlette app: its first pages, which list the library, all other routes, and what exceptions become."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from handoutkit.errors import HandoutkitError, Problem
from handoutkit.isolation.worker import the_worker
from handoutkit.library.shipped_files import shipped_root

from .access import BodyTooLargeError, Guard
from .app_state import AppState
from .forms import new_blocks
from .library_cards import FILTERS, KIND_OF_PAGE, find, find_elsewhere
from .option_menus import example_practice
from .page_templates import HERE, app_state_of, bug, page, problems
from .render_queue import SupersededError
from .routes.lazy_routes import LazyRoutes


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
            await asyncio.to_thread(state.queue.close, the_worker().end)
            if lazy_routes.router:
                await asyncio.to_thread(state.rosters.forget_all)

    app = Starlette(
        routes=[
            Route("/events", _events),
            Mount("/static", StaticFiles(directory=HERE / "static")),
            Mount("/blocks", StaticFiles(directory=new_blocks.pictures(), check_dir=False)),
            Mount("/fonts", StaticFiles(directory=shipped_root() / "templates" / "fonts")),
            *(Route(path, _library) for path in ("/", *(f"/{name}" for name in KIND_OF_PAGE))),
            Mount("/", lazy_routes),
        ],
        middleware=[Middleware(Guard, keys=state.keys)],
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


async def _load_and_watch(state: AppState, lazy_routes: LazyRoutes) -> None:
    await lazy_routes.load_after_first_page()
    from .file_watcher import watch

    state.reload_library()  # files may have changed before they are watched
    await watch(lambda: state.library.workspace.roots, state.changes.notify)


async def _library(request: Request) -> Response:
    """All handouts, templates or packets; the cards alone where only that part of the page is asked for."""
    what = request.url.path.strip("/") or "handouts"
    state, query = app_state_of(request), dict(request.query_params)
    found = await asyncio.to_thread(find, state.library, state.reader, what, query)
    elsewhere = await asyncio.to_thread(find_elsewhere, state.library, state.reader, what, query)
    names: dict[str, Any] = {"what": what, "found": found, "elsewhere": elsewhere}
    if query.pop("part", "") == "cards":
        answer = page(request, "parts/cards.html", query=query, **names)
    else:
        example = await asyncio.to_thread(example_practice, state.library, state.defaults)
        answer = page(request, "library.html", query=query, filters=FILTERS, example=example, **names)
    answer.background = BackgroundTask(state.note_first_page)
    return answer


async def _events(request: Request) -> Response:
    return StreamingResponse(app_state_of(request).changes.events(), media_type="text/event-stream")


async def _problems(request: Request, error: Exception) -> Response:
    return problems(request, error.problems if isinstance(error, HandoutkitError) else ())


async def _superseded(_request: Request, _error: Exception) -> Response:
    return Response(status_code=204)


async def _too_large(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse("This is too large.", 413)


async def _bug(request: Request, error: Exception) -> Response:
    return problems(request, (bug(error),), status=500)


async def _missing(request: Request, _error: Exception) -> Response:
    problem = Problem("no-such-page", "there is nothing at this address", "go back to the handouts")
    return page(request, "problem.html", status=404, problems=(problem,))
