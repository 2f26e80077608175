"""One client's packet: their values put into a layout, verified, and encrypted if there is a password."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

import pikepdf
from babel import Locale
from babel.dates import format_date, format_time, get_datetime_format

from handoutkit.errors import Problem, WithheldError
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import Worker
from handoutkit.models.clients.client_ref import CLIENT_REF
from handoutkit.packets.packet_layout import PacketLayout
from handoutkit.render.theme import Theme

from .personalise_packet import Personaliser, terminal_fields
from .verify_packet import Verifier

DAYS = frozenset({"next_session", "due"})
"""Values that must be days or words; they are days to come, and are printed with their day of the week."""
LIMITS = ResourceLimits(seconds=60, wall=300, memory=2_000_000_000)
"""For one client's packet; most take a hundredth of a second."""
_LAYOUTS_KEPT = 4
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?")


def make_client_packet_in_worker(layout: PacketLayout, theme: Theme, values: Mapping[str, str]) -> bytes:
    """Make one client's packet as ``make_client_packet`` does, in a worker of its own, which has a limit of time.

    It has set no page of anyone's before, and sees no other client: what took it over could give one the other's.

    Raises:
        ContentError: the packet does not take a value, or took more than ``LIMITS``.
        WithheldError: the packet is not what it should be.
    """
    worker = Worker()
    try:
        args, reads = (layout, theme, dict(values)), theme.roots
        function = f"{__name__}:{make_client_packet.__name__}"
        made = worker.call(function, *args, limits=LIMITS, file=layout.packet, reads=reads)
    finally:
        worker.end()
    if not isinstance(made, bytes) or not made.startswith(layout.pdf):
        raise WithheldError(Problem("withheld", "a packet is not of its layout", "please report this"))
    return made


def packet_for_nobody(layout: PacketLayout, theme: Theme) -> bytes:
    """The packet without a client; running text has blanks in place of values. Raises as the function above."""
    return make_client_packet_in_worker(layout, theme, {}) if layout.flows else layout.pdf


def make_client_packet(
    layout: PacketLayout,
    theme: Theme,
    values: Mapping[str, str],
    *,
    password: str | None = None,
    read_pages: bool = True,
) -> bytes:
    """Make one client's packet in this process; what packets of one layout share is read once.

    Args:
        values: by the names of the layout's slots; days in ISO 8601 or in words.
        password: opens the packet; without one, it is not encrypted.
        read_pages: whether the words of every page are read back too.

    Raises:
        ContentError: the packet does not take a value.
        WithheldError: the packet is not what it should be.
    """
    return _maker(layout, theme, theme.digest).make(values, password, read_pages=read_pages)


class ClientPacketMaker:
    """Makes the packets of one layout."""

    def __init__(self, layout: PacketLayout, theme: Theme) -> None:
        self._locale = Locale.parse(layout.locale)
        self._personaliser = Personaliser(layout, theme)
        self._verifier = Verifier(layout, theme)

    def make(self, values: Mapping[str, str], password: str | None, *, read_pages: bool) -> bytes:
        """Make one packet; see ``make_client_packet``."""
        printed = {name: as_printed(name, text, self._locale) for name, text in values.items()}
        pdf = self._personaliser.personalise(printed)
        self._verifier.verify(pdf, printed, text=read_pages)
        return encrypted(pdf, password) if password else pdf


@lru_cache(maxsize=_LAYOUTS_KEPT)
def _maker(layout: PacketLayout, theme: Theme, _digest: str) -> ClientPacketMaker:
    return ClientPacketMaker(layout, theme)


def as_printed(name: str, text: str, locale: Locale) -> str:
    """A value as it is printed: a day in words, anything else as it is."""
    return text if name == CLIENT_REF else in_words(text, locale, weekday=name in DAYS)


def in_words(text: str, locale: Locale, *, weekday: bool = False) -> str:
    """Write a day, or a day and time, in ISO 8601 as ``January 31, 2026, 2:30 p.m.``; return other text as it is.

    Args:
        text: one that may be a day of the calendar, as ``2026-01-31 14:30``; other text stays as it is.
        weekday: whether the day of the week is said, too: ``Saturday, January 31, 2026``.
    """
    found = _DAY.fullmatch(text)
    if not found:
        return text
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    day = format_date(moment.date(), "full" if weekday else "long", locale=locale)
    if not found[2]:
        return day
    time = format_time(moment.time(), "short", locale=locale).replace("\u202f", "\u00a0")
    if locale.language == "en":  # as guides to plain writing have it, and as no name is written
        time = time.replace("AM", "a.m.").replace("PM", "p.m.")
    pattern = str(get_datetime_format("long", locale=locale)).replace("'", "")
    return pattern.replace("{1}", day).replace("{0}", time)


def encrypted(pdf: bytes, password: str) -> bytes:
    """Encrypt a packet with AES-256 (ISO 32000-2, 7.6.4, revision 6).

    Whoever has the password may do everything; and screen readers are let in, as PDF/UA-1 asks (7.16).

    Raises:
        WithheldError: opened again with the password, the packet is not what it was.
    """
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        allowed = pikepdf.Permissions(accessibility=True)
        document.save(made, encryption=pikepdf.Encryption(owner=password, user=password, R=6, allow=allowed))
        before = _pages_and_values(document)
    with pikepdf.open(made, password=password) as document:
        if _pages_and_values(document) != before or not document.is_encrypted:
            raise WithheldError(Problem("withheld", "an encrypted packet is not what it was", "please report this"))
    return made.getvalue()


def _pages_and_values(document: pikepdf.Pdf) -> tuple[int, dict[str, str]]:
    return len(document.pages), {name: str(field.get("/V", "")) for name, field in terminal_fields(document)}
