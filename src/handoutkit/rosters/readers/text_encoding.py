"""In what encoding a table's text was saved: known from its bytes, or found and asked about."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

TWICE = "utf-8-twice"
"""What we call UTF-8 that a program took for Windows-1252 and saved as UTF-8 once more."""
_NAMES = {
    "windows-1252": "cp1252",
    "mac-roman": "mac_roman",
    "windows-1250": "cp1250",
    "iso-8859-15": "iso8859_15",
    "iso-8859-2": "iso8859_2",
    "windows-1254": "cp1254",
    "windows-1257": "cp1257",
    "windows-1251": "cp1251",
    "koi8-r": "koi8_r",
    "windows-1253": "cp1253",
    "windows-1255": "cp1255",
    "windows-1256": "cp1256",
    "windows-1258": "cp1258",
    "mac-latin2": "mac_latin2",
    "ibm-850": "cp850",
    "ibm-852": "cp852",
    "ibm-437": "cp437",
    "shift-jis": "cp932",
    "gb18030": "gb18030",
    "big5": "big5",
    "euc-kr": "cp949",
}
"""Encodings that offices save in, by our names, the commoner of two before the other."""
ENCODINGS = ("utf-8", TWICE, "utf-16", "utf-16-le", "utf-16-be", *_NAMES)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT = 1_000_000
_MAX_GUESSES = 4
_SHORT = 2
_RARE = frozenset("þðýÞÐÝ¿¡")
"""Letters of Windows-1252 that are commoner as the Turkish ones in their places."""


class FoundEncoding(NamedTuple):
    """How bytes are read as text.

    Attributes:
        name: of the encoding, as we call it.
        start: where the text begins, behind its marks.
        guesses: none if the bytes say it; else what to ask about, the likeliest first, which is ``name``.
    """

    name: str
    start: int
    guesses: tuple[str, ...] = ()

    @property
    def codec(self) -> str:
        """What Python calls it."""
        return "utf-8" if self.name == TWICE else _NAMES.get(self.name, self.name)


def encoding_called(name: str) -> str | None:
    """The name of ours for an encoding, however it is spelled; None if we have none."""
    if name.casefold() in ENCODINGS:
        return name.casefold()
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    if codec in ("iso8859-1", "ascii"):
        return "windows-1252"  # the same letters, and those that Windows puts where the standard has none
    return next(
        (ours for ours in ENCODINGS if ours != TWICE and codecs.lookup(_NAMES.get(ours, ours)).name == codec), None
    )


def found_encoding(data: bytes, said: str | None) -> FoundEncoding:
    """The encoding of a text by its marks or its bytes, or as it was said. Raises UnicodeError: there is none."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            start = len(mark)
            while data.startswith(mark, start):
                start += len(mark)
            return _asked(FoundEncoding(name, start), data, said)
    if wide := _utf_16_without_mark(data):
        return FoundEncoding(wide, 0)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if b"\0" in data[:_LOOKED_AT]:
            raise
        if said and said not in ("utf-8", TWICE):
            return FoundEncoding(said, 0)
        guesses = _guesses(data)
        return FoundEncoding(guesses[0], 0, guesses)
    return _asked(FoundEncoding("utf-8", 0), data, said)


def line_of_another_encoding(data: bytes) -> int:
    """The first line that is no UTF-8, in a file most of whose accents are; 0 where all is in one encoding.

    Two exports that were put together are such a file. Taken as either, it has wrong letters in people's names.
    """
    with_accents = [(number, line) for number, line in enumerate(data.split(b"\n"), 1) if not line.isascii()]
    others = [number for number, line in with_accents if not _is_utf_8(line)]
    return others[0] if 0 < 2 * len(others) <= len(with_accents) else 0


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _asked(found: FoundEncoding, data: bytes, said: str | None) -> FoundEncoding:
    """UTF-8 that was read twice is asked about, until somebody said which of both it is."""
    if found.name != "utf-8" or not _is_read_twice(data):
        return found
    if said in ("utf-8", TWICE):
        return found._replace(name=said)
    return found._replace(name=TWICE, guesses=(TWICE, "utf-8"))


