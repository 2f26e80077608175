"""The keys and types that a model takes at each place, and the address that a pydantic location means."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from handoutkit.files.source_file import Address


class Shape:
    """One place in a kind of file, read from the model's JSON Schema."""

    def __init__(self, schema: dict[str, Any], top: dict[str, Any]) -> None:
        self._top = top
        self._schema = self._resolved(schema)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that a mapping may have here, those first that it must have."""
        required = self._schema.get("required", ())
        return tuple(sorted(self._schema.get("properties", ()), key=lambda key: key not in required))

    @property
    def types(self) -> tuple[str, ...]:
        """Where one of several models can stand: the values that its ``type`` may have."""
        return tuple(self._schema.get("discriminator", {}).get("mapping", ()))

    def inside(self, part: str | int) -> Shape:
        """The place of a key, of an item, or of the model with that ``type``."""
        if isinstance(part, int):
            return Shape(self._schema.get("items", {}), self._top)
        if part in self.types:
            return Shape({"$ref": self._schema["discriminator"]["mapping"][part]}, self._top)
        return Shape(self._schema.get("properties", {}).get(part, {}), self._top)

    def sample(self, key: str) -> str:
        """How a line with this key is written."""
        field = self.inside(key)._schema
        words = field.get("enum") or [field["const"]] if "enum" in field or "const" in field else []
        if words:
            return f"`{key}: {words[0]}`" + ("" if len(words) == 1 else f" (or {', '.join(words[1:])})")
        if field.get("type") in ("array", "object") or "discriminator" in field:
            return f"`{key}:`, and below it, indented, what belongs to it"
        value = {"integer": str(field.get("minimum", 1)), "boolean": "true"}.get(field.get("type", ""), "...")
        return f"`{key}: {'2026-01-31' if field.get('format') == 'date' else value}`"

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        for option in schema.get("anyOf", ()):  # a field that may be left out is one of something and null
            if option.get("type") != "null":
                schema = option
        while "$ref" in schema:
            schema = self._top["$defs"][schema["$ref"].rsplit("/", 1)[1]]
        return schema


@lru_cache(maxsize=8)
def shape_of(model: type[BaseModel]) -> Shape:
    """The shape of a whole file."""
    schema = model.model_json_schema(by_alias=True)
    return Shape(schema, schema)


def real_address(loc: Iterable[str | int], model: type[BaseModel]) -> tuple[Address, Shape]:
    """The way through the data that a pydantic location means, and the shape of the mapping or list it ends in.

    Where one of several models can stand, pydantic puts the ``type`` of the one that was tried into the location
    (``blocks, 2, prose, text``), although the data have no such key.
    """
    address: list[str | int] = []
    shape = outer = shape_of(model)
    for part in loc:
        if part in shape.types:
            shape = outer = shape.inside(part)
            continue
        address.append(part)
        outer, shape = shape, shape.inside(part)
    return tuple(address), outer
