"""JSON Schemas of the files people write, for editors that complete and check as one types."""

from __future__ import annotations

import json
from typing import Any, Literal

from .base import Model
from .framing import Framing
from .handout import Handout
from .packet import Packet
from .practice import Practice
from .settings import WorkspaceSettings

SchemaName = Literal["handout", "practice", "framing", "packet", "workspace"]
MODELS: dict[SchemaName, type[Model]] = {
    "handout": Handout,
    "practice": Practice,
    "framing": Framing,
    "packet": Packet,
    "workspace": WorkspaceSettings,
}


def json_schema(name: SchemaName) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one kind of file."""
    schema = MODELS[name].model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def json_schema_text(name: SchemaName) -> str:
    """The same as text, ready to be written to ``schemas/<name>.schema.json``."""
    return json.dumps(json_schema(name), indent=2, ensure_ascii=False) + "\n"