def _utf_16_without_mark(data: bytes) -> str | None:
    """UTF-16, if that is where the zeros say so: nearly all of a table's signs are Latin."""
    first = data[:4000]
    even, odd = first[::2].count(0), first[1::2].count(0)
    if len(data) % 2 == 0 and max(even, odd) > len(first) // 8 and min(even, odd) * 20 < max(even, odd):
        return "utf-16-be" if even > odd else "utf-16-le"
    return None


_RUN = re.compile("[\x80-\U0010ffff]+")


def mended(text: str) -> str:
    """A text without what reading it twice did to it; what cannot have come from that stays as it is."""
    return _RUN.sub(lambda run: _once(run[0]) or run[0], text)


def _once(run: str) -> str | None:
    """Signs that are UTF-8 taken for Windows-1252, as they were meant; None if they are not."""
    try:
        return b"".join(_byte(char) for char in run).decode("utf-8")
    except UnicodeError:
        return None


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")  # five bytes are nothing in Windows-1252, and stay as they are


def _is_read_twice(data: bytes) -> bool:
    """Whether more of the signs beyond ASCII come from reading twice than do not."""
    runs = _RUN.findall(data[:_LOOKED_AT].decode("utf-8", "ignore").lstrip("\ufeff"))
    twice = sum(_once(run) is not None for run in runs)
    return twice * 2 > len(runs)


def _guesses(data: bytes) -> tuple[str, ...]:
    """Encodings that a text may be in, the likeliest first. Raises UnicodeError: there is none.

    A list of names is too short for statistics alone: so of what the library holds possible, that comes first in which
    the words with accents look most like words, without signs inside them or capitals at their ends.
    """
    from charset_normalizer import from_bytes  # slow to import, and most tables are UTF-8

    lines = [line for line in data[:_LOOKED_AT].splitlines() if not line.isascii()][:2000]
    sample = b"\n".join(lines)
    possible = from_bytes(sample, cp_isolation=list(_NAMES.values()), threshold=0.9)
    codecs_found = {found.encoding: place for place, found in enumerate(possible)}
    for codec in ("cp1252", "mac_roman", "cp1250"):
        codecs_found.setdefault(codec, len(codecs_found))
    ranked: dict[str, tuple[float, int]] = {}
    for place, (name, codec) in enumerate(_NAMES.items()):
        if codec in codecs_found:
            try:
                text = sample.decode(codec)
                data.decode(codec)
            except UnicodeError:
                continue
            ranked[name] = (_oddness(text), place)
    if not ranked:
        raise UnicodeError("no encoding fits")
    return tuple(sorted(ranked, key=ranked.__getitem__))[:_MAX_GUESSES]


def _oddness(text: str) -> float:
    """How little the words beyond ASCII look like words: points for each of their signs, on an average."""
    words = [word for word in re.split(r"[\s,;|\t\"'().-]+", text) if word and not word.isascii()]
    points = sum(_points(word) for word in words)
    return round(points / max(1, len(words)), 2)


def _points(word: str) -> float:
    scripts = set(_scripts(word))
    points = 3.0 * (len(scripts) > 1)
    if scripts == {"LATIN"} and len(word) > _SHORT:  # Cyrillic that is read as Western has accents on every letter
        points += 2 * (sum(not char.isascii() for char in word) * 2 > len(word))
    points += sum(char in _RARE for char in word) / 2
    for at, char in enumerate(word):
        if char.isascii():
            continue
        kind = unicodedata.category(char)
        if kind[0] == "C":
            points += 9
        elif kind[0] not in "LM":
            points += 3
        elif kind == "Lu" and at and word[at - 1].islower():
            points += 2
        elif kind == "Ll" and not at and len(word) > 1:
            points += 1
    return points


def _scripts(word: str) -> Iterator[str]:
    for char in word:
        if char.isalpha():
            script = unicodedata.name(char, "?").split()[0]
            yield "KANA" if script in ("HIRAGANA", "KATAKANA", "CJK") else script
