"""Lays running text out on a page of its own, in any script: for values whose letters its own family lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from handoutkit.models.filled_in.letter import LetterRun
from handoutkit.render.scripts import SCRIPTS
from handoutkit.render.templating.number_direction import numbers_left_to_right
from handoutkit.render.weasyprint_patches.layout_boxes import TO_POINTS, paragraph_extents

from .text_flow import HANG, TextFlow, filled, smaller

_SLACK = 0.1
_EVEN_LINES = "\n.words { line-height: 0 }"
"""Keeps every line as high as the others. Letters of another typeface make theirs a bit higher, and one name would make
all of a letter smaller for want of a point; where they want half a line and more, they are let."""
_SPARE = 100_000  # points; room for text that turns out too long


@dataclass(frozen=True, slots=True)
class FittingPage:
    """A page that is laid out, and where each paragraph on it begins, in CSS pixels."""

    page: Any
    tops: list[float]


def fitted_flow(
    lay_out: Callable[[str, str, str], Any], flow: TextFlow, given: Mapping[str, str]
) -> FittingPage | None:
    """The flow with a client's values in the first size that fits its place; None if none does.

    Args:
        lay_out: makes a page of the inner HTML of a body, its language and a stylesheet.
    """
    texts = [filled(paragraph, given) for paragraph in flow.paragraphs]
    body = "".join(_paragraph(flow, number, runs) for number, runs in enumerate(texts))
    for way in smaller(flow):
        for sheet in (_sheet(way, texts), _sheet(way, texts) + _EVEN_LINES):
            page = lay_out(body, flow.language, sheet)
            extents = paragraph_extents(page)
            over = (extents[-1].top + extents[-1].height) * TO_POINTS - flow.height
            if over <= _SLACK:
                return FittingPage(page, [extent.top for extent in extents])
            if over > way.leading / 2:
                break
    return None


def _paragraph(flow: TextFlow, number: int, runs: Sequence[LetterRun]) -> str:
    marker = flow.paragraphs[number].marker
    words = "".join(_run(flow, run) for run in runs)
    words = numbers_left_to_right(words) if flow.right_to_left else words
    item = f'<span class="marker">{escape(marker)}</span>' if marker and runs else ""
    return f'<p class="p{number}">{item}<span class="words">{words}</span></p>'


def _run(flow: TextFlow, run: LetterRun) -> str:
    text = escape(run.text)
    if run.emphasis:
        text = f"<em>{text}</em>" if flow.italics else f"<strong>{text}</strong>"
    return f"<strong>{text}</strong>" if run.strong else text


def _sheet(flow: TextFlow, texts: Sequence[Sequence[LetterRun]]) -> str:
    families = dict.fromkeys([flow.family, *(script.family for script in SCRIPTS)])
    start = "right" if flow.right_to_left else "left"
    rules = [
        f"@page {{ size: {flow.width}pt {flow.height + _SPARE}pt; margin: 0 }}",
        f"body {{ font: {flow.weight} {flow.size}pt {', '.join(map(repr, families))};"
        f" direction: {'rtl' if flow.right_to_left else 'ltr'} }}",
        f"p {{ padding: 0; line-height: {flow.leading}pt; text-align: {flow.align} }}",
        "strong { font-weight: 700 } em { font-style: italic }",
        f".marker {{ display: inline-block; width: {HANG}pt; margin-{start}: {-HANG}pt; text-indent: 0 }}",
    ]
    for number, (paragraph, runs) in enumerate(zip(flow.paragraphs, texts, strict=True)):
        before = paragraph.before if runs else 0
        right = flow.width - paragraph.left - paragraph.width
        place = f"padding-top: {before}pt; margin: 0 {right}pt 0 {paragraph.left}pt; width: {paragraph.width}pt"
        rules.append(f".p{number} {{ {place} }}")
    return "\n".join(rules)
