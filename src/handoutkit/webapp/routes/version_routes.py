"""The page on which the earlier versions of a file are looked at, and one is taken back."""

from __future__ import annotations

import asyncio
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from handoutkit.errors import HandoutkitError
from handoutkit.scaffold.own_files import title_of
from handoutkit.webapp.forms import save_form
from handoutkit.webapp.forms.both_versions import Difference, differences
from handoutkit.webapp.forms.drafts import data_of
from handoutkit.webapp.forms.kept_versions import FileVersion, versions_of
from handoutkit.webapp.page_templates import app_state_of, json_problems, page

from .edit_routes import editable


async def versions(request: Request) -> Response:
    """The earlier versions of a file, the newest first."""
    path, found = await _found(request)
    what, name = editable(request), request.path_params["name"]
    title = await asyncio.to_thread(title_of, path)
    return page(request, "earlier.html", what=what, name=name, title=title, found=found)


async def version(request: Request) -> Response:
    """What one version says otherwise than the file does now."""
    (path, found), key = await _found(request), request.path_params["key"]
    one = _one(found, key)

    def compared() -> list[Difference]:
        return differences(data_of(one.source.text), data_of(save_form.opened(path, editable(request)).source.text))

    shown = await asyncio.to_thread(compared)
    headings = ("Then", "Now")
    return page(request, "parts/versions.html", found=shown, digest="", gone=False, headings=headings)


async def take_back(request: Request) -> Response:
    """Make one version the file again; what the file holds now is kept as a version."""
    (path, found), key = await _found(request), request.path_params["key"]
    what, name = editable(request), request.path_params["name"]
    state = app_state_of(request)
    one = _one(found, key)
    try:
        await asyncio.to_thread(save_form.taken_back, path, what, one, state.library.workspace.folder)
    except HandoutkitError as error:
        return json_problems(error.problems)
    state.changes.notify()
    return JSONResponse({"go": f"/edit/{what}/{name}"})


async def _found(request: Request) -> tuple[Path, list[FileVersion]]:
    state, home = app_state_of(request), app_state_of(request).library.workspace.folder
    path = state.file(editable(request), request.path_params["name"])
    return path, await asyncio.to_thread(versions_of, save_form.own_place(path, home), home)


def _one(found: list[FileVersion], key: str) -> FileVersion:
    one = next((each for each in found if each.key == key), None)
    if one is None:
        raise HTTPException(404)
    return one


ROUTES = [
    Route("/earlier/{what}/{name}", versions),
    Route("/earlier/{what}/{name}/{key}", version),
    Route("/earlier/{what}/{name}/{key}", take_back, methods=["POST"]),
]
