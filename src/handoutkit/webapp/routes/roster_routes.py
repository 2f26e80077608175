"""The page that makes a packet for each row of an uploaded roster."""

from __future__ import annotations

import asyncio
import zipfile
from dataclasses import replace
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from handoutkit.batch.batch_request import BatchRequest
from handoutkit.errors import HandoutkitError
from handoutkit.rosters.columns import VALUES
from handoutkit.rosters.readers.table import ENDINGS
from handoutkit.rosters.roster import UnsureEncodingError
from handoutkit.webapp import option_menus
from handoutkit.webapp.forms.remember_columns import remember_columns
from handoutkit.webapp.page_templates import app_state_of, json_problems, page
from handoutkit.webapp.roster_columns import choices_of_query
from handoutkit.webapp.uploaded_rosters import UploadedRoster, print_file, roster_counts, shown_in_file_manager

from .edit_routes import json_of

USUAL_PACKET = "first-weeks"
"""What is chosen where nobody has chosen a packet yet: what most clients of a practice begin with."""


async def roster(request: Request) -> Response:
    """The page that a roster is dropped on."""
    state = app_state_of(request)
    packets, _ = state.library.readable(state.library.packet, state.library.workspace.packet_files)
    languages = tuple(dict.fromkeys(tag for packet in packets for tag in state.library.languages("packet", packet)))
    choices = await asyncio.to_thread(state.page_choices, request, languages)
    menus = await asyncio.to_thread(
        option_menus.all_menus, state.library, choices, state.defaults, languages, without="audience"
    )
    listed = [one.model for one in packets]
    last = state.remembered.packet(option_menus.usual_practice(state.library, state.defaults))
    wanted = [request.query_params.get("packet", ""), last, USUAL_PACKET]
    packet = next((one for one in wanted if one in [its.id for its in listed]), "")
    return page(request, "roster.html", packets=listed, packet=packet, values=VALUES, endings=ENDINGS, **menus)


async def upload(request: Request) -> Response:
    """Take a roster, check it, and say what a run would make; one that cannot be read is not kept."""
    state, query = app_state_of(request), request.query_params
    batch = BatchRequest(
        state.library,
        state.choices(request),
        Path(),
        query.get("packet") or None,
        state.output_folder,
        reading=choices_of_query(query),
        allow_empty="empty" in query,
    )
    key, uploaded = state.rosters.add(await request.body(), query.get("file", "roster.csv"), batch)
    try:
        counts = await state.queue.run(lambda: roster_counts(uploaded))
    except HandoutkitError as error:
        state.rosters.forget(key)
        return page(
            request,
            "parts/roster.html",
            key="",
            counts=None,
            facts=error.facts if isinstance(error, UnsureEncodingError) else None,
            columns_shown=uploaded.columns,
            problems=uploaded.named(error.problems),
        )
    return page(
        request,
        "parts/roster.html",
        key=key,
        facts=None,
        columns_shown=uploaded.columns,
        counts=counts,
        problems=counts.problems,
        name=uploaded.batch.batch,
        place=uploaded.batch.place,
        shown=uploaded.shown,
    )


def _uploaded(request: Request) -> UploadedRoster:
    """The roster that an address names, if it is still open."""
    uploaded = app_state_of(request).rosters.get(request.path_params["key"])
    if uploaded is None:
        raise HTTPException(404)
    return uploaded


async def run(request: Request) -> Response:
    """Start making the packets."""
    uploaded, sent = _uploaded(request), await json_of(request)
    uploaded.batch = replace(uploaded.batch, name=str(sent.get("name", "")).strip() or None)
    try:
        uploaded.batch.batch  # noqa: B018 - raises where this cannot be a name
        await asyncio.to_thread(_remember, app_state_of(request).library.workspace.folder, uploaded)
    except HandoutkitError as error:
        return json_problems(error.problems)
    app_state_of(request).rosters.run(request.path_params["key"])
    return JSONResponse({})


