"""PDFs with forms, made by hand as the build makes them, or with any fault; and programs that fill them in."""

from __future__ import annotations

import ctypes
import io
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary, Name, PageCopyWarning, String

RADIO, MULTILINE = (1 << 15) | (1 << 14), 1 << 12
_PER_PAGE, _STEP = 20, 36


class FormPdf:
    """A PDF to put fields on, each below the one before it; a name's dots make the tree."""

    def __init__(self) -> None:
        self.pdf = pikepdf.new()
        self.roots = Array()
        self.nodes: dict[str, Dictionary] = {}
        self.widgets: list[Dictionary] = []

    def text(self, name: str, value: str | bytes | None = None) -> FormPdf:
        field = self._widget(FT=Name.Tx, DA=String("/Helv 10 Tf 0 g"), Ff=MULTILINE)
        if value is not None:
            field.V = String(value)
        return self.put(name, field)

    def tick(self, name: str, words: str | None = None, on: bool = False) -> FormPdf:
        field = self._widget(FT=Name.Btn, **self._states(1, on))
        field.V = field.AS
        if words is not None:
            field.HDKT_Options = Array([String(words)])
        return self.put(name, field)

    def choice(self, name: str, words: Sequence[str], chosen: int = 0) -> FormPdf:
        """A radio group; ``chosen`` counts from 1."""
        group = self._new(FT=Name.Btn, Ff=RADIO, V=Name(f"/{chosen}") if chosen else Name.Off)
        group.HDKT_Options = Array([String(text) for text in words])
        numbers = range(1, len(words) + 1)
        group.Kids = Array([self._widget(Parent=group, **self._states(n, n == chosen)) for n in numbers])
        return self.put(name, group)

    def edition(self, handout: str, edition: int | str = 3) -> FormPdf:
        return self.put(f"{handout}.edition", self._new(FT=Name.Tx, V=String(str(edition)), Ff=1))

    def put(self, name: str, field: Dictionary) -> FormPdf:
        """A field of any kind at its place in the tree."""
        parent, _, part = name.rpartition(".")
        field.T = String(part)
        self._kids(parent).append(field)
        if parent:
            field.Parent = self.nodes[parent]
        self.nodes[name] = field
        return self

    def _kids(self, name: str) -> Array:
        if not name:
            return self.roots
        if name not in self.nodes:
            self.put(name, self._new(Kids=Array()))
        kids = self.nodes[name].Kids
        assert isinstance(kids, Array)
        return kids

    def _new(self, **keys: Any) -> Dictionary:
        made: Dictionary = self.pdf.make_indirect(Dictionary(**keys))
        return made

    def _widget(self, **keys: Any) -> Dictionary:
        if len(self.widgets) % _PER_PAGE == 0:
            self.pdf.add_blank_page(page_size=(400, 800))
        page = self.pdf.pages[-1]
        bottom = 760 - _STEP * (len(self.widgets) % _PER_PAGE)
        place = {"Rect": Array([20, bottom, 220, bottom + 20]), "F": 4, "P": page.obj}
        widget = self._new(Type=Name.Annot, Subtype=Name.Widget, **place, **keys)
        self.widgets.append(widget)
        page.Annots = Array([*page.get("/Annots", []), widget])
        return widget

    def _states(self, number: int, on: bool) -> dict[str, Any]:
        drawings = {f"/{number}": self._drawing(b"0 0 9 9 re f"), "/Off": self._drawing(b"")}
        return {"AP": Dictionary(N=Dictionary(drawings)), "AS": Name(f"/{number}") if on else Name.Off}

    def _drawing(self, content: bytes) -> pikepdf.Stream:
        return pikepdf.Stream(self.pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 20]))

    def save(self, **options: Any) -> bytes:
        """The bytes, with ``options`` of ``pikepdf.Pdf.save``."""
        if not self.pdf.pages:
            self.pdf.add_blank_page()
        helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        fonts = Dictionary(Font=Dictionary(Helv=helvetica))
        self.pdf.Root.AcroForm = Dictionary(Fields=self.roots, DR=fonts, DA=String("/Helv 10 Tf 0 g"))
        return saved(self.pdf, **options)


