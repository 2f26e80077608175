"""Ways through a packet: links from the contents, bookmarks, named places and page labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from handoutkit.errors import ContentError, Problem

from .append_pages import AppendedHandout, AppendedPages
from .front_and_back_matter import PLACEHOLDER, FrontAndBackMatter


def join_navigation(
    packet: pikepdf.Pdf, around: FrontAndBackMatter, carried: Sequence[AppendedHandout], behind: AppendedPages
) -> None:
    """Make all ways lead through the whole packet. Raises ContentError if one of the contents leads nowhere."""
    _name_places(packet, carried, behind)
    _link(packet, around, carried)
    _join_bookmarks(packet, carried, behind)
    packet.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))


def _name_places(packet: pikepdf.Pdf, carried: Sequence[AppendedHandout], behind: AppendedPages) -> None:
    """``HANDOUT`` leads to a handout's first page and ``HANDOUT.BLOCK`` to a block of it, also from outside."""
    named = dict(_places(packet.Root)) | dict(_places(behind.catalog))
    for part in carried:
        first = part.pages[0].obj
        named[part.part.name] = Array([first, Name.XYZ, 0, first.MediaBox[3], 0])
        named |= {f"{part.part.name}.{name}": place for name, place in _places(part.catalog)}
        for page in part.pages:
            for annotation in page.obj.get("/Annots", ()):
                if isinstance(target := annotation.get("/Dest"), String):
                    annotation.Dest = String(f"{part.part.name}.{target}")
    in_order = sorted(named.items(), key=lambda item: item[0].encode())
    names = Array([value for name, place in in_order for value in (String(name), place)])
    packet.Root.Names = Dictionary(Dests=Dictionary(Names=names))


def _places(catalog: Any) -> Iterator[tuple[str, Any]]:
    if "/Names" in catalog and "/Dests" in catalog.Names:
        names = list(catalog.Names.Dests.Names)
        yield from zip(map(str, names[::2]), names[1::2], strict=True)


def _link(packet: pikepdf.Pdf, around: FrontAndBackMatter, carried: Sequence[AppendedHandout]) -> None:
    titles = {part.part.name: part.part.title for part in carried}
    for page in packet.pages[: around.before.count]:
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


def _join_bookmarks(packet: pikepdf.Pdf, carried: Sequence[AppendedHandout], behind: AppendedPages) -> None:
    """The packet's own, with those of the handouts closed below one bookmark each."""
    handouts = [item for part in carried for item in _items(part.catalog)]
    for item in handouts:
        if int(item.get("/Count", 0)) > 0:
            item.Count = -item.Count
    _chain(packet, [*_items(packet.Root), *handouts, *_items(behind.catalog)])


def _items(catalog: Any) -> Iterator[Any]:
    """The bookmarks of the first level."""
    item = catalog.Outlines.First if "/Outlines" in catalog else None
    while item is not None:
        yield item
        item = item.get("/Next")


def _chain(packet: pikepdf.Pdf, items: list[Any]) -> None:
    root = packet.make_indirect(Dictionary(Type=Name.Outlines, First=items[0], Last=items[-1]))
    root.Count = sum(1 + max(0, int(item.get("/Count", 0))) for item in items)
    for item, before, after in zip(items, [None, *items[:-1]], [*items[1:], None], strict=True):
        item.Parent = root
        for key, neighbour in (("/Prev", before), ("/Next", after)):
            if neighbour is not None:
                item[key] = neighbour
            elif key in item:
                del item[key]
    packet.Root.Outlines = root
