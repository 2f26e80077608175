"""A patch that sets the words of drawings as a whole.

WeasyPrint sets them letter by letter: letters that join stand apart, words from the right are reversed, and accents
that are characters of their own leave their letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handoutkit.render.scripts import scripts_in

from .engine import Patch, Target

_SEPARATE_LETTERS = {"Vietnamese", "Greek", "Cyrillic", "Chinese"}
"""Scripts whose letters stand each by itself, in one face."""
_ACCENT = re.compile("[\u0300-\u036f]")


class _WholeText(str):
    """A text that is its own only part when it is iterated, as WeasyPrint does to find its letters."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        return iter((str(self),) if self else ())


def _keep_words_whole(original: property) -> property:
    def text(node: object) -> str | None:
        found: str | None = original.__get__(node)
        return _WholeText(found) if found and _needs_shaping(found) else found

    return property(text)


def _needs_shaping(text: str) -> bool:
    return bool(_ACCENT.search(text)) or any(script.name not in _SEPARATE_LETTERS for script in scripts_in(text))


PATCH = Patch(
    name="whole words in drawings",
    page="""<style>@font-face { font-family: Vazirmatn; src: url(theme:fonts/Vazirmatn-Regular.ttf) }</style>
        <svg width="200" height="40">
        <text x="99" y="30" font-family="Vazirmatn" direction="rtl">\u0643\u062a\u0628</text></svg>""",
    targets=(Target("weasyprint.svg.Node.text", "(self)", _keep_words_whole),),
)
