"""Whether the page shows words for a text field that it does not hold, as far as its drawing can be read for certain.

Compared are plain letters and digits: in whichever size and lines a program sets an answer, where it cuts it off, and
whatever it shows for letters that its font has not, these follow each other as in the answer. Where that is not so, as
with letters from the right, and where a font does not say what its codes are, nothing is told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from handoutkit.answers.read_form_fields import FormField

_NO_WORDS = 24
"""Bytes of a drawing with nothing in it but its marks, ``/Tx BMC EMC``, packed or not; no text is set in so few."""
_MOST = 200_000
"""Bytes of a drawing, and of a table of letters, that are read."""
_HIDDEN = 1 << 1
_SHOWING = ("Tj", "TJ", "'", '"')
_OTHER_THAN_PLAIN = re.compile("[^A-Za-z0-9]+")
_TIED = re.compile("[\ufb00-\ufb06]")
_SYMBOLS = re.compile("Symbol|Dingbats|dings")
_LIKE_ASCII = ("/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding")
_STANDARD = re.compile("/(Helvetica|Times|Courier)")
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_CODE = re.compile(rb"<([0-9a-fA-F]+)>")
_MOST_CODES = 1 << 16
_NO_NUMBER = (0, 0)
"""The number of what is not an object of its own."""

Letters = Mapping[int, str]
"""What each code of a font stands for."""


class _UnknownError(Exception):
    """There is no telling what a drawing shows."""


_UNREADABLE = (_UnknownError, pikepdf.PikepdfError, ValueError, TypeError, AttributeError, LookupError)
"""What comes of a drawing or a font that is not as it should be."""


class ShownWords:
    """Reads what the pages of one PDF show for its text fields; what a font says of its letters is read once."""

    def __init__(self, pdf: Pdf) -> None:
        form: Any = pdf.Root.get("/AcroForm")
        self._drawn_anew = isinstance(form, Dictionary) and bool(form.get("/NeedAppearances"))
        self._known: dict[tuple[int, int], Letters | None] = {}
        """The letters of each font by its object; None if there is no telling."""

    def are_others(self, field: FormField, held: str) -> bool:
        """Whether letters or digits are shown for a field that do not stand, in this order, in what it holds."""
        if self._drawn_anew:  # viewers are to draw what the field holds, whatever was drawn before
            return False
        drawings = [drawing for widget in field.widgets if (drawing := _drawing(widget))]
        return any(self._is_other(drawing, held) for drawing in drawings)

    def _is_other(self, drawing: Stream, held: str) -> bool:
        if any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in held if not char.isascii()):
            return False
        try:
            shown = "".join(self._words(drawing))
        except _UNREADABLE:
            return False  # the answer is there, whatever its drawing is
        return bool(shown.strip()) if not held.strip() else _plain(shown) not in _plain(held)

    def _words(self, drawing: Stream) -> Iterator[str]:
        """The texts of a drawing, in the order in which they are drawn. Raises _UnknownError."""
        if len(drawing.read_bytes()) > _MOST:
            raise _UnknownError
        fonts = drawing.get("/Resources", Dictionary()).get("/Font", Dictionary())
        font: Any = None
        instructions: list[Any] = list(pikepdf.parse_content_stream(drawing))
        for operands, operator in instructions:
            name = str(operator)
            if name == "Do":
                raise _UnknownError
            if name == "Tf":
                font = fonts.get(str(operands[0]))
            elif name in _SHOWING and (codes := _codes(operands[-1])).strip():
                wide = font.get("/Subtype") == Name.Type0
                yield "".join(_decoded(codes, self._letters(font), 2 if wide else 1))

    def _letters(self, font: Dictionary) -> Letters:
        if font.objgen not in self._known or font.objgen == _NO_NUMBER:
            try:
                self._known[font.objgen] = _letters(font)
            except _UNREADABLE:
                self._known[font.objgen] = None
        letters = self._known[font.objgen]
        if letters is None:
            raise _UnknownError
        return letters


def _drawing(widget: Dictionary) -> Stream | None:
    """What is drawn for a widget; None if it is hidden, or if nothing is drawn."""
    appearances = widget.get("/AP")
    drawing = appearances.get("/N") if isinstance(appearances, Dictionary) else None
    if not isinstance(drawing, Stream):
        return None
    length: Any = drawing.get("/Length")
    if isinstance(length, int) and length <= _NO_WORDS:  # most are: this is looked at first
        return None
    flags: Any = widget.get("/F")
    return None if isinstance(flags, int) and flags & _HIDDEN else drawing


def _plain(text: str) -> str:
    tied = _TIED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return _OTHER_THAN_PLAIN.sub("", unicodedata.normalize("NFC", tied))


def _codes(shown: Any) -> bytes:
    pieces = list(shown) if isinstance(shown, Array) else [shown]
    return b"".join(bytes(piece) for piece in pieces if isinstance(piece, String))


def _decoded(codes: bytes, letters: Letters, width: int) -> Iterator[str]:
    for at in range(0, len(codes), width):
        code = int.from_bytes(codes[at : at + width], "big")
        if code not in letters:
            raise _UnknownError
        yield letters[code]


def _letters(font: Dictionary) -> Letters:
    """What the codes of a font stand for, as it says itself (ISO 32000-2, 9.10.2). Raises _UnknownError."""
    if "/ToUnicode" in font:
        return _to_unicode(font.ToUnicode.read_bytes())
    encoding, name = font.get("/Encoding"), str(font.get("/BaseFont", ""))
    if font.Subtype == Name.Type0 or _SYMBOLS.search(name):
        raise _UnknownError
    base = encoding.get("/BaseEncoding") if isinstance(encoding, Dictionary) else encoding
    if str(base) not in _LIKE_ASCII and not (base is None and _STANDARD.match(name)):
        raise _UnknownError
    letters = {code: chr(code) if code < 128 else "" for code in range(256)}  # they are alike in these
    changed: Any = encoding.get("/Differences", []) if isinstance(encoding, Dictionary) else []
    code = 0
    for entry in changed:
        if isinstance(entry, int):
            code = entry
            continue
        letters[code] = _named(str(entry)[1:])
        code += 1
    return letters


def _named(glyph: str) -> str:
    """The plain letter or digit of a glyph's name; nothing for any other glyph."""
    if glyph in _DIGITS:
        return str(_DIGITS.index(glyph))
    return glyph if len(glyph) == 1 else ""


def _to_unicode(table: bytes) -> Letters:
    """The pairs of a ToUnicode table. Raises _UnknownError: too many, or a list for a range, which nobody writes."""
    if len(table) > _MOST:
        raise _UnknownError
    letters: dict[int, str] = {}
    for kind, section in _SECTION.findall(table):
        codes = _CODE.findall(section)
        if kind == b"char":
            letters |= {int(code, 16): _text(text) for code, text in zip(codes[::2], codes[1::2], strict=True)}
            continue
        for first, last, text in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            start, end, words = int(first, 16), int(last, 16), _text(text)
            if b"[" in section or end - start + len(letters) > _MOST_CODES:
                raise _UnknownError
            letters |= {start + step: words[:-1] + chr(ord(words[-1]) + step) for step in range(end - start + 1)}
    return letters


def _text(code: bytes) -> str:
    return bytes.fromhex(code.decode("ascii")).decode("utf-16-be")
