"""Tunes the space between blocks until a handout's last page is at least a third full."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .weasyprint_patches.layout_boxes import fill_of_last_page

MIN_FILL = 1 / 3
"""The part of the last page that must hold something."""
SPACING_FACTORS = (0.88, 0.76, 1.15, 1.3)
"""Factors of vertical space to try besides the theme's own, which is 1: closer, closest, wider, widest."""
SPACE = 0.3
"""The part of a page that is such space; measured on the shipped handouts."""


def fitted(lay_out: Callable[[float], Any]) -> Any:
    """The first layout that ends well; the theme's own if none does.

    Args:
        lay_out: from a factor of space to a ``weasyprint.document.Document``.
    """
    first = lay_out(1.0)
    if ends_well(first):
        return first
    others = (lay_out(factor) for factor in by_promise(len(first.pages), fill_of_last_page(first)))
    return next((document for document in others if ends_well(document)), first)


def by_promise(pages: int, fill: float) -> list[float]:
    """The factors to try, first those that should end well, judging by the first layout.

    Args:
        pages: of the first layout.
        fill: of its last page, 0 to 1.
    """

    def fails(factor: float) -> bool:
        moved = fill + pages * SPACE * (factor - 1)
        return 0 < moved < MIN_FILL

    return sorted(SPACING_FACTORS, key=fails)


def ends_well(document: Any) -> bool:
    """Whether a laid-out document has one page, or fills a third of its last."""
    return len(document.pages) == 1 or fill_of_last_page(document) >= MIN_FILL
