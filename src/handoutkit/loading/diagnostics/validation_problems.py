"""Turns pydantic's validation errors into problems in plain words, each at its position in the file."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from handoutkit.errors import Problem
from handoutkit.files.source_file import Address, SourceFile, clipped

from .model_shape import Shape, real_address, shape_of
from .value_problems import ProblemWording, kind_name, of_nothing, of_size, of_type, one_of_these, suggest

_WRITE_OUT = "write out the lines that `<<` stands for"


def problems_in(error: ValidationError, source: SourceFile, model: type[BaseModel]) -> list[Problem]:
    """One problem for each error of a failed validation of ``source.data`` against ``model``."""
    problems = []
    for details in error.errors(include_url=False):
        if details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]:
            continue  # pydantic counts the items that are right; those that are wrong have their own problems
        # Errors about the `type` of a block need its own words: pydantic reports them at the block, not at the key.
        address, outer = real_address(details["loc"], model)
        if details["type"] == "union_tag_invalid":
            address = (*address, "type")
            wording = _bad_type(details["input"], address, outer.inside(address[-2]).types, source)
        elif details["type"] == "union_tag_not_found":
            known = one_of_these(outer.inside(address[-1]).types)
            hint = _WRITE_OUT if "<<" in details["input"] else f"add a line `type: ...` with {known}"
            wording = ProblemWording("missing-field", "`type` is missing", hint)
        else:
            wording = _wording(details, address, outer, source, model)
        found = str(details.get("ctx", {}).get("found", ""))
        problems.append(
            source.problem(wording.code, wording.message, wording.hint, at=address, on_key=wording.on_key, found=found)
        )
    return problems


def _wording(
    details: ErrorDetails, address: Address, outer: Shape, source: SourceFile, model: type[BaseModel]
) -> ProblemWording:
    kind, context, value = details["type"], details.get("ctx", {}), details["input"]
    last = address[-1] if address else ""
    if "text" in context:  # a rule of our own: see models.complaints
        return ProblemWording(kind, clipped(context["text"], 300), clipped(context["hint"], 300))
    if kind == "missing":
        return ProblemWording("missing-field", f"`{last}` is missing", f"add {outer.sample(str(last))}")
    if kind == "extra_forbidden":
        return _unknown_key(address, outer, source, model)
    if value is None:
        return of_nothing(kind, last, source.line_of(address))
    if kind == "literal_error":
        quoted = f"`{clipped(value)}`" if isinstance(value, str) else kind_name(value)
        known = context["expected"].split("'")[1::2]  # pydantic writes: 'a', 'b' or 'c'
        return ProblemWording(
            "unknown-value", f"{quoted} is not one of the words that can stand here", suggest(value, known)
        )
    if kind == "model_attributes_type" and value in outer.inside(last).types:
        hint = f"write `type: {value}` in its place, and below it what belongs to it"
        return ProblemWording("wrong-type", f"`{value}` alone is not enough here", hint)
    return (
        of_type(kind, value)
        or of_size(kind, context, value)
        or ProblemWording("bad-value", clipped(details["msg"], 300))
    )


def _bad_type(value: dict[str, Any], address: Address, known: tuple[str, ...], source: SourceFile) -> ProblemWording:
    tag = value["type"]
    if tag is None:
        return of_nothing("", "type", source.line_of(address))._replace(
            hint=f"write {one_of_these(known)} after `type:`"
        )
    if not isinstance(tag, str):
        return ProblemWording("wrong-type", f"a type is one word, not {kind_name(tag)}", f"write {one_of_these(known)}")
    of_what = address[-2]
    what = "block" if isinstance(of_what, int) else of_what
    return ProblemWording(f"unknown-{what}", f"there is no type of {what} called `{clipped(tag)}`", suggest(tag, known))


def _unknown_key(address: Address, outer: Shape, source: SourceFile, model: type[BaseModel]) -> ProblemWording:
    key = str(address[-1])
    hint = suggest(key, outer.keys)
    if key != key.strip():
        message = f"an invisible space belongs to the key `{clipped(key.strip())}`"
        return ProblemWording("unknown-key", message, "type the line anew, with ordinary spaces before it", on_key=True)
    if key == "<<":
        hint = _WRITE_OUT
    elif hint.startswith("write one") and key in shape_of(model).keys and key not in source.data:
        hint = f"`{key}` belongs to the whole file: move it to the top, with no spaces before it"
    return ProblemWording("unknown-key", f"the key `{clipped(key)}` is not known here", hint, on_key=True)
