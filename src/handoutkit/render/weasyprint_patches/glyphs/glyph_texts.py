"""A patch by which a page reads as it was written: what the codes of a PDF's fonts stand for.

A font's ToUnicode table has one text for each code, and WeasyPrint 70 writes glyph numbers as codes. But a glyph may
stand for several texts (an accent over any of many letters, a hyphen that was typed or that ends a line), and several
glyphs may show one cluster of letters, moved over each other in ways that readers take for spaces between words. So a
line that has either is written anew, with a glyph of its own for each cluster (``cluster_glyphs``).

Where a script is written from the right, readers turn the characters of a line around one by one, those of a single
glyph as well. There each character of a cluster gets a glyph, the first of which shows all of the cluster. And the
parts of a line that has both directions are written in the order in which they are read (``mixed_lines``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, ItemsView
from typing import Any

import pydyf

from handoutkit.render.weasyprint_patches.engine import Patch, Target

from . import cluster_glyphs
from .cluster_glyphs import Part
from .clusters import Cluster, clusters
from .mixed_lines import parts_in_reading_order

_PLAIN = re.compile(
    "[ -~\xa0-\xac\xae-\xff\u2000-\u200a\u202f\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026]*"
).fullmatch
"""Texts whose characters have a glyph each, which stands for nothing else among them."""
_SPACES = dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F], " ")
_ENDS_WITH_NUMBER = re.compile(r"(.*>)\s*(-?\d+)", re.DOTALL)
_MARK = "Mn"
_WEAK = ("CS", "ES", "ET", "EN", "AN", "BN", "NSM")  # by Unicode's Bidi_Class
_RIGHT_TO_LEFT_MARK = "\N{RIGHT-TO-LEFT MARK}"
_NOTHING = "\N{ZERO WIDTH SPACE}"
"""It is nothing to a reader, and something to PDF/UA-1, which takes no empty text (7.21.7)."""


Sign = tuple[tuple[Part, ...], int, str]
"""What is shown by one code: the parts of its glyph, its width in thousandths, and its text."""


class Codes(dict[int, str]):
    """What the codes of a font stand for: as a mapping, those that are the numbers of its own glyphs.

    Attributes:
        added: the codes of glyphs that the font gets, in order, by what they are made of, their width and their text.
        doubtful: whether a glyph of this line may stand for something else.
    """

    def __init__(self, first: int) -> None:
        super().__init__()
        self.added: dict[Sign, int] = {}
        self.doubtful = False
        self._first = first
        self._new: list[int] = []  # glyphs first met on this line
        self._silent: set[int] = set()  # glyphs that are only parts of others so far
        self._taken: set[int] = set()  # glyphs whose own numbers stand for a text that is not plain

    def __contains__(self, glyph: object) -> bool:
        self.doubtful = self.doubtful or glyph in self._taken or glyph in self._silent
        return super().__contains__(glyph)

    def __setitem__(self, glyph: int, text: str) -> None:
        self._new.append(glyph)
        self.doubtful = self.doubtful or not text
        super().__setitem__(glyph, untied(text) or _NOTHING)

    def __len__(self) -> int:
        return len(self.items())

    def items(self) -> ItemsView[int, str]:  # type: ignore[override]
        """All codes that are written, those of added glyphs as well; WeasyPrint makes the table of them."""
        own = {glyph: text for glyph, text in super().items() if glyph not in self._silent}
        return (own | {code: text for (_, _, text), code in self.added.items()}).items()

    def start_line(self) -> None:
        """Begin a line: what was met on the one before is known by now."""
        self._new.clear()
        self.doubtful = False

    def silence_new(self) -> None:
        """Take the line for one that is written anew, with ``is_own`` and ``code_for``."""
        self._silent.update(self._new)

    def is_own(self, glyph: int, text: str) -> bool:
        """Whether a glyph's own number stands for a text; from now on it does if it stood for none."""
        if glyph in self._silent:
            self._silent.remove(glyph)
            super().__setitem__(glyph, text)
            if not _PLAIN(text):
                self._taken.add(glyph)
        return self[glyph] == text

    def code_for(self, sign: Sign) -> int:
        """The code of a glyph made of others that stands for a text."""
        return self.added.setdefault(sign, self._first + len(self.added))


