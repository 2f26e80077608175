"""Pages to find a handout, a format or a packet."""

from __future__ import annotations

import asyncio

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from handoutkit.webapp.library_cards import FILTERS, find
from handoutkit.webapp.page_templates import app_state_of, page

THINGS = {"handouts": "handout", "formats": "format", "packets": "packet"}


async def library(request: Request) -> Response:
    """All handouts, formats or packets; the part with the cards alone where only that is asked for."""
    what = request.url.path.strip("/") or "handouts"
    desk, query = app_state_of(request), dict(request.query_params)
    found = await asyncio.to_thread(find, desk.library, desk.reader, what, query)
    template = "parts/cards.html" if query.get("part") == "cards" else "library.html"
    answer = page(request, template, what=what, found=found, query=query, filters=FILTERS)
    answer.background = BackgroundTask(desk.set_first_seen)
    return answer


ROUTES = [Route("/", library), *(Route(f"/{what}", library) for what in THINGS)]
