"""The pages of one handout or template: its preview, pictures of its pages, and files to download."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, replace

from starlette.background import BackgroundTask
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.build_result import DEFAULT_LANGUAGE, file_name, looks
from handoutkit.checks.clinical_readers import not_judged, reader_of
from handoutkit.checks.consistency.placeholders import handout_placeholders
from handoutkit.checks.judge_file import judge_handout
from handoutkit.checks.text.reading_grade import Grade
from handoutkit.errors import ContentError, HandoutkitError, Problem, UsageError
from handoutkit.export.output_formats import output_formats
from handoutkit.library.library import Library
from handoutkit.own_themes import replaced_files
from handoutkit.webapp import option_menus
from handoutkit.webapp.app_state import AppState
from handoutkit.webapp.cards.library_cards import KIND_OF_PAGE, KINDS
from handoutkit.webapp.forms.library_with_draft import LibraryWithDraft
from handoutkit.webapp.option_menus import usual_practice
from handoutkit.webapp.page_pictures import WIDTHS
from handoutkit.webapp.page_templates import app_state_of, page
from handoutkit.webapp.preview_renderer import PreviewPage

from .edit_routes import EDITABLE, drafts_of, file_of, json_of
from .one_person_routes import blocks_to_choose, places_to_fill


async def handout(request: Request) -> Response:
    """One handout or template: its menus, its pages (which the browser asks for later) and its guide."""
    what, name = request.path_params["what"], request.path_params["name"]
    state = app_state_of(request)
    if KIND_OF_PAGE.get(what) not in ("handout", "template"):
        raise HTTPException(404)
    loaded = await asyncio.to_thread(state.handout, KIND_OF_PAGE[what], name)
    languages = tuple(state.library.languages("handout", loaded))
    choices = await asyncio.to_thread(state.page_choices, request, languages)
    return page(
        request,
        "handout.html",
        what=what,
        handout=loaded.model,
        kind=KINDS[loaded.model.kind],
        fields=choices.fields,
        fields_usual=state.defaults.fields,
        **await asyncio.to_thread(
            option_menus.all_menus,
            state.library,
            choices,
            state.defaults,
            languages,
            conditions=loaded.model.conditions,
        ),
        blocks=blocks_to_choose(loaded.model, choices),
        short=choices.short,
        places=places_to_fill(loaded.model) if what == "handouts" else (),
        not_judged=not_judged([reader_of(loaded.model)]),
        copies=[known for known in output_formats() if known.button],
    )


async def remember(request: Request) -> Response:
    """Keep what was chosen in a view, so that the next one begins with it."""
    state, query = app_state_of(request), QueryParams(str((await json_of(request)).get("query", "")))
    practice = query.get("practice") or await asyncio.to_thread(usual_practice, state.library, state.defaults)
    if practice in state.library.workspace.practice_files:
        await asyncio.to_thread(state.remembered.keep, practice, str(query), state.defaults)
    return JSONResponse({})


async def show(request: Request) -> Response:
    """The pages of a handout or packet as a part of a page, with the problems there are."""
    what, name = request.path_params["what"], request.path_params["name"]
    state, asked = app_state_of(request), app_state_of(request).choices(request)

    def made() -> tuple[PreviewPage, Sequence[Problem], BuildOptions]:
        unwritten, choices = _unwritten(request, asked), asked
        if request.query_params.get("draft_of") == f"handout/{name}":  # while one writes, there are pages all the same
            choices = replace(asked, draft=bool(unwritten))
        return _render(request, choices), unwritten if choices.draft else (), choices

    # Nothing is waited for before this is in the queue: of one view, the newest that is there is the one that is made.
    (shown, unwritten, choices), practice, aged = await asyncio.gather(
        state.queue.run(made, view=request.query_params.get("view", "")),
        asyncio.to_thread(usual_practice, state.library, state.defaults),
        asyncio.to_thread(_aged_files, state.library, asked.theme),
    )
    # The browser will ask for this picture next.
    asyncio.get_running_loop().run_in_executor(None, state.pages.picture, shown.digest, 1, WIDTHS[1])
    words = ("packet", name) if what == "packet" else ("build", name)
    start = f"handoutkit new my-{name} --from {name}"
    return page(
        request,
        "parts/pages.html",
        shown=shown,
        unwritten=unwritten,
        widths=WIDTHS,
        title=request.query_params.get("title", name),
        query=option_menus.query_of(choices, state.defaults),
        practice=practice,
        language=choices.language or "",
        command=start if what == "template" else option_menus.command(words, choices),
        file=f"/{what}/{name}",
        aged=aged,
        open=request.query_params.get("draft_of", "").rpartition("/")[2],
        look=choices.theme,
    )


def _aged_files(library: Library, theme: str) -> list[replaced_files.AgedFile]:
    """Files of a look whose shipped ones have changed since they were first seen, which is now or before."""
    roots = library.workspace.roots
    try:
        replaced_files.remember(theme, roots)
        return replaced_files.aged_files(theme, roots)
    except HandoutkitError:  # the pages say what is wrong with the look; a folder that cannot be written is no matter
        return []


def _unwritten(request: Request, choices: BuildOptions) -> Sequence[Problem]:
    """The places of a handout, as its form holds it, with words that are there to be written over."""
    state, what, name = app_state_of(request), request.path_params["what"], request.path_params["name"]
    if what != "handout":
        return ()
    try:
        practice = state.library.practice(choices.practice).model
        handout = _with_draft(state, request.query_params.get("draft_of", "")).handout(name)
    except HandoutkitError:  # the pages say what is wrong
        return ()
    return handout_placeholders(practice, handout, guide=choices.audience == "clinician")


async def judged(request: Request) -> Response:
    """What the rules of quality say of a handout as its form holds it; nothing, while it cannot be read."""
    state, name = app_state_of(request), request.path_params["name"]

    def judge() -> tuple[Sequence[Problem], Grade | None]:
        try:
            problems, card = judge_handout(_with_draft(state, f"handout/{name}").handout(name))
        except ContentError:
            return (), None
        return [one for one in problems if one.severity != "notice"], card.grade

    problems, grade = await asyncio.to_thread(judge)
    return page(request, "parts/judged.html", problems=problems, grade=grade)


async def picture(request: Request) -> Response:
    """One page as JPEG, of a PDF that was shown before."""
    return await _jpeg(request, request.path_params["digest"], *(request.path_params[k] for k in ("number", "width")))


async def places(request: Request) -> Response:
    """Where each of some texts stands on pages that were shown before; null for one that is on none."""
    texts = (await json_of(request)).get("texts")
    if not isinstance(texts, list) or not all(isinstance(one, str) for one in texts):
        raise HTTPException(400)
    found = await asyncio.to_thread(app_state_of(request).pages.places, request.path_params["digest"], texts)
    return JSONResponse([one and asdict(one) for one in found])


async def thumbnail(request: Request) -> Response:
    """The first page as a small JPEG; made when nothing else waits, and kept for the next run."""
    view, what, name = app_state_of(request).first_view, request.path_params["what"], request.path_params["name"]
    key = await asyncio.to_thread(view.picture_key, what, name)
    shown = await _rendered(request, replace(app_state_of(request).defaults, today=None), urgent=False)
    made = await _jpeg(request, shown.digest, 1, WIDTHS[0])
    if not shown.stale:
        made.background = BackgroundTask(view.keep_picture, key, what, name, bytes(made.body))
    return made


async def _jpeg(request: Request, digest: str, number: int, width: int) -> Response:
    """A page of a PDF that is kept, as a picture in one of the widths there are."""
    found = None
    if digest and width in WIDTHS:
        found = await asyncio.to_thread(app_state_of(request).pages.picture, digest, number, width)
    if found is None:
        raise HTTPException(404)
    return Response(found, media_type="image/jpeg")


async def pdf(request: Request) -> Response:
    """The PDF to keep, or to print from the browser's own viewer."""
    choices = app_state_of(request).choices(request)
    shown = await _rendered(request, choices)
    if shown.stale or not shown.pdf:
        return page(request, "problem.html", problems=shown.problems, status=422)
    manner = "inline" if request.query_params.get("to") == "print" else "attachment"
    return _file(shown.pdf, "application/pdf", f"{_file_name(request.path_params['name'], choices)}.pdf", manner)


