"""Ids of new files, made from their titles in any script, so that nobody has to think of one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from anyascii import anyascii

from handoutkit.models.filled_in.identifiers import RESERVED_IDS
from handoutkit.models.markdown import to_plain

LONGEST_ID = 50
"""Letters; an id may have 60, and a number comes behind some."""
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"})
"""As these letters are written where there are none of them, and not as the letter below the dots."""


def id_from_title(title: str, taken: Container[str], *, otherwise: str) -> str:
    """An id that no file has yet.

    Args:
        title: in any script; letters of others than Latin are written as they sound.
        taken: the ids there are; a number is put behind one of them.
        otherwise: what it is called if the title has neither letters nor digits.
    """
    start = words_as_id(title) or otherwise
    name, number = start, 2
    while name in taken or name in RESERVED_IDS:
        name, number = f"{start}-{number}", number + 1
    return name


def words_as_id(words: str) -> str:
    """Words as an id has them: small letters, digits and single hyphens; empty if nothing is left."""
    plain = anyascii(unicodedata.normalize("NFC", to_plain(words)).lower().translate(_SPELLED)).lower()
    parts = re.findall(r"[a-z0-9]+", re.sub(r"['’`]", "", plain))
    while len("-".join(parts)) > LONGEST_ID and len(parts) > 1:
        parts.pop()
    return "-".join(parts)[:LONGEST_ID].strip("-")
