"""Sources in two columns of like height, which are filled here: WeasyPrint may lay columns out a hundred times."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from handoutkit.models.handout import Source

_LINE = 50
"""Characters in a line of a column, about."""
Column = tuple[tuple[int, Source], ...]


def in_columns(sources: Sequence[Source]) -> tuple[Column, ...]:
    """Two columns of numbered sources, the first the longer one; a single source stands alone in one."""
    numbered = tuple(enumerate(sources, start=1))
    if len(numbered) < 2:
        return (numbered,)
    heights = [_lines(source) for source in sources]
    total = sum(heights)
    first = min(
        range(1, len(numbered)),
        key=lambda cut: max(sum(heights[:cut]), total - sum(heights[:cut]) + 0.5),
    )
    return numbered[:first], numbered[first:]


def _lines(source: Source) -> int:
    said = (source.author, source.title, source.year, source.publisher, source.url, source.idea)
    return ceil(sum(len(str(part)) + 2 for part in said if part) / _LINE)
