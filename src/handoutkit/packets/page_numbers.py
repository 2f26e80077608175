"""The page numbers of a packet, set in the theme's own type on one slip and cut into a Form XObject for each page."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Array, Name

from handoutkit.errors import HandoutkitError, Problem
from handoutkit.files.kept_entries import CacheEntry
from handoutkit.loading.load_file import Loaded
from handoutkit.models.packet import Packet
from handoutkit.render.render_cache import key_of
from handoutkit.render.typeset import Typesetter

from .front_and_back_matter import AssemblyContext

TEMPLATE = "packet-stamps.html"
_STATE = ("cm", "gs", "rg", "g", "k", "sc", "scn", "cs", "Tf")
"""Operators that decide how the text after them comes out."""


def page_numbers(
    pdf: pikepdf.Pdf,
    size: tuple[float, float],
    packet: Loaded[Packet],
    setting: AssemblyContext,
    typesetter: Typesetter,
) -> list[Any]:
    """The number of each of a PDF's pages, as XObjects in it of this size in points. Raises ContentError."""
    width, height = size
    pages = len(pdf.pages)
    names = {
        "language": packet.model.language,
        "locale": packet.model.language,
        "pages": pages,
        "width": width,
        "height": height,
        "paper": "letter",
    }
    html = typesetter.html(TEMPLATE, setting.practice, names)
    with pikepdf.open(io.BytesIO(_kept_or_set(typesetter, html, packet, setting))) as slip:
        resources = pdf.copy_foreign(slip.make_indirect(slip.pages[0].obj.Resources))
        lines = _lines(slip.pages[0])
    if len(lines) != pages:
        message = f"{len(lines)} page numbers were set for {pages} pages"
        raise HandoutkitError(Problem("page-numbers", message, f"keep one line for each page in `{TEMPLATE}`"))
    box = Array([0, 0, width, height])
    return [
        pdf.make_stream(
            b"1 0 0 1 0 %.2f cm %s" % (-height * (pages - 1 - number), line),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=box,
            Resources=resources,
        )
        for number, line in enumerate(lines)
    ]


def _kept_or_set(typesetter: Typesetter, html: str, packet: Loaded[Packet], setting: AssemblyContext) -> bytes:
    key = key_of(html, setting.theme, None)
    if kept := setting.cache.entry(key):
        return kept.pdf
    slip = typesetter.write(typesetter.lay_out(html, packet.source), packet.source, None, tagged=False)
    setting.cache.keep(key, CacheEntry(slip, {}))
    return slip


def _lines(page: pikepdf.Page) -> list[bytes]:
    """The operators that draw each line of text, in the order they are drawn: from the top down."""
    begin, end = ([pikepdf.ContentStreamInstruction([], pikepdf.Operator(name))] for name in ("BT", "ET"))
    state: list[Any] = []
    lines: dict[float, list[Any]] = {}
    before: dict[float, list[Any]] = {}
    place = 0.0
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in _STATE:
            state.append(instruction)
            lines.get(place, []).append(instruction)
        elif operator == "Tm":
            place = float(instruction.operands[5])
            before.setdefault(place, list(state))
            lines.setdefault(place, []).append(instruction)
        elif operator in ("TJ", "Tj"):
            lines[place].append(instruction)
    return [pikepdf.unparse_content_stream([*before[at], *begin, *line, *end]) for at, line in lines.items()]
