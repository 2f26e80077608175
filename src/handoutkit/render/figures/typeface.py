"""How large the words of figures are, how wide (by the advance widths of the font), and where their lines break."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

from handoutkit.models.document import Format
from handoutkit.render.scripts import EAST_ASIAN, LATIN, SCRIPTS
from handoutkit.render.shaping import ShapingFont
from handoutkit.render.theme import Theme


@dataclass(frozen=True, slots=True)
class LabelSizes:
    """Sizes of type in points, and how much the whole drawing is enlarged once it is laid out.

    Attributes:
        labels: the best first; a region's text is set half a point smaller than its label.
        numbers: that stand for labels where these do not fit.
        smallest: of the words on links and of a scale's numbers.
        enlarged: the sheet is laid out so much smaller; lines, spaces and places to write grow with it.
    """

    labels: tuple[float, ...] = (11.0, 10.5, 10.0, 9.5)
    numbers: tuple[float, ...] = (11.0, 9.5, 8.0, 7.0)
    smallest: float = 7.0
    enlarged: float = 1.0


STANDARD = LabelSizes()
SIZES: dict[Format, LabelSizes] = {
    "standard": STANDARD,
    "low-ink": STANDARD,
    "dyslexia-friendly": LabelSizes(labels=(13.0, 12.5), numbers=(13.0, 12.0), smallest=12.0),
    # Laid out for 15 points and enlarged to 18, so that a place to write a line in is over 10 mm high.
    "large-print": LabelSizes(labels=(15.5,), numbers=(15.0,), smallest=15.0, enlarged=1.2),
}


MM_PER_POINT = 25.4 / 72
LEADING = 1.28
"""Height of a line, in sizes of its type."""
_MM_PER_EM = MM_PER_POINT * 1.02  # kerning is left out of account, and a viewer may round
_UNKNOWN = 1.0  # of the size: a character that the font lacks is set in nothing wider
_HAN = "\u3040-\u30ff\u3400-\u9fff"
_PIECES = re.compile(rf"[{_HAN}][\u3001-\u303f\uff01-\uff20]*|[^\s/–—{_HAN}-]*[/–—-]+(?=\S)|[^\s{_HAN}]+")
"""What a line may break between: words, parts of joined words, Chinese characters and kana."""
_RARE = re.compile(f"[{LATIN.letters}]")


@dataclass(frozen=True)
class FaceMetrics:
    """One weight of the font that figures are lettered in.

    Attributes:
        load: gives the bytes of its TrueType file.
        others: of other scripts, for letters that it lacks.
        of_names: whether whole words are set in it for one letter or mark (``render.faces``).
    """

    load: Callable[[], bytes]
    others: tuple[tuple[re.Pattern[str], FaceMetrics], ...] = ()
    of_names: bool = False

    @cached_property
    def _font(self) -> ShapingFont:
        return ShapingFont(self.load())

    def own_advance(self, char: str) -> float | None:
        """The width of a character in sizes of the type, without kerning; None if the font lacks it."""
        advance = self._font.advance(char)
        return None if advance is None else advance / self._font.units

    def width(self, text: str, size: float) -> float:
        """The width of a line of text in millimetres, rather too much than too little."""
        return self.ems(text) * size * _MM_PER_EM

    def wrap(self, text: str, size: float, width: float) -> tuple[str, ...] | None:
        """Lines of about equal length, as few as there can be; None if a word is wider than the room."""
        return self._balanced(text, width / (size * _MM_PER_EM))

    @lru_cache(maxsize=8_000)  # noqa: B019 - typefaces are few, and as long-lived as the process
    def _balanced(self, text: str, ems: float) -> tuple[str, ...] | None:
        """What ``wrap`` gives, in room given in sizes of the type."""
        lines = self._filled(text, ems)
        if lines is None or len(lines) == 1:
            return lines
        narrow, wide = ems / 3, ems
        for _ in range(8):
            middle = (narrow + wide) / 2
            tighter = self._filled(text, middle)
            if tighter is not None and len(tighter) == len(lines):
                lines, wide = tighter, middle
            else:
                narrow = middle
        return lines

    def _filled(self, text: str, room: float) -> tuple[str, ...] | None:
        """Lines, each as full as can be; ``room`` in sizes of the type."""
        lines: list[str] = []
        reached = 0.0
        for piece, before, space, wide in self._pieces(text):
            if wide > room:
                return None
            if lines and reached + space + wide <= room:
                lines[-1] += before + piece
                reached += space + wide
            else:
                lines.append(piece)
                reached = wide
        return tuple(lines)

    @lru_cache(maxsize=1_000)  # noqa: B019 - as above
    def _pieces(self, text: str) -> list[tuple[str, str, float, float]]:
        """What a line may break between: each piece, the space before it or none, and both widths in sizes."""
        pieces = []
        for found in _PIECES.finditer(text):
            before = " " if text[max(found.start() - 1, 0)].isspace() else ""
            pieces.append((found[0], before, self.ems(before), self.ems(found[0])))
        return pieces

    def ems(self, text: str) -> float:
        """The width of a line of text, in sizes of its type."""
        rare = [face for _, face in self.others if face.of_names] if _RARE.search(text) else []
        return sum(max([self._advance(char), *(face.own_advance(char) or 0 for face in rare)]) for char in text)

    def _advance(self, char: str) -> float:
        if (found := self.own_advance(char)) is not None:
            return found
        other = next((face for letters, face in self.others if letters.match(char)), None)
        found = other.own_advance(char) if other else None
        return _UNKNOWN if found is None else found


@dataclass(frozen=True)
class Typeface:
    """A figure's lettering: its family, in two weights, and its sizes."""

    family: str
    regular: FaceMetrics
    bold: FaceMetrics
    sizes: LabelSizes = STANDARD

    @classmethod
    def of(cls, theme: Theme) -> Typeface:
        """The lettering of a theme in its format; the fonts are read when they are first needed."""
        lettering = theme.lettering
        regular = FaceMetrics(lambda: theme.font(lettering.regular), _of_scripts(theme, "Regular"))
        bold = FaceMetrics(lambda: theme.font(lettering.bold), _of_scripts(theme, "Bold"))
        return cls(lettering.family, regular, bold, SIZES[theme.format])

    def face(self, *, bold: bool) -> FaceMetrics:
        """The bold or the regular weight."""
        return self.bold if bold else self.regular


def _of_scripts(theme: Theme, weight: str) -> tuple[tuple[re.Pattern[str], FaceMetrics], ...]:
    """The fonts of other scripts, but of East Asian ones: their characters are as wide as they are high."""
    fonts = [(script, script.font(weight)) for script in SCRIPTS if script not in EAST_ASIAN]
    return tuple(
        (re.compile(f"[{script.letters}]"), FaceMetrics(partial(theme.asset, font), of_names=script is LATIN))
        for script, font in fonts
        if theme.has(font)
    )


def line_height(size: float) -> float:
    """The height of a line of type of that size, in millimetres."""
    return size * MM_PER_POINT * LEADING
