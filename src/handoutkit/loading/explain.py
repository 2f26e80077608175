"""Pydantic's complaints as problems in plain words, each at its place in the file."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from handoutkit.errors import Problem

from .source import Address, SourceFile


class Wording(NamedTuple):
    """What to say of one kind of complaint."""

    code: str
    message: str
    hint: str = ""
    on_key: bool = False


_WANTED = {
    "string_type": ("a text", "put quotes around it"),
    "int_type": ("a whole number", "write digits without quotes"),
    "int_from_float": ("a whole number", "write digits without quotes"),
    "bool_type": ("`true` or `false`", "write it without quotes"),
    "date_type": ("a date", "write it as 2026-01-31, without quotes"),
    "date_from_datetime_parsing": ("a date", "write it as 2026-01-31, without quotes"),
    "tuple_type": ("a list", "start each item on its own line with `- `"),
    "model_type": ("a group of `key: value` lines", "write its keys below it, indented"),
    "model_attributes_type": ("a group of `key: value` lines", "write its keys below it, indented"),
    "dict_type": ("a group of `key: value` lines", "write its keys below it, indented"),
}


def problems_in(error: ValidationError, source: SourceFile, model: type[BaseModel]) -> list[Problem]:
    """One problem for each complaint of a failed validation of ``source.data`` against ``model``."""
    problems = []
    for details in error.errors(include_url=False):
        address = real_address(details["loc"], source.data)
        if details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]:
            continue  # pydantic counts the items that are right; those that are wrong have their own problems
        if details["type"] == "union_tag_invalid":
            address = (*address, "type")
        wording = _wording(details, address, model)
        problems.append(source.problem(wording.code, wording.message, wording.hint, at=address, on_key=wording.on_key))
    return problems


def real_address(loc: Iterable[str | int], data: Any) -> Address:
    """The way through the data that a pydantic location means.

    Pydantic puts the tag of a discriminated union (a block's ``type``) into the location, although no such key is in
    the data. No block has a field that is named as a block type (a test holds it), so a part that is not in the data
    and not the last is such a tag.
    """
    parts = tuple(loc)
    address: list[str | int] = []
    for position, part in enumerate(parts):
        inside = (isinstance(data, dict) and part in data) or (
            isinstance(data, tuple) and isinstance(part, int) and part < len(data)
        )
        if inside:
            address.append(part)
            data = data[part]
        elif position == len(parts) - 1 and isinstance(data, dict) and part != data.get("type"):
            address.append(part)
    return tuple(address)


def _wording(details: ErrorDetails, address: Address, model: type[BaseModel]) -> Wording:
    kind, context, value = details["type"], details.get("ctx", {}), details["input"]
    if "text" in context:  # a rule of our own: see models.base.problem
        return Wording(kind, context["text"], context["hint"])
    if kind == "missing":
        key = str(details["loc"][-1])
        return Wording("missing-field", f"`{key}` is missing", f"add a line `{key}: ...` here")
    if kind == "extra_forbidden":
        key = str(details["loc"][-1])
        known = sorted(_fields(model, details["loc"][:-1]))
        return Wording("unknown-key", f"`{key}` is not a key that is known here", _suggest(key, known), on_key=True)
    if kind in ("union_tag_not_found", "union_tag_invalid"):
        return _tag_wording(context, value, "block" if address[:-2] == ("blocks",) else "type")
    if kind == "literal_error":
        known = _quoted_words(context["expected"])
        said = f"`{value}`" if isinstance(value, str) else _name(value)
        return Wording("unknown-value", f"{said} is not one of the values taken here", _suggest(str(value), known))
    if kind in _WANTED:
        wanted, hint = _WANTED[kind]
        return Wording("wrong-type", f"here {wanted} is wanted, not {_name(value)}", hint)
    return _size_wording(kind, context) or Wording("bad-value", details["msg"])


def _tag_wording(context: dict[str, Any], value: Any, what: str) -> Wording:
    known = _quoted_words(context.get("expected_tags", ""))
    if "tag" in context:
        tag = str(context["tag"])
        return Wording(f"unknown-{what}", f"there is no {what} called `{tag}`", _suggest(tag, known))
    if not isinstance(value, dict):
        hint = "give it a `type:` and what belongs to it, indented below"
        return Wording("wrong-type", f"here a group of `key: value` lines is wanted, not {_name(value)}", hint)
    return Wording("missing-field", "`type` is missing", "start it with `type: ...`, such as `type: prose`")


def _size_wording(kind: str, context: dict[str, Any]) -> Wording | None:
    if kind == "string_too_long":
        limit = f"{context['max_length']:,}"
        return Wording("too-long", f"this text is longer than {limit} characters", "shorten it, or split it in two")
    if kind == "too_long":
        limit = context["max_length"]
        return Wording("too-many", f"there are more than {limit} items here", "take some out, or split them in two")
    if kind == "too_short":
        least = context["min_length"]
        return Wording(
            "too-few", f"at least {least} {'item is' if least == 1 else 'items are'} wanted here", "add what is missing"
        )
    bounds = {"greater_than_equal": ("ge", "at least"), "less_than_equal": ("le", "at most")}
    if kind in bounds:
        key, words = bounds[kind]
        return Wording("out-of-bounds", f"this number must be {words} {context[key]}", "change the number")
    if kind == "string_pattern_mismatch":
        return Wording(
            "bad-value", f"this does not have the form {context['pattern']}", "write it in capital letters: `US`, `GB`"
        )
    return None


def _fields(model: type[BaseModel], loc: tuple[str | int, ...]) -> set[str]:
    """Names (aliases where there are any) of the fields that the model at ``loc`` takes."""
    schema = model.model_json_schema(by_alias=True)
    here: dict[str, Any] = schema
    for part in loc:
        here = _resolve(here, schema)
        if isinstance(part, int):
            here = here.get("items", {})
        elif part in here.get("properties", {}):
            here = here["properties"][part]
        else:
            mapping = here.get("discriminator", {}).get("mapping", {})
            here = {"$ref": mapping[part]} if part in mapping else {}
    return set(_resolve(here, schema).get("properties", {}))


def _resolve(here: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    for option in here.get("anyOf", ()):
        if "$ref" in option:
            here = option
    while "$ref" in here:
        here = schema["$defs"][here["$ref"].rsplit("/", 1)[1]]
    return here


def _suggest(word: str, known: list[str]) -> str:
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f"did you mean `{close[0]}`?"
    return "known here: " + ", ".join(f"`{name}`" for name in known) if known else ""


def _quoted_words(text: str) -> list[str]:
    """The words of pydantic's ``'a', 'b' or 'c'``."""
    return text.split("'")[1::2]


def _name(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"the truth value `{str(value).lower()}`"
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, tuple):
        return "a list"
    if isinstance(value, str):
        return "a text"
    return f"`{value}`"
