"""Pages to look at one handout or packet as it will print, and to take it along."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from handoutkit.build.build_options import BuildOptions
from handoutkit.errors import Problem, UsageError
from handoutkit.export.output_formats import output_formats
from handoutkit.webapp import option_menus
from handoutkit.webapp.app_state import AppState
from handoutkit.webapp.library_cards import KINDS
from handoutkit.webapp.page_pictures import WIDTHS
from handoutkit.webapp.page_templates import app_state_of, page
from handoutkit.webapp.preview_renderer import PreviewPage

from .library_routes import THINGS


async def handout(request: Request) -> Response:
    """One handout or format: its choices, its pages (which come later) and its guide."""
    what, name = request.path_params["what"], request.path_params["name"]
    desk = app_state_of(request)
    if THINGS.get(what) not in ("handout", "format"):
        raise HTTPException(404)
    loaded = await asyncio.to_thread(desk.handout, THINGS[what], name)
    choices = desk.choices(request)
    languages = tuple(desk.library.languages("handout", loaded))
    return page(
        request,
        "handout.html",
        what=what,
        handout=loaded.model,
        kind=KINDS[loaded.model.kind],
        menus=await asyncio.to_thread(option_menus.menus, desk.library, choices, desk.start, languages),
        framings=await asyncio.to_thread(option_menus.framing_menu, desk.library, choices, desk.start),
        fields=choices.fields,
        fields_usual=desk.start.fields,
        copies=[known for known in output_formats() if known.button],
    )


async def show(request: Request) -> Response:
    """The pages of a handout or packet, as a part; with what is wrong, if something is."""
    what, name, view = request.path_params["what"], request.path_params["name"], request.query_params.get("view", "")
    desk, choices = app_state_of(request), app_state_of(request).choices(request)
    shown, practice = await asyncio.gather(
        desk.queue.run(lambda: shown_of(desk, what, name, choices), view=view),
        asyncio.to_thread(option_menus.usual_practice, desk.library, desk.start),
    )
    # The browser will ask for it in a moment.
    asyncio.get_running_loop().run_in_executor(None, desk.pages.picture, shown.digest, 1, WIDTHS[1])
    words = ("packet", name) if what == "packet" else ("build", name)
    return page(
        request,
        "parts/pages.html",
        shown=shown,
        widths=WIDTHS,
        title=request.query_params.get("title", name),
        query=option_menus.address(choices, desk.start),
        practice=practice,
        command=option_menus.command(words, choices) if what != "format" else f"handoutkit new my-{name} --from {name}",
        file=f"/{what}/{name}",
    )


async def picture(request: Request) -> Response:
    """A page as JPEG, of a PDF that was shown before."""
    digest, number = request.path_params["digest"], request.path_params["number"]
    width = request.path_params["width"]
    if width not in WIDTHS:
        raise HTTPException(404)
    found = await asyncio.to_thread(app_state_of(request).pages.picture, digest, number, width)
    if found is None:
        raise HTTPException(404)
    return Response(found, media_type="image/jpeg")


async def thumbnail(request: Request) -> Response:
    """The first page, small; set when nothing else waits."""
    what, name = request.path_params["what"], request.path_params["name"]
    desk = app_state_of(request)
    choices = replace(desk.start, today=None)
    shown = await desk.queue.run(lambda: shown_of(desk, what, name, choices), urgent=False)
    found = await asyncio.to_thread(desk.pages.picture, shown.digest, 1, WIDTHS[0]) if shown.digest else None
    if found is None:
        raise HTTPException(404)
    return Response(found, media_type="image/jpeg")


async def pdf(request: Request) -> Response:
    """The PDF to keep, or to print from the browser's own viewer."""
    what, name = request.path_params["what"], request.path_params["name"]
    desk, choices = app_state_of(request), app_state_of(request).choices(request)
    shown = await desk.queue.run(lambda: shown_of(desk, what, name, choices))
    if shown.stale or not shown.pdf:
        return page(request, "problem.html", problems=shown.problems, status=422)
    manner = "inline" if request.query_params.get("to") == "print" else "attachment"
    return Response(
        shown.pdf,
        media_type="application/pdf",
        headers={"content-disposition": f'{manner}; filename="{_file_name(name, choices)}.pdf"'},
    )


async def copy(request: Request) -> Response:
    """A handout in an output format that is one file, such as a Word document, to keep."""
    what, name, wanted_format = (request.path_params[key] for key in ("what", "name", "format"))
    form = next((known for known in output_formats() if known.name == wanted_format), None)
    if what not in ("handout", "format") or form is None or not form.is_single_file:
        raise HTTPException(404)
    desk, choices = app_state_of(request), app_state_of(request).choices(request)
    wanted = _wanted(desk, what, name)
    made = await desk.queue.run(lambda: desk.showroom.copy(desk.library, wanted, choices, form.name))
    name_of_file = f"{_file_name(name, choices)}{made.ending}"
    headers = {"content-disposition": f'attachment; filename="{name_of_file}"'}
    return Response(made.data, media_type=form.media_type, headers=headers)


def shown_of(desk: AppState, what: str, name: str, choices: BuildOptions) -> PreviewPage:
    """The pages of anything that has some. Raises UsageError: there is no such thing."""
    if what not in THINGS.values():
        raise UsageError(Problem("no-pages", f"`{what}` has no pages"))
    if what == "packet":
        return desk.showroom.packet(desk.library, name, choices)
    return desk.showroom.handout(desk.library, _wanted(desk, what, name), choices)


def _wanted(desk: AppState, what: str, name: str) -> str:
    """A handout's id, or a format's file. Raises UsageError: there is no such thing."""
    file = desk.file(what, name)
    return name if what == "handout" else str(file)


def _file_name(name: str, choices: BuildOptions) -> str:
    parts = [name, choices.format if choices.format != "standard" else "", choices.language or ""]
    return ".".join(part for part in [*parts, choices.audience if choices.audience != "client" else ""] if part)


ROUTES = [
    Route("/show/{what}/{name}", show),
    Route("/thumbnail/{what}/{name}", thumbnail),
    Route("/pdf/{what}/{name}", pdf),
    Route("/copy/{format}/{what}/{name}", copy),
    Route("/page/{digest}/{number:int}-{width:int}.jpg", picture),
    Route("/{what}/{name}", handout),  # last, for its addresses are the most general
]
