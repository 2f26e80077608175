"""Pydantic's complaints as problems in plain words, each at its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from handoutkit.errors import Problem

from .shape import Shape, real_address, shape_of
from .source import Address, SourceFile, clipped


class Wording(NamedTuple):
    """What to say of one kind of complaint."""

    code: str
    message: str
    hint: str = ""
    on_key: bool = False


_TEXT = ("a text", "put quotes around it")
_NUMBER = ("a whole number", "write it in digits, without quotes")
_TRUTH = ("`true` or `false`", "write `true` or `false`, without quotes")
_DATE = ("a date", "write year, month, day as in 2026-01-31, without quotes")
_GROUP = ("a group of `key: value` lines", "write these lines below it, indented")
_WANTED = {
    "string_type": _TEXT,
    "int_type": _NUMBER,
    "int_from_float": _NUMBER,
    "bool_type": _TRUTH,
    "date_type": _DATE,
    "date_from_datetime_parsing": _DATE,
    "tuple_type": ("a list", "start each item on its own line with `- `"),
    "model_type": _GROUP,
    "model_attributes_type": _GROUP,
    "dict_type": _GROUP,
}


def problems_in(error: ValidationError, source: SourceFile, model: type[BaseModel]) -> list[Problem]:
    """One problem for each complaint of a failed validation of ``source.data`` against ``model``."""
    problems = []
    for details in error.errors(include_url=False):
        if details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]:
            continue  # pydantic counts the items that are right; those that are wrong have their own problems
        address, around = real_address(details["loc"], model)
        wording = _wording(details, address, around, model)
        if details["type"] == "union_tag_invalid":
            address = (*address, "type")
        found = str(details.get("ctx", {}).get("found", ""))
        problems.append(
            source.problem(wording.code, wording.message, wording.hint, at=address, on_key=wording.on_key, found=found)
        )
    return problems


def _wording(details: ErrorDetails, address: Address, around: Shape, model: type[BaseModel]) -> Wording:
    kind, context, value = details["type"], details.get("ctx", {}), details["input"]
    if "text" in context:  # a rule of our own: see models.base.problem
        return Wording(kind, clipped(context["text"], 300), clipped(context["hint"], 300))
    last = address[-1] if address else ""
    if kind == "missing":
        return Wording("missing-field", f"`{last}` is missing", f"add {around.sample(str(last))}")
    if kind == "extra_forbidden":
        return _unknown_key(str(last), around, address, model)
    if kind in ("union_tag_not_found", "union_tag_invalid"):
        return _type_wording(context, value, address, around)
    if kind == "literal_error":
        said = f"`{clipped(value)}`" if isinstance(value, str) else _name(value)
        known = tuple(context["expected"].split("'")[1::2])  # pydantic writes: 'a', 'b' or 'c'
        return Wording("unknown-value", f"{said} is not one of the words that can stand here", suggest(value, known))
    if value is None and kind in _WANTED:
        wanted = _WANTED[kind][0]
        return Wording("no-value", f"there is nothing here; {wanted} belongs here", _fill_or_drop(last))
    if kind in _WANTED:
        wanted, hint = _WANTED[kind]
        return _odd_date(value) if wanted == "a date" and _odd_date(value) else Wording(
            "wrong-type", f"{wanted} belongs here, not {_name(value)}", hint
        )
    return _size_wording(kind, context, value) or Wording("bad-value", clipped(details["msg"], 300))


def _unknown_key(key: str, around: Shape, address: Address, model: type[BaseModel]) -> Wording:
    message = f"the key `{clipped(key)}` is not known here"
    hint = suggest(key, around.keys)
    if key != key.strip():
        hint = "an invisible space stands in this key: type the line anew"
    elif key == "<<":
        hint = "YAML merges are not taken: write the lines out in place of `<<`"
    elif not hint.startswith("did you mean") and len(address) > 1 and key in shape_of(model).keys:
        hint = f"`{key}` belongs at the top of the file: start its line in the first column"
    return Wording("unknown-key", message, hint, on_key=True)


def _type_wording(context: dict[str, Any], value: Any, address: Address, around: Shape) -> Wording:
    last = address[-1] if address else ""
    what = "block" if isinstance(last, int) else str(last)
    known = around.inside(last).types
    if "tag" not in context:
        return Wording("missing-field", "`type` is missing", f"add a line `type: ...` with {_one_of(known)}")
    tag = value.get("type") if isinstance(value, dict) else None
    if tag is None:
        return Wording("no-value", "`type` has no value", f"write {_one_of(known)} after it")
    if not isinstance(tag, str):
        return Wording("wrong-type", f"a type is one word, not {_name(tag)}", f"write {_one_of(known)}")
    return Wording(f"unknown-{what}", f"there is no type of {what} called `{clipped(tag)}`", suggest(tag, known))


def _size_wording(kind: str, context: dict[str, Any], value: Any) -> Wording | None:
    if kind == "string_too_long":
        message = f"this text has {len(value):,} characters; {context['max_length']:,} is the most"
        return Wording("too-long", message, "shorten it, or split it in two")
    if kind == "too_long":
        message = f"there are {len(value)} items here; {context['max_length']} is the most"
        return Wording("too-many", message, "take some out, or split them over two")
    if kind == "too_short":
        message = f"there {_count(len(value))} here; {context['min_length']} is the least"
        return Wording("too-few", message, "add what is missing")
    if kind == "greater_than_equal":
        return Wording("out-of-bounds", f"`{value}` is too small; {context['ge']} is the least", "change the number")
    if kind == "less_than_equal":
        return Wording("out-of-bounds", f"`{value}` is too large; {context['le']} is the most", "change the number")
    if kind == "string_pattern_mismatch":  # the only pattern there is, for the country
        hint = "write its two capital letters, such as `US` or `GB`"
        return Wording("bad-region", f"`{clipped(value)}` is not the code of a country", hint)
    return None


def suggest(word: object, known: Iterable[str]) -> str:
    """The word that was probably meant, or all that can be meant."""
    names = list(known)
    close = get_close_matches(str(word)[:60], names, n=1, cutoff=0.6)
    if close:
        return f"did you mean `{close[0]}`?"
    return f"write {_one_of(names)}" if names else "take it out"


def _one_of(names: Iterable[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else "one of " + ", ".join(quoted)


def _fill_or_drop(last: str | int) -> str:
    if isinstance(last, int):
        return "write it after the `- `, or take this line out"
    return f"write it after `{clipped(last)}:`, or take the whole line out if it is not needed"


def _odd_date(value: Any) -> Wording | None:
    """What is wrong with a text that was meant as a date."""
    if not isinstance(value, str) or not (parts := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", value.strip())):
        return None
    said = f"`{value.strip()}`"
    if len(parts[2]) == len(parts[3]) == 2:
        if int(parts[2]) in range(1, 13) and int(parts[3]) in range(1, 29):
            return Wording("wrong-type", f"{said} in quotes is a text; a date belongs here", "take the quotes away")
        return Wording("bad-date", f"{said} is not a day of the calendar", "check the month and the day")
    return Wording("bad-date", f"{said} is not written as a date", "write two digits for month and day: 2026-01-31")


def _count(number: int) -> str:
    return "is nothing" if not number else f"is {number} item" if number == 1 else f"are {number} items"


def _name(value: Any) -> str:
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
    return f"{'the number' if isinstance(value, int | float) else 'the date'} `{value}`"
