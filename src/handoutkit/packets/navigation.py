"""Ways through a packet: links from the contents, bookmarks, named places and page labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, OutlineItem, String

from handoutkit.errors import ContentError, Problem

from .append_pages import AppendedPages
from .front_and_back_matter import PLACEHOLDER, FrontAndBackMatter


def join_navigation(
    packet: pikepdf.Pdf, matter: FrontAndBackMatter, appended: Sequence[AppendedPages], behind: AppendedPages
) -> None:
    """Make all ways lead through the whole packet. Raises ContentError if one of the contents leads nowhere."""
    _name_places(packet, appended, behind)
    _link(packet, matter, appended)
    _join_bookmarks(packet, appended, behind)
    packet.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))


def _name_places(packet: pikepdf.Pdf, appended: Sequence[AppendedPages], behind: AppendedPages) -> None:
    """``HANDOUT`` leads to a handout's first page and ``HANDOUT.BLOCK`` to a block of it, also from outside."""
    named = {**_places(packet.Root), **_places(behind.catalog)}
    for part in appended:
        first = part.pages[0].obj
        named[part.handout] = Array([first, Name.XYZ, 0, first.MediaBox[3], 0])
        named |= {f"{part.handout}.{name}": place for name, place in _places(part.catalog).items()}
        for page in part.pages:
            for annotation in page.obj.get("/Annots", ()):
                if isinstance(target := annotation.get("/Dest"), String):
                    annotation.Dest = String(f"{part.handout}.{target}")
    names = NameTree.new(packet)
    names.update(named)
    packet.Root.Names = Dictionary(Dests=names.obj)


def _places(catalog: Any) -> dict[str, Any]:
    tree = catalog.get("/Names", {}).get("/Dests")
    return {} if tree is None else {str(name): place for name, place in NameTree(tree).items()}


def _link(packet: pikepdf.Pdf, matter: FrontAndBackMatter, appended: Sequence[AppendedPages]) -> None:
    titles = {part.handout: part.title for part in appended}
    for page in packet.pages[: matter.before.count]:
        for annotation in page.obj.get("/Annots", ()):
            address = str(annotation.get("/A", Dictionary()).get("/URI", ""))
            if address.startswith(PLACEHOLDER):
                name = address.removeprefix(PLACEHOLDER)
                if name not in titles:
                    hint = "link to the id of one of the packet's handouts"
                    message = f"`{address}` leads to no handout of this packet"
                    raise ContentError(Problem("link-scheme", message, hint))
                del annotation["/A"]
                annotation.Dest, annotation.Contents = String(name), String(titles[name])


def _join_bookmarks(packet: pikepdf.Pdf, appended: Sequence[AppendedPages], behind: AppendedPages) -> None:
    """Put the packet's own bookmarks first; those of each handout are closed below one of them."""
    own = _bookmarks(packet, packet.Root)
    handouts = [item for part in appended for item in _bookmarks(packet, part.catalog)]
    for item in handouts:
        item.is_closed = True
    last = _bookmarks(packet, behind.catalog)
    packet.Root.Outlines = packet.make_indirect(Dictionary(Type=Name.Outlines))
    with packet.open_outline() as outline:
        outline.root += [*own, *handouts, *last]


def _bookmarks(packet: pikepdf.Pdf, catalog: Any) -> list[OutlineItem]:
    """The bookmarks of the first level in a catalog, whose objects are the packet's."""
    if "/Outlines" not in catalog:
        return []
    packet.Root.Outlines = catalog.Outlines
    return packet.open_outline().root
