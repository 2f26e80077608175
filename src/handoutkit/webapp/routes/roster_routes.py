"""The page to make a packet for each row of a roster."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from handoutkit.batch.batch_request import BatchRequest
from handoutkit.errors import HandoutkitError
from handoutkit.files.text_files import shown
from handoutkit.rosters.columns import VALUES
from handoutkit.webapp import option_menus
from handoutkit.webapp.app_state import AppState
from handoutkit.webapp.page_templates import app_state_of, page
from handoutkit.webapp.uploaded_rosters import UploadedRoster, roster_counts

from .edit_routes import json_of


async def roster(request: Request) -> Response:
    """Where a roster is dropped."""
    desk = app_state_of(request)
    packets, _ = desk.library.readable(desk.library.packet, desk.library.workspace.packet_files)
    choices = desk.choices(request)
    languages = dict.fromkeys(tag for packet in packets for tag in desk.library.languages("packet", packet))
    found = await asyncio.to_thread(option_menus.menus, desk.library, choices, desk.start, tuple(languages))
    return page(
        request,
        "roster.html",
        packets=[one.model for one in packets],
        menus=[menu for menu in found if menu.name != "audience"],
        framings=await asyncio.to_thread(option_menus.framing_menu, desk.library, choices, desk.start),
        values=VALUES,
    )


async def drop(request: Request) -> Response:
    """Take a roster, look through it, and say what would be made."""
    desk, query = app_state_of(request), request.query_params
    order = BatchRequest(desk.library, desk.choices(request), Path(), query.get("packet") or None, desk.built)
    key, dropped = desk.rosters.drop(await request.body(), query.get("file", "roster.csv"), order)
    return await _looked_through(request, desk, key, dropped)


async def _looked_through(request: Request, desk: AppState, key: str, dropped: UploadedRoster) -> Response:
    try:
        counts = await desk.queue.run(lambda: roster_counts(dropped))
    except HandoutkitError as error:
        desk.rosters.forget(key)
        return page(request, "parts/roster.html", key="", counts=None, problems=dropped.named(error.problems))
    return page(
        request,
        "parts/roster.html",
        key=key,
        counts=counts,
        problems=counts.problems,
        name=dropped.order.batch,
        place=dropped.order.place,
        shown=dropped.shown,
    )


async def run(request: Request) -> Response:
    """Start making the packets."""
    desk, key = app_state_of(request), request.path_params["key"]
    dropped, said = desk.rosters.get(key), await json_of(request)
    if dropped is None:
        raise HTTPException(404)
    dropped.order = replace(dropped.order, name=str(said.get("name", "")).strip() or None)
    try:
        dropped.order.batch  # noqa: B018 - says whether it can be a name
    except HandoutkitError as error:
        return JSONResponse({"problems": [one.as_json() for one in error.problems]}, 422)
    desk.rosters.run(key)
    return JSONResponse({})


async def stop(request: Request) -> Response:
    """End a run well before its time."""
    desk, key = app_state_of(request), request.path_params["key"]
    if desk.rosters.get(key) is None:
        raise HTTPException(404)
    desk.rosters.stop(key)
    return JSONResponse({})


async def progress(request: Request) -> Response:
    """How far it is; also a sign that the page is open."""
    desk, key = app_state_of(request), request.path_params["key"]
    if desk.rosters.get(key) is None:
        raise HTTPException(404)
    return StreamingResponse(desk.rosters.heard(key, lambda: desk.changes.closing), media_type="text/event-stream")


async def report(request: Request) -> Response:
    """What came of it, as a part of the page."""
    dropped = app_state_of(request).rosters.get(request.path_params["key"])
    if dropped is None or dropped.state != "done":
        raise HTTPException(404)
    result = dropped.result
    problems = list(dropped.problems) + ([*result.lacking, *result.problems] if result else [])
    return page(
        request,
        "parts/report.html",
        result=result,
        problems=dropped.named(problems),
        place=dropped.order.place,
        report=shown(dropped.order.output / dropped.order.batch / "report.txt"),
    )


async def forget(request: Request) -> Response:
    """Remove a roster before its page is left."""
    app_state_of(request).rosters.forget(request.path_params["key"])
    return JSONResponse({})


ROUTES = [
    Route("/roster", roster),
    Route("/rosters", drop, methods=["POST"]),
    Route("/rosters/{key}/run", run, methods=["POST"]),
    Route("/rosters/{key}/stop", stop, methods=["POST"]),
    Route("/rosters/{key}/forget", forget, methods=["POST"]),
    Route("/rosters/{key}/progress", progress),
    Route("/rosters/{key}/report", report),
]
