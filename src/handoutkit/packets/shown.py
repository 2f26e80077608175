"""What an appearance shows, read back from its glyphs by its fonts' own tables."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import Any

_FONT_OR_GLYPHS = re.compile(rb"/(?P<font>\S+) [\d.]+ Tf|<(?P<glyphs>[0-9a-fA-F]*)>")
_SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_UNSEEN = dict.fromkeys(map(ord, "\N{ZERO WIDTH SPACE}\N{RIGHT-TO-LEFT MARK}"))
_CODE = re.compile(rb"<([0-9a-fA-F]*)>")


Table = Mapping[bytes, str]
"""What each glyph stands for, by its number in four hexadecimal digits."""


def letters(text: str) -> Counter[str]:
    """How often each letter stands in a text, an accent being one.

    Spaces do not count: a line may end where one was. Neither does what helps readers along and cannot be seen.
    """
    return Counter(unicodedata.normalize("NFD", "".join(text.split())).translate(_UNSEEN))


def letters_shown(appearance: Any, known: Mapping[int, Table]) -> Counter[str]:
    """How often each letter is drawn by a Form XObject, as its fonts' ToUnicode tables have it (ISO 32000-2, 9.10.3).

    Args:
        known: tables of fonts that were read already, by the font's object number.

    The order is that on the page, which is not that of reading where a script is written from the right.
    """
    fonts = appearance.get("/Resources", {}).get("/Font", {})
    tables: dict[bytes, Table] = {}
    table: Table = {}
    shown: list[str] = []
    for match in _FONT_OR_GLYPHS.finditer(appearance.read_bytes()):
        if name := match["font"]:
            if name not in tables:
                font = fonts["/" + name.decode()]
                tables[name] = known.get(font.objgen[0]) or to_unicode(font)
            table = tables[name]
        else:
            glyphs = match["glyphs"].lower()
            for start in range(0, len(glyphs), 4):
                shown.append(table[glyphs[start : start + 4]])
    return letters("".join(shown))


def to_unicode(font: Any) -> Table:
    """A font's table."""
    table: dict[bytes, str] = {}
    for kind, section in _SECTION.findall(font.ToUnicode.read_bytes()):
        codes = [code.lower() for code in _CODE.findall(section)]
        if kind == b"char":
            table |= {code: _text(text) for code, text in zip(codes[::2], codes[1::2], strict=True)}
        else:
            for first, last, text in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
                start = _text(text)
                for number in range(int(first, 16), int(last, 16) + 1):
                    table[b"%04x" % number] = start[:-1] + chr(ord(start[-1]) + number - int(first, 16))
    return table


def _text(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be")
