"""One structure tree for the whole packet: each handout is an article between the cover and the back page."""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Name, NumberTree

from .append_pages import AppendedPages


def merge_structure(packet: pikepdf.Pdf, appended: Sequence[AppendedPages], behind: AppendedPages) -> None:
    """Hang the trees of the handouts, and of what stands behind them, into the packet's own.

    The numbers by which pages and annotations find their tags (ISO 32000-1, 14.7.4.4) are made unlike each other.
    """
    root = packet.Root.StructTreeRoot
    document = root.K[0]
    elements = list(document.K)
    tags = NumberTree(root.ParentTree)
    for part in appended:
        _take_over(part, tags)
        article = part.catalog.StructTreeRoot.K[0]
        article.S = Name.Art
        elements.append(article)
    _take_over(behind, tags)
    elements += list(behind.catalog.StructTreeRoot.K[0].K)
    for element in elements:
        element.P = document
    document.K = Array(elements)
    root.ParentTreeNextKey = _next_number(tags)


def _take_over(part: AppendedPages, tags: NumberTree) -> None:
    """Add a part's parent tree to the packet's, with numbers above all that are in it."""
    shift = _next_number(tags)
    for number, tag in NumberTree(part.catalog.StructTreeRoot.ParentTree).items():
        tags[number + shift] = tag
    for page in part.pages:
        if "/StructParents" in page:
            page.obj.StructParents = int(page.obj.StructParents) + shift
        for annotation in page.obj.get("/Annots", ()):
            if "/StructParent" in annotation:
                annotation.StructParent = int(annotation.StructParent) + shift


def _next_number(tags: NumberTree) -> int:
    return 1 + max(tags, default=-1)
