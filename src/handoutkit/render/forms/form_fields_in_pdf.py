"""Form fields on the places to write, made while WeasyPrint writes the PDF.

WeasyPrint 70 makes fields of its own that want mending throughout: names with dots in them, no appearances, a font
embedded whole, radio buttons listed twice. So its function for them is replaced by ours, which has the same laid-out
boxes: ``_add_widgets`` makes the widgets of a page, ``finish`` joins them to one form once all pages are there. The
structure tree finds each widget on its box and tags it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pydyf

from handoutkit.errors import HandoutkitError, Problem
from handoutkit.models.handout import EDITION
from handoutkit.render.weasyprint_patches.engine import weasyprint

from .accessible_names import AccessibleName, accessible_names, parts_of
from .field_drawings import PEN_UP, drawing, mark
from .viewer_font import add_font

OPTIONS = "HDKT_Options"
"""The key of a button field under which the words of its options stand; its value ``/2`` is the second of them."""
FONT = "HdktText"
_MARKS_FONT = "ZaDb"
_PRINT = 1 << 2
_READ_ONLY, _MULTILINE, _NO_TOGGLE_TO_OFF, _RADIO = 1, 1 << 12, 1 << 14, 1 << 15
_MARK_NAMES = {"tick": "4", "dot": "l", "ring": "l"}  # in ZapfDingbats, for editors that draw their own
_CONTROLS = ("text", "checkbox", "radio")
_ALIGNMENTS = {"center": 1, "right": 2}


def use_our_fields() -> None:
    """Have WeasyPrint call us for the fields of a page. Raises HandoutkitError if it no longer asks there."""
    writer: Any = weasyprint().pdf
    if not hasattr(writer, "add_forms"):
        raise HandoutkitError(Problem("forms", "WeasyPrint makes forms in another way now", "use the pinned version"))
    writer.add_forms = _add_widgets


class Edition(NamedTuple):
    """A handout's edition, and what a listener hears its field called."""

    number: int
    heard: str


def count_fields(document: Any) -> int:
    """How many fields a laid-out ``weasyprint.document.Document`` has to fill in."""
    return len({box.element.get("name") for box in _inputs(document)})


def finish_form(document: Any, pdf: pydyf.PDF, *, font: bytes, edition: Edition) -> None:
    """Join the widgets to one form, its fields named handout, block, field. Without widgets there is none.

    Args:
        document: the ``weasyprint.document.Document`` that the PDF was made from.
        pdf: changed in place.
        font: a TrueType file, for what is typed.
        edition: of the handout, in a field without a place.

    Raises:
        HandoutkitError: a field's name is not one, or two fields share one.
    """
    boxes = list(_inputs(document))
    if not boxes:
        return
    tree = _FieldTree(pdf)
    for box in boxes:
        tree.add(box.element, box.widget_annotation)
    tree.add_edition(edition)
    marks = pydyf.Dictionary({"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/ZapfDingbats"})
    pdf.add_object(marks)
    fonts = pydyf.Dictionary({FONT: add_font(pdf, font), _MARKS_FONT: marks.reference})
    pdf.catalog["AcroForm"] = pydyf.Dictionary(
        {
            "Fields": pydyf.Array(tree.roots),
            "DR": pydyf.Dictionary({"Font": fonts}),
            "DA": pydyf.String(f"/{FONT} 11 Tf 0 g"),
        }
    )


def name_widgets(document: Any) -> None:
    """Call each widget by its control's name, and make no form of them: for places that are not fields in the end."""
    for box in _inputs(document):
        box.widget_annotation["T"] = pydyf.String(box.element.get("name", ""))


def _inputs(document: Any) -> Iterator[Any]:
    """The boxes of form controls, in reading order."""
    for page in document.pages:
        for inputs in page.forms.values():
            for box, _ in inputs:
                yield getattr(box, "_box", box)  # an absolutely placed box stands behind a placeholder


def _add_widgets(forms: Any, matrix: Any, pdf: pydyf.PDF, page: Any, *_: Any) -> None:
    """Make a widget of each control on a page; in WeasyPrint's place, called as it is."""
    drawn: dict[tuple[Any, ...], bytes] = {}
    for inputs in forms.values():
        for box, rectangle in inputs:
            x1, y1 = matrix.transform_point(*rectangle[:2])
            x2, y2 = matrix.transform_point(*rectangle[2:])
            corners = [round(value, 2) for value in (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))]
            widget = pydyf.Dictionary(
                {
                    "Type": "/Annot",
                    "Subtype": "/Widget",
                    "Rect": pydyf.Array(corners),
                    "P": page.reference,
                    "F": _PRINT,
                }
            )
            width, height = round(corners[2] - corners[0], 2), round(corners[3] - corners[1], 2)
            if box.element.get("type") in ("checkbox", "radio"):
                widget |= _button(box, width, height, pdf, drawn)
            else:
                widget |= _text(box, width, height, pdf)
            pdf.add_object(widget)
            page.setdefault("Annots", pydyf.Array()).append(widget.reference)
            box.widget_annotation = widget


