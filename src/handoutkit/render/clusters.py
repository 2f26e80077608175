"""The clusters of a line: letters that are one to a reader, with the glyphs that show them, as Pango laid them out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
    """

    text: str
    glyphs: tuple[Placed, ...]
    advance: float
    from_right: bool


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
    drawn = _drawn(run)
    text = text[run.item.offset : run.item.offset + run.item.length]
    letters = _letters(text, {begin: bool(glyphs) for begin, (glyphs, _) in drawn.items()})
    return [
        Cluster(letters[begin], tuple(glyphs), advance, from_right) for begin, (glyphs, advance) in drawn.items()
    ]


def _drawn(run: Any) -> dict[int, tuple[list[Placed], float]]:
    """The glyphs of each cluster and how far the pen moves on, by where its letters begin."""
    ffi = weasyprint().text.ffi
    empty, per_unit = ffi.pango.PANGO_GLYPH_EMPTY, ffi.FROM_UNITS
    infos, begins = run.glyphs.glyphs, run.glyphs.log_clusters
    drawn: dict[int, tuple[list[Placed], float]] = {}
    for n in range(run.glyphs.num_glyphs):
        glyph, geometry = infos[n].glyph, infos[n].geometry
        glyphs, pen = drawn.get(begins[n], ([], 0.0))
        if glyph != empty:
            glyphs.append(Placed(glyph, pen + geometry.x_offset * per_unit, -geometry.y_offset * per_unit))
        drawn[begins[n]] = glyphs, pen + geometry.width * per_unit
    return drawn


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
