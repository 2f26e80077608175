"""One form for the whole packet, with the field that says whose it is."""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, String

from .parts import Carried

OWNER, CLIENT_REF = "packet", "client_ref"
"""The field ``packet.client_ref``; it stands on no page, and `answers` reads it."""
_READ_ONLY = 1


def join(packet: pikepdf.Pdf, carried: Sequence[Carried], heard: str) -> None:
    """Put the handouts' fields, which keep their names, into one form. Without a field in any, there is none.

    Args:
        heard: what a listener hears the reference called.
    """
    forms = [part.catalog.AcroForm for part in carried if "/AcroForm" in part.catalog]
    if not forms:
        return
    owner = packet.make_indirect(Dictionary(T=String(OWNER)))
    reference = Dictionary(
        FT=pikepdf.Name.Tx,
        T=String(CLIENT_REF),
        TU=String(heard),
        V=String(""),
        Ff=_READ_ONLY,
        Parent=owner,
    )
    owner.Kids = Array([packet.make_indirect(reference)])
    fields = [owner, *(field for form in forms for field in form.Fields)]
    # Every handout brings the same font for what is typed, under the same name: one is enough.
    packet.Root.AcroForm = Dictionary(Fields=Array(fields), DR=forms[0].DR, DA=forms[0].DA)
