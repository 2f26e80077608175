"""What a form holds before it is saved: kept, compared with its file, and dropped; and the pictures chosen in it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from handoutkit.errors import Problem
from handoutkit.files.text_files import read_text, unwritable
from handoutkit.models.json_schema import SchemaName
from handoutkit.pictures.picture_check import PictureFault
from handoutkit.webapp.app_state import AppState
from handoutkit.webapp.forms import save_form
from handoutkit.webapp.forms.both_versions import differences
from handoutkit.webapp.forms.chosen_pictures import ChosenPictures
from handoutkit.webapp.forms.drafts import NEW, FormDraft, data_of
from handoutkit.webapp.forms.new_block_ids import with_ids
from handoutkit.webapp.page_templates import app_state_of, json_problems, page

from .edit_routes import drafts_of, editable, file_of, json_of


def _named(request: Request) -> tuple[AppState, SchemaName, str]:
    """The app, the kind of a file, and its name; empty for one that is still to be made."""
    name = request.path_params["name"]
    return app_state_of(request), editable(request), "" if name == NEW else name


async def keep(request: Request) -> Response:
    """Keep what a form holds, valid or not."""
    (state, what, name), sent = _named(request), await json_of(request)
    data, opened = sent.get("data"), str(sent.get("digest", ""))
    if not isinstance(data, dict):
        raise HTTPException(400)
    home, drafts = state.library.workspace.folder, drafts_of(state)

    def kept() -> None:
        before = drafts.read(what, name)
        path = file_of(state, what, name, before)
        place = save_form.own_place(path, home).relative_to(home).as_posix() if name else ""
        drafts.keep(what, name, path, opened, data, place, str(sent.get("base", "")))

    try:
        await asyncio.to_thread(kept)
    except save_form.ChangedElsewhereError:
        return JSONResponse({"conflict": True}, 409)
    return JSONResponse({"kept": True})


async def drop(request: Request) -> Response:
    """Forget a draft, and the pictures chosen in it: the file is as it was."""
    state, what, name = _named(request)
    await asyncio.to_thread(drafts_of(state).forget, what, name)
    await asyncio.to_thread(ChosenPictures(state.library.workspace.folder, what, name).forget)
    return JSONResponse({})


async def versions(request: Request) -> Response:
    """The draft beside the file as it is now, and the digest of that."""
    state, what, name = _named(request)
    draft = await asyncio.to_thread(drafts_of(state).read, what, name)
    if draft is None:
        raise HTTPException(404)
    path = file_of(state, what, name, draft)
    found = await asyncio.to_thread(_compared, draft, path, what)
    digest = save_form.digest_of(path)
    headings = ("Yours", "The file now")
    return page(request, "parts/versions.html", found=found, digest=digest, gone=not digest, headings=headings)


def _compared(draft: FormDraft, path: Path, what: SchemaName) -> list[object]:
    theirs = read_text(path).text if path.exists() else ""
    mine = with_ids(data_of(draft.now)) if what == "handout" else data_of(draft.now)  # as it would be saved
    return list(differences(mine, data_of(theirs))) if theirs else []


async def picture(request: Request) -> Response:
    """Keep a picture that was chosen in a form, and say by which name the file will have it once it is saved."""
    (state, what, name), data = _named(request), await request.body()
    home = state.library.workspace.folder
    target = save_form.own_place(state.file(what, name), home)
    given = request.query_params.get("name", "")
    try:
        file = await asyncio.to_thread(ChosenPictures(home, what, name).choose, given, data, target)
    except PictureFault as fault:
        return json_problems([Problem(fault.code, fault.message, fault.hint)])
    except OSError as error:
        raise unwritable(error, target) from None
    return JSONResponse({"file": file})


ROUTES = [
    Route("/draft/{what}/{name}", keep, methods=["POST"]),
    Route("/draft/{what}/{name}/drop", drop, methods=["POST"]),
    Route("/versions/{what}/{name}", versions),
    Route("/picture/{what}/{name}", picture, methods=["POST"]),
]
