"""The clusters of a line: letters that are one to a reader, with the glyphs that show them, as Pango laid them out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import inf
from typing import Any

from handoutkit.render.weasyprint_patches.engine import weasyprint

_LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_GAP = 0.08
"""Between a high letter and its accent, to the letter's height."""
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A glyph by its number, and how far to the right of the pen and above the line it stands, in points."""

    number: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """Letters and their glyphs from left to right.

    Attributes:
        glyphs: none where nothing is drawn, as for a joiner.
        advance: how far the pen moves on, in points.
        from_right: whether it stands among words that are written from the right.
        followed_by: the next character; none at the end of the text.
    """

    text: str
    glyphs: tuple[Placed, ...]
    advance: float
    from_right: bool
    followed_by: str = ""


def clusters(layout: Any) -> Iterator[tuple[Any, list[Cluster]]]:
    """The runs of a laid-out line from left to right: a Pango font, and the clusters that are set in it."""
    line, _ = layout.get_first_line()
    text = layout.text.encode()
    run, before = line.runs[0], None
    while run:
        font, found = run.data.item.analysis.font, _of_run(run.data, text)
        if before and found and _ACCENTS.fullmatch(found[0].text) and _LATIN_LETTER.match(before[1].text):
            found[0] = _accents_over(before, found[0], font)
        yield font, found
        before = (font, found[-1]) if found and found[-1].glyphs else None
        run = run.next


def _of_run(run: Any, text: bytes) -> list[Cluster]:
    from_right = bool(run.item.analysis.level % 2)
    end = run.item.offset + run.item.length
    drawn = list(_drawn(run))
    letters = _letters(text[run.item.offset : end], {begin: bool(glyphs) for begin, glyphs, _ in drawn})
    found: list[Cluster] = []
    for begin, glyphs, advance in drawn:
        cluster = Cluster(letters[begin], tuple(glyphs), advance, from_right)
        before = found[-1] if found else None
        if before and _belong_together(before, cluster):
            found[-1] = _joined(before, cluster)
        else:
            found.append(cluster)
    if from_right:
        return _followed(found, text[end:].decode()[:1])
    return [_accented(cluster, run.item.analysis.font) if _is_accented(cluster) else cluster for cluster in found]


def _followed(found: list[Cluster], after: str) -> list[Cluster]:
    """Clusters from left to right, each knowing what follows it, which stands at its left."""
    following = [after, *(cluster.text[:1] for cluster in found)]
    return [replace(cluster, followed_by=char) for cluster, char in zip(found, following, strict=False)]


def _drawn(run: Any) -> Iterator[tuple[int, list[Placed], float]]:
    """Where the letters of each cluster begin, its glyphs, and how far the pen moves on."""
    ffi = weasyprint().text.ffi
    empty, per_unit = ffi.pango.PANGO_GLYPH_EMPTY, ffi.FROM_UNITS
    infos, begins = run.glyphs.glyphs, run.glyphs.log_clusters
    last: int | None = None
    glyphs: list[Placed] = []
    pen = 0.0
    for n in range(run.glyphs.num_glyphs):
        if begins[n] != last:
            if last is not None:
                yield last, glyphs, pen
            last, glyphs, pen = begins[n], [], 0.0
        glyph, geometry = infos[n].glyph, infos[n].geometry
        if glyph != empty:
            glyphs.append(Placed(glyph, pen + geometry.x_offset * per_unit, -geometry.y_offset * per_unit))
        pen += geometry.width * per_unit
    if last is not None:
        yield last, glyphs, pen


def _letters(text: bytes, seen: Mapping[int, bool]) -> dict[int, str]:
    """The letters of each cluster by where they begin; joiners go with what can be seen before them."""
    begins = sorted(seen)
    letters: dict[int, str] = {}
    last: int | None = None
    for begin, end in zip(begins, [*begins[1:], len(text)], strict=True):
        letters[begin] = text[begin:end].decode()
        if seen[begin]:
            last = begin
        elif last is not None and not letters[begin].strip(_JOINERS):
            letters[last] += letters[begin]
    return letters


def _belong_together(left: Cluster, right: Cluster) -> bool:
    """Whether one of two neighbours is nothing but marks of the other, which Pango may count as clusters, too."""
    base, marks = (right, left) if left.from_right else (left, right)
    return bool(base.glyphs and marks.glyphs) and all(unicodedata.category(char) == "Mn" for char in marks.text)


def _is_accented(cluster: Cluster) -> bool:
    return len(cluster.glyphs) > 1 and bool(_LATIN_LETTER.match(cluster.text))


def _accented(cluster: Cluster, font: Any) -> Cluster:
    """A cluster whose accents stand over its letter, where the font knows nothing of the two and sets them behind."""
    base, *accents = cluster.glyphs
    over = _over(_Ink.of(base.number, font), base.x, cluster.advance, accents, font)
    return replace(cluster, glyphs=(base, *over))


def _accents_over(letter: tuple[Any, Cluster], accents: Cluster, font: Any) -> Cluster:
    """Accents of another font than the letter before them, which no font can know, over that letter."""
    font_of_letter, before = letter
    base = before.glyphs[0]
    ink = _Ink.of(base.number, font_of_letter)
    return replace(accents, glyphs=tuple(_over(ink, base.x - before.advance, -inf, accents.glyphs, font)))


def _over(letter: _Ink, at: float, end: float, accents: Iterable[Placed], font: Any) -> Iterator[Placed]:
    for accent in accents:
        ink = _Ink.of(accent.number, font)
        if accent.x + ink.middle < end:  # has its place
            yield accent
        else:
            up = max(0.0, letter.top + _GAP * letter.top - ink.bottom) if ink.bottom > 0 else 0.0
            yield Placed(accent.number, at + letter.middle - ink.middle, up)


@dataclass(frozen=True, slots=True)
class _Ink:
    """What of a glyph can be seen: from where it is set, in points."""

    middle: float
    bottom: float
    top: float

    @classmethod
    def of(cls, number: int, font: Any) -> _Ink:
        ffi = weasyprint().text.ffi
        box = ffi.ffi.new("PangoRectangle *")
        ffi.pango.pango_font_get_glyph_extents(font, number, box, ffi.ffi.NULL)
        left, width, top, height = (side * ffi.FROM_UNITS for side in (box.x, box.width, box.y, box.height))
        return cls(left + width / 2, -top - height, -top)


def _joined(left: Cluster, right: Cluster) -> Cluster:
    text = right.text + left.text if left.from_right else left.text + right.text
    moved = (Placed(glyph.number, glyph.x + left.advance, glyph.y) for glyph in right.glyphs)
    return Cluster(text, (*left.glyphs, *moved), left.advance + right.advance, left.from_right)
