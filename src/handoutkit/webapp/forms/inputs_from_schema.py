"""The inputs of a web form for a file, made from the JSON Schema of its kind, which editors complete by as well."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from handoutkit.models.json_schema import SchemaName, json_schema

from . import form_words as words

Schema = Mapping[str, Any]
Choices = Mapping[str, tuple[tuple[str, str], ...]]
"""By the place of a field in the schema: what can stand there, each with its title."""
Kind = Literal[
    "text", "prose", "number", "tick", "date", "choice", "colour", "fixed", "group", "maybe", "list", "several", "raw"
]
ABSENT: Any = object()
_NO_CHOICES: Choices = {}
_LONG = 160
_GAP = re.compile(r"\{+[^{}]*\}+")


@dataclass(frozen=True)
class InputField:
    """A part of the form.

    Attributes:
        key: of the value in its mapping; empty for the item of a list.
        at: where its schema is (``part`` takes it), to add more of the kind.
        value: what the file has; ``absent``, that the file does not name it.
        options: of a choice, and the types that a list or group may be of; each with its label.
        children: of a group, and of a ``maybe`` that is there; ``items`` of a list.
        aside: seldom needed, and so folded away.
    """

    kind: Kind
    key: str
    label: str
    at: str
    hint: str = ""
    value: Any = None
    default: Any = None
    absent: bool = False
    required: bool = False
    aside: bool = False
    options: tuple[tuple[str, str], ...] = ()
    children: tuple[InputField, ...] = ()
    items: tuple[InputField, ...] = ()
    title: str = ""
    longest: int | None = None


@dataclass(frozen=True)
class FormSection:
    """Fields under a heading."""

    title: str
    about: str
    fields: tuple[InputField, ...] = field(default=())


def sections(name: SchemaName, data: Mapping[str, Any], choices: Choices = _NO_CHOICES) -> list[FormSection]:
    """The form of a whole file."""
    root = _schema(name)
    made = {one.key: with_choices(one, choices) for one in _properties(root, root, data, "")}
    found = []
    for title, about, keys in words.SECTIONS[name]:
        fields = tuple(made.pop(key) for key in keys if key in made)
        if fields:
            found.append(FormSection(title, about, fields))
    if made:
        found.append(FormSection("Facts about it", "Seldom changed.", tuple(made.values())))
    return found


def part(name: SchemaName, at: str, value: Any = ABSENT, *, choices: Choices = _NO_CHOICES) -> InputField:
    """A field of what stands at a place of the schema, as an item to add. Raises LookupError: nothing does.

    Args:
        value: that it begins with; by default it is empty.
    """
    root = _schema(name)
    node: Schema = root
    for step in at.split("/") if at else ():
        node = _step(root, node, step)
    return with_choices(_field(root, node, "", value, at, required=True), choices)


def _step(root: Schema, node: Schema, step: str) -> Schema:
    node = _plain(root, node)
    if step.startswith("|"):
        return {"$ref": node["discriminator"]["mapping"][step[1:]]}
    found: Schema = node["items"] if step == "*" else node["properties"][step]
    return found


@lru_cache(maxsize=4)
def _schema(name: SchemaName) -> Schema:
    return json_schema(name)


def _plain(root: Schema, node: Schema) -> Schema:
    """The schema itself, where it is named or may be null."""
    while True:
        if "$ref" in node:
            node = root["$defs"][node["$ref"].rsplit("/", 1)[-1]]
        elif "anyOf" in node:
            rest = [one for one in node["anyOf"] if one.get("type") != "null"]
            if len(rest) != 1:
                return {}
            node = rest[0]
        else:
            return node


def _properties(root: Schema, node: Schema, data: Mapping[str, Any], at: str) -> tuple[InputField, ...]:
    required = set(node.get("required", ()))
    return tuple(
        _field(root, one, key, data.get(key, ABSENT), f"{at}/{key}".lstrip("/"), required=key in required)
        for key, one in node["properties"].items()
    )


def _field(root: Schema, node: Schema, key: str, value: Any, at: str, *, required: bool) -> InputField:
    inner = _plain(root, node)
    if "const" in inner and inner is not node and not required:  # it may be left out: a choice, of one
        inner = {"type": "string", "enum": [inner["const"]]}
    absent = value is ABSENT
    default = node.get("default")
    shown = default if absent else value
    kind = _kind(inner, key, shown, at)
    facts: dict[str, Any] = {
        "kind": kind,
        "key": key,
        "label": words.label(key, at=at),
        "hint": words.hint(key, inner, at=at),
        "at": at,
        "value": _as_shown(shown, at),
        "default": default,
        "absent": absent,
        "required": required,
        "aside": key in words.ASIDE and not required,
        "longest": inner.get("maxLength"),
    }
    if kind == "choice":
        facts["options"] = tuple((one, words.option(one, at=at)) for one in inner["enum"])
    elif kind == "several":
        facts["options"] = tuple((one, words.option(one, at=at)) for one in inner["items"]["enum"])
        facts["value"] = () if absent or shown is None else shown
    elif kind == "fixed":
        facts["value"] = inner.get("const", shown)
    elif kind == "list":
        facts |= _list(root, inner, () if absent or shown is None else shown, at)
    elif kind == "group":
        facts |= _group(root, inner, {} if absent or shown is None else shown, at)
        if not required:
            facts |= {"kind": "maybe"} | ({"children": ()} if absent or shown is None else {})
    return InputField(**facts)


def _as_shown(value: Any, at: str) -> Any:
    """A value as its field has it: a topic in words, which are made an id again when they are saved."""
    if at == "topics/*" and isinstance(value, str):
        return value.replace("-", " ").capitalize()
    return value.isoformat() if isinstance(value, date) else value


def with_choices(one: InputField, choices: Choices) -> InputField:
    """A field, in which what can only be one of some names is chosen by the titles that these have."""
    if (known := choices.get(one.at)) is not None:
        value = one.value or ""
        options = known if value in dict(known) else ((value, value or "Choose one …"), *known)
        return replace(one, kind="choice", value=value, options=options)
    children, items = (tuple(with_choices(each, choices) for each in some) for some in (one.children, one.items))
    return replace(one, children=children, items=items)


def _kind(node: Schema, key: str, value: Any, at: str) -> Kind:
    """The kind of field for a schema; ``raw`` where the value does not fit it, so that a form could lose something."""
    there = value is not None and value is not ABSENT
    if "const" in node or (key == "id" and ("/" not in at or at.startswith("blocks/"))):
        return "fixed"
    if "oneOf" in node or "properties" in node:
        return "raw" if there and not isinstance(value, Mapping) else "group"
    if node.get("type") == "array":
        many: Kind = "several" if "enum" in node["items"] else "list"
        return "raw" if there and (isinstance(value, str) or not isinstance(value, Sequence)) else many
    return "raw" if isinstance(value, Mapping | tuple) else _kind_of_scalar(node, key)


def _kind_of_scalar(node: Schema, key: str) -> Kind:
    named: dict[str, Kind] = {"boolean": "tick", "integer": "number", "number": "number"}
    if node.get("type") != "string":
        return named.get(str(node.get("type")), "raw")
    if "enum" in node:
        return "choice"
    if node.get("format") == "date":
        return "date"
    if key == "colour":
        return "colour"
    return "prose" if node.get("maxLength", 0) > _LONG else "text"


def _list(root: Schema, node: Schema, value: Sequence[Any], at: str) -> dict[str, Any]:
    of = _plain(root, node["items"])
    items = tuple(_field(root, node["items"], "", one, f"{at}/*", required=True) for one in value)
    return {"items": items, "options": _types(of), "title": words.kind_to_choose(at)}


def _group(root: Schema, node: Schema, value: Mapping[str, Any], at: str) -> dict[str, Any]:
    types = _types(node)
    if types:
        chosen = value.get("type", types[0][0])
        mapping = node["discriminator"]["mapping"]
        if chosen not in mapping:
            return {"children": (), "options": types}
        node, at = _plain(root, {"$ref": mapping[chosen]}), f"{at}/|{chosen}"
    return {"children": _properties(root, node, value, at), "options": types, "title": title_of_item(value)}


def _types(node: Schema) -> tuple[tuple[str, str], ...]:
    mapping = node.get("discriminator", {}).get("mapping", {})
    return tuple((name, words.option(name)) for name in mapping)


def title_of_item(value: Mapping[str, Any]) -> str:
    """The title of an item in the form: the first of its texts that names it, cut to 70 characters.

    What is put in for a gap or a name is an ellipsis, and the marks of strong words are left out. Without such a text
    it is its id, but for a block: that was made, and nobody has seen it.
    """
    keys = ["heading", "title", "term", "question", "name", "label", "criterion", "author", "text", "frame", "to"]
    keys += [] if "type" in value else ["id"]
    title = next((str(value[key]) for key in keys if isinstance(value.get(key), str)), "")
    title = _GAP.sub("…", title).replace("**", "")
    return title if len(title) <= 70 else title[:69].rstrip() + "…"
