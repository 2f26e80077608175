"""The page on which the earlier versions of a file or a translation are looked at, and one is taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from handoutkit.errors import HandoutkitError
from handoutkit.files.source_file import SourceFile
from handoutkit.files.text_files import read_text
from handoutkit.scaffold.own_files import title_of
from handoutkit.translations.apply_catalogue import language_name
from handoutkit.translations.catalogue import read_catalogue
from handoutkit.webapp.forms import save_form
from handoutkit.webapp.forms.both_versions import Difference, differences
from handoutkit.webapp.forms.drafts import data_of
from handoutkit.webapp.forms.kept_versions import FileVersion, versions_of
from handoutkit.webapp.forms.translated_texts import catalogue_differences
from handoutkit.webapp.page_templates import app_state_of, json_problems, page

from .edit_routes import editable
from .translation_routes import content_of, language_of


@dataclass(frozen=True, slots=True)
class _Kept:
    """A file with its earlier versions: the file of a form, or the catalogue of a translation.

    Attributes:
        file: where it is read from; what ships is, until it is saved.
        words: the address of the page on which its words are changed.
        compared: where a version of it differs from what it holds now.
        check: raises ContentError if a text cannot stand in it.
    """

    title: str
    file: Path
    versions: list[FileVersion]
    words: str
    compared: Callable[[SourceFile, SourceFile], list[Difference]]
    check: Callable[[SourceFile], object]


async def versions(request: Request) -> Response:
    """The earlier versions of a file, the newest first."""
    kept = await asyncio.to_thread(_kept, request)
    return page(
        request,
        "earlier.html",
        what=editable(request),
        title=kept.title,
        found=kept.versions,
        words=kept.words,
        address=request.url.path,
        query=f"?{request.url.query}" if request.url.query else "",
    )


async def version(request: Request) -> Response:
    """What one version says otherwise than the file does now."""

    def compared() -> list[Difference]:
        kept = _kept(request)
        return kept.compared(_one(kept, request).source, read_text(kept.file))

    found = await asyncio.to_thread(compared)
    headings = ("Then", "Now")
    return page(request, "parts/versions.html", found=found, digest="", gone=False, headings=headings)


async def take_back(request: Request) -> Response:
    """Make one version the file again; what the file holds now is kept as a version."""
    state = app_state_of(request)

    def taken() -> str:
        kept = _kept(request)
        save_form.taken_back(kept.file, _one(kept, request), state.library.workspace.folder, kept.check)
        return kept.words

    try:
        words = await asyncio.to_thread(taken)
    except HandoutkitError as error:
        return json_problems(error.problems)
    state.changes.notify()
    return JSONResponse({"go": f"{words}?done=back"})


def _kept(request: Request) -> _Kept:
    what, name, home = editable(request), request.path_params["name"], app_state_of(request).library.workspace.folder
    if "lang" in request.query_params:
        language, content = language_of(request, request.query_params["lang"]), content_of(request)
        file = content.own_file(language)
        return _Kept(
            title=f"{title_of(content.loaded.source.path)}, in {language_name(language)}",
            file=file,
            versions=versions_of(file, home),
            words=f"/translations/{what}/{name}/{language}",
            compared=lambda then, now: catalogue_differences(content, language, then, now),
            check=lambda source: read_catalogue(source, language),
        )
    path = app_state_of(request).file(what, name)
    return _Kept(
        title=title_of(path),
        file=path,
        versions=versions_of(save_form.own_place(path, home), home),
        words=f"/edit/{what}/{name}",
        compared=lambda then, now: differences(data_of(then.text), data_of(now.text)),
        check=lambda source: save_form.check_as_written(source, what),
    )


def _one(kept: _Kept, request: Request) -> FileVersion:
    key = request.path_params["key"]
    one = next((each for each in kept.versions if each.key == key), None)
    if one is None:
        raise HTTPException(404)
    return one


ROUTES = [
    Route("/earlier/{what}/{name}", versions),
    Route("/earlier/{what}/{name}/{key}", version),
    Route("/earlier/{what}/{name}/{key}", take_back, methods=["POST"]),
]
