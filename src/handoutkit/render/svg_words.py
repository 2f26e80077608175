"""Words in drawings, set as a whole: WeasyPrint sets them letter by letter, which takes letters that join apart."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from .engine import weasyprint
from .scripts import scripts_in

_APART = {"Vietnamese", "Greek", "Cyrillic", "Chinese"}
"""Scripts whose letters stand each by itself, in one face."""


@lru_cache(maxsize=1)
def set_words_whole() -> None:
    """Have WeasyPrint do so from now on, for texts in these scripts. Once is enough."""
    node: Any = weasyprint().svg.Node
    node.text = property(_text)


def _text(node: Any) -> str | None:
    text: str | None = node._etree_node.text
    return _Whole(text) if text and any(script.name not in _APART for script in scripts_in(text)) else text


class _Whole(str):
    """A text that has itself as its only part."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        return iter((str(self),) if self else ())
