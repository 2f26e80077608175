"""Pages to make things yours: a form for each file, saved into it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from handoutkit.compose.choose_notes import NO_FRAMING
from handoutkit.errors import ContentError, Problem
from handoutkit.files.atomic_write import write_file
from handoutkit.files.text_files import shown, unwritable
from handoutkit.isolation import temporary_folders
from handoutkit.loading.yaml_data import MAX_DEPTH
from handoutkit.models.json_schema import SchemaName
from handoutkit.pictures.picture_check import MAX_BYTES, PictureFault, check_picture
from handoutkit.render.colour.oklch import contrast
from handoutkit.render.colour.palette import BORDER, PAPER, STRONG, TEXT, palette
from handoutkit.webapp import option_menus
from handoutkit.webapp.app_state import AppState
from handoutkit.webapp.forms import form_fields_of_file, save_form
from handoutkit.webapp.library_cards import LibraryCard, find
from handoutkit.webapp.page_templates import app_state_of, page

Editable: tuple[SchemaName, ...] = ("handout", "practice", "framing", "packet")
PICTURES = (".svg", ".png")


async def edit(request: Request) -> Response:
    """The form of one file, with the pages it changes beside it."""
    what, name = request.path_params["what"], request.path_params["name"]
    if what not in Editable:
        raise HTTPException(404)
    return await form_page(request, what, name)


async def form_page(request: Request, what: SchemaName, name: str) -> Response:
    """A form; without a name, of a file that is not there yet."""
    desk, home = app_state_of(request), app_state_of(request).library.workspace.folder
    data: Mapping[str, Any] = {"language": "en"}
    facts: dict[str, Any] = {"digest": "", "problems": (), "place": "", "shipped": False, "title": "A new packet"}
    if name:
        path = desk.file(what, name)
        opened = await asyncio.to_thread(save_form.opened, path, what)
        data, target = opened.data, save_form.own_place(path, home)
        facts = {
            "digest": opened.digest,
            "problems": opened.problems,
            "place": shown(target),
            "shipped": target != path,
            "title": str(data.get("display_name") or data.get("title") or name),
        }
    sample, address = _sample(desk, what, name)
    return page(
        request,
        "edit.html",
        what=what,
        name=name,
        sections=await asyncio.to_thread(form_fields_of_file.sections, what, data),
        sample=sample,
        address=address,
        others=await asyncio.to_thread(option_menus.practices, desk.library) if what == "practice" else (),
        handouts=find(desk.library, desk.reader, "handouts", {}).cards if what == "packet" else (),
        **facts,
    )


def _sample(desk: AppState, what: str, name: str) -> tuple[str, str]:
    """A handout on which a change shows, and the address of its pages."""
    handouts = list(desk.library.workspace.handout_files)
    if what in ("handout", "packet"):
        return name, f"/show/{what}/{name}" if name else ""
    if not handouts:
        return "", ""
    if what == "practice":
        return handouts[0], f"/show/handout/{handouts[0]}?practice={name}"
    framing = desk.library.readable(desk.library.framing, [name])[0]
    named = [note.place.handout for one in framing for note in one.model.notes if note.place.handout in handouts]
    sample = str(next(iter(named), handouts[0]))
    return sample, f"/show/handout/{sample}?framing={name if framing else NO_FRAMING}"


async def save(request: Request) -> Response:
    """Save a form; what is wrong comes back with the place it is at."""
    what, name = request.path_params["what"], request.path_params["name"]
    if what not in Editable:
        raise HTTPException(404)
    desk, said = app_state_of(request), await json_of(request)
    path = desk.file(what, name)
    return await saved(desk, path, what, said)


async def saved(desk: AppState, path: Path, what: SchemaName, said: dict[str, object]) -> Response:
    """A form saved, as an answer to the module that sent it."""
    digest, data = str(said.get("digest", "")), said.get("data")
    if not isinstance(data, dict):
        raise HTTPException(400)
    home = desk.library.workspace.folder
    try:
        target = await asyncio.to_thread(save_form.saved, path, what, digest, data, home)
    except save_form.ChangedElsewhereError:
        return JSONResponse({"conflict": True}, 409)
    except ContentError as error:
        found = [{**problem.as_json(), "excerpt": ""} for problem in error.problems]
        return JSONResponse({"problems": found}, 422)
    desk.changes.tell()
    return JSONResponse({"digest": save_form.digest_of(target), "place": shown(target)})


async def digest(request: Request) -> Response:
    """The digest of a file as it is now, for a form to see whether someone else changed it."""
    what, name = request.path_params["what"], request.path_params["name"]
    return JSONResponse({"digest": save_form.digest_of(app_state_of(request).file(what, name))})


async def part(request: Request) -> Response:
    """An empty piece of a form, to add."""
    name, at = request.path_params["what"], request.query_params.get("at", "")
    if name not in Editable:
        raise HTTPException(404)
    try:
        field = await asyncio.to_thread(form_fields_of_file.part, name, at)
    except (LookupError, TypeError):
        raise HTTPException(404) from None
    as_item, one = "item" in request.query_params, request.query_params.get("item", "")
    return page(request, "parts/field.html", field_given=field, as_item=as_item, one=one)


async def colours(request: Request) -> Response:
    """The palette that grows from a colour, each pair with its contrast."""
    colour = request.query_params.get("colour", "")
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        return JSONResponse({"colour": None})
    found = palette(colour.upper())
    pairs = [
        ("Titles", found.deep, PAPER, STRONG),
        ("Labels", found.brand, PAPER, TEXT),
        ("Text in panels", found.ink, found.wash, STRONG),
        ("White on your colour", found.on_deep, found.deep, STRONG),
        ("Writing lines", found.line, PAPER, BORDER),
    ]
    return JSONResponse(
        {
            "colour": colour.upper(),
            "brand": found.brand,
            "pairs": [
                {"name": name, "front": front, "back": back, "ratio": round(contrast(front, back), 1), "least": least}
                for name, front, back, least in pairs
            ],
        }
    )


async def logo(request: Request) -> Response:
    """A picture for a practice, put beside its file; what is named a picture must be one."""
    desk, name = app_state_of(request), request.path_params["name"]
    ending = Path(request.query_params.get("name", "")).suffix.lower()
    data = await request.body()
    path = save_form.own_place(desk.file("practice", name), desk.library.workspace.folder)
    target = path.with_name(f"{name}-logo{ending}")
    try:
        if ending not in PICTURES or len(data) > MAX_BYTES:
            hint = f"use an SVG or PNG file of at most {MAX_BYTES:,} bytes"
            raise PictureFault("not-a-picture", "this file cannot be a logo", hint)
        await asyncio.to_thread(_place_picture, target, data)
    except PictureFault as fault:
        problem = Problem(fault.code, fault.message, fault.hint)
        return JSONResponse({"problems": [problem.as_json()]}, 422)
    except OSError as error:
        raise unwritable(error, target) from None
    return JSONResponse({"file": target.name})


def _place_picture(target: Path, data: bytes) -> None:
    """Put a picture where it belongs once it is known to be one. Raises PictureFault, OSError."""
    folder = temporary_folders.new_folder("picture-")
    try:
        (folder / target.name).write_bytes(data)
        check_picture(folder, target.name)
    finally:
        temporary_folders.remove(folder)
    write_file(target, data)


async def practice(request: Request) -> Response:
    """The form of the workspace's own practice."""
    loaded = await asyncio.to_thread(app_state_of(request).library.practice, app_state_of(request).start.practice)
    request.path_params.update(what="practice", name=loaded.source.path.stem)
    return await edit(request)


