"""Words in drawings, set as a whole: WeasyPrint sets them letter by letter, which takes letters that join apart.

It takes accents from their letters, too, where the two are characters of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from handoutkit.render.scripts import scripts_in

from .engine import weasyprint

_APART = {"Vietnamese", "Greek", "Cyrillic", "Chinese"}
"""Scripts whose letters stand each by itself, in one face."""
_ACCENT = re.compile("[\u0300-\u036f]")


@lru_cache(maxsize=1)
def set_words_whole() -> None:
    """Have WeasyPrint do so from now on, for texts with such letters. Once is enough."""
    node: Any = weasyprint().svg.Node
    node.text = property(_text)


def _text(node: Any) -> str | None:
    text: str | None = node._etree_node.text
    return _Whole(text) if text and _join(text) else text


def _join(text: str) -> bool:
    return bool(_ACCENT.search(text)) or any(script.name not in _APART for script in scripts_in(text))


class _Whole(str):
    """A text that has itself as its only part."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        return iter((str(self),) if self else ())
