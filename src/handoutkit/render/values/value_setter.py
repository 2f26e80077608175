"""Sets values for their places on a page, in any script that the theme has a font for.

All values of a page or of a client are set by WeasyPrint as one tiny page, a paragraph each: shaping, accents and
direction come out as they do in the handout, where a viewer's own drawing may know the characters of WinAnsiEncoding
only. Each paragraph's part of that page then becomes the appearance of one place.
"""

from __future__ import annotations

import io
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pikepdf
from fontTools import unicodedata as scripts

from handoutkit.errors import ContentError, Problem
from handoutkit.render.asset_fetcher import AssetFetcher
from handoutkit.render.complaints.weasyprint_log import MISSING_GLYPH, collected
from handoutkit.render.scripts import SCRIPTS, Script, ScriptStyles, scripts_in
from handoutkit.render.templating.number_direction import numbers_left_to_right
from handoutkit.render.theme import Theme
from handoutkit.render.weasyprint_patches import patches
from handoutkit.render.weasyprint_patches.engine import weasyprint
from handoutkit.render.weasyprint_patches.layout_boxes import TO_POINTS, VerticalExtent, paragraph_extents
from handoutkit.render.weasyprint_patches.word_faces import Fonts

from .flow_page import fitted_flow
from .printable import fault_in
from .text_faces import FACE_RULE
from .text_flow import TextFlow, flow_too_long, text_of
from .value_box import LEADING, PADDING, ValueBox, ValueFit, cannot_fit, too_long, ways

_WIDTH, _SPARE = 2_000, 100_000  # points; room for values that turn out too long
_SLACK = 0.1
_FULL_LATIN = "\u1ea1"  # brings the face with most Latin letters, for what the lettering lacks
_NO_SCRIPT = {"Zyyy": "signs of no script", "Zinh": "accents"}  # by ISO 15924, as fontTools has it
_PAGE = f"""
html, body {{ margin: 0 }}
p {{ box-sizing: border-box; margin: 0; padding: 0 {PADDING}pt; max-width: none; orphans: 1; widows: 1;
    white-space: pre-wrap; overflow-wrap: anywhere }}
p.lines {{ padding: {PADDING}pt; line-height: {LEADING} }}
span.line {{ display: block }}
"""
_WORDS = re.compile(rb"1 0 0 -1 \S+ (?P<y>\S+) Tm\n.*?(?=\n1 0 0 -1 \S+ \S+ Tm\n|\nET)", re.DOTALL)
"""What shows one run of letters on a line, from its matrix to the next or the end of the text object."""
_FONT = re.compile(rb"/\S+ \S+ Tf")


