"""The page on which a start is put on the desktop, and the app is stopped."""

from __future__ import annotations

import asyncio

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from handoutkit.errors import HandoutkitError
from handoutkit.scaffold.desktop_start import put_on_desktop, start_on_desktop
from handoutkit.webapp.page_templates import app_state_of, json_problems, page


async def start_and_stop(request: Request) -> Response:
    """How the app is started the next time, and stopped now."""
    return page(request, "start.html")


async def put_start(request: Request) -> Response:
    """Put a start on the desktop."""
    workspace = app_state_of(request).library.workspace.folder
    try:
        await asyncio.to_thread(put_on_desktop, workspace)
    except HandoutkitError as error:
        return json_problems(error.problems)
    return JSONResponse({"go": "/start"})


async def stop(request: Request) -> Response:
    """End the app once this is answered; what is being made is finished first, as after Ctrl-C."""
    state = app_state_of(request)
    name = start_on_desktop(state.library.workspace.folder)
    again = f" To start it again, double click on “{name}” on your desktop." if name else ""
    words = f"handoutkit has stopped. You can close this window.{again}"
    return JSONResponse({"done": words}, background=BackgroundTask(state.stop))


ROUTES = [
    Route("/start", start_and_stop),
    Route("/start", put_start, methods=["POST"]),
    Route("/stop", stop, methods=["POST"]),
]
