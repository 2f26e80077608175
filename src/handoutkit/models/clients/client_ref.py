"""A client's reference: the one rule for it, in file names, rosters and commands.

It names a file on every system, stands in the foot of every page, and tells nobody who the client is.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple, NewType

from handoutkit.models.filled_in.identifiers import RESERVED_IDS

ClientRef = NewType("ClientRef", str)
"""What a client is called in names of files and on every page; the key to who it is stays with the practice."""

CLIENT_REF = "client_ref"
"""The name of the reference: of the value, the roster's column and the form field."""
MAX_REFERENCE = 20
"""Characters; so many digits and capitals fit the foot of a page, in every shipped format."""
_REFERENCE = re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")
_MIN = 3
"""Letters of a part of a name that could tell who it is."""
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "\N{LATIN SMALL LETTER DOTLESS I}": "i", "æ": "ae", "œ": "oe"}
)


class ReferenceFault(NamedTuple):
    """What is wrong with a reference; it does not repeat it."""

    code: str
    message: str
    hint: str


def client_ref_of(text: str, name: str = "") -> ClientRef | ReferenceFault:
    """A text as a client's reference, or why it cannot be one.

    Args:
        name: what the client is called, of which it may hold no part.
    """
    return _fault_in(text) or _fault_with(text, name) or ClientRef(text)


def _fault_in(text: str) -> ReferenceFault | None:
    hint = f"use at most {MAX_REFERENCE} letters a-z, digits and single hyphens, underscores or dots, such as `QX-7301`"
    if not text:
        return ReferenceFault("no-client-ref", "there is no reference", hint)
    if len(text) > MAX_REFERENCE or not _REFERENCE.fullmatch(text):
        return ReferenceFault("bad-client-ref", "this cannot be the reference of a client, which names a file", hint)
    if text.split(".", maxsplit=1)[0].casefold() in RESERVED_IDS:
        return ReferenceFault("bad-client-ref", "Windows keeps this name for itself", "put something before it")
    return None


def _fault_with(client_ref: str, name: str) -> ReferenceFault | None:
    """What is wrong if it holds any part of a name, in capitals or not and with accents or without."""
    letters = re.sub(r"[^a-z]", "", client_ref.casefold())
    words = (re.sub(r"[^a-z]", "", word) for word in re.split(r"[^\w\u0300-\u036f]+|_", _plain(name)))
    if any(word in letters for word in words if len(word) >= _MIN):
        hint = "use a number or a code that says nothing about the client; it becomes the name of a file"
        return ReferenceFault("name-in-client-ref", "this reference holds a part of the client's name", hint)
    return None


def _plain(text: str) -> str:
    """In small letters, without accents."""
    folded = unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN)
    return "".join(char for char in folded if not unicodedata.combining(char))