async def framings(request: Request) -> Response:
    """The framings there are."""
    desk = app_state_of(request)
    found, problems = desk.library.readable(desk.library.framing, desk.library.workspace.framing_files)
    cards = [
        LibraryCard(
            "framing", one.model.id, one.model.title, one.model.about.split("\n\n")[0], f"{len(one.model.notes)} notes"
        )
        for one in found
    ]
    return page(request, "framings.html", cards=cards, problems=problems)


async def json_of(request: Request) -> dict[str, object]:
    """The body of a request as a mapping."""
    try:
        said = await request.json()
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or _is_deep(said):
        raise HTTPException(400)
    return said


def _is_deep(said: object) -> bool:
    """Whether there are more lists and mappings in each other than any file has."""
    level: list[object] = [said]
    for _ in range(MAX_DEPTH):
        level = [
            one
            for held in level
            if isinstance(held, dict | list)
            for one in (held.values() if isinstance(held, dict) else held)
        ]
    return bool(level)


ROUTES = [
    Route("/practice", practice),
    Route("/framings", framings),
    Route("/colours", colours),
    Route("/part/{what}", part),
    Route("/digest/{what}/{name}", digest),
    Route("/edit/{what}/{name}", edit),
    Route("/edit/{what}/{name}", save, methods=["POST"]),
    Route("/logo/{name}", logo, methods=["POST"]),
]
