"""Words that are not seen although they are in a page's HTML: lost, off the page, cut off, covered, on each other."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from handoutkit.render.weasyprint_patches.painting.painted_pages import PaintedGround, PaintedPages, PaintedText
from handoutkit.render.weasyprint_patches.painting.painted_shapes import Bounds, PaintedLine, shared_area

from .fault import Fault, quoted

_UNSEEN = re.compile("[\\s\u00ad\u2010]+")
"""What is not among the letters of a text: spaces, places to divide a word, and the hyphens that stand there."""
_WORDLESS = {"head", "script", "style", "title", "textarea", "option"}
_OFF, _CUT, _TOUCH = 0.5, 1.0, 1.0
"""CSS pixels by which words may reach over the edge of a page, over what clips them, and into each other."""
_NARROW = 12.0
"""CSS pixels up to which a ground is a stripe, and nothing to write words on."""
_COVERED = 0.25
"""The part of some words that may be under something else."""


def word_faults(root: Any, painted: PaintedPages, is_authors: Callable[[str], bool]) -> Iterator[Fault]:
    """Faults of the words on pages.

    Args:
        is_authors: whether a text is by an author of the document, and not of the program. A stylesheet may hide
            the program's words; an author's are never hidden.
    """
    pages = [_PaintedPage() for _ in painted.sizes]
    for text in painted.texts:
        pages[text.page].texts.append(text)
    for ground in painted.grounds:
        pages[ground.page].grounds.append(ground)
    for line in painted.lines:
        pages[line.page].lines.append(line)
    yield from _lost(root, painted.texts, is_authors)
    for page, size in zip(pages, painted.sizes, strict=True):
        yield from _outside(page.texts, size)
        yield from _covered(page.texts, page.grounds)
        yield from _on_each_other(page.texts)
        yield from _on_lines(page.texts, [*(line.bounds for line in page.lines), *_stripes(page.grounds)])


@dataclass(slots=True)
class _PaintedPage:
    texts: list[PaintedText] = field(default_factory=list)
    grounds: list[PaintedGround] = field(default_factory=list)
    lines: list[PaintedLine] = field(default_factory=list)


def letters_of(text: str) -> str:
    """The letters of a text, as they can be compared with what is painted."""
    return _UNSEEN.sub("", text)


def _lost(root: Any, texts: list[PaintedText], is_authors: Callable[[str], bool]) -> Iterator[Fault]:
    painted: dict[Any, list[str]] = defaultdict(list)
    for text in texts:
        if not text.added:
            painted[text.element].append(text.text)
    for element, own in _own_texts(root):
        wanted = letters_of(own)
        if not wanted:
            continue
        there = letters_of("".join(painted.get(element, ())))
        if wanted in there or not _missing(wanted, there):
            continue
        if is_authors(own):
            yield Fault("words-lost", f"{quoted(own)} is not whole on any page", "place", element)


def _missing(wanted: str, there: str) -> bool:
    """Whether letters are missing, in whatever order and case they are painted."""
    return bool(Counter(wanted.casefold()) - Counter(there.casefold()))


def _own_texts(root: Any) -> Iterator[tuple[Any, str]]:
    """Each element that has words of its own, not counting those of elements in it."""
    stack = [root]
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str) or element.tag in _WORDLESS or element.tag.startswith("{"):
            continue
        yield element, " ".join([element.text or "", *(child.tail or "" for child in element)])
        stack.extend(reversed(element))


def _outside(texts: list[PaintedText], size: tuple[float, float]) -> Iterator[Fault]:
    for text in texts:
        if not _is_inside(text.bounds, (0.0, 0.0, *size), _OFF):
            yield Fault(
                "words-off-page",
                f"{quoted(text.text)} stands outside page {text.page + 1}",
                "place",
                text.element,
                painted=text,
            )
        elif not _is_inside(text.bounds, text.seen_in, _CUT):
            yield Fault(
                "words-cut-off",
                f"{quoted(text.text)} on page {text.page + 1} is cut off",
                "place",
                text.element,
                painted=text,
            )


def _is_inside(bounds: Bounds, room: Bounds, spare: float) -> bool:
    left, top, right, bottom = bounds
    return left >= room[0] - spare and top >= room[1] - spare and right <= room[2] + spare and bottom <= room[3] + spare


def _covered(texts: list[PaintedText], grounds: list[PaintedGround]) -> Iterator[Fault]:
    solid = [ground for ground in grounds if _covers(ground)]
    if not solid:
        return
    for text in texts:
        left, top, right, bottom = text.bounds
        area = max((right - left) * (bottom - top), 1.0)
        for ground in solid:
            if ground.step > text.step and ground.element is not text.element:
                over = shared_area(text.bounds, ground.bounds)
                if over > _COVERED * area:
                    says = f"{quoted(text.text)} on page {text.page + 1} is covered by what is painted over it"
                    yield Fault("words-covered", says, "place", text.element, painted=text)
                    break


def _covers(ground: PaintedGround) -> bool:
    """Whether what is under a ground cannot be read; of a picture that is not known, so it is taken to cover."""
    return not ground.paints or ground.is_solid


def _on_each_other(texts: list[PaintedText]) -> Iterator[Fault]:
    by_top = sorted(texts, key=lambda text: text.bounds[1])
    for number, text in enumerate(by_top):
        left, _, right, bottom = text.bounds
        for below in by_top[number + 1 :]:
            other = below.bounds
            if other[1] > bottom - _TOUCH:
                break
            if min(right, other[2]) - max(left, other[0]) > _TOUCH and min(bottom, other[3]) - other[1] > _TOUCH:
                says = f"{quoted(text.text)} and {quoted(below.text)} stand on each other on page {text.page + 1}"
                yield Fault("words-on-words", says, "place", below.element, painted=below)


def _stripes(grounds: list[PaintedGround]) -> Iterator[Bounds]:
    """Grounds that are as narrow as a line."""
    for ground in grounds:
        left, top, right, bottom = ground.bounds
        if ground.paints and min(right - left, bottom - top) <= _NARROW:
            yield ground.bounds


def _on_lines(texts: list[PaintedText], lines: list[Bounds]) -> Iterator[Fault]:
    """Words that a border, the line of a table or a stripe runs through."""
    by_top = sorted(lines, key=lambda line: line[1])
    tops = [line[1] for line in by_top]
    for text in texts:
        left, top, right, bottom = text.bounds
        for line in by_top[: bisect_left(tops, bottom - _TOUCH)] if not text.added else ():
            across, down = (max(left, line[0]), min(right, line[2])), (max(top, line[1]), min(bottom, line[3]))
            if line[2] - line[0] <= line[3] - line[1]:
                runs_through = left + _TOUCH < line[2] and line[0] < right - _TOUCH and down[1] - down[0] > _TOUCH
            else:
                runs_through = top + _TOUCH < line[3] and across[1] - across[0] > _TOUCH
            if runs_through:
                says = f"{quoted(text.text)} on page {text.page + 1} stands on a line or the edge of something else"
                yield Fault("words-on-lines", says, "place", text.element, painted=text)
                break
