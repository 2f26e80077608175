"""Reads the boxes of a laid-out page; no other package knows how WeasyPrint keeps them.

Lengths are in CSS pixels from the upper left corner of the page, unless a function says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple

Bounds = tuple[float, float, float, float]
"""Left, top, right and bottom."""
TO_POINTS = 0.75
"""Points to a CSS pixel."""
MILLIMETRE = 96 / 25.4
"""CSS pixels to a millimetre."""
AT = "data-at"
"""The attribute that names one of several widths of an element (see ``several_widths``)."""


class VerticalExtent(NamedTuple):
    """Where a box begins, and how high it is with its margins."""

    top: float
    height: float


class ContentRectangle(NamedTuple):
    """The content of a box, in CSS pixels from the *lower* left corner of its page."""

    left: float
    bottom: float
    right: float
    top: float
    width: float
    height: float


class PageFill(NamedTuple):
    """How far down its text area a page is filled, 0 to 1; whether it is a sheet of cards, or left empty for one."""

    part: float
    is_of_cards: bool = False


def page_boxes(document: Any) -> Iterator[Any]:
    """The box of each page of a ``weasyprint.document.Document``."""
    return (page._page_box for page in document.pages)


def root_element(document: Any) -> Any:
    """The element ``html`` that a layout was made of, an ``xml.etree.ElementTree.Element``."""
    page = next(page_boxes(document))
    return next(box.element for box in children(page) if not is_page_margin(box))


def children(box: Any) -> Iterator[Any]:
    """The boxes in a box; one that is placed absolutely is found where it was taken out of the flow."""
    return (laid_out(child) for child in getattr(box, "children", ()))


def outermost(box: Any, wanted: Callable[[Any], bool]) -> Iterator[Any]:
    """The boxes in a box, at any depth, that are wanted; what is in one of them is not looked through."""
    for child in children(box):
        if wanted(child):
            yield child
        else:
            yield from outermost(child, wanted)


def inside(box: Any) -> Iterator[Any]:
    """The boxes in a box, at any depth."""
    for child in children(box):
        yield child
        yield from inside(child)


def laid_out(box: Any) -> Any:
    """The box itself, or the one that a placeholder stands for."""
    return getattr(box, "_box", box)


def is_page_margin(box: Any) -> bool:
    """Whether a box stands in the margin of a page, as running heads and feet do."""
    return type(box).__name__ == "MarginBox"


def is_block(box: Any) -> bool:
    """Whether a box holds lines, as a paragraph or an item of a list does."""
    return type(box).__name__ == "BlockBox"


def content_rectangle(box: Any, page: Any) -> ContentRectangle:
    """The content of a box on a page."""
    left, top, height = box.content_box_x(), box.content_box_y(), page.margin_height()
    return ContentRectangle(left, height - top - box.height, left + box.width, height - top, box.width, box.height)


def colour_of(box: Any) -> tuple[float, ...]:
    """The colour of a box's words: red, green and blue from 0 to 1."""
    return tuple(box.style["color"].to("srgb").coordinates)


def font_size_of(box: Any) -> float:
    """The size of a box's words in points."""
    return float(round(box.style["font_size"] * TO_POINTS, 2))


def fills_of_pages(document: Any) -> list[PageFill]:
    """How full each page is."""
    return [_fill(page) for page in page_boxes(document)]


def _fill(page: Any) -> PageFill:
    part = max(0.0, (_lowest_edge(page) - page.content_box_y()) / page.height)
    sheets = (box for box in page.descendants() if box.element is not None)
    cards = any("sheet-page" in (box.element.get("class") or "").split() for box in sheets)
    return PageFill(float(part), cards or part == 0)


def marked_heights(document: Any, attribute: str) -> dict[str, float]:
    """The heights in millimetres of elements with an attribute, by its value; of one on two pages, of both parts.

    Where an element has several widths, the names of these follow what is marked there: ``a-wide``, ``a-narrow``.
    """
    found: dict[str, float] = {}
    for _, mark, box in _marked(document, attribute):
        found[mark] = found.get(mark, 0.0) + box.border_height() / MILLIMETRE
    return found


def marked_pages(document: Any, attribute: str) -> dict[str, int]:
    """The numbers of the last pages of elements with an attribute, by its value."""
    return {mark: number for number, mark, _ in _marked(document, attribute)}


def _marked(document: Any, attribute: str) -> Iterator[tuple[int, str, Any]]:
    """Elements with an attribute, page by page: the page's number, the attribute's value, and the box."""
    for number, page in enumerate(page_boxes(document), start=1):
        stack = [(page, "")]
        while stack:
            around, at = stack.pop()
            for box in children(around):
                own = box.element is not None and box.element is not around.element  # lines, anonymous boxes share it
                named = box.element.get(AT) if own else None
                width = f"-{named}" if named else at
                mark = box.element.get(attribute) if own and not is_pseudo(box) else None
                if mark:
                    yield number, mark + width, box
                stack.append((box, width))


def is_pseudo(box: Any) -> bool:
    """Whether a box is of what a stylesheet adds to an element, and not of the element itself."""
    return "::" in (box.element_tag or "")


def _lowest_edge(page: Any) -> float:
    """The lower edge of the lowest box in a page's text area that shows something of its own."""
    lowest, stack = 0.0, [child for child in children(page) if not is_page_margin(child)]
    while stack:
        box = stack.pop()
        inside = list(children(box))
        if not inside and box.element is not None and box.height != "auto":
            lowest = max(lowest, box.position_y + box.margin_height())
        stack.extend(inside)
    return lowest


def paragraph_extents(document: Any) -> list[VerticalExtent]:
    """The vertical extents of what stands directly in the body of a document of one page."""
    page = next(page_boxes(document))
    body = next(box for box in page.descendants() if box.element_tag == "body")
    return [VerticalExtent(box.position_y, box.margin_height()) for box in body.children]


class LineMeasures(NamedTuple):
    """The height of a line, and where its baseline is below its upper edge."""

    height: float
    baseline: float


def first_line_of(box: Any) -> LineMeasures:
    """How the first line in a box is set."""
    line = next(inside for inside in box.descendants() if type(inside).__name__ == "LineBox")
    return LineMeasures(line.height, line.baseline)


class TextStyle(NamedTuple):
    """How words stand in a box; ``align`` is left, right, center or justify, ``family`` the first that is named."""

    family: str
    weight: int
    align: str
    right_to_left: bool


def text_style_of(box: Any) -> TextStyle:
    """How words stand in a box."""
    style = box.style
    right_to_left = style["direction"] == "rtl"
    sides = {"start": "right" if right_to_left else "left", "end": "left" if right_to_left else "right"}
    align = style["text_align_all"]
    return TextStyle(style["font_family"][0], style["font_weight"], sides.get(align, align), right_to_left)


def bounds_of(document: Any, elements: Collection[Any]) -> dict[Any, list[tuple[int, Bounds]]]:
    """Where the borders of HTML elements stand that are to be seen, of each part with the number of its page from 0."""
    found: dict[Any, list[tuple[int, Bounds]]] = {}
    for number, page in enumerate(page_boxes(document)):
        stack = [page]
        while stack:
            around = stack.pop()
            for box in children(around):
                own = box.element is not around.element and box.element in elements and not is_pseudo(box)
                if own and box.style["visibility"] == "visible":
                    x, y = box.border_box_x(), box.border_box_y()
                    bounds = (x, y, x + box.border_width(), y + box.border_height())
                    found.setdefault(box.element, []).append((number, bounds))
                stack.append(box)
    return found
