"""Tables that `handoutkit answers` made come back as the rows that they were made of; others are refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handoutkit.answers.answer_rows import AnswerRow
from handoutkit.answers.tables.answer_columns import VERSION
from handoutkit.answers.tables.csv_export import to_csv
from handoutkit.answers.tables.xlsx_export import to_xlsx
from handoutkit.errors import ContentError
from handoutkit.progress.read_rows_task import read_rows
from tests.support.answer_samples import TEXTS, a_row


def written(folder: Path, rows: list[AnswerRow], ending: str) -> Path:
    path = folder / f"rows{ending}"
    as_json = json.dumps({"version": VERSION, "rows": [row.as_json() for row in rows], "problems": []})
    data = {".csv": to_csv(rows).encode("utf-8-sig"), ".json": as_json.encode(), ".xlsx": to_xlsx(rows)}
    path.write_bytes(data[ending])
    return path


@pytest.mark.parametrize("ending", [".csv", ".json", ".xlsx"])
def test_rows_come_back(ending: str, tmp_path: Path) -> None:
    rows = [a_row(value) for value in ("Zoë, محمد, 😀", "=1+1", "two\nlines", "0012", "-3", "'quoted", "")]
    assert read_rows(written(tmp_path, rows, ending)) == rows


@given(st.lists(TEXTS, max_size=3))
@settings(max_examples=30, deadline=None)
def test_any_text_comes_back_from_csv(texts: list[str]) -> None:
    import tempfile

    rows = [a_row(text) for text in texts if not text.startswith("'")]
    with tempfile.TemporaryDirectory() as folder:
        assert read_rows(written(Path(folder), rows, ".csv")) == rows


OTHERS = {
    "another.csv": b"name,age\nAnna,4\n",
    "latin.csv": "Zo\u00eb".encode("latin-1"),
    "another.json": b'{"version": 1, "rows": []}',
    "list.json": b"[1, 2]",
    "deep.json": b"[" * 100_000,
    "not.xlsx": b"PK\x03\x04 and nothing more",
    "kind.json": json.dumps({"version": VERSION, "rows": [{**a_row("x").as_json(), "kind": "other"}]}).encode(),
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_tables_are_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(OTHERS[name])
    with pytest.raises(ContentError) as raised:
        read_rows(tmp_path / name)
    assert [problem.code for problem in raised.value.problems] == ["not-a-table"]
