"""Values set as they stand in their places on a page, in any script that the theme has a font for.

All values of a page or of a client are set by WeasyPrint as one tiny page, a paragraph each: shaping, accents and
direction come out as they do in the handout, where a viewer's own drawing may know the characters of WinAnsiEncoding
only. Each paragraph's part of that page then becomes the appearance of one place.
"""

from __future__ import annotations

import io
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

import pikepdf

from handoutkit.errors import ContentError, Problem
from handoutkit.loading.files import read_text
from handoutkit.models.markdown import faults_in_characters

from .assets import AssetFetcher
from .complaints import MISSING_GLYPH, collected
from .engine import weasyprint
from .faces import Fonts, set_words_in_one_face
from .numbers_in_order import kept_in_order
from .scripts import SCRIPTS, ScriptStyles, scripts_in
from .theme import Theme
from .to_unicode import read_as_written

Align = Literal["start", "center", "end"]
PADDING = 2.0
"""Points between a field's edge and its words, as viewers have it."""
LEADING = 1.25
_TO_POINTS = 0.75  # from CSS pixels, in which WeasyPrint counts
_LETTER = 0.5  # of the size of type, a letter of common text is about as wide as that
_WIDTH, _SPARE = 2_000, 100_000  # points; room for values that turn out too long
_SLACK = 0.1
_PAGE = f"""
html, body {{ margin: 0 }}
p {{ box-sizing: border-box; margin: 0; padding: 0 {PADDING}pt; max-width: none; orphans: 1; widows: 1;
    white-space: pre-wrap; overflow-wrap: anywhere }}
p.lines {{ padding: {PADDING}pt; line-height: {LEADING} }}
"""
_WORDS = re.compile(rb"1 0 0 -1 \S+ (?P<y>\S+) Tm\n.*?(?=\n1 0 0 -1 \S+ \S+ Tm\n|\nET)", re.DOTALL)
"""What shows one run of letters on a line, from its matrix to the next or the end of the text object."""
_FONT = re.compile(rb"/\S+ \S+ Tf")


@dataclass(frozen=True, slots=True)
class Place:
    """Room for a value, and how words stand in it.

    Attributes:
        name: what the value is called, for problems.
        width: in points, as ``height`` and ``size``, which is the size of type.
        colour: red, green and blue from 0 to 1.
        lines: whether it takes several lines, or one in the middle of its height.
        covered: whether the ground is painted white once there are words.
    """

    name: str
    width: float
    height: float
    size: float
    colour: tuple[float, float, float] = (0, 0, 0)
    align: Align = "start"
    lines: bool = False
    covered: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """Values as they are drawn.

    Attributes:
        operators: a content stream for each value, on ground from 0, 0 to the place's width and height.
        pdf: a PDF of one page, whose resources these operators use.
    """

    operators: tuple[bytes, ...]
    pdf: bytes


class ValueSetter:
    """Sets values in one theme; its fonts are read once for all of them, those of a script when one is met.

    Values are in the theme's lettering. A workspace adds a script that handoutkit does not know with a stylesheet that
    has ``fonts`` in its name: it brings the face, and names it for ``.value``.
    """

    def __init__(self, theme: Theme) -> None:
        self._fetcher = AssetFetcher(theme)
        self._engine = weasyprint()
        self._fonts = Fonts()
        set_words_in_one_face()
        read_as_written()
        families = dict.fromkeys([theme.lettering.family, *(script.family for script in SCRIPTS)])
        own = f".value {{ font-family: {', '.join(map(repr, families))} }}"
        sheets = [read_text(path).text for path in theme.stylesheets if "fonts" in path.name]
        self._styles = [self._css(text) for text in [_PAGE, own, *sheets]]
        self._script_styles = ScriptStyles(theme, self._css)
        self._of_places: tuple[tuple[Place, ...], Any] = ((), None)

    def set(self, values: Sequence[tuple[Place, str]], language: str = "") -> Drawn:
        """The values, each in its place.

        Args:
            language: of the page they stand on, which tells whose Chinese characters are in them.

        Raises:
            ContentError: a value does not fit its place, or the theme has no font for a character. What is said
                names the place, never anything of the value.
            MachineError: the fonts of a script are not installed.
        """
        problems = [found for place, value in values if (found := fault_in(place, value))]
        places = tuple(place for place, _ in values)
        body = "".join(_paragraph(n, place, value, language) for n, (place, value) in enumerate(values))
        styles = [*self._styles, *self._script_styles.of(body, language), self._sheet(places)]
        with collected() as complaints:
            page = self._engine.HTML(
                string=f'<html lang="und"><title>-</title><body>{body}', url_fetcher=self._fetcher
            ).render(stylesheets=styles, font_config=self._fonts)
            boxes = _boxes(page)
            problems += [too_long(place) for place, box in zip(places, boxes, strict=False) if not _fits(place, box)]
            pdf: bytes = b"" if problems else page.write_pdf()
        problems += dict.fromkeys(_without_font(message) for message in complaints)
        if problems:
            raise ContentError(problems)
        return Drawn(tuple(_operators(values, boxes, pdf)), pdf)

    def _css(self, text: str) -> Any:
        return self._engine.CSS(string=text, url_fetcher=self._fetcher, font_config=self._fonts)

    def _sheet(self, places: tuple[Place, ...]) -> Any:
        """The styles of these places; a roster's rows all have the same, so the last are kept."""
        if self._of_places[0] != places:
            tall = sum(place.height for place in places) + _SPARE
            rules = "".join(f".p{n} {{ {_style(place)} }}" for n, place in enumerate(places))
            self._of_places = places, self._css(f"@page {{ size: {_WIDTH}pt {tall}pt; margin: 0 }} {rules}")
        return self._of_places[1]