def _remember(home: Path, uploaded: UploadedRoster) -> None:
    """Keep what was chosen for the columns, if something was. Raises ContentError, MachineError."""
    reading = uploaded.batch.reading
    if reading.mapped and uploaded.columns:
        remember_columns(home, uploaded.columns.understood, reading.dates)


async def stop(request: Request) -> Response:
    """End a run after the packets that are being made; running it again goes on."""
    _uploaded(request).stop_requested.set()
    return JSONResponse({})


async def progress(request: Request) -> Response:
    """Events with how far the run is; the open stream also shows that someone still has the page."""
    state = app_state_of(request)
    events = state.rosters.progress_events(
        _uploaded(request), request.path_params["key"], lambda: state.changes.closing
    )
    return StreamingResponse(events, media_type="text/event-stream")


async def report(request: Request) -> Response:
    """The result of a finished run, as a part of the page."""
    uploaded = _uploaded(request)
    if uploaded.state != "done":
        raise HTTPException(404)
    result = uploaded.result
    problems = list(uploaded.problems) + ([*result.lacking, *result.problems] if result else [])
    return page(
        request,
        "parts/report.html",
        result=result,
        problems=uploaded.named(problems),
        key=request.path_params["key"],
        place=_folder(uploaded).resolve(),
        report="report.txt",
        packets=await asyncio.to_thread(_packets, uploaded),
    )


def _folder(uploaded: UploadedRoster) -> Path:
    return uploaded.batch.output / uploaded.batch.batch


def _packets(uploaded: UploadedRoster) -> list[str]:
    """The names of the packets that are in the folder of a batch."""
    return sorted(path.name for path in _folder(uploaded).glob("*.pdf") if not path.is_symlink())


async def packet(request: Request) -> Response:
    """One of the packets that were made."""
    uploaded, name = _uploaded(request), request.path_params["name"]
    if name not in await asyncio.to_thread(_packets, uploaded):
        raise HTTPException(404)
    return FileResponse(_folder(uploaded) / name, media_type="application/pdf", content_disposition_type="inline")


async def all_packets(request: Request) -> Response:
    """The packets that were made in one file, which lies beside the roster and goes with it."""
    uploaded = _uploaded(request)
    file = uploaded.folder / f"{uploaded.batch.batch}.zip"

    def put_together() -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:  # PDFs are compressed already
            for name in _packets(uploaded):
                made.write(_folder(uploaded) / name, name)

    await asyncio.to_thread(put_together)
    return FileResponse(file, media_type="application/zip", filename=file.name)


async def print_run(request: Request) -> Response:
    """The packets that were made in one file for the printer, each on sheets of its own."""
    file = await asyncio.to_thread(print_file, _uploaded(request))
    if file is None:
        raise HTTPException(404)
    return FileResponse(file, media_type="application/pdf", content_disposition_type="inline", filename=file.name)


async def open_folder(request: Request) -> Response:
    """Open the folder of a batch in the file manager of this machine, which is the only one that can ask for it."""
    return JSONResponse({"opened": await asyncio.to_thread(shown_in_file_manager, _folder(_uploaded(request)))})


async def forget(request: Request) -> Response:
    """Remove a roster when its page is left."""
    app_state_of(request).rosters.forget(request.path_params["key"])
    return JSONResponse({})


ROUTES = [
    Route("/roster", roster),
    Route("/rosters", upload, methods=["POST"]),
    Route("/rosters/{key}/run", run, methods=["POST"]),
    Route("/rosters/{key}/stop", stop, methods=["POST"]),
    Route("/rosters/{key}/forget", forget, methods=["POST"]),
    Route("/rosters/{key}/progress", progress),
    Route("/rosters/{key}/report", report),
    Route("/rosters/{key}/open-folder", open_folder, methods=["POST"]),
    Route("/rosters/{key}/packets.zip", all_packets),
    Route("/rosters/{key}/print.pdf", print_run),
    Route("/rosters/{key}/packet/{name}", packet),
]
