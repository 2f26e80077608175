"""One structure tree for the whole packet: each handout is an article between the cover and the back page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Name

from .parts import Carried


def join(packet: pikepdf.Pdf, carried: Sequence[Carried], behind: int) -> None:
    """Hang the handouts' trees into the packet's own.

    The numbers by which pages and annotations find their tags (ISO 32000-1, 14.7.4.4) are made unlike each other.

    Args:
        behind: how many of the tree's last elements belong behind the handouts.
    """
    root = packet.Root.StructTreeRoot
    document = root.K[0]
    own = list(document.K)
    articles = []
    nums: list[Any] = list(root.ParentTree.Nums)
    shift = _next(nums)
    for part in carried:
        tree = part.catalog.StructTreeRoot
        theirs = list(tree.ParentTree.Nums)
        for number in range(0, len(theirs), 2):
            nums += (int(theirs[number]) + shift, theirs[number + 1])
        for page in part.pages:
            _shift(page, shift)
        shift = _next(nums)
        article = tree.K[0]
        article.S, article.P = Name.Art, document
        articles.append(article)
    middle = len(own) - behind
    document.K = Array([*own[:middle], *articles, *own[middle:]])
    root.ParentTree.Nums = Array(nums)
    root.ParentTreeNextKey = shift


def _next(nums: list[Any]) -> int:
    """The first number that is free in a parent tree's numbers and values."""
    return 1 + max((int(number) for number in nums[::2]), default=-1)


def _shift(page: pikepdf.Page, shift: int) -> None:
    if "/StructParents" in page:
        page.obj.StructParents = int(page.obj.StructParents) + shift
    for annotation in page.obj.get("/Annots", ()):
        if "/StructParent" in annotation:
            annotation.StructParent = int(annotation.StructParent) + shift
