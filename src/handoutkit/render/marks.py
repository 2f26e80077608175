"""Marks that are moved onto their letter, and what stands behind them.

WeasyPrint moves a mark, shows it, and moves back by a number at the end of the line of glyphs. PDFium does not take a
number that ends a line of glyphs, so what stands behind in another face would stand too far away. Alone, it is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial, partialmethod
from typing import Any

from .engine import weasyprint

_MOVED = re.compile(r"(?P<shown>.*>-?\d+\.\d+<[0-9a-f]+>)(?P<back>-?[1-9]\d*)", re.DOTALL)
"""A mark is moved by a number with a point; kerning has none."""


@lru_cache(maxsize=1)
def move_back_behind_marks() -> None:
    """Have WeasyPrint write such a number alone from now on. Once is enough."""
    stream: Any = weasyprint().pdf.stream.Stream
    stream.show_text = partialmethod(partial(_show_text, stream.show_text))


def _show_text(as_it_was: Callable[..., None], self: Any, text: str) -> None:
    found = _MOVED.fullmatch(text)
    as_it_was(self, found["shown"] if found else text)
    if found:
        as_it_was(self, found["back"])