async def download(request: Request) -> Response:
    """A handout in an output format that is one file, such as a Word document, to keep."""
    what, name, wanted_format = (request.path_params[key] for key in ("what", "name", "format"))
    form = next((known for known in output_formats() if known.name == wanted_format), None)
    if what not in ("handout", "template") or form is None or not form.is_single_file:
        raise HTTPException(404)
    state, choices = app_state_of(request), app_state_of(request).choices(request)
    wanted = _wanted(state, what, name)
    made = await state.queue.run(lambda: state.renderer.copy(state.library, wanted, choices, form.name))
    return _file(made.data, form.media_type, f"{_file_name(name, choices)}{made.ending}", "attachment")


async def _rendered(request: Request, choices: BuildOptions, *, urgent: bool = True) -> PreviewPage:
    """The pages of what a request names. Raises UsageError: there is no such thing, or it has no pages."""
    return await app_state_of(request).queue.run(lambda: _render(request, choices), urgent=urgent)


def _render(request: Request, choices: BuildOptions) -> PreviewPage:
    """As ``_rendered``, for the thread of the queue."""
    state, what, name = app_state_of(request), request.path_params["what"], request.path_params["name"]
    if what not in KIND_OF_PAGE.values():
        raise UsageError(Problem("no-pages", f"`{what}` has no pages"))
    if what == "packet":
        return state.renderer.packet(state.library, name, choices)
    library, wanted = _with_draft(state, request.query_params.get("draft_of", "")), _wanted(state, what, name)
    shown = state.renderer.handout(library, wanted, choices)
    if shown.stale and not shown.digest and library is not state.library:  # no draft had pages: those of the file
        shown = replace(state.renderer.handout(state.library, wanted, choices), problems=shown.problems, stale=True)
    return shown


