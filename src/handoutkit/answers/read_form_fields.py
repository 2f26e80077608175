"""Reads the form of a PDF as a list of fields, in the order of its pages; its tree may be of any shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from pikepdf import Array, Dictionary, Name, Pdf, String

from handoutkit.errors import ContentError

from .pdf_strings import pdf_text
from .untrusted_pdf import damaged, refused_pdf

MAX_DEPTH = 32
MAX_NODES = 50_000
"""Most groups, fields and widgets that are looked at; a packet of thirty full handouts stays below."""
MAX_ANNOTATIONS = 100_000
_MAX_NAME = 300
_NO_NUMBER = (0, 0)
"""The number of what is not an object of its own."""


class FormField(NamedTuple):
    """A field that holds a value.

    Attributes:
        name: its full name, ``handout.block.field``.
        type: ``/Tx``, ``/Btn``, ``/Ch``, ``/Sig`` or what stands there.
        flags: as ``/Ff`` in ISO 32000-1, tables 221, 226, 228 and 230.
        value: of ``/V``; None if there is none.
        node: the field itself.
        widgets: where it shows, in the order of its options; the field itself if it is its own widget.
        page: the first page that it shows on, from 1; 0 if it is on no page of the file.
    """

    name: str
    type: str
    flags: int
    value: Any
    node: Dictionary
    widgets: tuple[Dictionary, ...]
    page: int = 0


class _Place(NamedTuple):
    """A node of the tree that is still to be looked at, with what its parents say."""

    node: Any
    name: str = ""
    depth: int = 1
    type: Any = None
    flags: Any = None
    value: Any = None


def fields_of(pdf: Pdf) -> list[FormField]:
    """Every field of a PDF, as the pages have them; those that show nowhere come last.

    Raises:
        ContentError: there are none, the form is an XFA form, or its tree runs in a circle or beyond the limits.
    """
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/XFA" in form:
        hint = "fill in the handout as it was sent, in another viewer, and save it there"
        raise refused_pdf("xfa-form", "this PDF was turned into an XFA form, whose answers stand elsewhere", hint)
    roots = form.get("/Fields") if isinstance(form, Dictionary) else None
    fields = list(_Walk().fields(roots)) if isinstance(roots, Array) else []
    if not fields:
        raise refused_pdf(*_NO_FIELDS)
    return _in_page_order(pdf, fields)


@dataclass
class _Walk:
    """Goes over a tree of fields depth first, without recursion: how deep it is, its sender decides."""

    def __post_init__(self) -> None:
        self._seen: set[tuple[int, int]] = set()
        self._nodes = 0

    def fields(self, roots: Array) -> Iterator[FormField]:
        waiting = [_Place(node) for node in reversed(self._members(roots))]
        while waiting:
            at = waiting.pop()
            if at.depth > MAX_DEPTH:
                raise _too_many()
            here = _resolved(at)
            kids = self._members(here.node.get("/Kids"))
            named = [kid for kid in kids if "/T" in kid]
            if len(named) < len(kids) and (named or any("/Kids" in kid for kid in kids)):
                raise damaged()
            if named:
                waiting += [here._replace(node=kid, depth=at.depth + 1) for kid in reversed(named)]
            else:
                yield _field(here, kids)

    def _members(self, members: Any) -> list[Dictionary]:
        """The dictionaries of an array; none may have been met before, in a circle or on a branch grown twice.

        Nothing stands where the fields of a page were that a program took out (pdfseparate).
        """
        if members is None:
            return []
        if not isinstance(members, Array):
            raise damaged()
        self._nodes += len(members)
        if self._nodes > MAX_NODES:
            raise _too_many()
        found = []
        entries: list[Any] = list(members)
        for member in entries:
            if member is None:
                continue
            if not isinstance(member, Dictionary):
                raise damaged()
            number = member.objgen
            if number != _NO_NUMBER:
                if number in self._seen:
                    raise damaged()
                self._seen.add(number)
            found.append(member)
        return found


def _resolved(at: _Place) -> _Place:
    """The place with its own name, type, flags and value over its parents'."""
    get = at.node.get
    part = get("/T")
    if not isinstance(part, String):
        raise damaged()
    name = pdf_text(part, _MAX_NAME)
    full = f"{at.name}.{name}" if at.name else name
    return _Place(at.node, full, at.depth, get("/FT", at.type), get("/Ff", at.flags), get("/V", at.value))


def _field(at: _Place, kids: list[Dictionary]) -> FormField:
    kind = str(at.type) if isinstance(at.type, Name) else ""
    flags = at.flags if isinstance(at.flags, int) else 0
    return FormField(at.name, kind, flags, at.value, at.node, tuple(kids) or (at.node,))


_NO_FIELDS = (
    "no-fields",
    "this PDF has no fields, as when a form was printed, scanned or flattened: what stands on its pages gives no rows,"
    " and no alert",
    "open it and read it; for its rows, ask for the file in which the answers were typed",
)


def _too_many() -> ContentError:
    hint = "it was not made by handoutkit, or was tampered with since; ask for the file again"
    return refused_pdf("too-many-fields", "this PDF has more fields, or deeper ones, than any handout", hint)


def _in_page_order(pdf: Pdf, fields: list[FormField]) -> list[FormField]:
    """The fields with their pages, in the order of the pages."""
    order: dict[tuple[int, int], tuple[int, int]] = {}
    for page, lying in annotations_of(pdf):
        for annotation in lying:
            order.setdefault(getattr(annotation, "objgen", _NO_NUMBER), (page, len(order)))
    order.pop(_NO_NUMBER, None)
    last = (0, len(order) + 1)
    found = []
    for field in fields:
        page, place = min((order.get(widget.objgen, last) for widget in field.widgets), key=lambda at: at[1])
        found.append((place, FormField(*field[:-1], page)))
    return [field for _, field in sorted(found, key=lambda pair: pair[0])]


def annotations_of(pdf: Pdf) -> Iterator[tuple[int, list[Any]]]:
    """What lies on each page, with the page's number from 1. Raises ContentError: there is too much of it."""
    count = 0
    for number, page in enumerate(pdf.pages, start=1):
        annotations = page.obj.get("/Annots")
        if isinstance(annotations, Array):
            count += len(annotations)
            if count > MAX_ANNOTATIONS:
                raise _too_many()
            yield number, list(annotations)
