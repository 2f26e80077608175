"""What was written or drawn beside the fields of a PDF: texts, notes, ink, stamps and the like, by page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Dictionary, Name, Pdf, String

from handoutkit.answers.answer_rows import MarkBeside
from handoutkit.answers.pdf_strings import pdf_text
from handoutkit.answers.read_form_fields import annotations_of
from handoutkit.errors import ContentError

# What a page has by itself: fields, links, and the windows in which viewers show a note.
_NO_MARKS = frozenset({"/Widget", "/Link", "/Popup", "/PrinterMark", "/TrapNet"})
_KINDS = {
    "/FreeText": "text",
    "/Text": "note",
    "/Ink": "drawing",
    "/Line": "drawing",
    "/Square": "drawing",
    "/Circle": "drawing",
    "/Polygon": "drawing",
    "/PolyLine": "drawing",
    "/Stamp": "stamp",
    "/Highlight": "highlight",
    "/Underline": "highlight",
    "/StrikeOut": "highlight",
    "/Squiggly": "highlight",
    "/FileAttachment": "attachment",
}
_OTHER = "mark"
"""What anything else is called; nobody knows what a viewer of tomorrow adds."""


def marks_beside(pdf: Pdf) -> Iterator[MarkBeside]:
    """Every mark that is no field, page by page (ISO 32000-2, table 171). Raises ContentError: there are too many."""
    for page, lying in annotations_of(pdf):
        for annotation in lying:
            kind = annotation.get("/Subtype") if isinstance(annotation, Dictionary) else None
            if isinstance(kind, Name) and str(kind) not in _NO_MARKS:
                yield MarkBeside(page, _KINDS.get(str(kind), _OTHER), _text(annotation))


def _text(annotation: Any) -> str:
    """Its words; none if it has none, or none that can be read: then it is only counted."""
    words = annotation.get("/Contents")
    try:
        return pdf_text(words).strip() if isinstance(words, String) else ""
    except ContentError:
        return ""
