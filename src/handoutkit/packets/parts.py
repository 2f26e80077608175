"""A packet's pages: handouts put between the cover and the back page, and what else of them comes along."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Dictionary

from .front import Front


@dataclass(frozen=True, slots=True)
class Part:
    """A handout of the packet: its id and title, and its finished PDF."""

    name: str
    title: str
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Carried:
    """What came along with a handout's pages, as objects of the packet.

    Attributes:
        pages: the pages, in order.
        catalog: what was in its catalog: ``StructTreeRoot``, and ``AcroForm``, ``Outlines``, ``Names`` if it had them.
    """

    part: Part
    pages: tuple[pikepdf.Page, ...]
    catalog: Any


_CATALOG = ("/StructTreeRoot", "/AcroForm", "/Outlines", "/Names")


def put_in(packet: pikepdf.Pdf, front: Front, parts: Sequence[Part]) -> list[Carried]:
    """Put the handouts' pages into their places, with empty pages where one must start on the front of a leaf.

    Args:
        packet: the front's PDF, opened; changed in place.
    """
    empty = _without_the_empty_page(packet)
    carried = []
    at = front.before
    for part, start in zip(parts, front.plan.starts, strict=True):
        while at < start:
            packet.pages.insert(at, pikepdf.Page(packet.make_indirect(Dictionary(empty))))
            at += 1
        carried.append(_carry(packet, part, start))
        at += len(carried[-1].pages)
    return carried


def _carry(packet: pikepdf.Pdf, part: Part, start: int) -> Carried:
    with pikepdf.open(io.BytesIO(part.pdf)) as source, warnings.catch_warnings():
        # It warns that a form stays behind; ours is carried below. Both copies share their objects, so that a tag
        # still leads to the annotation on the page and not to a second one.
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
        for number, page in enumerate(source.pages):
            packet.pages.insert(start + number, page)
        wanted = {key: source.Root[key] for key in _CATALOG if key in source.Root}
        catalog = packet.copy_foreign(source.make_indirect(Dictionary(wanted)))
        pages = tuple(packet.pages[start + number] for number in range(len(source.pages)))
    return Carried(part, pages, catalog)


def _without_the_empty_page(packet: pikepdf.Pdf) -> Any:
    """Take the last page out, and its tags, for it has nothing to say to a listener."""
    page = packet.pages[-1].obj
    tree = packet.Root.StructTreeRoot
    nums = list(tree.ParentTree.Nums)
    at = next(n for n in range(0, len(nums), 2) if nums[n] == page.StructParents)
    tree.ParentTree.Nums = pikepdf.Array(nums[:at] + nums[at + 2 :])
    document = tree.K[0]
    del document.K[len(document.K) - 1]
    del packet.pages[-1]
    del page.StructParents
    return page
