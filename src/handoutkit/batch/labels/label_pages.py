"""Sheets of labels as one PDF: each page is made and verified as a client's packet is, then all are joined and read."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name

from handoutkit.errors import ContentError, Problem, WithheldError
from handoutkit.packets.packet_layout import PacketLayout, Slot, values_of
from handoutkit.packets.personalise.incremental_update import saved_for_updates
from handoutkit.packets.personalise.make_client_packet import make_client_packet
from handoutkit.packets.personalise.personalise_packet import Personaliser
from handoutkit.packets.personalise.value_font import add_value_font
from handoutkit.render.forms.field_drawings import NOTHING
from handoutkit.render.theme import Theme
from handoutkit.render.values.fast_text import NAME
from handoutkit.render.values.printable import page_letters, printable
from handoutkit.render.values.value_box import ValueBox

from .label_sheets import LabelSheet

_SIZE = 11.0
_BESIDE, _ABOVE = 8.5, 5.0
"""Points between the edges of a label and its words: what a printer may be off, with four lines on the lowest label."""


def name_of(number: int) -> str:
    """What the value of a label is called, counted from 0."""
    return f"label_{number + 1}"


def label_layout(sheet: LabelSheet, theme: Theme) -> PacketLayout:
    """An empty sheet as a layout with a slot for each label; it holds nothing about anyone."""
    width, height = sheet.label[0] - 2 * _BESIDE, sheet.label[1] - 2 * _ABOVE
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=sheet.page)
        fonts = Dictionary({NAME: add_value_font(pdf, theme.font(theme.lettering.regular))})
        shown = Dictionary()
        operators = b""
        for number in range(sheet.count):
            box, key = Array([0, 0, width, height]), f"/HdktSlot{number}"
            resources = Dictionary(Font=fonts)
            shown[key] = pdf.make_stream(NOTHING, Type=Name.XObject, Subtype=Name.Form, BBox=box, Resources=resources)
            left, bottom = sheet.corner(number)
            operators += b"q 1 0 0 1 %.2f %.2f cm %s Do Q\n" % (left + _BESIDE, bottom + _ABOVE, key.encode())
        page.obj.Resources = Dictionary(XObject=shown)
        page.obj.Contents = pdf.make_stream(operators)
        data = saved_for_updates(pdf)
    with pikepdf.open(io.BytesIO(data)) as saved:
        placed = saved.pages[0].obj.Resources.XObject
        objects = [placed[f"/HdktSlot{number}"] for number in range(sheet.count)]
        numbers = [each.objgen[0] for each in objects]
        font: int = objects[0].Resources.Font[NAME].objgen[0]
    slots = tuple(
        Slot(name_of(n), "mark", number, None, ValueBox(name_of(n), width, height, _SIZE, lines=True), (0,))
        for n, number in enumerate(numbers)
    )
    return PacketLayout(
        pdf=data,
        slots=slots,
        flows=(),
        values=values_of(slots, ()),
        font=font,
        pages=1,
        fields=0,
        editions=(),
        packet=sheet.name,
        language="en",
        locale="en_US",
        alone=True,
    )


def label_pages(sheet: LabelSheet, theme: Theme, labels: Sequence[str]) -> bytes:
    """One PDF with a label for each text, sheet after sheet; this is what the worker does.

    Raises:
        ContentError: with the problems of each text that does not fit or whose fonts are not installed; the ``path`` of
            each names its text, as ``name_of`` does.
        WithheldError: what was made does not say on each page what it should.
    """
    layout = label_layout(sheet, theme)
    fonts = Personaliser(layout, theme)
    made = io.BytesIO()
    problems: list[Problem] = []
    with pikepdf.new() as joined:
        for first in range(0, len(labels), sheet.count):
            values = {name_of(n): text for n, text in enumerate(labels[first : first + sheet.count])}
            own = {name: name_of(first + n) for n, name in enumerate(values)}
            try:
                if lacking := fonts.missing_fonts(values):
                    raise ContentError(lacking)
                pdf = make_client_packet(layout, theme, values)
            except ContentError as error:
                problems += (replace(problem, path=own.get(problem.path, "")) for problem in error.problems)
                continue
            with pikepdf.open(io.BytesIO(pdf)) as page:
                joined.pages.extend(page.pages)
        if problems:
            raise ContentError(problems)
        joined.save(made, deterministic_id=True)
    read_back(made.getvalue(), sheet, labels)
    return made.getvalue()


def read_back(pdf: bytes, sheet: LabelSheet, labels: Sequence[str]) -> None:
    """Read a finished PDF. Raises WithheldError: a page does not say its labels, all of them and nothing else."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = [page_letters(page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()
    sheets = [labels[first : first + sheet.count] for first in range(0, len(labels), sheet.count)]
    wanted = [page_letters("".join(printable(label) for label in each)) for each in sheets]
    if [sorted(page) for page in found] != [sorted(page) for page in wanted]:
        message = "a finished sheet of labels does not say what it should"
        raise WithheldError(Problem("withheld", message, "it is withheld; please report this, it is a bug"))
