"""Handouts as built, made one client's: their PDFs carry the reference in a field, and are named by it.

It is added to finished PDFs only, so nothing that is set or kept knows of a client.
"""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf

from handoutkit.errors import Problem, UsageError
from handoutkit.models.clients.client_ref import CLIENT_REF, ClientRef
from handoutkit.render.forms.hidden_fields import add_hidden_field

from .build_result import BuildResult, BuiltHandout


def with_client_ref(built: BuildResult, ref: ClientRef) -> BuildResult:
    """The handouts with the reference in their PDFs. Raises UsageError: one has no PDF with a field."""
    return replace(built, finished=tuple(_of_client(one, ref) for one in built.finished))


def _of_client(built: BuiltHandout, ref: ClientRef) -> BuiltHandout:
    """Other forms than the PDF are not read when they come back; they have the reference in their name only."""
    if built.typeset is None or not built.typeset.fields:
        name = built.document.handout.id
        hint = "make it a PDF with places to write, or leave --client-ref out"
        message = f"`{name}` has no PDF with fields here, so nothing of it comes back with a reference"
        raise UsageError(Problem("no-place-for-reference", message, hint))
    pdf = built.typeset.pdf
    files = (
        replace(file, ending=f".{ref}{file.ending}", data=_with_field(pdf, ref) if file.data is pdf else file.data)
        for file in built.files
    )
    return replace(built, files=tuple(files))


def _with_field(pdf: bytes, ref: ClientRef) -> bytes:
    """The PDF with a field ``client_ref`` below each of its handouts, which is hidden on every page."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for handout in document.Root.AcroForm.Fields:
            add_hidden_field(document, handout, CLIENT_REF, CLIENT_REF, ref, document.pages)
        file = io.BytesIO()
        document.save(file, deterministic_id=True)
    return file.getvalue()
