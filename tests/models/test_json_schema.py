"""The committed JSON Schemas are those of the models, and editors are told of them."""

from __future__ import annotations

import json
from functools import cache as memo
from pathlib import Path

import jsonschema
import pytest
import yaml

from handoutkit.files.text_files import read_text
from handoutkit.loading.yaml_data import read_yaml
from handoutkit.models import json_schema as json_schema_module
from handoutkit.models.json_schema import MODELS, SchemaName, json_schema, json_schema_text
from tests.conftest import ROOT

SHIPPED = sorted(path for folder in ("handouts", "practices") for path in (ROOT / folder).rglob("*.yaml"))
KINDS: dict[str, SchemaName] = {
    "framings": "framing",
    "packets": "packet",
    "practices": "practice",
    "examples": "practice",
}


@pytest.mark.parametrize("name", MODELS)
def test_the_committed_schema_is_fresh(name: SchemaName) -> None:
    committed = (ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert committed == json_schema_text(name), "run `make schemas`"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_file_names_its_schema_and_holds_to_it(path: Path) -> None:
    kind = KINDS.get(path.parent.name, "handout")
    text = path.read_text(encoding="utf-8")
    named = text.split("\n", 1)[0].removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / named).resolve() == ROOT / "schemas" / f"{kind}.schema.json"
    data = json.loads(json.dumps(read_yaml(read_text(path))[0].data, default=str))  # JSON has dates as texts
    assert list(_validator(kind).iter_errors(data)) == []


@memo
def _validator(kind: SchemaName) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json_schema(kind))


@pytest.mark.parametrize("name", MODELS)
def test_every_key_is_described_in_a_sentence(name: SchemaName) -> None:
    schema = json_schema(name)
    parts = {schema["title"]: schema, **schema.get("$defs", {})}
    described = {
        f"{part}.{key}": what.get("description", "")
        for part, its in parts.items()
        for key, what in its.get("properties", {}).items()
    }
    wrong = {key for key, said in described.items() if not (said.endswith(".") and said[0] in said[0].upper())}
    assert wrong == set()


def test_the_list_of_sentences_holds_no_more_than_the_keys_there_are() -> None:
    parts = [part for name in MODELS for part in (json_schema(name), *json_schema(name).get("$defs", {}).values())]
    keys = {key for part in parts for key in part.get("properties", {})}
    keys |= {f"{part['title']}.{key}" for part in parts for key in part.get("properties", {})}
    assert (
        set(yaml.safe_load((Path(json_schema_module.__file__)).with_name("key_words.yaml").read_text("utf-8"))) <= keys
    )
