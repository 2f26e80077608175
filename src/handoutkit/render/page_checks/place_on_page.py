"""Where on a page a fault is: a rectangle of it, which can be said in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handoutkit.render.weasyprint_patches.painting.painted_pages import PaintedPages
from handoutkit.render.weasyprint_patches.painting.painted_shapes import Bounds

_SIDES = ("left", "middle", "right")
_HEIGHTS = ("top", "middle", "bottom")


@dataclass(frozen=True, slots=True)
class PlaceOnPage:
    """A place on a finished page.

    Attributes:
        page: its number, from 0.
        bounds: in CSS pixels from the page's upper left corner; they may reach over its edges.
        size: of the page.
        is_before: whether this is where the words before stand, for what is on no page itself.
    """

    page: int
    bounds: Bounds
    size: tuple[float, float]
    is_before: bool = False

    def in_words(self) -> str:
        """Such as ``page 2, top left``, ``past the left edge of page 1``, ``missing after the words on page 2``."""
        left, top, right, bottom = self.bounds
        width, height = self.size
        past = {"left": right <= 0, "upper": bottom <= 0, "right": left >= width, "lower": top >= height}
        for edge, is_past in past.items():
            if is_past:
                return f"past the {edge} edge of page {self.page + 1}"
        across, down = _third((left + right) / 2, width), _third((top + bottom) / 2, height)
        where = " ".join(dict.fromkeys((_HEIGHTS[down], _SIDES[across])))
        return f"{'missing after the words on ' if self.is_before else ''}page {self.page + 1}, {where}"


def place_near(element: Any, root: Any, painted: PaintedPages) -> PlaceOnPage | None:
    """Where an element's own words stand, or else the last words before it; None if there are none before it."""
    of_element = {text.element: text for text in painted.texts if not text.added}
    before = None
    for other in root.iter():
        before = of_element.get(other, before)
        if other is element:
            break
    else:
        return None
    if before is None:
        return None
    return PlaceOnPage(before.page, before.bounds, painted.sizes[before.page], before.element is not element)


def _third(place: float, length: float) -> int:
    return min(max(int(3 * place / length), 0), 2)
