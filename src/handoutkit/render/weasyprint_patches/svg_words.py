"""Words in drawings: a patch that sets them as a whole, and a repair that draws them without transparency groups.

WeasyPrint 70 sets them letter by letter: letters that join stand apart, words from the right are reversed, and accents
that are characters of their own leave their letters. It puts each centred text into a transparency group, since it
learns its width last. PDFium, and so Chrome and Edge, cuts a pixel off the left of such a group: of an "H", its first
stem. Letters do not lie on one another, so they look the same without a group, and are not cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pydyf

from handoutkit.render.scripts import scripts_in

from .engine import Patch, Target

_SEPARATE_LETTERS = {"Vietnamese", "Greek", "Cyrillic", "Chinese"}
"""Scripts whose letters stand each by itself, in one face."""
_PAINTING = (b"f", b"f*", b"S", b"B", b"B*", b"sh")
"""Operators that paint a path or a shade (ISO 32000-2, 8.5.3)."""
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


def strip_transparency_groups(_document: Any, pdf: pydyf.PDF) -> None:
    """Take the groups off the texts of a PDF, in place; a ``finisher`` of WeasyPrint."""
    for made in pdf.objects:
        if isinstance(made, pydyf.Stream) and "Group" in made.extra and _has_only_text(made.stream):
            del made.extra["Group"]


def _has_only_text(operations: list[Any]) -> bool:
    """Whether a stream sets text and paints nothing else; tags stand among its operators as names and dictionaries."""
    steps = [step for step in operations if isinstance(step, bytes)]
    return b"BT" in steps and not any(step in _PAINTING or step.endswith((b" Do", b" sh")) for step in steps)


PATCH = Patch(
    name="whole words in drawings",
    page="""<style>@font-face { font-family: Vazirmatn; src: url(theme:fonts/Vazirmatn-Regular.ttf) }</style>
        <svg width="200" height="40">
        <text x="99" y="30" font-family="Vazirmatn" direction="rtl">\u0643\u062a\u0628</text></svg>""",
    targets=(Target("weasyprint.svg.Node.text", "(self)", _keep_words_whole),),
)
