"""Figures as templates ask for them: on this paper, in this palette, each drawn once."""

from __future__ import annotations

from dataclasses import dataclass, field

from handoutkit.files.recently_used import RecentlyUsed
from handoutkit.models.blocks.figure import Figure
from handoutkit.models.practice import Paper
from handoutkit.render.colour.palette import Palette
from handoutkit.render.templating.interface_messages import InterfaceMessages

from .draw_figure import Drawing, draw_figure
from .typeface import Typeface

_TEXT_WIDTH: dict[Paper, float] = {"letter": 177.5, "a4": 172.0}
"""Of an upright page; the margins are set in templates/base/css/20-page.css."""
_WIDE: dict[Paper, float] = {"letter": 241.0, "a4": 259.0}
"""Of a page that is turned."""
_WIDE_HIGHEST = 140.0
"""On a page that is turned, beneath a heading."""
_MAX_KEPT = 200


@dataclass(frozen=True)
class FigureRenderer:
    """Draws figures; the same figure is asked for again whenever the space on a page is tuned."""

    typeface: Typeface
    messages: InterfaceMessages
    _drawn: RecentlyUsed[tuple[Figure, Palette, Paper, float | None], Drawing] = field(
        default_factory=lambda: RecentlyUsed(_MAX_KEPT)
    )

    def __call__(self, figure: Figure, palette: Palette, paper: Paper, width: float | None = None) -> Drawing:
        """The filter ``figure``. Raises ValueError if it cannot be drawn.

        Args:
            width: in millimetres; None for that of the text on the paper.
        """
        key = (figure, palette, paper, width)
        return self._drawn.get(key) or self._drawn.put(key, self._draw(*key))

    def _draw(self, figure: Figure, palette: Palette, paper: Paper, width: float | None) -> Drawing:
        if width is not None:
            return draw_figure(figure, palette, self.typeface, self.messages, width)
        if figure.orientation == "landscape":
            return draw_figure(figure, palette, self.typeface, self.messages, _WIDE[paper], _WIDE_HIGHEST)
        return draw_figure(figure, palette, self.typeface, self.messages, _TEXT_WIDTH[paper])
