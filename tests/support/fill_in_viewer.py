"""Filling in and reading back a form, as a person does with a viewer (PDFium) and as a listener hears it."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from tests.support.pdf_reading import opened


@dataclass(frozen=True)
class Widget:
    """A field's place on a page: the page's number from 0, and left, bottom, right, top in points.

    It keeps its document open, like ``FormField``.
    """

    page: int
    box: tuple[float, float, float, float]
    dictionary: Any
    document: pikepdf.Pdf

    @property
    def middle(self) -> tuple[float, float]:
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2

    @property
    def states(self) -> list[str]:
        """The states it has an appearance for, without Off."""
        return [str(state).lstrip("/") for state in self.dictionary.AP.N if state != "/Off"]


@dataclass(frozen=True)
class FormField:
    """A field by its full name, with the widgets that are shown. It keeps its document open."""

    name: str
    dictionary: Any
    document: pikepdf.Pdf
    widgets: list[Widget] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return str(self.dictionary.FT)

    @property
    def value(self) -> str:
        return str(self.dictionary.get("/V", "")).lstrip("/" if self.kind == "/Btn" else "")


def fields(pdf: bytes | pikepdf.Pdf) -> dict[str, FormField]:
    """The form's fields by full name, in the order of the form; none if there is no form."""
    document = opened(pdf) if isinstance(pdf, bytes) else pdf
    if "/AcroForm" not in document.Root:
        return {}
    pages = {page.obj.objgen: number for number, page in enumerate(document.pages)}
    found = {}
    for name, dictionary in _terminal(document.Root.AcroForm.Fields, ""):
        assert name not in found, f"two fields are called {name}"
        kids = dictionary.get("/Kids", [dictionary] if "/Rect" in dictionary else [])
        widgets = [Widget(pages[kid.P.objgen], _corners(kid.Rect), kid, document) for kid in kids if not is_hidden(kid)]
        found[name] = FormField(name, dictionary, document, widgets)
    return found


def is_hidden(widget: Any) -> bool:
    """Whether an annotation has the flag of one that is neither shown nor printed (ISO 32000-1, table 165)."""
    return bool(int(widget.get("/F", 0)) & 1 << 1)


def _corners(rect: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(corner) for corner in rect)
    return left, bottom, right, top


def _terminal(nodes: Any, path: str) -> Iterator[tuple[str, Any]]:
    for node in nodes:
        name = f"{path}.{node.T}" if path else str(node.T)
        if any("/T" in kid for kid in node.get("/Kids", [])):
            yield from _terminal(node.Kids, name)
        else:
            yield name, node


def in_viewer(pdf: bytes, values: Mapping[str, str]) -> bytes:
    """The file that a viewer saves after someone typed these texts and clicked these options, by field name."""
    form = fields(pdf)
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    for name, value in values.items():
        target = form[name]
        widget = next((w for w in target.widgets if target.kind == "/Btn" and value in w.states), target.widgets[0])
        page = document[widget.page]
        _click(document, page, widget.middle)
        if target.kind == "/Tx":
            text = ctypes.create_string_buffer(value.encode("utf-16-le") + b"\0")
            pdfium.FORM_ReplaceSelection(document.formenv, page, ctypes.cast(text, ctypes.POINTER(ctypes.c_ushort)))
        pdfium.FORM_ForceToKillFocus(document.formenv)
        page.close()
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _click(document: Any, page: Any, point: tuple[float, float]) -> None:
    pdfium.FORM_OnMouseMove(document.formenv, page, 0, *point)
    pdfium.FORM_OnLButtonDown(document.formenv, page, 0, *point)
    pdfium.FORM_OnLButtonUp(document.formenv, page, 0, *point)


def ink(pdf: bytes, widget: Widget, dpi: int = 144) -> Any:
    """What a viewer shows at a field's place, as a grey picture."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    page = document[widget.page]
    scale, height = dpi / 72, page.get_height()
    left, bottom, right, top = widget.box
    picture = page.render(scale=scale).to_pil().convert("L")
    return picture.crop(tuple(round(v * scale) for v in (left, height - top, right, height - bottom)))


def dark(picture: Any) -> int:
    """How many pixels of a grey picture are dark."""
    return sum(picture.histogram()[:128])
