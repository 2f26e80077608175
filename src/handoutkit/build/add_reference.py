"""Adds a client's reference to handouts as built: their PDFs and pages carry it, and are named by it.

It is added to finished files only, so nothing that is set or kept knows of a client.
"""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf

from handoutkit.answers.pages.page_answers import with_reference
from handoutkit.errors import Problem, UsageError
from handoutkit.export.output_formats import OutputFile
from handoutkit.models.clients.client_ref import CLIENT_REF, ClientRef
from handoutkit.render.forms.hidden_fields import add_hidden_field

from .build_result import BuildResult, BuiltHandout

_COMING_BACK = (".pdf", ".html")
"""How the names of files end that are read when they come back."""


def with_client_ref(built: BuildResult, ref: ClientRef) -> BuildResult:
    """The handouts with the reference in their PDFs and pages. Raises UsageError: one has neither with a field."""
    return replace(built, finished=tuple(_of_client(one, ref) for one in built.finished))


def _of_client(built: BuiltHandout, ref: ClientRef) -> BuiltHandout:
    """Other forms are not read when they come back; they have the reference in their name only."""
    name = built.document.handout.id
    if not any(file.fields for file in built.files if file.ending in _COMING_BACK):
        hint = "make it a PDF or a page with places to write, or leave --client-ref out"
        message = f"`{name}` has no PDF and no page with fields here, so nothing of it comes back with a reference"
        raise UsageError(Problem("no-place-for-reference", message, hint))
    return replace(built, files=tuple(_as_clients(file, name, ref) for file in built.files))


def _as_clients(file: OutputFile, handout: str, ref: ClientRef) -> OutputFile:
    named = replace(file, ending=f".{ref}{file.ending}")
    if file.fields and file.ending == ".pdf":
        return replace(named, data=_with_field(file.data, ref))
    if file.fields and file.ending == ".html":
        return replace(named, data=with_reference(file.data, handout, ref))
    return named


def _with_field(pdf: bytes, ref: ClientRef) -> bytes:
    """The PDF with a field ``client_ref`` below each of its handouts, which is hidden on every page."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for handout in document.Root.AcroForm.Fields:
            add_hidden_field(document, handout, CLIENT_REF, CLIENT_REF, ref, document.pages)
        file = io.BytesIO()
        document.save(file, deterministic_id=True)
    return file.getvalue()
