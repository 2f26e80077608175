"""A packet's pages: handouts put between the cover and the back page, and what else of them comes along."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Dictionary

from handoutkit.models.handout import Handout

from .front_and_back_matter import FrontAndBackMatter


@dataclass(frozen=True, slots=True)
class AppendedPages:
    """Pages from another PDF and what came along with them, as objects of the packet.

    Attributes:
        pages: the pages, in order.
        catalog: what was in its catalog: ``StructTreeRoot``, and ``AcroForm``, ``Outlines``, ``Names`` if it had them.
        handout: the id of the handout, with its ``title``; empty for the back page.
    """

    pages: tuple[pikepdf.Page, ...]
    catalog: Any
    handout: str = ""
    title: str = ""


_CATALOG = ("/StructTreeRoot", "/AcroForm", "/Outlines", "/Names")


def append_pages(
    packet: pikepdf.Pdf, matter: FrontAndBackMatter, handouts: Sequence[tuple[Handout, bytes]]
) -> tuple[list[AppendedPages], AppendedPages]:
    """Put the handouts' pages and the back page behind the cover, with empty pages where one must start on the right.

    Args:
        packet: the PDF of the cover and the contents, opened; changed in place.
        handouts: each with its finished PDF.

    Returns:
        What came with the handouts, and what came with the back page.
    """
    with pikepdf.open(io.BytesIO(matter.behind.pdf)) as behind:
        empty: Any = packet.copy_foreign(_without_the_empty_page(behind))
        appended = []
        for (handout, pdf), start in zip(handouts, matter.plan.starts, strict=True):
            while len(packet.pages) < start:
                packet.pages.append(pikepdf.Page(packet.make_indirect(Dictionary(empty))))
            with pikepdf.open(io.BytesIO(pdf)) as source:
                appended.append(_append(packet, source, handout.id, handout.title))
        return appended, _append(packet, behind)


def _append(packet: pikepdf.Pdf, source: pikepdf.Pdf, handout: str = "", title: str = "") -> AppendedPages:
    # Not `add_pages_from`: it makes new annotations and renames fields, so that no tag leads to a field any more. Pages
    # and catalog copied here share their objects: a tag leads to the annotation that is on the page.
    start = len(packet.pages)
    for page in source.pages:
        packet.pages.append(page)
    wanted = {key: source.Root[key] for key in _CATALOG if key in source.Root}
    catalog = packet.copy_foreign(source.make_indirect(Dictionary(wanted)))
    return AppendedPages(tuple(packet.pages[start:]), catalog, handout, title)


def _without_the_empty_page(behind: pikepdf.Pdf) -> Any:
    """Take the last page out, with its tags, which have nothing to say to a listener."""
    page = behind.pages[-1].obj
    root = behind.Root.StructTreeRoot
    del pikepdf.NumberTree(root.ParentTree)[int(page.StructParents)]
    tags = root.K[0].K
    del tags[len(tags) - 1]
    del behind.pages[-1]
    del page.StructParents
    return page
