"""A client's values as a packet prints them."""

from __future__ import annotations

from babel import Locale

from handoutkit.models.client import Client
from handoutkit.packets.client import DAYS, in_words
from handoutkit.packets.layout import Layout


def values_of(client: Client, layout: Layout, locale: Locale) -> dict[str, str]:
    """The values that a layout has places for, by name; days in words."""
    given = {**dict(client.values), "client_ref": client.client_ref}
    if client.due:
        given["due"] = client.due.isoformat()
    places = {slot.name for slot in layout.slots}
    return {name: in_words(text, locale) if name in DAYS else text for name, text in given.items() if name in places}
