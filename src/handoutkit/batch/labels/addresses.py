"""A client's name and address as the lines of a label, in the order of the practice's region."""

from __future__ import annotations

from collections.abc import Mapping

ADDRESS_VALUES = ("display_name", "street", "address_2", "city", "state", "postcode", "country", "address")
"""The columns that a label is made of; ``address`` has all of it, where there are no columns for its parts."""
WITH_A_STREET = ("street", "address")
"""One of these columns must be there."""
_CODE_BEHIND = frozenset({"US", "CA", "AU", "NZ", "IN"})
"""Regions that write the code behind the town and its state: ``Riverbend, NY 00000``."""
_CODE_BELOW = frozenset({"GB", "IE"})
"""Regions that give the code a line of its own."""


def label_lines(values: Mapping[str, str], region: str | None) -> list[str]:
    """The lines of a label; none if there is no address.

    Args:
        values: by the names of ``ADDRESS_VALUES``; empty ones may be missing.
        region: the practice's; without one, the code stands before the town, as in most countries.
    """
    given = {name: " ".join(text.split(" ")).strip() for name, text in values.items()}
    street = [line.strip() for name in ("street", "address_2") for line in given.get(name, "").split("\n")]
    town = _town(given, region)
    if not (any(street) or given.get("address")):
        return []
    if not any(street):
        street = _whole(given["address"], keep=bool(town))
    lines = [given.get("display_name", ""), *street, *town, given.get("country", "")]
    return [line for line in lines if line]


def _town(given: Mapping[str, str], region: str | None) -> list[str]:
    city, state, code = (given.get(name, "") for name in ("city", "state", "postcode"))
    if region in _CODE_BELOW:
        return [line for line in (city, state, code) if line]
    place = ", ".join(part for part in (city, state) if part)
    parts = (place, code) if region in _CODE_BEHIND else (code, place)
    line = " ".join(part for part in parts if part)
    return [line] if line else []


def _whole(address: str, *, keep: bool) -> list[str]:
    """The lines of an address in one cell; one line is parted behind the street, unless the town has columns."""
    lines = [line.strip() for line in address.split("\n") if line.strip()]
    if len(lines) > 1 or keep:
        return lines
    street, comma, rest = address.partition(",")
    return [street.strip(), rest.strip()] if comma else lines
