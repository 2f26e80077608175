"""Writes form fields on the places to write, while WeasyPrint writes the PDF.

``add_widgets`` makes the widgets of a page (``weasyprint_patches.form_controls`` has WeasyPrint call it), and
``finish_form`` joins them to one form once all pages are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pydyf

from handoutkit.errors import ContentError, Problem
from handoutkit.models.filled_in.identifiers import EDITION
from handoutkit.render.scripts import EAST_ASIAN, script_of
from handoutkit.render.weasyprint_patches.form_controls import Corners, FormControl, controls

from .accessible_names import AccessibleName, accessible_names, parts_of
from .field_drawings import NOTHING, PEN_UP, drawing, mark
from .hidden_fields import write_hidden_field

OPTIONS = "HDKT_Options"
"""The key of a button field under which the words of its options stand; its value ``/2`` is the second of them."""
FONT = "Wingdings"
"""What the font for what is typed is called among the form's resources. By this name alone does PDFium (in
``CPDF_BAFontMap``) take from a field's own font what it counts to other scripts than Western: other letters, and curly
quotation marks. All other viewers look the name up among the resources."""
SIZE = "HDKT_Size"
"""The key of a text field under which the size stands that its place was laid out for. The 0 in its appearance lets a
viewer choose a smaller one, so that long words shrink and do not hide."""
LARGEST_SHRINKING = 12.5
"""The size in points up to which several lines may shrink: viewers begin no larger, so large print keeps its own."""
_SMALLEST, _SMALLEST_OF_SEVERAL = 0.55, 0.73
"""How far words may shrink before a field takes no more of them: a line in any viewer, several lines in pdf.js."""
_BORDER, _LEADING = 4, 1.2
SIGNATURE = "signature"
"""The kind of a place that a program for PDFs signs with a certificate (ISO 32000-2, 12.7.5.5)."""
_LOOK = f"/{FONT} 11 Tf 0 g"
_MARKS_FONT = "ZaDb"
_PRINT = 1 << 2
_READ_ONLY = 1
_MULTILINE, _NO_TOGGLE_TO_OFF, _RADIO = 1 << 12, 1 << 14, 1 << 15
_MARK_NAMES = {"tick": "4", "dot": "l", "ring": "l"}  # in ZapfDingbats, for editors that draw their own
_CONTROLS = ("text", "checkbox", "radio")
_ALIGNMENTS = {"center": 1, "right": 2}


class Edition(NamedTuple):
    """A handout's edition, and the accessible name of its field."""

    number: int
    accessible_name: str


def count_fields(document: Any) -> int:
    """How many fields a laid-out ``weasyprint.document.Document`` has to fill in."""
    return len({control.element.get("name") for control in controls(document)})


def finish_form(document: Any, pdf: pydyf.PDF, *, add_font: Callable[[pydyf.PDF], bytes], edition: Edition) -> None:
    """Join the widgets to one form, its fields named handout, block, field. Without widgets there is none.

    Args:
        document: the ``weasyprint.document.Document`` that the PDF was made from.
        pdf: changed in place.
        add_font: puts the font for what is typed into the PDF, and returns its reference.
        edition: of the handout, in a field that is hidden.

    Raises:
        ContentError: a field's name is not one, or two fields share one.
    """
    placed = list(controls(document))
    if not placed:
        return
    tree = _FieldTree(pdf)
    for control in placed:
        tree.add(control.element, control.widget)
    tree.add_edition(edition)
    marks = pydyf.Dictionary({"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/ZapfDingbats"})
    pdf.add_object(marks)
    fonts = pydyf.Dictionary({FONT: add_font(pdf), _MARKS_FONT: marks.reference})
    signed = any(control.element.get("data-kind") == SIGNATURE for control in placed)
    pdf.catalog["AcroForm"] = pydyf.Dictionary(
        {
            **({"SigFlags": 1} if signed else {}),  # there are places to sign (table 225)
            "Fields": pydyf.Array(tree.roots),
            "DR": pydyf.Dictionary({"Font": fonts}),
            "DA": pydyf.String(_LOOK),
        }
    )


def name_widgets(document: Any) -> None:
    """Call each widget by its control's name, without a form: for places that are no fields in the end."""
    for control in controls(document):
        control.widget["T"] = pydyf.String(control.element.get("name", ""))


def add_widgets(placed: Iterable[tuple[FormControl, Corners]], pdf: pydyf.PDF, page: pydyf.Dictionary) -> None:
    """Make a widget of each control on a page."""
    drawn: dict[tuple[Any, ...], bytes] = {}
    for control, corners in placed:
        widget = pydyf.Dictionary(
            {
                "Type": "/Annot",
                "Subtype": "/Widget",
                "Rect": pydyf.Array(corners),
                "P": page.reference,
                "F": _PRINT,
            }
        )
        left, bottom, right, top = corners
        width, height = round(right - left, 2), round(top - bottom, 2)
        if control.element.get("type") in ("checkbox", "radio"):
            widget |= _button(control, width, height, pdf, drawn)
        else:
            widget |= _text(control, width, height, pdf)
        pdf.add_object(widget)
        page.setdefault("Annots", pydyf.Array()).append(widget.reference)
        control.widget = widget


