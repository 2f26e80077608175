"""The pages on which handouts and practices are made, and things are copied, renamed, thrown away and put back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar, get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from handoutkit.errors import ContentError, HandoutkitError, Problem
from handoutkit.importing.import_source import ImportedHandout, import_source
from handoutkit.isolation import temporary_folders
from handoutkit.scaffold import bin_folder, own_files
from handoutkit.scaffold.ids_from_titles import id_from_title
from handoutkit.scaffold.own_files import OwnKind
from handoutkit.scaffold.own_practice import new_practice
from handoutkit.scaffold.start import kinds
from handoutkit.webapp.app_state import AppState
from handoutkit.webapp.cards.library_cards import KINDS, all_cards
from handoutkit.webapp.forms import form_words, save_form
from handoutkit.webapp.page_templates import app_state_of, json_problems, page
from handoutkit.webapp.uploads.uploaded_files import kept_name

from .edit_routes import drafts_of, json_of

T = TypeVar("T")
ENDINGS = (".docx", ".pdf", ".html", ".htm", ".md", ".txt")
"""How the names of files end that are usually imported; others are read if they can be."""
PLACES: dict[OwnKind, str] = {"handout": "handouts", "packet": "packets", "framing": "framings"}
"""The page on which each kind is listed; also the first part of the address of one."""


async def new(request: Request) -> Response:
    """The page on which a handout is begun: from a template, from a file, or from nothing."""
    state = app_state_of(request)
    templates = await asyncio.to_thread(all_cards, state.library, state.reader, "templates")
    begun = [(name, KINDS[name]) for name in kinds()]
    chosen = request.query_params.get("from", "")
    return page(request, "new.html", templates=templates, kinds=begun, chosen=chosen, endings=ENDINGS)


async def make(request: Request) -> Response:
    """Make a handout from a template or from nothing, and say where its words are changed."""
    state, sent = app_state_of(request), await json_of(request)
    template, title, kind = (str(sent.get(key, "")) for key in ("from", "title", "kind"))
    today = state.today

    def made() -> str:
        if template:
            title_or_its = title.strip() or own_files.title_of(state.file("template", template))
            return own_files.copy_of(state.library, state.file("template", template), "handout", title_or_its, today)
        return own_files.new_handout(state.library, title, kind if kind in kinds() else "worksheet", today)

    return await _done(request, made, lambda name: f"/edit/handout/{name}")


async def start_practice(request: Request) -> Response:
    """The page on which another practice is begun."""
    return page(request, "new_practice.html", example="", example_title="")


async def make_practice(request: Request) -> Response:
    """Make a practice of a name, and say where its words are changed."""
    state, title = app_state_of(request), str((await json_of(request)).get("title", ""))
    return await _done(request, lambda: new_practice(state.library, title), lambda name: f"/edit/practice/{name}")


async def make_framing(request: Request) -> Response:
    """Make a framing of a title, and say where its words are changed."""
    state, title = app_state_of(request), str((await json_of(request)).get("title", ""))
    return await _done(
        request,
        lambda: own_files.new_framing(state.library, title, state.today),
        lambda name: f"/edit/framing/{name}",
    )


async def take_file(request: Request) -> Response:
    """Read a file that somebody has, and make a handout of it, or several; the file itself is not kept."""
    state, query = app_state_of(request), request.query_params
    data, given = await request.body(), query.get("file", "")
    folder = await asyncio.to_thread(state.rosters.new_folder)
    file = folder / kept_name(given, "handout")
    practice = query.get("own", "")

    def read() -> list[ImportedHandout]:
        file.write_bytes(data)
        today = state.today
        workspace = state.library.workspace
        name = id_from_title(file.stem, set(workspace.handout_files), otherwise="handout")
        rights = f"© {today.year} {_own_name(state)}" if practice else ""
        return import_source(workspace, file, name, today, rights)

    try:
        made = await state.queue.run(read)
    except HandoutkitError as error:
        return page(request, "parts/imported.html", made=(), problems=error.problems, label=form_words.label)
    finally:
        temporary_folders.remove(folder)
    state.changes.notify()
    return page(request, "parts/imported.html", made=made, problems=(), label=form_words.label)


def _own_name(state: AppState) -> str:
    return state.library.practice(state.defaults.practice).model.display_name


async def manage(request: Request) -> Response:
    """The page on which one thing is copied, renamed, or thrown away."""
    state, (what, name) = app_state_of(request), _named(request)
    path = state.file(what, name)
    workspace = state.library.workspace
    own = own_files.is_own(workspace, path)
    named = await asyncio.to_thread(bin_folder.packets_with, state.library, name) if what == "handout" else []
    return page(
        request,
        "manage.html",
        what=what,
        name=name,
        title=own_files.title_of(path),
        place=PLACES[what],
        own=own,
        ships=bin_folder.ships(workspace, what, name),
        packets=named,
    )


async def copy(request: Request) -> Response:
    """Make a copy under another title."""
    state, (what, name) = app_state_of(request), _named(request)
    title, path = str((await json_of(request)).get("title", "")), app_state_of(request).file(what, name)
    return await _done(
        request,
        lambda: own_files.copy_of(state.library, path, what, title, state.today),
        lambda made: f"/edit/{what}/{made}",
    )


async def rename(request: Request) -> Response:
    """Give it another title; its file and its id stay, so that what clients send back is still known."""
    state, (what, name) = app_state_of(request), _named(request)
    title = str((await json_of(request)).get("title", "")).strip()

    def renamed() -> str:
        if not title:
            raise ContentError(Problem("no-title", "it needs a title", "write what it is to be called", path="title"))
        path = state.file(what, name)
        opened = save_form.opened(path, what)
        kept = {key: {"_keep": True} for key in opened.data}
        save_form.saved(path, what, opened.digest, {**kept, "title": title}, state.library.workspace.folder)
        return name

    return await _done(request, renamed, lambda made: f"/{PLACES[what]}/{made}" if what != "framing" else "/framings")


async def throw_away(request: Request) -> Response:
    """Move it into the bin; where one of that name ships, that is seen again."""
    state, (what, name) = app_state_of(request), _named(request)
    shipped = bin_folder.ships(state.library.workspace, what, name)
    listed = "/" if what == "handout" else f"/{PLACES[what]}"
    there = f"/{PLACES[what]}/{name}" if shipped and what != "framing" else listed

    def thrown() -> str:
        key = bin_folder.throw_away(state.library, what, name, datetime.now())
        drafts_of(state).forget(what, name)
        return key

    return await _done(request, thrown, lambda _: f"{there}?done=bin")


async def in_the_bin(request: Request) -> Response:
    """What was thrown away."""
    found = await asyncio.to_thread(bin_folder.thrown_away, app_state_of(request).library.workspace)
    return page(request, "bin.html", found=found, folder_of_bin=bin_folder.BIN)


async def put_back(request: Request) -> Response:
    """Put what was thrown away back into its place."""
    state, key = app_state_of(request), request.path_params["key"]

    def back() -> str:
        one = bin_folder.put_back(state.library.workspace, key)
        return f"/{PLACES[one.what]}/{one.name}" if one.what != "framing" else "/framings"

    return await _done(request, back, lambda address: address)


async def _done(request: Request, work: Callable[[], str], address: Callable[[str], str]) -> Response:
    """Do something to files, and say which page comes next; or what is in the way."""
    try:
        made = await asyncio.to_thread(work)
    except HandoutkitError as error:
        return json_problems(error.problems)
    app_state_of(request).changes.notify()
    return JSONResponse({"go": address(made)})


def _named(request: Request) -> tuple[OwnKind, str]:
    what = next((kind for kind in get_args(OwnKind) if kind == request.path_params["what"]), None)
    if what is None:
        raise HTTPException(404)
    return what, request.path_params["name"]


ROUTES = [
    Route("/new", new),
    Route("/new", make, methods=["POST"]),
    Route("/new-practice", start_practice),
    Route("/new-practice", make_practice, methods=["POST"]),
    Route("/new-framing", make_framing, methods=["POST"]),
    Route("/imports", take_file, methods=["POST"]),
    Route("/bin", in_the_bin),
    Route("/bin/{key}", put_back, methods=["POST"]),
    Route("/manage/{what}/{name}", manage),
    Route("/manage/{what}/{name}/copy", copy, methods=["POST"]),
    Route("/manage/{what}/{name}/rename", rename, methods=["POST"]),
    Route("/manage/{what}/{name}/delete", throw_away, methods=["POST"]),
]
