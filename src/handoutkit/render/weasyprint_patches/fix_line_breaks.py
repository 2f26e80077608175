"""Lines filled to their end.

Pango may end a line a hair too late, by the space that letters have around them or by the space between two words.
WeasyPrint then thinks that the first word alone is too long for the line, and puts nothing else on it: "You" stands by
itself. Such a line is broken once more in a little less room.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import inf
from typing import Any

from .engine import weasyprint

_SHORT = 0.5
"""Of the room; a line that is shorter and not the last may have been broken so."""
_LESS = 0.4
"""Of the size of the letters; the space between two words is narrower."""


@lru_cache(maxsize=1)
def fill_lines() -> None:
    """Have WeasyPrint do so from now on. Once is enough."""
    inline: Any = weasyprint().layout.inline
    inline.split_first_line = _filling(inline.split_first_line)


def _filling(split: Callable[..., Any]) -> Callable[..., Any]:
    def split_first_line(text: str, style: Any, context: Any, max_width: Any, *more: Any, **named: Any) -> Any:
        line = split(text, style, context, max_width, *more, **named)
        _, length, resume_index, width, *_ = line
        if resume_index is None or max_width in (None, inf) or width > _SHORT * max_width:
            return line
        again = split(text, style, context, max_width - _LESS * style["font_size"], *more, **named)
        return again if again[1] > length else line

    return split_first_line