def _style(place: Place) -> str:
    leading = "" if place.lines else f"; line-height: {place.height}pt"
    width = f"width: {place.width}pt; min-height: {place.height}pt"
    return f"{width}; font-size: {place.size}pt; text-align: {place.align}{leading}"


def _paragraph(number: int, place: Place, value: str, page_language: str) -> str:
    direction = "rtl" if _runs_from_right(value) else "ltr"
    kind = "lines" if place.lines else "line"
    language = next((script.languages[0] for script in scripts_in(value, page_language)), "und")
    words = kept_in_order(escape(value)) if direction == "rtl" else escape(value)
    return f'<p class="value {kind} p{number}" lang="{language}" style="direction: {direction}">{words}</p>'


def _runs_from_right(value: str) -> bool:
    """Whether the first letter that has a direction is of a script written from the right."""
    strong = (unicodedata.bidirectional(char) for char in value)
    return next((direction != "L" for direction in strong if direction in ("L", "R", "AL")), False)


def _boxes(page: Any) -> list[Any]:
    """The boxes of the paragraphs, which measure in CSS pixels from the top left corner."""
    body = next(box for box in page.pages[0]._page_box.descendants() if box.element_tag == "body")
    return list(body.children)


def _fits(place: Place, box: Any) -> bool:
    """A second line is twice as high; letters of another font may make the one line a little higher."""
    most = place.height + _SLACK if place.lines else place.height * 1.5
    return bool(box.margin_height() * _TO_POINTS <= most)


def _operators(values: Sequence[tuple[Place, str]], boxes: list[Any], pdf: bytes) -> Iterator[bytes]:
    """The page's words dealt out to the paragraphs that they stand in."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        content = document.pages[0].Contents.read_bytes()
    words: list[list[bytes]] = [[] for _ in values]
    tops = [box.position_y for box in boxes]
    font = b""  # a run that is set as the one before does not name its font again
    for found in _WORDS.finditer(content):
        words[bisect_right(tops, float(found["y"])) - 1] += [font, found[0]]
        font = ([font, *_FONT.findall(found[0])])[-1]
    for (place, value), box, lines in zip(values, boxes, words, strict=True):
        ground = f"1 g 0 0 {place.width:g} {place.height:g} re f\n" if place.covered and value else ""
        red, green, blue = place.colour
        scale = f"{_TO_POINTS} 0 0 {-_TO_POINTS} 0 {place.height + box.position_y * _TO_POINTS:.4f} cm"
        start = f"q\n{ground}{scale}\n{red:g} {green:g} {blue:g} rg\nBT\n"
        yield start.encode() + b"\n".join(lines) + b"\nET\nQ"


def fault_in(place: Place, value: str) -> Problem | None:
    """What is wrong with a value's characters."""
    if not (fault := faults_in_characters(value)):
        return None
    message, hint, _ = fault
    return Problem("bad-character", f"in the value for `{place.name}`, {message}", hint, path=place.name)


def too_long(place: Place) -> Problem:
    """The problem of a value that does not fit, with what does."""
    letters = round((place.width - 2 * PADDING) / (place.size * _LETTER))
    lines = int((place.height - 2 * PADDING) / (place.size * LEADING)) if place.lines else 1
    room = f"{lines} lines of about {letters} letters" if lines > 1 else f"one line of about {letters} letters"
    message = f"the value for `{place.name}` does not fit its place"
    return Problem("value-too-long", message, f"there is {room}", path=place.name)


def _without_font(message: str) -> Problem:
    """The problem of a character that no font has. It names the script: the character itself is of the value."""
    if found := MISSING_GLYPH.search(message):
        script = unicodedata.name(found["char"], "an unknown script").split()[0].title()
        hint = "put a font that has them below `templates/fonts/` and name it in a stylesheet, see templates/README.md"
        return Problem("missing-glyph", f"no font of the theme has all the characters of a value ({script})", hint)
    return Problem("layout", message, "see the stylesheets with `fonts` in their names")