@dataclass(frozen=True, slots=True)
class DrawnValues:
    """Values as content streams.

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
        self._theme = theme
        self._of_scripts: dict[tuple[Script, ...], _ScriptSetter] = {}

    def set(self, values: Sequence[tuple[ValueBox, str]], language: str = "") -> DrawnValues:
        """Draw each value for its place.

        Args:
            language: of the page they stand on, which tells whose Chinese characters are in them.

        Raises:
            ContentError: a value does not fit its place, or the theme has no font for a character. What is said
                names the place, never anything of the value.
            MissingFontsError: the fonts of a script are not installed.
        """
        problems = [found for place, value in values if (found := fault_in(place.name, value))]
        problems += [too_long(place) for place, value in values if cannot_fit(place, value)]
        if problems:
            raise ContentError(problems)
        with collected() as complaints:
            page, boxes, misfits = self._script_setter(values, language).fitted(values, language)
            problems += [too_long(place) for place in misfits]
            pdf: bytes = b"" if problems else page.write_pdf()
        problems += dict.fromkeys(_without_font(message) for message in complaints)
        if problems:
            raise ContentError(problems)
        return DrawnValues(tuple(_operators(values, boxes, pdf)), pdf)

    def set_flow(self, flow: TextFlow, given: Mapping[str, str]) -> DrawnValues:
        """Draw the paragraphs of running text, each on ground as large as all of it. Raises as ``set`` does."""
        words = "\n".join(text_of(paragraph, given) for paragraph in flow.paragraphs)
        problems: list[Problem] = []
        with collected() as complaints:
            fitting = fitted_flow(self._for_text(words, flow.language).page, flow, given)
            pdf: bytes = fitting.page.write_pdf() if fitting else b""
        problems += [] if fitting else [flow_too_long(flow)]
        problems += dict.fromkeys(_without_font(message) for message in complaints)
        if problems or not fitting:
            raise ContentError(problems)
        parts = _words_of_parts(pdf, fitting.tops)
        grounds = [_on_ground(words, flow.colour, flow.height + fitting.tops[0] * TO_POINTS) for words in parts]
        return DrawnValues(tuple(grounds), pdf)

    def _script_setter(self, values: Sequence[tuple[ValueBox, str]], language: str) -> _ScriptSetter:
        return self._for_text("\n".join(value for _, value in values), language)

    def _for_text(self, text: str, language: str) -> _ScriptSetter:
        """The setter for values of its scripts, which has their fonts alone: no value depends on those set before."""
        found = tuple(scripts_in(text, language))
        if found not in self._of_scripts:
            self._of_scripts[found] = _ScriptSetter(self._theme)
        return self._of_scripts[found]


class _ScriptSetter:
    """Fonts and styles for values of some scripts, read once."""

    def __init__(self, theme: Theme) -> None:
        self._fetcher = AssetFetcher(theme)
        self._engine = weasyprint()
        self._fonts = Fonts()
        patches.apply_all()
        families = dict.fromkeys([theme.lettering.family, *(script.family for script in SCRIPTS)])
        own = f".value {{ font-family: {', '.join(map(repr, families))} }}"
        faces = [face for sheet in theme.styles for face in FACE_RULE.findall(sheet.text)]
        self._styles = [self._css(text) for text in [_PAGE, own, "\n".join(faces)]]
        self._script_styles = ScriptStyles(theme, self._css)
        self._of_places: tuple[tuple[tuple[ValueBox, ValueFit], ...], Any] = ((), None)

    def fitted(
        self, values: Sequence[tuple[ValueBox, str]], language: str
    ) -> tuple[Any, list[VerticalExtent], list[ValueBox]]:
        """Lay each value out in the first way that fits; returns the page, its boxes, and the places where none fits.

        Raises:
            MachineError: the fonts of a script are not installed.
        """
        body = "".join(_paragraph(n, place, value, language) for n, (place, value) in enumerate(values))
        untried = [list(ways(place))[::-1] for place, _ in values]
        tried = [left.pop() for left in untried]
        while True:
            page = self._page(body, language, tuple(zip((place for place, _ in values), tried, strict=True)))
            boxes = paragraph_extents(page)
            misfits = [n for n, (place, _) in enumerate(values) if not _fits(place, tried[n], boxes[n])]
            if not any(untried[n] for n in misfits):
                return page, boxes, [values[n][0] for n in misfits]
            for n in misfits:
                tried[n] = untried[n].pop() if untried[n] else tried[n]

    def _page(self, body: str, language: str, tried: tuple[tuple[ValueBox, ValueFit], ...]) -> Any:
        return self.page(body, language, self._sheet(tried))

    def page(self, body: str, language: str, sheet: Any) -> Any:
        """A page laid out.

        Args:
            sheet: a stylesheet, as text or as it was read.
        """
        sheet = self._css(sheet) if isinstance(sheet, str) else sheet
        styles = [*self._styles, *self._script_styles.of(body + _FULL_LATIN, language), sheet]
        html = self._engine.HTML(string=f'<html lang="und"><title>-</title><body>{body}', url_fetcher=self._fetcher)
        return html.render(stylesheets=styles, font_config=self._fonts)

    def _css(self, text: str) -> Any:
        return self._engine.CSS(string=text, url_fetcher=self._fetcher, font_config=self._fonts)

    def _sheet(self, tried: tuple[tuple[ValueBox, ValueFit], ...]) -> Any:
        """The styles of these places; a roster's rows all have the same, so the last are kept."""
        if self._of_places[0] != tried:
            tall = sum(place.height for place, _ in tried) + _SPARE
            rules = "".join(f".p{n} {{ {_style(place, way)} }}" for n, (place, way) in enumerate(tried))
            self._of_places = tried, self._css(f"@page {{ size: {_WIDTH}pt {tall}pt; margin: 0 }} {rules}")
        return self._of_places[1]


