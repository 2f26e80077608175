"""What the glyphs of a PDF's fonts stand for: a page reads as it was written, cluster by cluster.

A font's ToUnicode table has one text for each code, and WeasyPrint 70 writes glyph numbers as codes. But a glyph may
stand for several texts: an accent over any of many letters, a hyphen that was typed or was set at the end of a line.
So a glyph that stands for another text than before gets another code, which the font leads to the same glyph
(CIDToGIDMap, ISO 32000-2, 9.7.4.2). Where several glyphs show one cluster of letters, each has its share of the text:
one after the other, they say it all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, ItemsView, Iterator
from functools import lru_cache
from typing import Any

import pydyf

from .engine import weasyprint

_PLAIN = re.compile("[ -~\xa0-\xac\xae-\xff\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026]*").fullmatch
"""Texts whose characters have a glyph each that stands for nothing else among them."""
_JOINERS = ("\N{ZERO WIDTH NON-JOINER}", "\N{ZERO WIDTH JOINER}")
_NOTHING = "\N{ZERO WIDTH SPACE}"
"""Stands for nothing, and is something: PDF/UA-1 takes no empty text (7.21.7)."""
_GLYPHS = re.compile(rb"<([0-9a-f]+)>")
_DIGITS = 4  # of a code


@lru_cache(maxsize=1)
def read_as_written() -> None:
    """Have WeasyPrint write such codes from now on. Once is enough."""
    engine: Any = weasyprint()
    stream: Any = engine.pdf.stream
    fonts: Any = engine.pdf.fonts
    text: Any = engine.draw.text
    stream.Font = _font_that_tells(stream.Font)
    fonts._build_vector_font_dictionary = _with_map(fonts._build_vector_font_dictionary)
    text.draw_first_line = _reading(text.draw_first_line)


class Codes(dict[int, str]):
    """What the codes of one font stand for: those that are glyph numbers, and with ``items`` all others, too.

    Attributes:
        fresh: glyphs first met on this line, whose texts are what WeasyPrint thinks.
        taken: glyphs that stand for a text that is not plain, by their own number.
        doubtful: whether this line has any that may stand for something else.
    """

    def __init__(self, first: int) -> None:
        super().__init__()
        self.fresh: set[int] = set()
        self.taken: set[int] = set()
        self.doubtful = False
        self.others: dict[tuple[int, str], int] = {}
        self._first = first

    def __contains__(self, glyph: object) -> bool:
        if glyph in self.taken:
            self.doubtful = True
        return super().__contains__(glyph)

    def __setitem__(self, glyph: int, text: str) -> None:
        self.fresh.add(glyph)
        self.doubtful = self.doubtful or not text
        super().__setitem__(glyph, _untied(text))

    def items(self) -> ItemsView[int, str]:  # type: ignore[override]
        return {**self, **{code: text for (_, text), code in self.others.items()}}.items()

    def start_line(self) -> None:
        self.fresh.clear()
        self.doubtful = False

    def code(self, glyph: int, text: str) -> int:
        """The code by which a glyph stands for a text."""
        if glyph in self.fresh:
            self.fresh.remove(glyph)
            super().__setitem__(glyph, text)
            if not _PLAIN(text):
                self.taken.add(glyph)
        if self[glyph] == text:
            return glyph
        return self.others.setdefault((glyph, text), self._first + len(self.others))


def _font_that_tells(font: Any) -> Any:
    class Font(font):  # type: ignore[misc]
        def __init__(self, *args: Any) -> None:
            super().__init__(*args)
            self.to_unicode = Codes(self.glyph_count)

    return Font


def _with_map(build: Callable[..., None]) -> Callable[..., None]:
    def build_vector_font_dictionary(dictionary: Any, pdf: pydyf.PDF, font: Any, *more: Any) -> None:
        build(dictionary, pdf, font, *more)
        others = font.to_unicode.others
        if not others:
            return
        table = bytearray(2 * (font.glyph_count + len(others)))
        for code, glyph in [*((glyph, glyph) for glyph in font.to_unicode), *((c, g) for (g, _), c in others.items())]:
            table[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
        stream = pydyf.Stream([bytes(table)], compress=True)
        pdf.add_object(stream)
        next(made for made in reversed(pdf.objects) if "CIDToGIDMap" in getattr(made, "keys", tuple)())[
            "CIDToGIDMap"
        ] = stream.reference

    return build_vector_font_dictionary


def _reading(draw: Callable[..., Any]) -> Callable[..., Any]:
    def draw_first_line(stream: Any, textbox: Any, *more: Any) -> Any:
        start = len(stream.stream)
        for font in stream._fonts.values():
            font.to_unicode.start_line()
        emojis = draw(stream, textbox, *more)
        if not _PLAIN(textbox.text) or any(font.to_unicode.doubtful for font in stream._fonts.values()):
            _rewrite(stream, start, list(_codes(stream, textbox.pango_layout)))
        return emojis

    return draw_first_line


def _rewrite(stream: Any, start: int, codes: list[tuple[int, int]]) -> None:
    """Write the codes of a line for its glyphs, if any of them is another."""
    if all(glyph == code for glyph, code in codes):
        return
    following = iter(codes)

    def written(run: re.Match[bytes]) -> bytes:
        return b"<%s>" % b"".join(b"%04x" % next(following)[1] for _ in range(len(run[1]) // _DIGITS))

    for position in range(start, len(stream.stream)):
        if stream.stream[position].endswith(b"] TJ"):
            stream.stream[position] = _GLYPHS.sub(written, stream.stream[position])


def _codes(stream: Any, layout: Any) -> Iterator[tuple[int, int]]:
    """Each glyph of a line as it is drawn, with its code."""
    pango = weasyprint().text.ffi.pango
    line, _ = layout.get_first_line()
    text = layout.text.encode()
    run = line.runs[0]
    while run:
        item = run.data
        run = run.next
        font, _ = stream.add_font(item.item.analysis.font)
        said: Codes = font.to_unicode
        for number, share in _shares(item, text, pango):
            if number & pango.PANGO_GLYPH_UNKNOWN_FLAG:
                yield 0, 0  # is a problem of the handout
                continue
            code = said.code(number, share)
            font.widths[code] = font.widths[number]
            yield number, code


def _shares(item: Any, text: bytes, pango: Any) -> Iterator[tuple[int, str]]:
    """The glyphs of a run from left to right, each with what it says."""
    start, length = item.item.offset, item.item.length
    from_right = item.item.analysis.level % 2
    glyphs = item.glyphs
    order = range(glyphs.num_glyphs)
    numbers = [glyphs.glyphs[n].glyph for n in order]
    begins = [glyphs.log_clusters[n] for n in order]
    ends = dict(zip(marks := sorted(set(begins)), [*marks[1:], length], strict=True))
    said: dict[int, str] = {}
    clusters: list[tuple[list[int], str]] = []
    for begin in marks:
        shown = [n for n in order if begins[n] == begin and numbers[n] != pango.PANGO_GLYPH_EMPTY]
        words = _untied(text[start + begin : start + ends[begin]].decode())
        if shown:
            clusters.append((shown, words))
        elif clusters and words in _JOINERS:
            clusters[-1] = (clusters[-1][0], clusters[-1][1] + words)
    for shown, words in clusters:
        said |= zip(reversed(shown) if from_right else shown, _divided(words, len(shown)), strict=True)
    yield from ((numbers[n], said[n]) for n in order if n in said)


@lru_cache(maxsize=4_000)
def _divided(text: str, count: int) -> list[str]:
    """A cluster's text in as many parts as it has glyphs."""
    if count == 1:
        return [text]
    composed = unicodedata.normalize("NFC", text)
    whole = composed if len(composed) == count else text if len(text) >= count else unicodedata.normalize("NFD", text)
    whole = whole.ljust(count, _NOTHING)
    first = len(whole) - count + 1
    return [whole[:first], *whole[first:]]


def _untied(text: str) -> str:
    """With the spaces that were typed: words are tied for the page alone (``environment.typeset``)."""
    return text.replace("\N{NO-BREAK SPACE}", " ")
