"""One client's packet, from its layout to the bytes that go out; made in the worker, which has a limit of time."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pikepdf

from handoutkit.errors import Problem, WithheldError
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker
from handoutkit.packets.packet_layout import PacketLayout
from handoutkit.render.forms.finished_fields import terminal_fields
from handoutkit.render.theme import Theme

from .personalise_packet import Personaliser
from .verify_packet import Verifier


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


LIMITS = ResourceLimits(seconds=60, wall=300, memory=2_000_000_000)
"""For one client's values; most take a hundredth of a second."""


def make_client_packet(layout: PacketLayout, theme: Theme, given: Mapping[str, str]) -> bytes:
    """The packet with a client's values, read back in full.

    Raises:
        ContentError: it does not take a value, or took more than ``LIMITS``.
        WithheldError: it is not what it should be.
    """
    made = the_worker().call(
        f"{__name__}:make_client_packet_here", layout, theme, dict(given), limits=LIMITS, file=layout.packet
    )
    assert isinstance(made, bytes)  # noqa: S101 - for the type checker
    return made


def make_client_packet_here(layout: PacketLayout, theme: Theme, given: Mapping[str, str]) -> bytes:
    """The same in this process: what the worker does."""
    pdf = Personaliser(layout, theme).personalise(given)
    Verifier(layout, theme).verify(pdf, given, text=True)
    return pdf
