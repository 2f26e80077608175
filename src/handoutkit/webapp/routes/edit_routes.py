"""The pages that edit files: a form for a handout, practice, framing or packet, saved into its YAML file."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from handoutkit.compose.choose_notes import NO_FRAMING
from handoutkit.errors import ContentError, UsageError
from handoutkit.files.text_files import is_inside, read_text, shown
from handoutkit.loading.yaml_data import MAX_DEPTH
from handoutkit.models.framing import Framing
from handoutkit.models.json_schema import SchemaName
from handoutkit.render.colour.oklch import contrast
from handoutkit.render.colour.palette import BORDER, PAPER, STRONG, TEXT, palette
from handoutkit.webapp import option_menus
from handoutkit.webapp.app_state import AppState
from handoutkit.webapp.cards.library_cards import LibraryCard, all_cards
from handoutkit.webapp.forms import inputs_from_schema, save_form
from handoutkit.webapp.forms.chosen_pictures import ChosenPictures
from handoutkit.webapp.forms.drafts import Drafts, FormDraft, data_of
from handoutkit.webapp.forms.kept_versions import text_by_digest, versions_of
from handoutkit.webapp.forms.new_blocks import groups, place_of_new
from handoutkit.webapp.page_templates import app_state_of, json_problems, page

NEW_PACKET: Mapping[str, Any] = {"language": "en", "values": ("display_name", "clinician")}
"""What a new packet begins with: its cover says whose it is, and from whom."""
EDITABLE: tuple[SchemaName, ...] = ("handout", "practice", "framing", "packet")


async def edit(request: Request) -> Response:
    """The form of one file, beside the pages that it changes."""
    return await form_page(request, editable(request), request.path_params["name"])


def editable(request: Request) -> SchemaName:
    """The kind of file that a request is to edit."""
    what = next((kind for kind in EDITABLE if kind == request.path_params["what"]), None)
    if what is None:
        raise HTTPException(404)
    return what


async def form_page(request: Request, what: SchemaName, name: str) -> Response:
    """The form of a file, or of its draft, if there is one; an empty name means a file that is still to be made."""
    state, home = app_state_of(request), app_state_of(request).library.workspace.folder
    draft = await asyncio.to_thread(drafts_of(state).reopened, what, name)
    data: Mapping[str, Any] = NEW_PACKET
    facts: dict[str, Any] = {
        "digest": "",
        "base": "",
        "problems": (),
        "place": "",
        "shipped": False,
        "elsewhere": False,
        "earlier": False,
    }
    title = "A new packet"
    path = file_of(state, what, name, draft)
    if name and path.exists():
        opened = await asyncio.to_thread(save_form.opened, path, what)
        state.opened_texts.put(opened.digest, opened.source.text)
        data, target = opened.data, save_form.own_place(path, home)
        facts |= {"digest": opened.digest, "base": opened.digest, "problems": opened.problems, "place": shown(target)}
        facts |= {"shipped": target != path, "earlier": bool(versions_of(target, home))}
    if draft:
        facts |= {"digest": draft.opened, "problems": (), "elsewhere": facts["base"] != draft.base}
        data = data_of(draft.text)
    if name:
        title = str(data.get("display_name") or data.get("title") or name)
    sample, address = _sample(state, what, name) if not name or path.exists() else (name, "")
    return page(
        request,
        "edit.html",
        what=what,
        name=name,
        title=title,
        kept_at=draft.at if draft else "",
        sections=await asyncio.to_thread(
            lambda: inputs_from_schema.sections(what, data, option_menus.choices_in_forms(state.library, what))
        ),
        sample_title=title if sample == name else _title_of(state, sample),
        address=address,
        others=await asyncio.to_thread(option_menus.practices, state.library) if what == "practice" else (),
        handouts=_own_first(all_cards(state.library, state.reader, "handouts")) if what == "packet" else (),
        taken_back=request.query_params.get("done") == "back",
        is_example=what == "practice" and bool(data.get("example")),
        kinds_of_blocks=groups() if what == "handout" else (),
        **facts,
    )


def _own_first(cards: Sequence[LibraryCard]) -> list[LibraryCard]:
    return sorted(cards, key=lambda one: not one.own)


def drafts_of(state: AppState) -> Drafts:
    """The drafts of the workspace as it is now."""
    home = state.library.workspace.folder

    def text_of(path: Path, digest: str) -> str | None:
        known = state.opened_texts.get(digest)
        return known or (text_by_digest(save_form.own_place(path, home), home, digest) if path.name else None)

    return Drafts(home, text_of)


def file_of(state: AppState, what: SchemaName, name: str, draft: FormDraft | None) -> Path:
    """The file of a form. Raises UsageError: there is none, and no draft that says where it was."""
    if not name:
        return Path()
    try:
        return state.file(what, name)
    except UsageError:
        if draft is None:
            raise
        return state.library.workspace.folder / draft.place


def _sample(state: AppState, what: str, name: str) -> tuple[str, str]:
    """A handout to show a change on, and the address of its pages."""
    handouts = list(state.library.workspace.handout_files)
    own = option_menus.usual_practice(state.library, state.defaults)
    if what in ("handout", "packet"):  # in the language whose words are changed
        query = "&".join(filter(None, (state.remembered.of(own, without=("lang",)), f"draft_of={what}/{name}")))
        return name, f"/show/{what}/{name}?{query}" if name else ""
    if not handouts:
        return "", ""
    if what == "practice":
        last = state.remembered.of(name, without=("lang", "framing"))
        return handouts[0], f"/show/handout/{handouts[0]}?practice={name}&draft_of=practice/{name}&{last}"
    framing = state.library.readable(state.library.framing, [name])[0]
    sample = next((one for one in handouts if _speaks_in(state, [each.model for each in framing], one)), handouts[0])
    return sample, f"/show/handout/{sample}?framing={name if framing else NO_FRAMING}&draft_of=framing/{name}"


def _title_of(state: AppState, handout: str) -> str:
    """A handout's title; its id, if it cannot be read."""
    found, _ = state.library.readable(state.library.handout, [handout] if handout else [])
    return next((one.model.title for one in found), handout)


