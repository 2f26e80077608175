"""A packet's pages: handouts put between the cover and the back page, and what else of them comes along."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Dictionary

from .front_and_back_matter import FrontAndBackMatter


@dataclass(frozen=True, slots=True)
class HandoutPart:
    """A handout of the packet: its id and title, and its finished PDF."""

    name: str
    title: str
    pdf: bytes


@dataclass(frozen=True, slots=True)
class AppendedPages:
    """What came along with pages from another PDF, as objects of the packet.

    Attributes:
        pages: the pages, in order.
        catalog: what was in its catalog: ``StructTreeRoot``, and ``AcroForm``, ``Outlines``, ``Names`` if it had them.
    """

    pages: tuple[pikepdf.Page, ...]
    catalog: Any


@dataclass(frozen=True, slots=True)
class AppendedHandout(AppendedPages):
    """What came along with a handout's pages."""

    part: HandoutPart


_CATALOG = ("/StructTreeRoot", "/AcroForm", "/Outlines", "/Names")


def append_pages(
    packet: pikepdf.Pdf, around: FrontAndBackMatter, parts: Sequence[HandoutPart]
) -> tuple[list[AppendedHandout], AppendedPages]:
    """Put the handouts' pages and the back page behind the cover, with empty pages where one must start on the right.

    Args:
        packet: the PDF of the cover and the contents, opened; changed in place.

    Returns:
        What came with the handouts, and what came with the back page.
    """
    with pikepdf.open(io.BytesIO(around.behind.pdf)) as behind:
        empty: Any = packet.copy_foreign(_without_the_empty_page(behind))
        carried = []
        for part, start in zip(parts, around.plan.starts, strict=True):
            while len(packet.pages) < start:
                packet.pages.append(pikepdf.Page(packet.make_indirect(Dictionary(empty))))
            with pikepdf.open(io.BytesIO(part.pdf)) as source:
                came = _carry(packet, source)
            carried.append(AppendedHandout(came.pages, came.catalog, part))
        return carried, _carry(packet, behind)


def _carry(packet: pikepdf.Pdf, source: pikepdf.Pdf) -> AppendedPages:
    start = len(packet.pages)
    with warnings.catch_warnings():
        # It warns that a form stays behind; ours is carried below. Both copies share their objects, so that a tag
        # still leads to the annotation on the page and not to a second one.
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
        packet.pages.extend(source.pages)
    wanted = {key: source.Root[key] for key in _CATALOG if key in source.Root}
    catalog = packet.copy_foreign(source.make_indirect(Dictionary(wanted)))
    return AppendedPages(tuple(packet.pages[start:]), catalog)


def _without_the_empty_page(behind: pikepdf.Pdf) -> Any:
    """Take the last page out, and its tags, for it has nothing to say to a listener."""
    page = behind.pages[-1].obj
    tree = behind.Root.StructTreeRoot
    nums = list(tree.ParentTree.Nums)
    at = next(n for n in range(0, len(nums), 2) if nums[n] == page.StructParents)
    tree.ParentTree.Nums = pikepdf.Array(nums[:at] + nums[at + 2 :])
    document = tree.K[0]
    del document.K[len(document.K) - 1]
    del behind.pages[-1]
    del page.StructParents
    return page
