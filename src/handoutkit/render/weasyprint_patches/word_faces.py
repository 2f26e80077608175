"""A patch that sets each word in one face: where its family lacks a letter or a mark, in a family that has all of it.

Pango chooses a face for each letter by itself. An accent in another face than its letter stands beside it, and a name
in two faces looks like a mistake.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Any

from handoutkit.render.scripts import CHARACTERS, LATIN, of_characters

from .engine import Patch, Target, weasyprint

_engine: Any = weasyprint()
_MARKS = "\u0300-\u036f"
_MARK = re.compile(f"[{_MARKS}]")
_RARE = re.compile(f"[{LATIN.letters}]")
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")


class Fonts(_engine.text.fonts.FontConfiguration):  # type: ignore[misc]  # weasyprint has no types
    """The fonts of pages, and which letters each family has."""

    def __init__(self) -> None:
        super().__init__()
        self._readers: dict[str, Callable[[], bytes]] = {}
        self._letters: dict[str, frozenset[int]] = {}

    def add_font_face(self, rule_descriptors: Any, url_fetcher: Any) -> Any:
        """Add a face, and keep where its family can be read from."""
        address = next((url for kind, url in rule_descriptors["src"] if kind == "external" and url), None)
        if address:
            self._readers.setdefault(rule_descriptors["font_family"], partial(_read, url_fetcher, address))
        return super().add_font_face(rule_descriptors, url_fetcher)

    def has(self, family: str, text: str) -> bool:
        """Whether a family has every letter of a text; one that is not known is taken to."""
        if family not in self._readers:
            return True
        if family not in self._letters:
            self._letters[family] = _letters_of(self._readers[family]())
        return all(ord(char) in self._letters[family] for char in text)


def _read(fetcher: Any, address: str) -> bytes:
    with _engine.urls.fetch(fetcher, address) as response:
        data: bytes = response.read()
    return data


@lru_cache(maxsize=32)
def _letters_of(font: bytes) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # most pages have no such word

    return frozenset(TTFont(io.BytesIO(font), lazy=True).getBestCmap())


def _set_words_in_one_face(original: Callable[..., None]) -> Callable[..., None]:
    _engine.text.ffi.ffi.cdef("PangoAttribute * pango_attr_family_new (const char *family);")

    def set_text(layout: Any, text: str, justify: bool = False) -> None:
        original(layout, text, justify)
        if text.isascii():
            return
        own, text = layout.style["font_family"], layout.text
        for start, end, family in _words_in_another(text, own, layout.style.font_config, layout.style["lang"] or ""):
            _add_family(layout.layout, len(text[:start].encode()), len(text[:end].encode()), [family, *own])

    return set_text


def _words_in_another(text: str, families: list[str], fonts: Any, language: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text that are set in another family than its first: from where to where, and in which."""
    if _RARE.search(text) and families[0] != LATIN.family and isinstance(fonts, Fonts):
        for word in _WORD.finditer(text):
            if _RARE.search(word[0]) and _needs_another(word[0], families[0], fonts):
                yield *word.span(), LATIN.family
    for word in CHARACTERS.finditer(text):
        family = of_characters(word[0], language)[0].family
        if family != families[0]:
            yield *word.span(), family


def _needs_another(word: str, family: str, fonts: Fonts) -> bool:
    """Letters with marks that are no letter of their own are always set in the family that can place them."""
    return bool(_MARK.search(unicodedata.normalize("NFC", word))) or not fonts.has(family, word)


def _add_family(layout: Any, start: int, end: int, families: list[str]) -> None:
    ffi, pango = _engine.text.ffi.ffi, _engine.text.ffi.pango
    attributes = pango.pango_layout_get_attributes(layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    attribute = pango.pango_attr_family_new(",".join(families).encode())
    attribute.start_index, attribute.end_index = start, end
    pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(layout, attributes)


PATCH = Patch(
    name="words in one face",
    page="""<style>@font-face { font-family: Literata; src: url(theme:fonts/Literata-Regular.ttf) }</style>
        <p style="font-family: Literata, Noto Sans">T\u1ecd\u0301p\u1eb9\u0301""",
    targets=(
        Target("weasyprint.text.line_break.Layout.set_text", "(self, text, justify=False)", _set_words_in_one_face),
    ),
)
