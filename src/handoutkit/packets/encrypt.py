"""A finished packet under a password."""

from __future__ import annotations

import io

import pikepdf

from handoutkit.errors import Problem, WithheldError
from handoutkit.render.filling import terminal_fields


def encrypted(pdf: bytes, password: str) -> bytes:
    """The packet, encrypted with AES-256 (ISO 32000-2, 7.6.4, revision 6), written whole.

    Whoever has the password may do everything; and screen readers are let in, as PDF/UA-1 asks (7.16).

    Raises:
        WithheldError: opened again with the password, it is not what it was.
    """
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        allowed = pikepdf.Permissions(accessibility=True)
        document.save(made, encryption=pikepdf.Encryption(owner=password, user=password, R=6, allow=allowed))
        before = _facts(document)
    with pikepdf.open(made, password=password) as document:
        if _facts(document) != before or not document.is_encrypted:
            raise WithheldError(Problem("withheld", "an encrypted packet is not what it was", "please report this"))
    return made.getvalue()


def _facts(document: pikepdf.Pdf) -> tuple[int, dict[str, str]]:
    return len(document.pages), {name: str(field.get("/V", "")) for name, field in terminal_fields(document)}
