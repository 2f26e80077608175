"""Links of numbers and addresses that somebody can be reached by, so that a tap on them is enough."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\+?[\d\s\xa0().\u2010\u2011/-]+")
_PAGE = re.compile(r"(?:https?://)?(?P<page>[\w-]+(?:\.[\w-]+)+(?:/\S*)?)")
_SCHEMES = {"call": "tel", "text": "sms"}


def contact_link(to: str, kind: str = "call") -> str:
    """Where a number or address leads; empty if nobody can tell, as with words in a number.

    >>> contact_link("(555) 010-0199"), contact_link("838255", "text"), contact_link("988lifeline.org", "chat")
    ('tel:5550100199', 'sms:838255', 'https://988lifeline.org')
    >>> contact_link("START to 88788", "text")
    ''
    """
    if scheme := _SCHEMES.get(kind):
        digits = re.sub(r"[^\d+]", "", to)
        return f"{scheme}:{digits}" if digits and _NUMBER.fullmatch(to.strip()) else ""
    found = _PAGE.fullmatch(to.strip())
    return f"https://{found['page']}" if found else ""