def untied(text: str) -> str:
    """The text with plain spaces: templates put no-break, wide and narrow ones only for the page."""
    return text.translate(_SPACES)


def _count_codes_by_text(font: Any) -> Any:
    class Font(font):  # type: ignore[misc]
        def __init__(self, *args: Any) -> None:
            super().__init__(*args)
            self.to_unicode = Codes(self.glyph_count)
            self.can_grow = "glyf" in self.tables and not (self.bitmap or self.png or self.svg or self.colr)
            self.file_content: bytes
            self.map: bytes | None = None

        def clean(self, *args: Any) -> None:
            super().clean(*args)
            if made := [(parts, width) for parts, width, _ in self.to_unicode.added]:
                self.file_content, first = cluster_glyphs.added(self.file_content, made)
                glyphs = {glyph: glyph for glyph in self.to_unicode}
                glyphs |= {self.glyph_count + n: first + n for n in range(len(made))}
                self.map = cluster_glyphs.glyphs_by_code(glyphs)

    return Font


def _write_glyph_map(build: Callable[..., None]) -> Callable[..., None]:
    def build_vector_font_dictionary(dictionary: Any, pdf: pydyf.PDF, font: Any, *more: Any) -> None:
        build(dictionary, pdf, font, *more)
        if font.map:
            (reference,) = dictionary["DescendantFonts"]
            descendant = next(made for made in reversed(pdf.objects) if made.reference == reference)
            stream = pydyf.Stream([font.map], compress=True)
            pdf.add_object(stream)
            descendant["CIDToGIDMap"] = stream.reference

    return build_vector_font_dictionary


def _rewrite_misread_lines(draw: Callable[..., Any]) -> Callable[..., Any]:
    def draw_first_line(stream: Any, textbox: Any, *more: Any) -> Any:
        start, font_before = len(stream.stream), stream._current_font
        for font in stream._fonts.values():
            font.to_unicode.start_line()
        emojis = draw(stream, textbox, *more)
        # Among words from the right, brackets are turned.
        plain = textbox.style["direction"] == "ltr" and _PLAIN(textbox.text)
        doubtful = not plain or any(font.to_unicode.doubtful for font in stream._fonts.values())
        if doubtful and len(stream.stream) > start:  # of spaces alone, nothing was drawn
            _rewrite_line(stream, start, font_before, textbox)
        return emojis

    return _draw_in_reading_order(draw_first_line)


def _draw_in_reading_order(draw: Callable[..., Any]) -> Callable[..., Any]:
    def draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any) -> Any:
        layout, size, how = textbox.pango_layout, textbox.style["font_size"], (text_overflow, block_ellipsis)
        may_turn = textbox.text.strip() and size and how == ("clip", "none")
        parts = parts_in_reading_order(layout) if may_turn else []
        if not parts:
            return draw(stream, textbox, *how, matrix)
        emojis = []
        a, b, c, d, left, baseline = matrix.values
        for part in parts:
            textbox.pango_layout = part
            drawn = draw(stream, textbox, *how, type(matrix)(a, b, c, d, left + part.left, baseline))
            emojis += [[*glyph, x + part.left / size, y] for *glyph, x, y in drawn]
        textbox.pango_layout = layout
        return emojis

    return draw_first_line


