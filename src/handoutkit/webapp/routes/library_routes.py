"""The pages that list handouts, templates and packets, with their search and filters."""

from __future__ import annotations

import asyncio

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from handoutkit.webapp.library_cards import FILTERS, find
from handoutkit.webapp.page_templates import app_state_of, page

KINDS_BY_PAGE = {"handouts": "handout", "templates": "template", "packets": "packet"}


async def library(request: Request) -> Response:
    """All handouts, templates or packets; the cards alone where only that part of the page is asked for."""
    what = request.url.path.strip("/") or "handouts"
    state, query = app_state_of(request), dict(request.query_params)
    found = await asyncio.to_thread(find, state.library, state.reader, what, query)
    template = "parts/cards.html" if query.get("part") == "cards" else "library.html"
    answer = page(request, template, what=what, found=found, query=query, filters=FILTERS)
    answer.background = BackgroundTask(state.note_first_page)
    return answer


ROUTES = [Route("/", library), *(Route(f"/{what}", library) for what in KINDS_BY_PAGE)]
