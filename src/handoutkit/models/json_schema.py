"""JSON Schemas of the files people write, for editors that complete, explain and check as one types."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from .base import Model
from .framing import Framing
from .handout import Handout
from .packet import Packet
from .practice import Practice
from .settings.theme_settings import ThemeSettings
from .settings.workspace_settings import WorkspaceSettings

SchemaName = Literal["handout", "practice", "framing", "packet", "workspace", "theme"]
MODELS: dict[SchemaName, type[Model]] = {
    "handout": Handout,
    "practice": Practice,
    "framing": Framing,
    "packet": Packet,
    "workspace": WorkspaceSettings,
    "theme": ThemeSettings,
}
_SENTENCES = Path(__file__).with_name("key_words.yaml")
_ATTRIBUTES = re.compile(r"^Attributes:\n(.*?)(?=^\S|\Z)", re.DOTALL | re.MULTILINE)
_ATTRIBUTE = re.compile(r"^    ([\w, ]+): (.*?)(?=^    \w|\Z)", re.DOTALL | re.MULTILINE)


def json_schema(name: SchemaName) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one kind of file."""
    schema = MODELS[name].model_json_schema(by_alias=True)
    models = {model.__name__: model for model in _models(Model)}
    for title, part in {schema["title"]: schema, **schema.get("$defs", {})}.items():
        for key, what in part.get("properties", {}).items():
            if said := description_of(models[title], key):
                what.setdefault("description", said)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def json_schema_text(name: SchemaName) -> str:
    """The same as text, ready to be written to ``schemas/<name>.schema.json``."""
    return json.dumps(json_schema(name), indent=2, ensure_ascii=False) + "\n"


def description_of(model: type[Model], key: str) -> str:
    """What a key of a model means, in a sentence: from its docstring, else from ``key_words.yaml``; or empty.

    Args:
        key: as it stands in a file.
    """
    names = {field.alias or name: name for name, field in model.model_fields.items()}
    if said := _attributes(model).get(names.get(key, key)):
        return said
    return next((_sentences()[name] for name in (f"{model.__name__}.{key}", key) if name in _sentences()), "")


@cache
def _sentences() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load(_SENTENCES.read_text(encoding="utf-8"))
    return found


@cache
def _attributes(model: type[Model]) -> dict[str, str]:
    """What the docstrings of a model and of those it is made of say of its fields, as sentences."""
    found: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        section = _ATTRIBUTES.search(inspect.cleandoc(vars(kind).get("__doc__") or ""))
        for names, text in _ATTRIBUTE.findall(section[1]) if section else ():
            words = re.sub(r"``([^`]*)``", r"`\1`", " ".join(text.split()))
            sentence = words[0].upper() + words[1:]
            found |= dict.fromkeys(names.split(", "), sentence)
    return found


def _models(kind: type[Model]) -> Iterator[type[Model]]:
    for below in kind.__subclasses__():
        yield below
        yield from _models(below)
