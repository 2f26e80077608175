"""The pages of one packet: its preview, a form for one client's values, and the form of a new packet."""

from __future__ import annotations

import asyncio
import base64
from datetime import datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from handoutkit.errors import HandoutkitError, Problem
from handoutkit.files.atomic_write import write_file
from handoutkit.files.text_files import refuse_links_outside, shown, unwritable
from handoutkit.models.clients.client_ref import CLIENT_REF
from handoutkit.models.packet import Packet
from handoutkit.packets.personalise import client_values
from handoutkit.scaffold.ids_from_titles import id_from_title
from handoutkit.webapp import option_menus
from handoutkit.webapp.page_pictures import page_picture, sizes
from handoutkit.webapp.page_templates import app_state_of, json_problems, page

from .edit_routes import form_page, json_of, saved

SHOWN_PAGES = 40
VALUES = {
    "display_name": ("What the client is called", "Only a first name, if that is enough."),
    "first_name": ("How the letter greets them", "Such as their first name."),
    "clinician": ("Your name", ""),
    "next_session": ("When you meet next", "As you say it, or as 2026-12-01 15:00."),
    "due": ("To be worked through by", "Such as 2026-12-01."),
    "note": ("A note from you", "It stands on the cover."),
    "own_words": ("The client’s own words", "Such as what they hope for."),
}
LONG = ("note", "own_words")


async def packet(request: Request) -> Response:
    """One packet: its pages, and a form for one client's values."""
    state, name = app_state_of(request), request.path_params["name"]
    loaded = await asyncio.to_thread(state.library.packet, name)
    languages = tuple(state.library.languages("packet", loaded))
    asked = await asyncio.to_thread(state.library.conditions_in_packet, loaded.model)
    choices = await asyncio.to_thread(state.page_choices, request, languages)
    menus = await asyncio.to_thread(
        option_menus.all_menus, state.library, choices, state.defaults, languages, "audience", asked
    )
    return page(
        request,
        "packet.html",
        packet=loaded.model,
        values=_values(loaded.model),
        long=LONG,
        **menus,
    )


def _values(model: Packet) -> list[tuple[str, str, str]]:
    """The values a packet takes of a client: name, label and hint."""
    named = dict.fromkeys([*model.values, *model.values_of_texts(), *(one.value for one in model.prefill)])
    named.pop(CLIENT_REF, None)
    return [(name, *VALUES.get(name, (name.replace("_", " ").capitalize(), ""))) for name in named]


def values_sent(sent: dict[str, object]) -> tuple[str, dict[str, str]]:
    """One client's reference, or empty, and the values that are not, as a form sends them. Raises HTTPException."""
    values = sent.get("values")
    if not isinstance(values, dict):
        raise HTTPException(400)
    given = {str(key): str(value) for key, value in values.items() if str(value).strip()}
    return given.pop(CLIENT_REF, "").strip(), given


async def for_client(request: Request) -> Response:
    """A packet with one client's values: only shown, or written as a file too."""
    state, name, sent = app_state_of(request), request.path_params["name"], await json_of(request)
    choices, (ref, given) = state.choices(request), values_sent(sent)
    settings = [f"{key}={value}" for key, value in given.items()]
    try:
        client_values.client_ref(ref, settings)
        pdf = await state.queue.run(lambda: state.renderer.personalised(state.library, name, choices, ref, settings))
    except HandoutkitError as error:
        return json_problems(error.problems)
    if sent.get("do") == "print":
        return Response(pdf, media_type="application/pdf")
    if sent.get("do") != "build":
        return page(request, "parts/client_pages.html", pictures=await asyncio.to_thread(pictures_of, pdf))
    path = state.output_folder / "packets" / f"{ref}.pdf"
    refuse_links_outside([path], state.output_folder)
    if path.exists() and sent.get("replace") is not True:
        return JSONResponse(
            {"there": shown(path), "made": f"{datetime.fromtimestamp(path.stat().st_mtime):%d %B %Y, %H:%M}"}, 409
        )
    try:
        await asyncio.to_thread(write_file, path, pdf, private=True)
    except OSError as error:
        raise unwritable(error, path) from None
    return Response(pdf, media_type="application/pdf", headers={"x-place": shown(path)})


def pictures_of(pdf: bytes) -> list[str]:
    """The pages as `data:` addresses, so that no client's page has to be kept on the server."""
    numbers = range(1, min(len(sizes(pdf)), SHOWN_PAGES) + 1)
    made = [base64.b64encode(page_picture(pdf, number, 1000)).decode() for number in numbers]
    return [f"data:image/jpeg;base64,{one}" for one in made]


async def new(request: Request) -> Response:
    """The form of a packet that is not there yet."""
    return await form_page(request, "packet", "")


async def save_new(request: Request) -> Response:
    """Save a new packet; its id is made from its title."""
    state, sent = app_state_of(request), await json_of(request)
    data: Any = sent.get("data")
    if not isinstance(data, dict):
        raise HTTPException(400)
    title = str(data.get("title", ""))
    if not title.strip():
        return json_problems(
            [Problem("no-title", "a packet needs a title", "write what it is to be called", path="title")]
        )
    name = id_from_title(title, set(state.library.workspace.packet_files), otherwise="packet")
    path = state.library.workspace.folder / "handouts" / "packets" / f"{name}.yaml"
    digest = str(sent.get("digest", ""))
    answer = await saved(state, path, "packet", {"digest": digest, "data": {"id": name} | data | {"id": name}}, "")
    if answer.status_code == 200:
        return JSONResponse({"go": f"/packets/{name}"})
    return answer


ROUTES = [
    Route("/new-packet", new),
    Route("/new-packet", save_new, methods=["POST"]),
    Route("/packets/{name}", packet),
    Route("/packets/{name}/client", for_client, methods=["POST"]),
]
