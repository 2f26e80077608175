"""The documented form of the rows: the columns, the docs and the JSON Schema say the same as the code."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest

from handoutkit.answers.tables.answer_columns import COLUMNS, MEANING, VERSION, answers_schema, answers_schema_text
from tests.conftest import ROOT, Run
from tests.support.answer_samples import simple

RETURNED = ROOT / "tests" / "saved_elsewhere" / "returned"


def test_the_docs_have_each_column_with_its_meaning() -> None:
    text = (ROOT / "docs" / "answers.md").read_text(encoding="utf-8")
    assert f"Version {VERSION}" in text
    table = text.partition("| column |")[2].partition("\n\n")[0]
    documented = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", table, re.MULTILINE))
    assert documented == MEANING
    assert list(documented) == list(COLUMNS)


def test_the_committed_schema_is_fresh() -> None:
    committed = (ROOT / "schemas" / "answers.schema.json").read_text(encoding="utf-8")
    assert committed == answers_schema_text(), "run `make schemas`"


@pytest.mark.parametrize("arguments", [(), ("--all",)])
def test_what_is_printed_holds_to_the_schema(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "a.pdf").write_bytes(simple("x").save())
    pdfs = [*RETURNED.glob("*.pdf"), *RETURNED.parent.glob("*.pdf"), tmp_path / "a.pdf", tmp_path / "none.pdf"]
    found = run("-C", RETURNED.parent, "answers", *pdfs, "--json", *arguments)
    assert found.exit_code == 1
    jsonschema.validate(found.json, answers_schema())
    assert {row["kind"] for row in found.json["rows"]} == {"alert", "answer", "score", "beside"}


def test_the_command_prints_the_schema(run: Run) -> None:
    assert run("schema", "answers").stdout == answers_schema_text()
