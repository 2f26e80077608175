"""Addresses that links lead to: which a reader can go to, and which are not what they look like."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_LOOK_ALIKE = frozenset({"CYRILLIC", "GREEK", "COPTIC", "ARMENIAN", "CHEROKEE"})


def leads_somewhere(href: str) -> bool:
    """Whether an address is one that a reader can go to: a page, a mailbox or a telephone."""
    scheme = scheme_of(href)
    if scheme in ("http", "https"):
        found = re.match(r"([\w-]+(?:\.[\w-]+)+)(:\d+)?([/?#]|$)", href.split("//", 1)[-1])
        return found is not None and not reads_as_another(found[1])
    return scheme in LINK_SCHEMES


def reads_as_another(host: str) -> bool:
    """Whether the name of a host mixes letters of scripts that look alike, such as a Cyrillic a among Latin ones.

    Its parts may be as they were written or in Punycode. No one's own name is so (Unicode Technical Standard 39, 5.1).
    """
    for part in host.split("."):
        try:
            letters = part[4:].encode("ascii").decode("punycode") if part.startswith("xn--") else part
        except UnicodeError:
            return True
        scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in letters if letter.isalpha()}
        if len(scripts & (_LOOK_ALIKE | {"LATIN"})) > 1:
            return True
    return False


def scheme_of(href: str) -> str:
    """What an address begins with, such as ``https``; empty where it has none or is broken."""
    try:
        return urlsplit(href).scheme
    except ValueError:
        return ""
