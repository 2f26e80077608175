"""Lays an element out once at each of several widths, with its styles found and its boxes built once for all.

That is most of what laying out costs. A page that says ``data-widths="12=177.9 6=86"`` of an element has it twice, with
the names of the widths, given in millimetres, in ``data-at``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from .engine import Patch, Target, weasyprint
from .layout_boxes import AT, MILLIMETRE, is_pseudo

WIDTHS = "data-widths"
"""The attribute that names the widths of an element."""


def _at_each_width(original: Callable[..., Any]) -> Callable[..., Any]:
    def build_formatting_structure(*arguments: Any, **named: Any) -> Any:
        root = original(*arguments, **named)
        _spread(root)
        return root

    return build_formatting_structure


def _spread(box: Any) -> None:
    """Put copies of the boxes whose elements have several widths in their places."""
    found: list[Any] = []
    for child in getattr(box, "children", ()):
        widths = None if child.element is None or is_pseudo(child) else child.element.get(WIDTHS)
        if widths and child.element is not box.element:
            found.extend(_copies(child, widths))
        else:
            _spread(child)
            found.append(child)
    if found:
        box.children = found


def _copies(box: Any, widths: str) -> Iterator[Any]:
    dimension = weasyprint().css.properties.Dimension
    for width in widths.split():
        name, millimetres = width.split("=")
        copy = box.deepcopy()  # its style is shared with all boxes in it: what is found out of them is found out once
        copy.style = box.style.copy()
        copy.style["width"] = dimension(float(millimetres) * MILLIMETRE, "px")
        element = Element(box.element.tag, {**box.element.attrib, AT: name})
        for each in (copy, *copy.descendants()):
            if each.element is box.element:
                each.element = element
        yield copy


PATCH = Patch(
    name="an element at several widths",
    page=f'<div {WIDTHS}="wide=90 narrow=30" data-tile="a">One, two, three, four, five, six</div>',
    targets=(
        Target(
            "weasyprint.document.build_formatting_structure",
            "(element_tree, style_for, get_image_from_uri, base_url, target_collector, counter_style, footnotes)",
            _at_each_width,
        ),
    ),
)
