"""The picture of a handout's opening, as an address that a page can show."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from urllib.parse import quote

from handoutkit.files.recently_used import RecentlyUsed
from handoutkit.models.handout import Handout
from handoutkit.pictures.print_ready import print_ready
from handoutkit.render.colour.palette import Palette
from handoutkit.render.theme import Theme

from .manners import drawn

_MAX_KEPT = 50


@dataclass(frozen=True)
class IllustrationAddress:
    """Draws illustrations in the theme's manner; the same one is asked for with each handout that has it."""

    theme: Theme
    _drawn: RecentlyUsed[tuple[str, Palette], str] = field(default_factory=lambda: RecentlyUsed(_MAX_KEPT))

    def __call__(self, handout: Handout, palette: Palette) -> str:
        """The filter ``illustration``: an address, or nothing if there is no picture, or none in this theme.

        A picture that tells a reader something is there in every theme. Raises ValueError: there is no such drawing.
        """
        if handout.illustration is None or (self.theme.manner == "none" and not handout.illustration_alt):
            return ""
        if handout.drawing is None:
            return "handout:" + quote(handout.illustration)
        key = (handout.drawing, palette)
        return self._drawn.get(key) or self._drawn.put(key, self._address(*key))

    def _address(self, name: str, palette: Palette) -> str:
        path = self.theme.drawings.get(name)
        if path is None:
            raise ValueError(f"this theme has no drawing `{name}`")
        manner = "line" if self.theme.manner == "none" else self.theme.manner
        clean = print_ready(path.read_bytes(), f"`{path.name}`").data.decode()
        svg = drawn(clean, manner, palette, self.theme.icon_weight)
        return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
