"""Numbers among words that are written from the right keep their order.

By Unicode's rules for such words the groups of ``(555) 010-0199`` change places, and nobody could call that number; so
do those of ``12 mg``.
"""

from __future__ import annotations

import re

_LEAST_DIGITS = 7
_TAG_OR_NUMBER = re.compile(
    r"""<[^>]*>
    | (?P<measure> [0-9] [0-9.,]* [ \xa0] [A-Za-z]+ )
    | (?P<telephone> [+(]{0,2} [0-9] (?: [ \xa0().\u2010\u2011/-]{0,3} [0-9] )+ )""",
    re.VERBOSE,
)


def kept_in_order(html: str) -> str:
    """HTML whose telephone numbers and measures run from left to right wherever they stand."""
    return _TAG_OR_NUMBER.sub(_kept, html)


def _kept(found: re.Match[str]) -> str:
    text = found[0]
    is_kept = found["measure"] or (found["telephone"] and _is_telephone(text))
    return f'<span dir="ltr">{text}</span>' if is_kept else text


def _is_telephone(text: str) -> bool:
    has_parts = any(char in "+( \xa0" for char in text)  # others keep their order by themselves
    return has_parts and sum(map(str.isdecimal, text)) >= _LEAST_DIGITS
