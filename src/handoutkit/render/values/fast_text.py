"""Sets values that need only the theme's own font: shaped by HarfBuzz, line by line, without a layout engine.

Most names, days and notes have no letter that the lettering lacks, and a page layout for each of them costs a hundred
times as much. All others go to ``value_setter.ValueSetter``, which knows every script.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

import uharfbuzz
from fontTools.ttLib import TTFont

from handoutkit.render.shaping import KERNING, ShapedText

from .value_box import LEADING, PADDING, Align, ValueBox, ValueFit, room, ways

NAME = "/HdktValue"
"""Of the font, among the resources of an appearance."""
_SHARE: dict[Align, float] = {"start": 0, "center": 0.5, "end": 1}  # of what a line leaves free, on its left


@dataclass(frozen=True, slots=True)
class _Word:
    """A word and how wide it is, in units of the font."""

    text: str
    width: int


class FastText:
    """Sets values in one font.

    Attributes:
        units: of the font, to its size.
        letters: glyph numbers by code point.
    """

    def __init__(self, font: bytes) -> None:
        self._font = uharfbuzz.Font(uharfbuzz.Face(font))
        table = TTFont(io.BytesIO(font), lazy=True)
        self.units: int = table["head"].unitsPerEm
        self.letters: dict[int, int] = {
            code: table.getGlyphID(name) for code, name in table.getBestCmap().items() if not _is_mark(code)
        }
        self._ascent: float = table["hhea"].ascent / self.units
        self._descent: float = -table["hhea"].descent / self.units

    def takes(self, value: str) -> bool:
        """Whether the font has every letter of a value; none that it has is written from the right, nor is a mark."""
        return all(char == "\n" or ord(char) in self.letters for char in value)

    def set(self, place: ValueBox, value: str) -> bytes | None:
        """The operators that show a value in its place, on ground from 0, 0; None if it does not fit.

        Args:
            value: one that ``takes`` takes.
        """
        if "\n" in value and not place.lines:
            return None
        words = [[self._word(word) for word in line.split(" ")] for line in value.split("\n")]
        wide = sum(word.width for line in words for word in line)
        longest = max(word.width for line in words for word in line)
        for way in sorted(ways(place), key=lambda way: longest > self._most(place, way)):  # words are broken last
            most = self._most(place, way)
            if wide > most * way.rows or len(words) > way.rows:
                continue
            lines = list(islice(self._lines(words, most), way.rows + 1)) if way.rows > 1 else [self.shaped(value)]
            if len(lines) <= way.rows and all(line.width <= most for line in lines):
                return self._operators(replace(place, size=way.size), way, lines)
        return None

    def _most(self, place: ValueBox, way: ValueFit) -> int:
        """How wide a line may be, in units of the font."""
        return int(room(place, way) * self.units)

    def _operators(self, place: ValueBox, way: ValueFit, lines: Sequence[ShapedText]) -> bytes:
        pitch = place.size * LEADING if place.lines else place.height / way.rows
        red, green, blue = place.colour
        ground = f"1 g 0 0 {place.width:g} {place.height:g} re f\n" if place.covered else ""
        baselines = [self._baseline(place, pitch, number) for number in range(len(lines))]
        shown = "\n".join(
            f"1 0 0 1 {self._left(place, line):.2f} {baseline:.2f} Tm {glyphs(line, self.units)} TJ"
            for line, baseline in zip(lines, baselines, strict=True)
            if line.glyphs
        )
        font = f"{NAME} {place.size:g} Tf"
        return f"q\n{ground}{red:g} {green:g} {blue:g} rg\nBT\n{font}\n{shown}\nET\nQ".encode()

    def _left(self, place: ValueBox, line: ShapedText) -> float:
        free = place.width - 2 * PADDING - line.width * place.size / self.units
        left: float = PADDING + free * _SHARE[place.align]
        return left

    def _baseline(self, place: ValueBox, pitch: float, number: int) -> float:
        """From the foot of the place; the letters stand in the middle of their line."""
        above = (pitch - (self._ascent + self._descent) * place.size) / 2 + self._ascent * place.size
        return place.height - PADDING * place.lines - number * pitch - above

    def _lines(self, paragraphs: Sequence[Sequence[_Word]], most: int) -> Iterator[ShapedText]:
        """Lines, each as full as can be; a word wider than the room is broken."""
        space = self.shaped(" ").width
        for words in paragraphs:
            line = _Word("", 0)
            for word in chain.from_iterable(self._pieces(word, most) for word in words):
                if not line.text:
                    line = word
                elif line.width + space + word.width <= most:
                    line = _Word(f"{line.text} {word.text}", line.width + space + word.width)
                else:
                    yield self.shaped(line.text)
                    line = word
            yield self.shaped(line.text)

    def _pieces(self, word: _Word, most: int) -> Iterator[_Word]:
        """The word; in pieces, each as wide as the line allows, if it is wider than a line. Linear in its letters."""
        if word.width <= most:
            yield word
            return
        start, reached = 0, 0
        for end, (number, less) in enumerate(self.shaped(word.text).glyphs):
            wide = self._font.get_glyph_h_advance(number) - min(less, 0)  # no nearer to a letter of the next line
            if end > start and reached + wide > most:
                yield _Word(word.text[start:end], reached)
                start, reached = end, 0
            reached += wide
        yield _Word(word.text[start:], reached)

    def _word(self, text: str) -> _Word:
        return _Word(text, self.shaped(text).width)

    def shaped(self, text: str) -> ShapedText:
        """The glyphs of a text that ``takes`` takes, on one line."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self._font, buffer, KERNING)
        advances = [place.x_advance for place in buffer.glyph_positions or ()]
        numbers = [info.codepoint for info in buffer.glyph_infos or ()]
        own = [self._font.get_glyph_h_advance(number) for number in numbers]
        less = [mine - given for mine, given in zip(own, advances, strict=True)]
        return ShapedText(tuple(zip(numbers, less, strict=True)), sum(advances))


def _is_mark(code: int) -> bool:
    """Whether a character is set on the letter before it, which takes more than its advance."""
    return unicodedata.category(chr(code)).startswith("M")


def glyphs(line: ShapedText, units: int) -> str:
    """The operand of TJ: runs of glyphs, and between them how much nearer the next one is, in thousandths."""
    return operand(glyph_numbers(line.glyphs, units))


def glyph_numbers(placed: Iterable[tuple[int, int]], units: int) -> str:
    """Glyphs for an ``operand``, which may be joined with others: each with how much nearer the next one is."""
    return "".join(f"{number:04x}> {less * 1000 / units:.0f} <" if less else f"{number:04x}" for number, less in placed)


def operand(numbers: str) -> str:
    """The operand of TJ for joined ``glyph_numbers``.

    >>> operand("0041> -20 <0042")
    '[<0041> -20 <0042>]'
    """
    return f"[<{numbers}>]".replace("<> ", "").replace(" <>", "").replace("<>", "")
