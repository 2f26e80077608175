"""The clusters of a line: letters that are one to a reader, with the glyphs that show them, as Pango laid them out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .engine import weasyprint

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
    run = line.runs[0]
    while run:
        yield run.data.item.analysis.font, _of_run(run.data, text)
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
    return _followed(found, text[end:].decode()[:1]) if from_right else found


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


def _joined(left: Cluster, right: Cluster) -> Cluster:
    text = right.text + left.text if left.from_right else left.text + right.text
    moved = (Placed(glyph.number, glyph.x + left.advance, glyph.y) for glyph in right.glyphs)
    return Cluster(text, (*left.glyphs, *moved), left.advance + right.advance, left.from_right)