def _rewrite_line(stream: Any, start: int, font_before: Any, textbox: Any) -> None:
    """Write a line that was drawn anew if any of it does not read as it was written."""
    runs = [(*stream.add_font(font), of_font) for font, of_font in clusters(textbox.pango_layout)]
    if not runs or not all(font.can_grow and not font.missing for font, _, _ in runs):
        return  # what is missing is told as a problem
    for font, _, _ in runs:
        font.to_unicode.silence_new()
    shown = [(font, size, [_codes(font, size, cluster) for cluster in of_font]) for font, size, of_font in runs]
    if all(own for _, _, line in shown for own, _ in line):
        return
    del stream.stream[start + 1 :]  # all but the line's place
    stream._current_font = font_before
    for font, size, line in shown:
        stream.set_font_size(font.hash, size)
        words, back = _split_end(" ".join(written for _, written in line))
        for part in filter(None, (words, back)):
            stream.show_text(part)


def _split_end(operands: str) -> tuple[str, str]:
    """Split a number off the end of a line: PDFium ignores one that ends a line of glyphs, but not one by itself."""
    found = _ENDS_WITH_NUMBER.fullmatch(operands)
    return (found[1], found[2]) if found else (operands, "")


def _codes(font: Any, size: float, cluster: Cluster) -> tuple[bool, str]:
    """Whether a cluster is shown by its glyph's own code, and the operands that show it."""
    scale, units = 1000 / size, font.upem / size
    if not cluster.glyphs:
        return True, f"{round(-cluster.advance * scale) or ''}"
    widths = [font.widths[glyph.number] for glyph in cluster.glyphs]
    lead = next((glyph.x for glyph, wide in zip(cluster.glyphs, widths, strict=True) if wide), 0)
    parts = [(glyph.number, round((glyph.x - lead) * units), round(glyph.y * units)) for glyph in cluster.glyphs]
    signs = _signs(cluster, parts, widths)
    (glyph, *moved), *others = parts
    alone = not others and not any(moved) and len(signs) == 1 and not _is_mirrored(cluster)
    own = alone and font.to_unicode.is_own(glyph, signs[0][2])
    codes = [glyph] if own else [font.to_unicode.code_for(sign) for sign in signs]
    font.widths |= {code: width for code, (_, width, _) in zip(codes, signs, strict=True)}
    before, after = round(-lead * scale), round(sum(widths) + (lead - cluster.advance) * scale)
    return own, f"{before or ''}<{''.join(f'{code:04x}' for code in codes)}>{after or ''}"


def _is_mirrored(cluster: Cluster) -> bool:
    """Whether its glyph is that of another character, as of the other bracket of a pair."""
    return cluster.from_right and any(map(unicodedata.mirrored, cluster.text))


def _signs(cluster: Cluster, parts: list[Part], widths: list[int]) -> list[Sign]:
    """What shows a cluster, from left to right.

    Readers turn what is written from the right around character by character, so each has a sign there, the first of
    which shows the whole cluster. They share its width: what has none seems far from the next letter, and parted from
    it by a space. PDFium takes a last mark for one of the comma behind it, if no letter stands between the two.
    """
    text = untied(cluster.text)
    if not cluster.from_right:
        return [(tuple(parts), sum(widths), text)]
    if unicodedata.category(text[-1]) == _MARK and unicodedata.bidirectional(cluster.followed_by or ",") in _WEAK:
        text += _RIGHT_TO_LEFT_MARK
    width = sum(widths)
    ends = [width * n // len(text) for n in range(len(text) + 1)]
    return [(() if n else tuple(parts), ends[n + 1] - ends[n], char) for n, char in enumerate(reversed(text))]


PATCH = Patch(
    name="text of each letter",
    page="<p>T\u1ecd\u0301p\u1eb9\u0301",
    targets=(
        Target("weasyprint.pdf.stream.Font", "(pango_font, description, font_size)", _count_codes_by_text),
        Target(
            "weasyprint.pdf.fonts._build_vector_font_dictionary",
            "(font_dictionary, pdf, font, widths, compress, reference, pdf_version)",
            _write_glyph_map,
        ),
        Target(
            "weasyprint.draw.text.draw_first_line",
            "(stream, textbox, text_overflow, block_ellipsis, matrix)",
            _rewrite_misread_lines,
        ),
    ),
)
