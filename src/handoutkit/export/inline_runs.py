"""Words within a paragraph: how they look, where they lead, and the small places to write between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal
from xml.etree.ElementTree import Element

from .html_tree import classes, element_text

_INLINE = frozenset(["a", "b", "br", "cite", "em", "i", "input", "label", "small", "span", "strong"])
_STRONG = frozenset(
    ["label", "question-number", "item-number", "source-number", "cell-label", "scoring-mark", "side-mark"]
)
_NUMBERS = frozenset(["question-number", "item-number", "source-number"])
Place = Literal["", "gap", "tick", "choice"]
_GAP_WIDTHS = {"gap-long": 76, "gap-number": 28, "gap-date": 60}
_SHORT_GAP = 34
"""Millimetres, as on paper."""


@dataclass(frozen=True, slots=True)
class Run:
    """Some words that look the same; or a place: a gap to write in, a box to tick, a circle to choose.

    Attributes:
        url: where they lead.
        option: what is chosen by a circle, where its own words do not stand beside it; what goes into a gap.
        width: of a gap, in millimetres.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    url: str = ""
    place: Place = ""
    option: str = ""
    width: int = 0


def is_inline(element: Element) -> bool:
    """Whether an element is part of a line and holds nothing that is not."""
    return element.tag in _INLINE and all(is_inline(child) for child in element)


def inline_runs(element: Element, like: Run | None = None) -> list[Run]:
    """An inline element as runs; ``like`` is how the words around it look."""
    names = set(classes(element))
    if place := element.get("data-room"):
        return [_place(element, place, names)]
    if element.tag == "br":
        return [Run("\n")]
    look = _look(element, names, like or Run(""))
    runs = [replace(look, text=element.text or "")]
    for child in element:
        runs += [*inline_runs(child, look), replace(look, text=child.tail or "")]
    on_a_line = element.tag == "small" or (element.tag == "span" and "tagline" in names)
    before, after = ("\n", "") if on_a_line else _marks_around(names, element_text(element))
    return [*([Run(before)] if before else []), *runs, *([replace(look, text=after)] if after else [])]


def _place(element: Element, place: str, names: set[str]) -> Run:
    if place != "gap":
        return Run("", place=place, option=element.get("data-option", ""))  # type: ignore[arg-type]
    width = next((width for name, width in _GAP_WIDTHS.items() if name in names), _SHORT_GAP)
    heard = next((child.get("aria-label", "") for child in element), "")
    return Run("", place="gap", option=heard, width=width)


def _look(element: Element, names: set[str], like: Run) -> Run:
    strong = like.strong or element.tag in ("strong", "b") or bool(names & _STRONG)
    emphasis = like.emphasis or element.tag in ("em", "i", "cite")
    url = element.get("href", "") if element.tag == "a" else like.url
    return replace(like, text="", strong=strong, emphasis=emphasis, url=url)


def _marks_around(names: set[str], text: str) -> tuple[str, str]:
    """What tells words apart that a page sets apart by their place: the marks before and after them."""
    if "slot-label" in names or "helper" in names:
        return " (", ")"
    if "right" in names:
        return "… ", ""
    if names & _NUMBERS:
        return "", "."
    if names & {"label", "cell-label", "side-mark"} and text[-1:].isalnum():
        return "", ": "
    return "", ""


def tidy(runs: list[Run]) -> list[Run]:
    """The runs with single blanks, none at the ends; empty if there is nothing but blanks."""
    found: list[Run] = []
    for run in runs:
        text = run.text
        if not run.place:
            open_blank = not found or (not found[-1].place and found[-1].text[-1:] in (" ", "\n"))
            text = text.removeprefix(" ") if open_blank else text
        if text or run.place:
            found.append(replace(run, text=text))
    if found and not found[-1].place:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip())
    return found if any(run.place or run.text.strip() for run in found) else []