def _with_draft(state: AppState, draft_of: str) -> Library:
    """The library, with the draft of a file in it that is open in a form, if there is one; named ``kind/name``."""
    kind, _, name = draft_of.partition("/")
    what = next((one for one in EDITABLE if one == kind), None)
    draft = drafts_of(state).read(what, name) if what and name and "/" not in name else None
    if what is None or draft is None:
        return state.library
    return LibraryWithDraft(state.library, what, name, file_of(state, what, name, draft), draft)


def _wanted(state: AppState, what: str, name: str) -> str:
    """A handout's id, or a template's file. Raises UsageError: there is no such thing."""
    file = state.file(what, name)
    return name if what == "handout" else str(file)


def _file(data: bytes, media_type: str, name: str, manner: str) -> Response:
    return Response(data, media_type=media_type, headers={"content-disposition": f'{manner}; filename="{name}"'})


def _file_name(name: str, choices: BuildOptions) -> str:
    return file_name(name, choices.language or DEFAULT_LANGUAGE, looks(choices, None))


ROUTES = [
    Route("/choices", remember, methods=["POST"]),
    Route("/show/{what}/{name}", show),
    Route("/judged/{name}", judged),
    Route("/thumbnail/{what}/{name}", thumbnail),
    Route("/pdf/{what}/{name}", pdf),
    Route("/copy/{format}/{what}/{name}", download),
    Route("/page/{digest}/places", places, methods=["POST"]),
    Route("/page/{digest}/{number:int}-{width:int}.jpg", picture),
    Route("/{what}/{name}", handout),  # last, because it matches all addresses of two parts
]