def _style(place: ValueBox, way: ValueFit) -> str:
    leading = "" if place.lines else f"; line-height: {place.height / way.rows}pt"
    width = f"width: {place.width}pt; min-height: {place.height}pt"
    return f"{width}; font-size: {way.size}pt; text-align: {place.align}{leading}"


def _paragraph(number: int, place: ValueBox, value: str, page_language: str) -> str:
    kind = "lines" if place.lines else "line"
    scripts_of_words = (script for script in scripts_in(value, page_language) if script.languages)
    language = next((script.languages[0] for script in scripts_of_words), "und")
    words = _directed(value)
    if place.lines and "\n" in value:
        words = "".join(f"<span{_line(line)}</span>" for line in value.split("\n"))
    style = f"direction: {_direction(value)}"
    if place.align == "start":  # of the whole: its lines end up on one side, whatever direction each has
        style += f"; text-align: {'right' if _runs_from_right(value) else 'left'}"
    return f'<p class="value {kind} p{number}" lang="{language}" style="{style}">{words}</p>'


def _line(line: str) -> str:
    """What is between ``<span`` and ``</span>`` for a line, which has a direction of its own (UAX #9, P1)."""
    return f' class="line" style="direction: {_direction(line)}">{_directed(line) or "<br>"}'


def _directed(text: str) -> str:
    return numbers_left_to_right(escape(text)) if _runs_from_right(text) else escape(text)


def _direction(text: str) -> str:
    return "rtl" if _runs_from_right(text) else "ltr"


def _runs_from_right(value: str) -> bool:
    """Whether the first letter that has a direction is of a script written from the right."""
    strong = (unicodedata.bidirectional(char) for char in value)
    return next((direction != "L" for direction in strong if direction in ("L", "R", "AL")), False)


def _fits(place: ValueBox, way: ValueFit, box: VerticalExtent) -> bool:
    """Whether a value fits: a line too many makes it much higher, letters of another font only a little."""
    most = place.height + _SLACK if place.lines else place.height * (way.rows + 0.5) / way.rows
    return bool(box.height * TO_POINTS <= most)


def _operators(values: Sequence[tuple[ValueBox, str]], boxes: list[VerticalExtent], pdf: bytes) -> Iterator[bytes]:
    """Divide the words of the page among the values whose paragraphs they stand in."""
    parts = _words_of_parts(pdf, [box.top for box in boxes])
    for (place, value), box, words in zip(values, boxes, parts, strict=True):
        ground = b"1 g 0 0 %g %g re f\n" % (place.width, place.height) if place.covered and value else b""
        yield _on_ground(words, place.colour, place.height + box.top * TO_POINTS, ground)


def _words_of_parts(pdf: bytes, tops: Sequence[float]) -> list[list[bytes]]:
    """The operators that show words on a page, divided among the paragraphs that begin at these heights."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        content = document.pages[0].Contents.read_bytes()
    words: list[list[bytes]] = [[] for _ in tops]
    font = b""  # a run that is set as the one before does not name its font again
    for found in _WORDS.finditer(content):
        words[bisect_right(tops, float(found["y"])) - 1] += [font, found[0]]
        font = ([font, *_FONT.findall(found[0])])[-1]
    return words


def _on_ground(words: Sequence[bytes], colour: tuple[float, float, float], top: float, ground: bytes = b"") -> bytes:
    """Operators as a content stream whose coordinates are turned over, with their origin at ``top`` in points."""
    red, green, blue = colour
    scale = f"{TO_POINTS} 0 0 {-TO_POINTS} 0 {top:.4f} cm"
    start = f"{scale}\n{red:g} {green:g} {blue:g} rg\nBT\n"
    return b"q\n" + ground + start.encode() + b"\n".join(words) + b"\nET\nQ"


def _without_font(message: str) -> Problem:
    """The problem of a character that no font has. It names the script: the character itself is of the value."""
    if found := MISSING_GLYPH.search(message):
        script = scripts.script(found["char"])
        name = _NO_SCRIPT.get(script) or scripts.script_name(script, "an unknown script").replace("_", " ")
        hint = "put a font that has them below `templates/fonts/` and name it in a stylesheet, see templates/README.md"
        return Problem("missing-glyph", f"no font of the theme has all the characters of a value ({name})", hint)
    return Problem("layout", message, "see the stylesheets with `fonts` in their names")
