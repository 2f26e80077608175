"""One client's packet, from its layout to the bytes that go out; made in the worker, which has a limit of time."""

from __future__ import annotations

from collections.abc import Mapping

from handoutkit.isolation.limits import Limits
from handoutkit.isolation.worker import the_worker
from handoutkit.render.theme import Theme

from .layout import Layout
from .personalise import Personaliser
from .verify import Verifier

LIMITS = Limits(seconds=60, wall=300, memory=2_000_000_000)
"""For one client's values; most take a hundredth of a second."""


def finished(layout: Layout, theme: Theme, given: Mapping[str, str]) -> bytes:
    """The packet with a client's values, read back in full.

    Raises:
        ContentError: it does not take a value, or took more than ``LIMITS``.
        WithheldError: it is not what it should be.
    """
    made = the_worker().call(f"{__name__}:finished_here", layout, theme, dict(given), limits=LIMITS, file=layout.packet)
    assert isinstance(made, bytes)  # noqa: S101 - for the type checker
    return made


def finished_here(layout: Layout, theme: Theme, given: Mapping[str, str]) -> bytes:
    """The same in this process: what the worker does."""
    pdf = Personaliser(layout, theme).personalise(given)
    Verifier(layout, theme).verify(pdf, given, text=True)
    return pdf
