"""What is printed over finished pages: a client's values on the cover, reference and page number in each foot.

A mark is one Form XObject, empty until a client's value is put into it. On the cover it is drawn inside a tag of its
own, so that a listener hears it in its place; in the foot it is an artifact, for nobody wants to hear it on every page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree

from handoutkit.errors import ContentError, Problem
from handoutkit.models.clients.client_ref import CLIENT_REF
from handoutkit.render.forms.field_drawings import NOTHING
from handoutkit.render.forms.write_form_fields import SIZE
from handoutkit.render.page_stamps import STAMPS
from handoutkit.render.values.fast_text import NAME
from handoutkit.render.values.value_box import Align, ValueBox

from .text_flows import Corner, FlowFinder, FlowOverlay

_REFERENCE_KEY, _PAGE_KEY = "/HdktReference", "/HdktPage"
_MULTILINE = 1 << 12
_ALIGNMENTS: tuple[Align, ...] = ("start", "center", "end")


@dataclass(frozen=True, slots=True)
class Overlay:
    """A printed mark: the pages it is on, from 0, and the name of its XObject among the resources of each."""

    key: str
    pages: tuple[int, ...]
    place: ValueBox


@dataclass(frozen=True, slots=True)
class PageOverlays:
    """What is printed over pages.

    Attributes:
        marks: of single values.
        flows: of running text; ``keys`` are its paragraphs' among the XObjects of their page, by their names.
    """

    marks: list[Overlay]
    flows: list[FlowOverlay]
    keys: dict[str, str]


def overlays_of(packet: pikepdf.Pdf, pages: Iterable[int], font: pikepdf.Object, finder: FlowFinder) -> PageOverlays:
    """Turn the widgets on pages, which were laid out as inputs, into marks and paragraphs that are set in fonts.

    Args:
        pages: those around the handouts, counted from 0; what stands on others are fields.
    """
    tags = NumberTree(packet.Root.StructTreeRoot.ParentTree)
    made = PageOverlays([], [], {})
    for number in pages:
        page = packet.pages[number]
        flows = finder.on(number, page)
        made.flows.extend(flows)
        flow_of = {name: flow for flow in flows for name in flow.names}
        widgets = [note for note in page.obj.get("/Annots", ()) if note.Subtype == Name.Widget]
        operators = b""
        for widget in widgets:
            name = str(widget.T)
            if flow := flow_of.get(name):
                key, corner = f"/HdktText{len(made.keys)}", flow.corner
                made.keys[name] = key
                shown = _empty(packet, flow.flow.width, flow.flow.height, flow.fonts)
            else:
                mark = Overlay(f"/HdktSlot{len(made.marks)}", (number,), place_of(name, widget))
                made.marks.append(mark)
                key, corner = mark.key, Corner(*(float(side) for side in widget.Rect[:2]))
                shown = _empty(packet, mark.place.width, mark.place.height, Dictionary({NAME: font}))
            _resources(page)[key] = shown
            operators += _tagged(page, widget, tags, _drawn(key, *corner))
        if widgets:
            _print_over(packet, page, operators)
            _take_off(page, widgets)
    return made


def _tagged(page: pikepdf.Page, widget: Any, tags: NumberTree, drawn: bytes) -> bytes:
    """Operators inside the tag that a widget had."""
    tag: Any = tags.pop(int(widget.StructParent))
    contents: Any = tags[int(page.obj.StructParents)]
    number_in_page = len(contents)
    tag.S, tag.K = Name.Span, Array([number_in_page])
    contents.append(tag)
    return b"/Span <</MCID %d>> BDC %s EMC\n" % (number_in_page, drawn)


def _take_off(page: pikepdf.Page, widgets: Sequence[Any]) -> None:
    gone = {widget.objgen for widget in widgets}
    left = [note for note in page.obj.Annots if note.objgen not in gone]
    if left:
        page.obj.Annots = Array(left)
    else:
        del page.obj.Annots


def stamp_feet(packet: pikepdf.Pdf, numbers: Sequence[Any], font: pikepdf.Object) -> Overlay:
    """Print the reference's mark and the page number into each foot.

    Args:
        numbers: for each page, the XObject that shows its number, as large as the place for it.

    Raises:
        ContentError: a page has no place for them.
    """
    _refuse_without_places(packet)
    first = packet.pages[0].obj[_name("reference")]
    width, height = (float(side) for side in list(first.Rect)[2:])
    red, green, blue = (float(part) for part in first.Colour)
    place = ValueBox(CLIENT_REF, width, height, float(first.Size), (red, green, blue), "end")
    shared = _empty(packet, width, height, Dictionary({NAME: font}))
    for page, number in zip(packet.pages, numbers, strict=True):
        resources = _resources(page)
        resources[_REFERENCE_KEY], resources[_PAGE_KEY] = shared, number
        drawn = b" ".join(
            _drawn(key, *(float(side) for side in page.obj[_name(what)].Rect[:2]))
            for what, key in (("reference", _REFERENCE_KEY), ("page", _PAGE_KEY))
        )
        _print_over(packet, page, b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC %s EMC\n" % drawn)
    for page in packet.pages:
        for what in STAMPS:
            del page.obj[_name(what)]
    return Overlay(_REFERENCE_KEY, tuple(range(len(packet.pages))), place)


def box_of_page_number(packet: pikepdf.Pdf) -> tuple[float, float]:
    """Width and height, in points, of the place for a page number. Raises ContentError if there is none."""
    _refuse_without_places(packet)
    _, _, width, height = packet.pages[0].obj[_name("page")].Rect
    return float(width), float(height)


def _refuse_without_places(packet: pikepdf.Pdf) -> None:
    if any(_name(what) not in page.obj for page in packet.pages for what in STAMPS):
        message = "the foot of a page has no place for the packet's page number and reference"
        hint = "include `parts/stamps.html` in the foot, as the shipped templates do"
        raise ContentError(Problem("no-place-for-stamps", message, hint))


def _name(what: str) -> str:
    return f"/{STAMPS[what]}"


def _drawn(key: str, left: float, bottom: float) -> bytes:
    return b"q 1 0 0 1 %.2f %.2f cm %s Do Q" % (left, bottom, key.encode())


def _empty(packet: pikepdf.Pdf, width: float, height: float, fonts: Dictionary) -> Any:
    box = Array([0, 0, width, height])
    return packet.make_stream(NOTHING, Type=Name.XObject, Subtype=Name.Form, BBox=box, Resources=Dictionary(Font=fonts))


def _resources(page: pikepdf.Page) -> Any:
    """The page's own XObjects; before, all pages of a handout have them in common."""
    resources = page.obj.Resources = Dictionary(dict(page.obj.Resources.items()))
    resources.XObject = Dictionary(dict(resources.get("/XObject", Dictionary()).items()))
    return resources.XObject


def _print_over(packet: pikepdf.Pdf, page: pikepdf.Page, operators: bytes) -> None:
    """Add operators behind a page's own, which leave the coordinates turned over and so stand in ``q`` and ``Q``."""
    old = page.obj.Contents
    contents: Iterator[Any] = iter(old if isinstance(old, Array) else [old])
    page.obj.Contents = Array([packet.make_stream(b"q\n"), *contents, packet.make_stream(b"\nQ " + operators)])


def place_of(name: str, field: Any) -> ValueBox:
    """Return the box of a text field's widget, and how words stand in it."""
    left, bottom, right, top = (float(corner) for corner in field.Rect)
    size, colour = re.match(r"/\S+ ([\d.]+) Tf (.*) rg", str(field.DA)).groups()  # type: ignore[union-attr]
    red, green, blue = (float(part) for part in colour.split())
    return ValueBox(
        name,
        round(right - left, 2),
        round(top - bottom, 2),
        float(field.get(f"/{SIZE}", size)),
        (red, green, blue),
        _ALIGNMENTS[int(field.get("/Q", 0))],
        lines=bool(int(field.get("/Ff", 0)) & _MULTILINE),
        covered="/BG" in field.get("/MK", {}),
    )
