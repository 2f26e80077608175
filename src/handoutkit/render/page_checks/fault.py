"""A fault of finished pages, and the problem that is made of it: with the rule or template that is likely behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from handoutkit.errors import Problem
from handoutkit.files.source_file import FilePosition, SourceFile, clipped
from handoutkit.render.theme import Theme
from handoutkit.render.weasyprint_patches.painting.painted_pages import PaintedGround, PaintedPages, PaintedText

from .likely_cause import Cause, OwnFiles
from .place_on_page import PlaceOnPage, place_near

Behind = Literal["place", "colour", "line", "size", "template"]
"""What is likely behind a fault: rules on where things stand, on colours, lines, sizes of type, or a page template."""
_HINTS: dict[Behind, str] = {
    "place": "change what this rule says of space and place, or take it out",
    "colour": "take the colours of the practice, such as var(--ink) on var(--paper), or others of more contrast",
    "line": "draw it as we do, such as border-bottom: var(--rule) solid var(--line), or in another dark colour",
    "size": "leave sizes of type to the format: var(--size-text) and its like grow with it",
    "template": "compare this template with the shipped one of its name",
}
_OURS = "nothing here is changed from what is shipped: please report it, with the handout that shows it"
_DRAFT = "`--draft` makes it all the same"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not on the pages as it should be.

    Attributes:
        code: of the problem.
        says: what is wrong, as the beginning of a message.
        behind: where its cause is looked for.
        element: the HTML element that it is about, if there is one.
        sought: a piece of a template that would be its cause, such as ``<h5``; or a type of block.
        painted: what of the pages it is about, where that was painted.
        remedy: what to do in a theme, where more can be said than of all that has such a cause.
    """

    code: str
    says: str
    behind: Behind
    element: Any = None
    sought: str = ""
    painted: PaintedText | PaintedGround | None = None
    remedy: str = ""

    def place(self, root: Any, pages: PaintedPages) -> PlaceOnPage | None:
        """Where it is on the pages; None if that is not known. ``root`` is that of the page's HTML."""
        if self.painted:
            return PlaceOnPage(self.painted.page, self.painted.bounds, pages.sizes[self.painted.page])
        return None if self.element is None else place_near(self.element, root, pages)


PlacedProblem = tuple[Problem, PlaceOnPage | None]
"""A problem, and where on the finished pages it is."""


def quoted(text: str) -> str:
    """Words of a page, as a message has them."""
    return f"“{clipped(' '.join(text.split()), 50)}”"


def as_problems(
    faults: Iterable[Fault], root: Any, painted: PaintedPages, theme: Theme, source: SourceFile
) -> list[PlacedProblem]:
    """The problems of faults: those of one kind with one cause are one problem, which says how many more there are.

    Args:
        root: of the page's HTML.
        source: the handout, for what no file of a theme is to blame for.
    """
    own = OwnFiles(theme, root)
    grouped: dict[tuple[str, Cause | None], list[Fault]] = {}
    for fault in faults:
        grouped.setdefault((fault.code, _cause(fault, own)), []).append(fault)
    placed = [(alike, cause, alike[0].place(root, painted)) for (_, cause), alike in grouped.items()]
    return [(_problem(alike, cause, place, theme, source), place) for alike, cause, place in placed]


def _cause(fault: Fault, own: OwnFiles) -> Cause | None:
    if fault.behind == "template":
        return own.template(fault.sought)
    shrinking = own.shrinking(fault.element) if fault.behind == "size" else None
    return shrinking or own.rule(fault.element, fault.behind)


def _problem(
    alike: list[Fault], cause: Cause | None, place: PlaceOnPage | None, theme: Theme, source: SourceFile
) -> Problem:
    first, more = alike[0], len(alike) - 1
    where = f" ({place.in_words()})" if place else ""
    message = first.says + where + (f"; and {more} more like it" if more else "")
    hint = f"{first.remedy or _HINTS[first.behind] if theme.is_changed else _OURS}; {_DRAFT}"
    if cause is None:
        return Problem(first.code, message, hint, file=source.name)
    return cause.file.problem_at(FilePosition(cause.line, cause.column, 1_000), first.code, message, hint)