def _button(
    control: FormControl, width: float, height: float, pdf: pydyf.PDF, drawn: dict[Any, bytes]
) -> dict[str, Any]:
    """The entries of a tick box or a circle. A drawing of its size in ``drawn`` is used again: no viewer changes it."""
    element, colour = control.element, control.colour
    shape = element.get("data-mark") or ("dot" if element.get("type") == "radio" else "tick")

    def state(operators: bytes) -> bytes:
        key = (operators, width, height)
        if key not in drawn:
            made = drawing(operators, width, height)
            pdf.add_object(made)
            drawn[key] = made.reference
        return drawn[key]

    on = {str(element.get("value", "1")): state(mark(shape, width, height, colour))}
    return {
        "AS": "/Off",
        "AP": pydyf.Dictionary({"N": pydyf.Dictionary({**on, "Off": state(NOTHING)})}),
        "MK": pydyf.Dictionary({"CA": pydyf.String(_MARK_NAMES.get(shape, "4"))}),
        "DA": pydyf.String(f"/{_MARKS_FONT} 0 Tf {colour} rg"),
    }


def _text(control: FormControl, width: float, height: float, pdf: pydyf.PDF) -> dict[str, Any]:
    empty = drawing(PEN_UP, width, height)
    pdf.add_object(empty)
    element = control.element
    if element.get("data-kind") == SIGNATURE:
        return {"FT": "/Sig", "AP": pydyf.Dictionary({"N": empty.reference})}
    several = element.tag == "textarea"
    shrinks = not several or control.font_size <= LARGEST_SHRINKING
    entries: dict[str, Any] = {
        "FT": "/Tx",
        "Ff": (_MULTILINE if several else 0) | (_READ_ONLY if element.get("readonly") is not None else 0),
        "DA": pydyf.String(f"/{FONT} {0 if shrinks else control.font_size:g} Tf {control.colour} rg"),
        SIZE: control.font_size,
        "Q": _ALIGNMENTS.get(control.text_side, 0),
        "AP": pydyf.Dictionary({"N": empty.reference}),
    }
    if limit := element.get("maxlength"):
        least = (_SMALLEST_OF_SEVERAL if several else _SMALLEST) if shrinks else 1
        room = characters_in(width, height, least * control.font_size, control.language, several=several)
        entries["MaxLen"] = min(int(limit), room)
    if element.get("data-ground"):
        # Once words are typed they cover the lines for the pen, which are further apart; nothing covers them before.
        entries["MK"] = pydyf.Dictionary({"BG": pydyf.Array([1, 1, 1])})
    return entries


def characters_in(width: float, height: float, size: float, language: str, *, several: bool) -> int:
    """About how many characters a place shows, at a size of type; all in points. At least four, for a time of day."""
    letter = size * (1 if script_of(language) in EAST_ASIAN else 0.5)
    lines = max(1, int((height - _BORDER) / (size * _LEADING))) if several else 1
    return max(4, int((width - _BORDER) / letter) * lines)


def _check_control(element: Any, name: str) -> None:
    if element.tag != "textarea" and (element.tag != "input" or element.get("type", "text") not in _CONTROLS):
        hint = "use an input of type text, checkbox or radio, or a textarea"
        raise ContentError(Problem("field-kind", f"`{name}` is no kind of field that a PDF can have", hint))


class _FieldTree:
    """The tree of a form's fields: handout, block, field, and the widgets of a group."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self._pdf = pdf
        self._nodes: dict[str, Any] = {}
        self._given = AccessibleName()
        self.roots: list[bytes] = []

    def add(self, element: Any, widget: Any) -> None:
        """Put a control's widget into its place. Raises ContentError if another field has it."""
        name = element.get("name", "")
        _check_control(element, name)
        question, option = element.get("title", ""), element.get("data-option", "")
        handout, block, field = parts_of(name)
        if element.get("type") == "radio":
            group = self._nodes.get(name) or self._new_group(handout, block, field, question)
            group["Kids"].append(widget.reference)
            group[OPTIONS].append(pydyf.String(option))
            widget |= {"Parent": group.reference, "TU": self._accessible_name(question, option)}
            return
        if name in self._nodes:
            hint = "give each of them a name of its own, in the templates that make them"
            raise ContentError(Problem("field-twice", f"two fields are called `{name}`", hint))
        parent = self._node(f"{handout}.{block}", block, self._node(handout, handout, None))
        parent["Kids"].append(widget.reference)
        widget |= {"Parent": parent.reference, "T": pydyf.String(field), "TU": self._accessible_name(question, option)}
        if element.get("type") == "checkbox":
            widget |= {"FT": "/Btn", "V": "/Off", OPTIONS: pydyf.Array([pydyf.String(option or question)])}
        self._nodes[name] = widget

    def add_edition(self, edition: Edition) -> None:
        """Write the edition under each handout, into a field that is hidden on every page."""
        for handout in [node for name, node in self._nodes.items() if "." not in name]:
            number = str(edition.number)
            write_hidden_field(self._pdf, handout, EDITION, edition.accessible_name, number, _LOOK)

    def _accessible_name(self, question: str, option: str) -> pydyf.String:
        return pydyf.String(self._given.unlike_others(accessible_names(question, option)))

    def _new_group(self, handout: str, block: str, field: str, question: str) -> Any:
        parent = self._node(f"{handout}.{block}", block, self._node(handout, handout, None))
        group = self._node(f"{handout}.{block}.{field}", field, parent)
        group |= {
            "FT": "/Btn",
            "Ff": _RADIO | _NO_TOGGLE_TO_OFF,
            "V": "/Off",
            "TU": self._accessible_name(question, ""),
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
