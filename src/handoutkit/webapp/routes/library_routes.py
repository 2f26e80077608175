"""The pages that list the library: handouts, templates and packets."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from handoutkit.webapp.cards.library_cards import FILTERS, KIND_OF_PAGE, find, find_elsewhere
from handoutkit.webapp.option_menus import example_practice
from handoutkit.webapp.page_templates import app_state_of, page


async def library(request: Request) -> Response:
    """All handouts, templates or packets; the cards alone where only that part of the page is asked for."""
    what = request.url.path.strip("/") or "handouts"
    state, query = app_state_of(request), dict(request.query_params)
    to_keep = request.url.path == "/" and not query and state.first_view.page_is_due
    key = await asyncio.to_thread(state.first_view.page_key) if to_keep else None
    found = await asyncio.to_thread(find, state.library, state.reader, what, query)
    elsewhere = await asyncio.to_thread(find_elsewhere, state.library, state.reader, what, query)
    names: dict[str, Any] = {"what": what, "found": found, "elsewhere": elsewhere}
    if query.pop("part", "") == "cards":
        return page(request, "parts/cards.html", query=query, **names)
    example = await asyncio.to_thread(example_practice, state.library, state.defaults)
    answer = page(request, "library.html", query=query, filters=FILTERS, example=example, **names)
    if key and not found.problems:
        answer.background = BackgroundTask(state.first_view.keep_page, key, bytes(answer.body))
    return answer


ROUTES: Sequence[Route] = [Route(path, library) for path in ("/", *(f"/{name}" for name in KIND_OF_PAGE))]
