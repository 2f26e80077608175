"""What an appearance shows, read back from its glyphs by its fonts' own tables, and token against a value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from handoutkit.render.values.printable import letters, runs_from_right_anywhere

_OPERATORS = re.compile(
    rb"/(?P<font>\S+) [\d.]+ Tf"
    rb"|1 0 0 -?1 \S+ (?P<line>\S+) Tm"
    rb"|/\S+\s*<<\s*/ActualText\s*<(?P<actual>[0-9a-fA-F]*)>\s*>>\s*BDC"
    rb"|(?P<begin>B[MD]C)|(?P<end>EMC)"
    rb"|<(?P<glyphs>[0-9a-fA-F]+)>"
)
_SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_CODE = re.compile(rb"<([0-9a-fA-F]*)>")


Table = Mapping[bytes, str]
"""What each glyph stands for, by its number in four hexadecimal digits."""
Run = list[str]
"""What each glyph or cluster of a run stands for, from left to right; a line is its runs in the order of reading."""


def lines_shown(appearance: Any, known: Mapping[int, Table]) -> list[list[Run]]:
    """The lines that a Form XObject draws, as its fonts' ToUnicode tables have them (ISO 32000-2, 9.10.3).

    Args:
        known: tables of fonts that were read already, by the font's object number.
    """
    fonts = appearance.get("/Resources", {}).get("/Font", {})
    tables: dict[bytes, Table] = {}
    table: Table = {}
    lines: dict[bytes, list[Run]] = {}
    run: Run = []
    marked: list[bool] = []  # for each marked content that is open, whether its text is given apart from its glyphs
    for match in _OPERATORS.finditer(appearance.read_bytes()):
        if name := match["font"]:
            if name not in tables:
                font = fonts["/" + name.decode()]
                tables[name] = known.get(font.objgen[0]) or to_unicode(font)
            table = tables[name]
        elif match["line"]:
            lines.setdefault(match["line"], []).append(run := [])
        elif match["begin"] or match["actual"] is not None:
            marked.append(match["actual"] is not None)
            if marked[-1] and not any(marked[:-1]):
                run.append(_text(match["actual"]).removeprefix("\ufeff"))
        elif match["end"]:
            marked.pop()
        elif not any(marked):
            glyphs = match["glyphs"].lower()
            run += [table[glyphs[start : start + 4]] for start in range(0, len(glyphs), 4)]
    return list(lines.values())


def is_shown(lines: Sequence[Sequence[Run]], value: str, *, from_right: bool = False) -> bool:
    """Whether lines show a value: all its letters and no other, in their order.

    Args:
        from_right: whether the lines begin on the right, whatever the letters are.

    Where letters are written from the right, a run with any of them is read from its end, since its glyphs stand from
    left to right; what a run of signs alone is read from, no letter tells.
    """
    if not (from_right or runs_from_right_anywhere(value)):
        return letters("".join(piece for line in lines for run in line for piece in run)) == letters(value)
    left = letters(value)
    for run in (run for line in lines for run in line):
        shown, turned = (letters("".join(pieces)) for pieces in (run, reversed(run)))
        expected, left = left[: len(shown)], left[len(shown) :]
        if expected not in _readings(shown, turned):
            return False
    return not left


def _readings(shown: str, turned: str) -> tuple[str, ...]:
    """What a run may say, by the direction that its letters give it."""
    directions = {unicodedata.bidirectional(char) for char in shown}
    if directions & {"R", "AL"}:
        return (turned,)
    return (shown,) if directions & {"L", "EN", "AN"} else (shown, turned)


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
