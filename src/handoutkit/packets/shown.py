"""What an appearance shows, read back from its glyphs by its fonts' own tables."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

_FONT_OR_GLYPHS = re.compile(rb"/(?P<font>\S+) [\d.]+ Tf|<(?P<glyphs>[0-9a-fA-F]*)>")
_SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_CODE = re.compile(rb"<([0-9a-fA-F]*)>")


def letters(text: str) -> Counter[str]:
    """How often each letter stands in a text. Spaces do not count: a line may end where one was."""
    return Counter(char for char in text if not char.isspace())


def letters_shown(appearance: Any) -> Counter[str]:
    """How often each letter is drawn by a Form XObject, as its fonts' ToUnicode tables have it (ISO 32000-2, 9.10.3).

    The order is that on the page, which is not that of reading where a script is written from the right.
    """
    fonts = appearance.get("/Resources", {}).get("/Font", {})
    tables: dict[bytes, dict[bytes, str]] = {}
    table: dict[bytes, str] = {}
    found: Counter[str] = Counter()
    for match in _FONT_OR_GLYPHS.finditer(appearance.read_bytes()):
        if name := match["font"]:
            if name not in tables:
                tables[name] = _to_unicode(fonts["/" + name.decode()])
            table = tables[name]
        else:
            glyphs = match["glyphs"].lower()
            for start in range(0, len(glyphs), 4):
                found += letters(table[glyphs[start : start + 4]])
    return found


def _to_unicode(font: Any) -> dict[bytes, str]:
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
