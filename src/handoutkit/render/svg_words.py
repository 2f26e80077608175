"""Words in drawings, set as a whole: WeasyPrint sets them letter by letter, which takes Arabic letters apart.

It takes accents from their letters, too, where the two are characters of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from .engine import weasyprint
from .scripts import SCRIPTS

_JOINED = ("Arabic", "Hebrew", "Devanagari")
"""Scripts whose letters join, or run from right to left."""
_ACCENTS = "\u0300-\u036f"
_LETTERS = re.compile(f"[{_ACCENTS}{''.join(script.letters for script in SCRIPTS if script.name in _JOINED)}]")


@lru_cache(maxsize=1)
def set_words_whole() -> None:
    """Have WeasyPrint do so from now on, for texts with such letters. Once is enough."""
    node: Any = weasyprint().svg.Node
    node.text = property(_text)


def _text(node: Any) -> str | None:
    text: str | None = node._etree_node.text
    return _Whole(text) if text and _LETTERS.search(text) else text


class _Whole(str):
    """A text that has itself as its only part."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        return iter((str(self),) if self else ())