def _button(box: Any, width: float, height: float, pdf: pydyf.PDF, drawn: dict[Any, bytes]) -> dict[str, Any]:
    """A tick or a circle. What is ``drawn`` of its size already is used again: no viewer ever draws these anew."""
    shape = box.element.get("data-mark") or ("dot" if box.element.get("type") == "radio" else "tick")
    colour = _colour(box)

    def state(operators: bytes) -> bytes:
        key = (operators, width, height)
        if key not in drawn:
            made = drawing(operators, width, height)
            pdf.add_object(made)
            drawn[key] = made.reference
        return drawn[key]

    on = {_state(box.element): state(mark(shape, width, height, colour))}
    return {
        "AS": "/Off",
        "AP": pydyf.Dictionary({"N": pydyf.Dictionary({**on, "Off": state(b"")})}),
        "MK": pydyf.Dictionary({"CA": pydyf.String(_MARK_NAMES.get(shape, "4"))}),
        "DA": pydyf.String(f"/{_MARKS_FONT} 0 Tf {colour} rg"),
    }


def _state(element: Any) -> str:
    return str(element.get("value", "1"))


def _text(box: Any, width: float, height: float, pdf: pydyf.PDF) -> dict[str, Any]:
    empty = drawing(PEN_UP, width, height)
    pdf.add_object(empty)
    size = round(box.style["font_size"] * 0.75, 2)  # from CSS pixels to points
    found: dict[str, Any] = {
        "FT": "/Tx",
        "Ff": _MULTILINE if box.element.tag == "textarea" else 0,
        "DA": pydyf.String(f"/{FONT} {size:g} Tf {_colour(box)} rg"),
        "Q": _ALIGNMENTS.get(_side(box.style), 0),
        "AP": pydyf.Dictionary({"N": empty.reference}),
    }
    if limit := box.element.get("maxlength"):
        found["MaxLen"] = int(limit)
    if box.element.get("data-ground"):
        # Once words are typed they cover the lines for the pen, which are further apart; nothing covers them before.
        found["MK"] = pydyf.Dictionary({"BG": pydyf.Array([1, 1, 1])})
    return found


def _side(style: Any) -> str:
    """The side that text is set at; where it starts and ends depends on its direction."""
    right_to_left = style["direction"] == "rtl"
    sides = {"start": "right" if right_to_left else "left", "end": "left" if right_to_left else "right"}
    return str(sides.get(style["text_align_all"], style["text_align_all"]))


def _colour(box: Any) -> str:
    return " ".join(f"{part:.3g}" for part in box.style["color"].to("srgb").coordinates)


def _check_control(element: Any, name: str) -> None:
    if element.tag != "textarea" and (element.tag != "input" or element.get("type", "text") not in _CONTROLS):
        hint = "use an input of type text, checkbox or radio, or a textarea"
        raise HandoutkitError(Problem("field-kind", f"`{name}` is no kind of field that a PDF can have", hint))


class _FieldTree:
    """The form's fields below each other: handout, block, field, and the widgets of a group."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self._pdf = pdf
        self._nodes: dict[str, Any] = {}
        self._heard = AccessibleName()
        self.roots: list[bytes] = []

    def add(self, element: Any, widget: Any) -> None:
        """Put a control's widget into its place. Raises HandoutkitError if another field has it."""
        name = element.get("name", "")
        _check_control(element, name)
        question, option = element.get("title", ""), element.get("data-option", "")
        handout, block, field = parts_of(name)
        if element.get("type") == "radio":
            group = self._nodes.get(name) or self._new_group(handout, block, field, question)
            group["Kids"].append(widget.reference)
            group[OPTIONS].append(pydyf.String(option))
            widget |= {"Parent": group.reference, "TU": self._spoken(question, option)}
            return
        if name in self._nodes:
            hint = "give each of them a name of its own, in the templates that make them"
            raise HandoutkitError(Problem("field-twice", f"two fields are called `{name}`", hint))
        parent = self._node(f"{handout}.{block}", block, self._node(handout, handout, None))
        parent["Kids"].append(widget.reference)
        widget |= {"Parent": parent.reference, "T": pydyf.String(field), "TU": self._spoken(question, option)}
        if element.get("type") == "checkbox":
            widget |= {"FT": "/Btn", "V": "/Off", OPTIONS: pydyf.Array([pydyf.String(option or question)])}
        self._nodes[name] = widget

    def add_edition(self, edition: Edition) -> None:
        """Say the edition under each handout, in a field that has no place on a page."""
        for handout in [node for name, node in self._nodes.items() if "." not in name]:
            field = pydyf.Dictionary(
                {
                    "FT": "/Tx",
                    "T": pydyf.String(EDITION),
                    "TU": pydyf.String(edition.heard),
                    "V": pydyf.String(str(edition.number)),
                    "Ff": _READ_ONLY,
                    "Parent": handout.reference,
                }
            )
            self._pdf.add_object(field)
            handout["Kids"].append(field.reference)

    def _spoken(self, question: str, option: str) -> pydyf.String:
        return pydyf.String(self._heard.unlike_others(accessible_names(question, option)))

    def _new_group(self, handout: str, block: str, field: str, question: str) -> Any:
        parent = self._node(f"{handout}.{block}", block, self._node(handout, handout, None))
        group = self._node(f"{handout}.{block}.{field}", field, parent)
        group |= {
            "FT": "/Btn",
            "Ff": _RADIO | _NO_TOGGLE_TO_OFF,
            "V": "/Off",
            "TU": self._spoken(question, ""),
            OPTIONS: pydyf.Array(),
        }
        return group

    def _node(self, name: str, part: str, parent: Any) -> Any:
        if name not in self._nodes:
            node = pydyf.Dictionary({"T": pydyf.String(part), "Kids": pydyf.Array()})
            self._pdf.add_object(node)
            if parent is None:
                self.roots.append(node.reference)
            else:
                node["Parent"] = parent.reference
                parent["Kids"].append(node.reference)
            self._nodes[name] = node
        return self._nodes[name]
