"""The pages on which texts stand beside their translations, which are kept in the catalogue of the command line."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from handoutkit.errors import HandoutkitError
from handoutkit.files.atomic_write import write_file
from handoutkit.files.text_files import shown, unwritable
from handoutkit.library.workspace import CatalogueKind
from handoutkit.loading.load_file import Loaded
from handoutkit.scaffold.own_files import title_of
from handoutkit.translations.apply_catalogue import TranslatedText, is_for_clinicians, language_name
from handoutkit.translations.work.authored_texts import Content, Status
from handoutkit.translations.work.interface_texts import Interface
from handoutkit.translations.work.write_translations import Sheet, Translator, sheet, written
from handoutkit.webapp.forms.kept_versions import keep_version, versions_of
from handoutkit.webapp.forms.problem_words import in_words
from handoutkit.webapp.forms.save_form import digest_of
from handoutkit.webapp.forms.translated_texts import label_of, part_of
from handoutkit.webapp.page_templates import app_state_of, json_problems, page

from .edit_routes import editable, json_of


@dataclass(frozen=True, slots=True)
class TextShown:
    """A text beside its translation, as the page shows them.

    Attributes:
        part: of the content, such as a block; texts of one part stand together.
        previous: the text that was translated, where it has changed since.
        optional: it may wait, or stay as it is.
    """

    place: str
    part: str
    label: str
    text: str
    translation: str
    state: str
    previous: str
    optional: str


async def languages(request: Request) -> Response:
    """The languages that something is there in, how far each is, and those that one can begin."""
    state, what, name = app_state_of(request), editable(request), request.path_params["name"]

    def found() -> tuple[Content, list[Status], list[str]]:
        content = content_of(request)
        there = content.languages()
        others = [its for its in Interface(state.library.workspace).languages() if its != content.language]
        return content, [content.status(its) for its in there], [its for its in others if its not in there]

    content, statuses, others = await asyncio.to_thread(found)
    named = {its: language_name(its) for its in [content.language, *(one.lang for one in statuses), *others]}
    title = title_of(content.loaded.source.path)
    facts: dict[str, Any] = {
        "statuses": statuses,
        "others": others,
        "named": named,
        "original": named[content.language],
    }
    return page(request, "translations.html", what=what, name=name, title=title, **facts)


async def side_by_side(request: Request) -> Response:
    """Every text of something beside its translation into one language."""
    what, name, language = (
        editable(request),
        request.path_params["name"],
        language_of(request, request.path_params["language"]),
    )

    def found() -> tuple[Content, Sheet]:
        content = content_of(request)
        return content, sheet(content, language)

    content, now = await asyncio.to_thread(found)
    parts: dict[str, list[TextShown]] = {}
    for row in _rows(content, now):
        parts.setdefault(row.part, []).append(row)
    return page(
        request,
        "translate.html",
        what=what,
        name=name,
        title=title_of(content.loaded.source.path),
        lang=language,
        language=language_name(language),
        original=language_name(content.language),
        original_tag=content.language,
        parts=parts,
        who=now.translator,
        digest=digest_of(content.own_file(language)),
        taken_back=request.query_params.get("done") == "back",
        has_pages=language in await asyncio.to_thread(content.languages),
        place=shown(content.own_file(language)),
        earlier=bool(versions_of(content.own_file(language), content.library.workspace.folder)),
        **_facts(now),
    )


async def keep(request: Request) -> Response:
    """Keep what was written in the catalogue, and say how each text stands now."""
    state, language, sent = (
        app_state_of(request),
        language_of(request, request.path_params["language"]),
        await json_of(request),
    )
    words, said, sure = _words(sent.get("words")), _words(sent.get("who")), sent.get("sure")
    if not isinstance(sure, list):
        raise HTTPException(400)
    who = Translator(*(said.get(key, "").strip() for key in ("name", "reviewed_by", "reviewed_on")))

    def write() -> tuple[Content, Sheet] | None:
        content = content_of(request)
        file, home = content.own_file(language), state.library.workspace.folder
        if digest_of(file) != sent.get("digest"):
            return None
        text = written(content, language, words, [str(one) for one in sure], who, state.today)
        if sent.get("first") and file.exists():
            keep_version(file, file.read_bytes(), file.stat().st_mtime, home)
        try:
            write_file(file, text.encode())
        except OSError as error:
            raise unwritable(error, file) from None
        state.reload_library()
        content = content_of(request)
        return content, sheet(content, language)

    try:
        made = await asyncio.to_thread(write)
    except HandoutkitError as error:
        return json_problems(error.problems)
    if made is None:
        return JSONResponse({"conflict": True}, 409)
    state.changes.notify()
    content, now = made
    told = {
        "digest": digest_of(content.own_file(language)),
        "place": shown(content.own_file(language)),
        "states": {one.words.place: one.state for one in now.texts},
        "who": {"reviewed_by": now.translator.reviewed_by, "reviewed_on": now.translator.reviewed_on},
    }
    return JSONResponse({**told, **_facts(now)})


def content_of(request: Request) -> Content:
    """What an address names, for its translations. Raises UsageError, ContentError."""
    library, wanted, name = app_state_of(request).library, editable(request), request.path_params["name"]
    app_state_of(request).file(wanted, name)  # a path is no id
    loaders: dict[CatalogueKind, Callable[[str], Loaded[Any]]] = {
        "handout": library.handout,
        "framing": library.framing,
        "packet": library.packet,
        "practice": library.practice,
    }
    kind = next(one for one in loaders if one == wanted)
    return Content(library, kind, loaders[kind](name))


def language_of(request: Request, wanted: str) -> str:
    """The language of an address: one that the program's own words are in, and not the one it was written in."""
    state = app_state_of(request)
    if wanted not in Interface(state.library.workspace).languages() or wanted == content_of(request).language:
        raise HTTPException(404)
    return wanted


def _words(sent: object) -> dict[str, str]:
    """Texts by their names, as a script of ours sends them."""
    if not isinstance(sent, dict) or not all(isinstance(one, str) for one in sent.values()):
        raise HTTPException(400)
    return sent


def _facts(now: Sheet) -> dict[str, Any]:
    """How far it is, and what is wrong with single texts, in words."""
    wrong = {}
    for one in now.problems:
        said = in_words(one)
        wrong[one.path] = f"{said.message}. {said.hint}".strip(". ") + "."
    needed = [one for one in now.texts if one.state != "done"]
    return {"wrong": wrong, "done": len(now.texts) - len(needed), "all": len(now.texts)}


def _rows(content: Content, now: Sheet) -> list[TextShown]:
    return [_row(content, one) for one in now.texts]


def _row(content: Content, one: TranslatedText) -> TextShown:
    entry, at = one.entry, one.words.at
    stale = bool(entry and one.state == "stale")
    previous = ((entry.previous or entry.text) if entry else "") if stale else ""
    optional = "may stay as it is" if one.words.may_stay else ""
    if is_for_clinicians(content.loaded.model, one.words):
        optional = "for clinicians; may come later"
    return TextShown(
        place=one.words.place,
        part=part_of(content, at),
        label=label_of(at),
        text=one.words.text,
        translation=entry.translation if entry else "",
        state=one.state,
        previous="" if previous == one.words.text else previous,
        optional=optional,
    )


ROUTES = [
    Route("/translations/{what}/{name}", languages),
    Route("/translations/{what}/{name}/{language}", side_by_side),
    Route("/translations/{what}/{name}/{language}", keep, methods=["POST"]),
]
