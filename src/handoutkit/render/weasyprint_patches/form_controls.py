"""Form controls of a laid-out page, and the patch that has our widgets made of them.

WeasyPrint 70 makes fields that would all have to be changed: names with dots in them, no appearances, a font embedded
as a whole, radio buttons listed twice. So its function for them is replaced. Later its structure tree finds each widget
on the control's box, and tags it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pydyf

from .engine import Patch, Target
from .layout_boxes import colour_of, font_size_of, laid_out, text_style_of

Corners = tuple[float, float, float, float]
"""Left, bottom, right and top in points from the lower left corner of the page."""


class FormControl:
    """A control on a laid-out page.

    Attributes:
        element: its HTML element, an ``xml.etree.ElementTree.Element``.
    """

    def __init__(self, box: Any) -> None:
        self._box = laid_out(box)
        self.element = self._box.element

    @property
    def widget(self) -> pydyf.Dictionary:
        """The PDF's widget that was made of it."""
        return self._box.widget_annotation

    @widget.setter
    def widget(self, widget: pydyf.Dictionary) -> None:
        self._box.widget_annotation = widget

    @property
    def font_size(self) -> float:
        """The size of its words in points."""
        return font_size_of(self._box)

    @property
    def colour(self) -> str:
        """The colour of its words: three numbers from 0 to 1 with spaces between."""
        return " ".join(f"{part:.3g}" for part in colour_of(self._box))

    @property
    def language(self) -> str:
        """The language of the page around it; empty if it does not say."""
        return str(self._box.style["lang"] or "")

    @property
    def text_side(self) -> str:
        """The side that its words are set at: ``left``, ``right`` or ``center``."""
        return text_style_of(self._box).align


def controls(document: Any) -> Iterator[FormControl]:
    """The controls of a ``weasyprint.document.Document`` in reading order."""
    for page in document.pages:
        for inputs in page.forms.values():
            yield from (FormControl(box) for box, _ in inputs)


def hidden_controls(document: Any) -> Iterator[Any]:
    """The elements of the controls that a stylesheet makes invisible, with the room that is drawn for them."""
    for page in document.pages:
        for inputs in page.forms.values():
            yield from (laid_out(box).element for box, _ in inputs if laid_out(box).style["visibility"] != "visible")


def placed_controls(document: Any) -> Iterator[tuple[int, Any, Corners]]:
    """Each control with the number of its page, from 0, its element, and its place.

    The place is left, top, right and bottom in CSS pixels from the upper left corner of the page.
    """
    for number, page in enumerate(document.pages):
        for inputs in page.forms.values():
            for box, (left, top, right, bottom) in inputs:
                yield number, laid_out(box).element, (left, top, right, bottom)


def patch(add_widgets: Callable[[list[tuple[FormControl, Corners]], pydyf.PDF, Any], None]) -> Patch:
    """The patch that has a function make the widgets of each page.

    Args:
        add_widgets: takes the controls of a page with their corners, the PDF, and the page in it. Sets ``widget``.
    """

    def replace(_: Any) -> Callable[..., None]:
        def add_forms(forms: Any, matrix: Any, pdf: pydyf.PDF, page: Any, *_: Any) -> None:
            placed = [
                (FormControl(box), _corners(matrix, rectangle))
                for inputs in forms.values()
                for box, rectangle in inputs
            ]
            add_widgets(placed, pdf, page)

        return add_forms

    signature = "(forms, matrix, pdf, page, resources, stream, font_map)"
    page = '<input name="handout.block.field" style="appearance: auto">'
    return Patch("our form fields", page, (Target("weasyprint.pdf.add_forms", signature, replace),))


def _corners(matrix: Any, rectangle: tuple[float, float, float, float]) -> Corners:
    x1, y1 = matrix.transform_point(*rectangle[:2])
    x2, y2 = matrix.transform_point(*rectangle[2:])
    left, bottom, right, top = (round(side, 2) for side in (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
    return left, bottom, right, top
