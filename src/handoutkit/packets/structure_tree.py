"""One structure tree for the whole packet: each handout is an article between the cover and the back page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Name

from .append_pages import AppendedPages


def merge_structure(packet: pikepdf.Pdf, carried: Sequence[AppendedPages], behind: AppendedPages) -> None:
    """Hang the trees of the handouts, and of what stands behind them, into the packet's own.

    The numbers by which pages and annotations find their tags (ISO 32000-1, 14.7.4.4) are made unlike each other.
    """
    root = packet.Root.StructTreeRoot
    document = root.K[0]
    elements = list(document.K)
    nums: list[Any] = list(root.ParentTree.Nums)
    for part in carried:
        _take_over(part, nums)
        article = part.catalog.StructTreeRoot.K[0]
        article.S = Name.Art
        elements.append(article)
    _take_over(behind, nums)
    elements += list(behind.catalog.StructTreeRoot.K[0].K)
    for element in elements:
        element.P = document
    document.K = Array(elements)
    root.ParentTree.Nums = Array(nums)
    root.ParentTreeNextKey = _next(nums)


def _take_over(part: AppendedPages, nums: list[Any]) -> None:
    """Add a part's parent tree to the packet's, behind all that is in it."""
    shift = _next(nums)
    theirs = list(part.catalog.StructTreeRoot.ParentTree.Nums)
    for number in range(0, len(theirs), 2):
        nums += (int(theirs[number]) + shift, theirs[number + 1])
    for page in part.pages:
        _shift(page, shift)


def _next(nums: list[Any]) -> int:
    """The first number that is free in a parent tree's numbers and values."""
    return 1 + max((int(number) for number in nums[::2]), default=-1)


def _shift(page: pikepdf.Page, shift: int) -> None:
    if "/StructParents" in page:
        page.obj.StructParents = int(page.obj.StructParents) + shift
    for annotation in page.obj.get("/Annots", ()):
        if "/StructParent" in annotation:
            annotation.StructParent = int(annotation.StructParent) + shift
