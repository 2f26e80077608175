"""A PDF as a plain document: the text of its pages as pdfium gives it, and its form fields."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf

from handoutkit.answers.pdf_strings import pdf_text
from handoutkit.answers.read_form_fields import FormField, fields_of
from handoutkit.answers.untrusted_pdf import limits
from handoutkit.errors import ContentError
from handoutkit.importing.plain_document import AsidePiece, FieldPiece, Piece, PlainDocument

from .inline_words import escaped
from .source_file_kinds import SourceFault
from .text_reader import read_text_source

MAX_PAGES = 200
_MULTILINE, _RADIO, _PUSH = 1 << 12, 1 << 15, 1 << 16
"""Flags of fields (ISO 32000-1, tables 226 and 228)."""
_PAGE_NUMBER = re.compile(r"\s*(?:page|página|p\.)?\s*\d{1,3}(?:\s*(?:/|of|de)\s*\d{1,3})?\s*", re.IGNORECASE)


def read_pdf_source(data: bytes, path: Path) -> PlainDocument:
    """A document from a PDF. Raises SourceFault: it is locked, damaged, or has no text."""
    pages = _pages(data)
    body, edges = _without_edges(pages)
    fields = list(_fields(path))
    if not "".join(body).strip() and not fields:
        hint = "it may be a scan: have a program read it (OCR), or type its text into a plain file"
        raise SourceFault("no-text", "this PDF has no text that could be read", hint)
    document = read_text_source("\n\n".join(body))
    extra: list[Piece] = [AsidePiece(text, "page_edge") for text in edges]
    return replace(document, pieces=(*document.pieces, *fields, *extra))


def _pages(data: bytes) -> list[list[str]]:
    """The lines of each page. Raises SourceFault."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(io.BytesIO(data)) as pdf:
            if len(pdf) > MAX_PAGES:
                message = f"this PDF has {len(pdf):,} pages, and at most {MAX_PAGES} are read"
                raise SourceFault("too-large", message, "take the pages out that you need")
            texts = [page.get_textpage().get_text_range() for page in pdf]
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        message = "this PDF has a password" if locked else "this PDF is damaged"
        raise SourceFault("unreadable-pdf", message, "open it in a viewer, and save it anew without one") from None
    return [[line.rstrip() for line in text.replace("\ufffe", "").splitlines()] for text in texts]


def _without_edges(pages: list[list[str]]) -> tuple[list[str], list[str]]:
    """The text of each page, and lines that stand at the head or foot of most pages, or are page numbers."""
    edges = Counter(line for page in pages for line in {*page[:1], *page[-1:]} if line)
    repeated = {line for line, count in edges.items() if count > max(1, len(pages) // 2)}
    found: dict[str, None] = {}
    body = []
    for page in pages:
        lines = list(page)
        for at in (0, -1):
            if lines and (lines[at] in repeated or (lines[at] and _PAGE_NUMBER.fullmatch(lines[at]))):
                found[lines.pop(at)] = None
        body.append("\n".join(lines))
    return body, list(found)


def _fields(path: Path) -> Iterator[FieldPiece]:
    """The fields of its form; none if there is no form that can be read."""
    with limits():
        try:
            with pikepdf.open(path) as pdf:
                for field in fields_of(pdf):
                    if piece := _piece(field):
                        yield piece
        except (ContentError, pikepdf.PikepdfError, ValueError, OSError):
            return


def _piece(field: FormField) -> FieldPiece | None:
    label = field.node.get("/TU")
    words = pdf_text(label, 300) if isinstance(label, pikepdf.String) else field.name.rpartition(".")[2]
    words = escaped(" ".join(re.sub(r"[_\-.]+", " ", words).split()) or "Field")
    if field.type == "/Tx":
        return FieldPiece(words, "lines" if field.flags & _MULTILINE else "line")
    if field.type == "/Btn" and not field.flags & _PUSH:
        if not field.flags & _RADIO:
            return FieldPiece(words, "tick")
        states = {str(state)[1:] for one in field.widgets for state in _states(one)} - {"Off"}
        return FieldPiece(words, "choice", tuple(sorted(states)))
    if field.type == "/Ch":
        options = field.node.get("/Opt")
        listed = [one[1] if isinstance(one, pikepdf.Array) else one for one in options] if options is not None else []
        return FieldPiece(words, "choice", tuple(escaped(str(one)) for one in listed))
    return None


def _states(widget: pikepdf.Dictionary) -> list[str]:
    shown = widget.get("/AP")
    normal = shown.get("/N") if isinstance(shown, pikepdf.Dictionary) else None
    return [str(name) for name in normal] if isinstance(normal, pikepdf.Dictionary) else []