def saved(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings(action="ignore", category=PageCopyWarning):  # a form may be broken on purpose
        pdf.save(file, **options)
    return file.getvalue()


def changed(data: bytes, change: Callable[[pikepdf.Pdf], object], **options: Any) -> bytes:
    """The PDF after a change, written whole by pikepdf."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        return saved(pdf, **options)


def fields_by_name(pdf: pikepdf.Pdf) -> dict[str, Dictionary]:
    """Fields, and the widgets' groups of radio buttons, by their full names."""
    found: dict[str, Dictionary] = {}

    def walk(node: Any, name: str) -> None:
        name = f"{name}.{node.T}".lstrip(".")
        named = [kid for kid in node.get("/Kids", []) if "/T" in kid]
        for kid in named:
            walk(kid, name)
        if not named:
            found[name] = node

    for root in pdf.Root.AcroForm.Fields:
        walk(root, "")
    return found


def filled_in(data: bytes, values: Mapping[str, str | int], **options: Any) -> bytes:
    """Filled by pikepdf: a text for a text field, the number of an option (from 1) for a tick or a group."""

    def fill(pdf: pikepdf.Pdf) -> None:
        fields = fields_by_name(pdf)
        for name, value in values.items():
            field = fields[name]
            if isinstance(value, str):
                field.V = String(value)
                continue
            state = Name(f"/{value}")
            field.V = state
            for widget in field.get("/Kids", [field]):
                widget.AS = state if state in widget.AP.N else Name.Off

    return changed(data, fill, **options)


def typed(data: bytes, values: Mapping[str, str | int]) -> bytes:
    """Filled by PDFium, as in Chrome: by clicks and typing at the places of the fields."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        places = {
            name: _place(pdf, fields[name], value) for fields in [fields_by_name(pdf)] for name, value in values.items()
        }
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    form = document.formenv
    for name, value in values.items():
        number, x, y = places[name]
        page = document[number]
        for event in (pdfium.FORM_OnMouseMove, pdfium.FORM_OnLButtonDown, pdfium.FORM_OnLButtonUp):
            event(form, page, 0, x, y)
        if isinstance(value, str):
            units = (value + "\0").encode("utf-16-le")
            pdfium.FORM_SelectAllText(form, page)
            for unit in (ctypes.c_ushort * (len(units) // 2 - 1)).from_buffer_copy(units):
                pdfium.FORM_OnChar(form, page, 13 if unit == 10 else unit, 0)
        pdfium.FORM_ForceToKillFocus(form)
    file = io.BytesIO()
    document.save(file)
    document.close()
    return file.getvalue()


def _place(pdf: pikepdf.Pdf, field: Dictionary, value: str | int) -> tuple[int, float, float]:
    """The page (from 0) and the middle of a field; of the option of that number if it is a group."""
    kids = list(field.get("/Kids", [field]))
    widget = next((kid for kid in kids if isinstance(value, int) and Name(f"/{value}") in kid.AP.N), kids[0])
    number = next(
        n for n, page in enumerate(pdf.pages) if any(a.objgen == widget.objgen for a in page.get("/Annots", []))
    )
    left, bottom, right, top = (float(corner) for corner in widget.Rect)
    return number, (left + right) / 2, (bottom + top) / 2


def incremental(data: bytes, values: Mapping[str, str]) -> bytes:
    """Texts filled in as pdf.js and Acrobat save: the file as it was, and the changed objects behind it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fields = fields_by_name(pdf)
        parts, offsets = [], {}
        at = len(data) + 1
        for name, value in values.items():
            field = fields[name]
            field.V = String(value)
            number = field.objgen[0]
            offsets[number] = at
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, field.unparse(resolved=True)))
            at += len(parts[-1])
        root, size = pdf.Root.objgen[0], int(pdf.trailer.Size)
    start = data[data.rfind(b"startxref") + 9 :].split()[0]
    table = b"".join(b"%d 1\n%010d 00000 n \n" % (number, offset) for number, offset in offsets.items())
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, start, at)
    return data + b"\n" + b"".join(parts) + b"xref\n" + table + trailer