def _speaks_in(state: AppState, framings: Sequence[Framing], handout: str) -> bool:
    """Whether a framing has something to say in a handout; not in one that cannot be read."""
    read = state.library.readable(state.library.handout, [handout])[0]
    return any(framing.speaks_in(one.model) for framing in framings for one in read)


async def save(request: Request) -> Response:
    """Save a form into its file, or answer with the problems and their places."""
    what, state, name = editable(request), app_state_of(request), request.path_params["name"]
    path = file_of(state, what, name, await asyncio.to_thread(drafts_of(state).read, what, name))
    return await saved(state, path, what, await json_of(request), name)


async def saved(state: AppState, path: Path, what: SchemaName, sent: dict[str, object], name: str) -> Response:
    """Save a form that a script of ours sent, and answer it.

    Args:
        name: by which the draft is known; empty for a file that is still to be made.
    """
    digest, data, over = str(sent.get("digest", "")), sent.get("data"), sent.get("over")
    if not isinstance(data, dict):
        raise HTTPException(400)
    home, drafts = state.library.workspace.folder, drafts_of(state)
    pictures = ChosenPictures(home, what, name)

    def write() -> Path:
        base, text = drafts.origin(what, name, path, digest, str(sent.get("base", "")))
        state.opened_texts.put(digest, text)  # the form goes on from it
        base = str(over) if isinstance(over, str) else base  # what is there now was seen, and is to be written over
        return save_form.saved(path, what, base, data, home, made_from=text, placing=pictures.in_place)

    try:
        target = await asyncio.to_thread(write)
        await asyncio.to_thread(drafts.forget, what, name)
    except save_form.ChangedElsewhereError:
        return JSONResponse({"conflict": True}, 409)
    except ContentError as error:
        return json_problems(error.problems)
    state.changes.notify()
    digest = save_form.digest_of(target)
    state.opened_texts.put(digest, read_text(target).text)
    return JSONResponse({"digest": digest, "place": shown(target)})


async def digest(request: Request) -> Response:
    """The digest of a file as it is now, for a form to see whether someone else changed it; empty if it is gone.

    With it goes whether the file can be read, if it is not the one that the form knows.
    """
    what, name = editable(request), request.path_params["name"]
    try:
        path = app_state_of(request).file(what, name)
    except UsageError:
        return JSONResponse({"digest": "", "readable": False})
    now = save_form.digest_of(path)
    known = now == request.query_params.get("base", now)
    return JSONResponse({"digest": now, "readable": known or await asyncio.to_thread(_is_readable, path, what)})


def _is_readable(path: Path, what: SchemaName) -> bool:
    try:
        return bool(save_form.opened(path, what).data)
    except ContentError:
        return False


async def part(request: Request) -> Response:
    """Fields for one more item of a list in a form: empty, but for a block, which begins with words to write over."""
    what = editable(request)
    at, words = place_of_new(request.query_params.get("at", ""))
    try:
        choices = await asyncio.to_thread(option_menus.choices_in_forms, app_state_of(request).library, what)
        field = inputs_from_schema.part(what, at, *filter(None, [words]), choices=choices)
    except (LookupError, TypeError):
        raise HTTPException(404) from None
    as_item, one = "item" in request.query_params, request.query_params.get("item", "")
    return page(request, "parts/field.html", field_given=field, as_item=as_item, one=one)


async def colours(request: Request) -> Response:
    """The palette made from one colour, with the contrast of each pair of colours."""
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


async def practice(request: Request) -> Response:
    """The form of the workspace's own practice; where there is none yet, the page on which one is begun."""
    state = app_state_of(request)
    loaded = await asyncio.to_thread(state.library.practice, state.defaults.practice)
    home, example = state.library.workspace.folder, loaded.source.path
    if not is_inside(example, home) and not drafts_of(state).read("practice", example.stem):
        return page(request, "new_practice.html", example=example.stem, example_title=loaded.model.display_name)
    request.path_params.update(what="practice", name=loaded.source.path.stem)
    return await edit(request)


async def framings(request: Request) -> Response:
    """The framings there are."""
    state = app_state_of(request)
    found, problems = state.library.readable(state.library.framing, state.library.workspace.framing_files)
    counts = [len(one.model.notes) for one in found]
    cards = [
        LibraryCard(
            "framing",
            one.model.id,
            one.model.title,
            one.model.about.split("\n\n")[0],
            "1 note" if count == 1 else f"{count} notes",
        )
        for one, count in zip(found, counts, strict=True)
    ]
    return page(request, "framings.html", cards=cards, problems=problems)


async def json_of(request: Request) -> dict[str, object]:
    """The body of a request as a mapping."""
    try:
        sent = await request.json()
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict) or _is_too_deep(sent):
        raise HTTPException(400)
    return sent


def _is_too_deep(sent: object) -> bool:
    """Whether lists and mappings are nested deeper than in any file that is read."""
    level: list[object] = [sent]
    for _ in range(MAX_DEPTH):
        level = [
            one
            for parent in level
            if isinstance(parent, dict | list)
            for one in (parent.values() if isinstance(parent, dict) else parent)
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
]
