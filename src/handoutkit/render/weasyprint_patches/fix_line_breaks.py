"""A patch that fills lines to their end, and shapes of a long word no more than a line needs.

Pango may end a line a hair too late, by the space that letters have around them or by the space between two words.
WeasyPrint then takes the first word alone for too long, and puts nothing else on its line: "You" stands by itself. The
patch breaks such a line once more, in a little less room.

Of a text without a place to break, WeasyPrint shapes all that is left for each line, so that ten times the letters take
a hundred times as long. A line is found in its beginning alone.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

from .engine import Patch, Target

_SHORT = 0.5
"""A line that is shorter than this part of its room, and not the last, may show the fault."""
_LESS_ROOM = 0.4
"""In sizes of the letters; the space between two words is narrower."""
_MAX_ON_A_LINE = 8
"""Letters for each size of type that a line is wide; those that are narrower are not on lines by themselves."""


def _fill_lines(split: Callable[..., Any]) -> Callable[..., Any]:
    def split_first_line(text: str, style: Any, context: Any, max_width: Any, *more: Any, **named: Any) -> Any:
        line = _first_line(split, text, style, context, max_width, *more, **named)
        _, length, resume_index, width, *_ = line
        if resume_index is None or max_width in (None, inf) or width > _SHORT * max_width:
            return line
        narrower = max_width - _LESS_ROOM * style["font_size"]
        again = _first_line(split, text, style, context, narrower, *more, **named)
        return again if again[1] > length else line

    return split_first_line


def _first_line(
    split: Callable[..., Any], text: str, style: Any, context: Any, max_width: Any, *more: Any, **named: Any
) -> Any:
    """The first line of a text; of a long one, from twice as many letters as are on a line, if they are enough."""
    if max_width not in (None, inf) and style["font_size"] and style["hyphens"] != "auto":
        on_a_line = int(max_width / style["font_size"] * _MAX_ON_A_LINE) + 1
        beginning = text[: 2 * on_a_line]
        if len(beginning) < len(text):
            line = split(beginning, style, context, max_width, *more, **named)
            if line[2] is not None and line[2] <= len(beginning[:on_a_line].encode()):
                return line
    return split(text, style, context, max_width, *more, **named)


PATCH = Patch(
    name="full lines",
    page="""<p style="width: 112.1mm; font-size: 12.5pt; letter-spacing: .045em; word-spacing: .16em">
        You may have been let down before. So this fear makes sense, and it is not a weakness. Let it be.""",
    targets=(
        Target(
            "weasyprint.layout.inline.split_first_line",
            "(text, style, context, max_width, justification_spacing, is_line_start=True, minimum=False)",
            _fill_lines,
        ),
    ),
)
