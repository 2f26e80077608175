"""Telephone numbers and measures run from left to right, also among words that run from right to left."""

from __future__ import annotations

import re

_MIN_DIGITS = 7
_TAG_OR_NUMBER = re.compile(
    r"""<[^>]*>
    | (?P<measure> (?<![0-9.,]) (?<![0-9][:/\u2010-\u2013-]) (?<![A-Za-z][ \xa0])
        [0-9]+ (?: [.,:/\u2010-\u2013-] [0-9]+ )* [.,]? [ \xa0] [A-Za-z]+
        (?: [ \xa0,.:'\u2019/\u2010-\u2013-]{1,3} [A-Za-z0-9]+ )* )
    | (?P<telephone> (?<![0-9]) (?<![0-9]:)
        [+(]{0,2} [0-9] (?: [ \xa0().\u2010\u2011/-]{0,3} [0-9] )+ (?! :?[0-9] ) )""",
    re.VERBOSE,
)


def numbers_left_to_right(html: str) -> str:
    """Mark telephone numbers and measures in HTML, so that they run from left to right wherever they stand.

    By Unicode's rules for words from the right, the groups of ``(555) 010-0199`` change places, and nobody could call
    that number; so do those of ``12 mg``. Latin words that follow belong to it: ``5 Elm St`` is one thing to read. A
    time or a day beside them is never parted: what is taken of ``14:30`` is all of it or nothing.
    """
    return _TAG_OR_NUMBER.sub(_marked, html)


def _marked(found: re.Match[str]) -> str:
    text = found[0]
    is_number = found["measure"] or (found["telephone"] and _is_telephone(text))
    return f'<span dir="ltr">{text}</span>' if is_number else text


def _is_telephone(text: str) -> bool:
    has_parts = any(char in "+( \xa0" for char in text)  # others keep their order by themselves
    return has_parts and sum(map(str.isdecimal, text)) >= _MIN_DIGITS
