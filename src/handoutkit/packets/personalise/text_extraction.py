"""What an appearance shows, read back from its glyphs by its fonts' own tables, and token against a value."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fontTools import unicodedata as scripts

from handoutkit.render.values.printable import is_mark_from_right, letters, runs_from_right_anywhere

_OPERATORS = re.compile(
    rb"/(?P<font>\S+) [\d.]+ Tf"
    rb"|1 0 0 -?1 \S+ (?P<line>\S+) Tm"
    rb"|/\S+\s*<<\s*/ActualText\s*<(?P<actual>[0-9a-fA-F]*)>\s*>>\s*BDC"
    rb"|(?P<begin>B[MD]C)|(?P<end>EMC)"
    rb"|<(?P<glyphs>[0-9a-fA-F]+)>"
)
_SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_CODE = re.compile(rb"<([0-9a-fA-F]*)>")

_FROM_LEFT = frozenset({"Latn", "Grek", "Cyrl"})

Table = Mapping[bytes, str]
"""What each glyph stands for, by its number in four hexadecimal digits."""
Run = list[str]
"""What each glyph or cluster of a run stands for, from left to right; a line is its runs from left to right."""


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

    Where letters are written from the right, what is compared in order is each word and each number: how these are
    dealt out on a line is for the Unicode Bidirectional Algorithm, and not for the letters.
    """
    if not (from_right or runs_from_right_anywhere(value)):
        return letters("".join(piece for line in lines for run in line for piece in run)) == letters(value)
    left = unicodedata.normalize("NFD", value)
    for line in lines:
        count = len(letters("".join(piece for run in line for piece in run)))
        end = _end_of(left, count)
        if Counter(_tokens(line)) != Counter(_tokens_in_reading_order(left[:end])):
            return False
        left = left[end:]
    return not letters(left)


def _end_of(text: str, count: int) -> int:
    """Behind so many letters of a text that can be seen."""
    for position, char in enumerate(text):
        if letters(char):
            if not count:
                return position
            count -= 1
    return len(text)


def _tokens_in_reading_order(text: str) -> Iterator[str]:
    """Words, numbers and signs."""
    yield from _tokens([[char] for char in text], reading=True)


def _tokens(line: Sequence[Run], *, reading: bool = False) -> Iterator[str]:
    """Words, numbers and signs of a line that is read from the left; those written from the right turned around.

    Args:
        reading: whether the line is in the order of reading, where nothing has to be turned.
    """
    kind, token = "", list[str]()
    for run in line:
        for piece in run:
            own = _kind(piece)
            if own == "mark":  # from the left it comes behind its letter, from the right before
                begins = kind in ("", "sign", "number") or (kind == "left" and _only_from_right(letters(piece)[:1]))
                own = "right" if begins else kind
            if own != kind or own == "sign":
                yield from _token(kind, token, reading=reading)
                kind, token = own, []
            token.append(piece)
    yield from _token(kind, token, reading=reading)


def _only_from_right(mark: str) -> bool:
    """Whether a mark is never set on a letter from the left; a diaeresis is set on those of both directions."""
    return bool(mark) and is_mark_from_right(mark) and _FROM_LEFT.isdisjoint(scripts.script_extension(mark))


def _token(kind: str, pieces: list[str], *, reading: bool) -> Iterator[str]:
    text = "".join(reversed(pieces) if kind == "right" and not reading else pieces)
    if shown := letters(text):
        yield shown


def _kind(piece: str) -> str:
    if not letters(piece):
        return "mark" if piece and not piece.isspace() else "sign" if piece else "mark"
    for char in piece:
        found = unicodedata.bidirectional(char)
        if found in ("R", "AL"):
            return "right"
        if found == "L":
            return "left"
        if found in ("EN", "AN"):
            return "number"
    return "mark" if unicodedata.category(letters(piece)[0]).startswith("M") else "sign"


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
