"""A layout with one client's values in its slots."""

from __future__ import annotations

from collections.abc import Mapping

from handoutkit.render.theme import Theme

from .layout import Layout


class Personaliser:
    """Puts values into a layout."""

    def __init__(self, layout: Layout, theme: Theme) -> None:
        self._layout = layout
        self._theme = theme

    def personalise(self, values: Mapping[str, str]) -> bytes:
        """The layout as it is: values are not put in yet."""
        del values
        return self._layout.pdf
