"""Messages for what is wrong with one value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from itertools import accumulate
from typing import Any, NamedTuple

from handoutkit.files.source_file import clipped


class ProblemWording(NamedTuple):
    """The code, message and hint of one problem, and whether it is about the key."""

    code: str
    message: str
    hint: str = ""
    on_key: bool = False


QUOTE_IT = 'put the whole text in quotes ("...")'
_TEXT = ("a text", 'put quotes around it ("...")')
_NUMBER = ("a whole number", "write it in digits, without quotes")
_FRACTION = ("a number", "write it in digits, without quotes, such as 1.5")
_TRUTH = ("`true` or `false`", "write `true` or `false`, without quotes")
_DATE = ("a date", "write year, month and day as in 2026-01-31, without quotes")
_LIST = ("a list", "start each item on a line of its own with `- `")
_GROUP = ("a group of `key: value` lines", "write these lines below it, indented")
_WANTED = {
    "string_type": _TEXT,
    "int_type": _NUMBER,
    "int_from_float": _NUMBER,
    "float_type": _FRACTION,
    "float_parsing": _FRACTION,
    "finite_number": _FRACTION,
    "bool_type": _TRUTH,
    "date_type": _DATE,
    "date_from_datetime_parsing": _DATE,
    "tuple_type": _LIST,
    "model_type": _GROUP,
    "model_attributes_type": _GROUP,
    "dict_type": _GROUP,
}


def of_type(kind: str, value: Any) -> ProblemWording | None:
    """A value of the wrong type; None if ``kind``, pydantic's word, is about something else."""
    if kind not in _WANTED:
        return None
    wanted, hint = _WANTED[kind]
    if _WANTED[kind] is _DATE and (odd := _odd_date(value)):
        return odd
    if _WANTED[kind] is _TEXT and isinstance(value, dict):
        hint = f"if this is a text with `: ` in it, {QUOTE_IT}"
    if _WANTED[kind] is _TEXT and isinstance(value, tuple):
        hint = f"take the `- ` away; if this is a text in [brackets], {QUOTE_IT}"
    return ProblemWording("wrong-type", f"{wanted} belongs here, not {kind_name(value)}", hint)


def of_nothing(kind: str, last: str | int, line: str) -> ProblemWording:
    """A key or an item with nothing after it.

    Args:
        last: the key, or the number of the item.
        line: the line it stands on.
    """
    wanted = f", where {_WANTED[kind][0]} belongs" if kind in _WANTED else ""
    if re.search(r"[:-]\s+#", line[:500]):  # a whole file can stand on one line
        hint = f"what comes after ` #` is a comment; if it is the text, {QUOTE_IT}"
    elif isinstance(last, int):
        hint = "write it after the `- `, or take this line out"
    elif _WANTED.get(kind) in (_LIST, _GROUP):
        hint = f"write it below `{clipped(last)}:`, indented, or take the line out if it is not needed"
    else:
        hint = f"write it after `{clipped(last)}:`, or take the line out if it is not needed"
    return ProblemWording("no-value", f"there is nothing here{wanted}", hint)


def of_size(kind: str, context: dict[str, Any], value: Any) -> ProblemWording | None:
    """A value that is too long, too large or of the wrong form; None if ``kind`` is about something else."""
    if kind == "string_too_long":
        message = f"this text has {len(value):,} characters, and at most {context['max_length']:,} fit"
        return ProblemWording("too-long", message, "shorten it, or split it in two")
    if kind == "too_long":
        message = f"there are {len(value)} items here, and at most {context['max_length']} can be"
        return ProblemWording("too-many", message, "take some out, or split them over two")
    if kind == "too_short":
        message = f"{_there_are(len(value))} here, and at least {context['min_length']} must be"
        return ProblemWording("too-few", message, "add what is missing")
    if kind == "greater_than_equal":
        return ProblemWording(
            "out-of-bounds", f"{value} is too small; at least {context['ge']} can stand here", "change the number"
        )
    if kind == "less_than_equal":
        return ProblemWording(
            "out-of-bounds", f"{value} is too large; at most {context['le']} can stand here", "change the number"
        )
    if kind == "string_pattern_mismatch":  # the models have one pattern, for the country
        hint = "write its two capital letters, such as `US` or `GB`"
        return ProblemWording("bad-region", f"`{clipped(value)}` is not the code of a country", hint)
    return None


_MAX_LETTERS, _OTHERS = 245, 50
"""How many letters of names a message lists, for more are too many to read, and how many it takes to say so."""


def suggest(word: object, known: Iterable[str]) -> str:
    """The word that was probably meant, or all that can be meant."""
    names = list(known)
    close = get_close_matches(str(word)[:60], names, n=1, cutoff=0.7)
    if close:
        return f"did you mean `{close[0]}`?"
    return f"write {one_of_these(names)}" if names else "take it out"


def one_of_these(names: Iterable[str]) -> str:
    """Names to choose from, as part of a sentence."""
    quoted = [f"`{name}`" for name in names]
    if len(quoted) == 1:
        return quoted[0]
    ends = list(accumulate(len(name) + 2 for name in quoted))
    limit = _MAX_LETTERS if ends[-1] > _MAX_LETTERS + _OTHERS else ends[-1]
    shown = [name for name, end in zip(quoted, ends, strict=True) if end <= limit]
    more = len(quoted) - len(shown)
    others = f", or one of {more} more that `handoutkit schema` lists" if more else ""
    return "one of " + ", ".join(shown) + others


def kind_name(value: Any) -> str:
    """A value as a person would call it."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"the truth value `{str(value).lower()}`"
    if isinstance(value, dict):
        return "a group of `key: value` lines"
    if isinstance(value, tuple):
        return "a list"
    if isinstance(value, str):
        return f"the text `{clipped(value, 30)}`"
    return f"{'the number' if isinstance(value, int | float) else 'the date'} {value}"


def _odd_date(value: Any) -> ProblemWording | None:
    """What is wrong with a text that was meant as a date; None if it was not."""
    if not isinstance(value, str) or not (parts := re.fullmatch(r"\s*\d{4}-(\d{1,2})-(\d{1,2})\s*", value)):
        return None
    if len(parts[1]) != 2 or len(parts[2]) != 2:
        hint = "write two digits for the month and for the day, as in 2026-01-31"
        return ProblemWording("bad-date", f"`{value}` is not written as a date", hint)
    try:
        date.fromisoformat(value.strip())
    except ValueError:
        return ProblemWording("bad-date", f"`{value}` is not a day of the calendar", "check the month and the day")
    return ProblemWording("wrong-type", f'"{value}" in quotes is a text; a date belongs here', "take the quotes away")


def _there_are(number: int) -> str:
    return "there is nothing" if not number else f"there {'is 1 item' if number == 1 else f'are {number} items'}"
