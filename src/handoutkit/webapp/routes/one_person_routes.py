"""A handout for one person: which of its blocks they get, and their own words on it, which are never kept."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

import jinja2
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from handoutkit.build.build_options import BuildOptions
from handoutkit.compose.choose_blocks import names_of_blocks
from handoutkit.errors import HandoutkitError
from handoutkit.models.blocks.block import Block, BlockField
from handoutkit.models.filled_in.identifiers import NOTE
from handoutkit.models.handout import Handout
from handoutkit.models.markdown import to_inline_html
from handoutkit.packets.personalise import client_values
from handoutkit.webapp.forms import form_words
from handoutkit.webapp.page_templates import app_state_of, json_problems, page

from .edit_routes import json_of
from .packet_routes import pictures_of, values_sent

MAX_PLACES = 120
"""More places to write than this are not listed: such a page is written on by hand."""
_ALWAYS_THERE = frozenset({"references"})


@dataclass(frozen=True, slots=True)
class BlockToChoose:
    """A block as one can leave it out; ``name`` is what a command calls it, for all of a type where it has no id."""

    name: str
    label: str
    title: str
    kept: bool


@dataclass(frozen=True, slots=True)
class PlaceToFill:
    """A place to write, by the full name of its field; ``options`` of a choice, each with its words."""

    name: str
    label: str
    kind: str
    options: tuple[str, ...]


def blocks_to_choose(handout: Handout, choices: BuildOptions) -> list[BlockToChoose]:
    """The blocks of a handout that a client's copy can do without."""
    found = []
    for name in names_of_blocks(handout):
        some = [block for block in handout.blocks if name in (block.id, None if block.id else block.type)]
        if some and some[0].audience != "clinician" and name not in _ALWAYS_THERE:
            title = _title(some[0]) if some[0].id or len(some) == 1 else f"all {len(some)} of them"
            found.append(BlockToChoose(name, form_words.option(some[0].type), title, name not in choices.without))
    return found


def places_to_fill(handout: Handout) -> list[tuple[str, list[PlaceToFill]]]:
    """The places to write in a client's copy, under the titles of their blocks."""
    found = []
    for block in handout.blocks:
        if block.id and block.audience != "clinician":
            places = [_place(handout, block, field) for field in block.fields()]
            if places:
                found.append((_title(block) or form_words.option(block.type), places))
    return found if sum(len(places) for _, places in found) <= MAX_PLACES else []


def _title(block: Block) -> str:
    named = (getattr(block, name, None) for name in ("heading", "title", "term", "question", "text"))
    return _plain(next((text for text in named if isinstance(text, str)), ""))


def _place(handout: Handout, block: Block, field: BlockField) -> PlaceToFill:
    label = ", ".join(str(part) for part in field.label if str(part).strip())
    options = tuple(_plain(str(one)) for one in field.options)
    return PlaceToFill(f"{handout.id}.{block.id}.{field.name}", _plain(label), field.kind, options)


def _plain(text: str) -> str:
    """A text without its marks, cut to a line."""
    found = jinja2.filters.do_striptags(to_inline_html(text))
    return found if len(found) <= 110 else f"{found[:109].rstrip()}…"


async def for_client(request: Request) -> Response:
    """A handout with one client's words on it, as pictures or as a PDF; neither is kept."""
    state, name, sent = app_state_of(request), request.path_params["name"], await json_of(request)
    choices, (ref, given) = state.choices(request), values_sent(sent)
    note = given.pop("note", "").strip()
    fills = [f"{key}={value}" for key, value in given.items()]
    try:
        client_values.client_ref(ref)
        pdf = await state.queue.run(
            lambda: state.renderer.filled_handout(state.library, name, choices, ref, note, fills)
        )
    except HandoutkitError as error:
        found = [replace(one, path="note") if f".{NOTE}." in one.path else one for one in error.problems]
        return json_problems(found)
    if sent.get("do") == "print":
        return Response(pdf, media_type="application/pdf")
    return page(request, "parts/client_pages.html", pictures=await asyncio.to_thread(pictures_of, pdf))


ROUTES: Sequence[Route] = [Route("/handouts/{name}/client", for_client, methods=["POST"])]
