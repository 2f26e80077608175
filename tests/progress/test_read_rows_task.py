"""Tables that `handoutkit answers` made come back as the rows that they were made of; others are refused."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

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
    "endless.json": json.dumps({"version": VERSION, "rows": [{**a_row("x").as_json(), "edition": 1e999}]}).encode(),
    "kind.json": json.dumps({"version": VERSION, "rows": [{**a_row("x").as_json(), "kind": "other"}]}).encode(),
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_tables_are_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(OTHERS[name])
    with pytest.raises(ContentError) as raised:
        read_rows(tmp_path / name)
    assert [problem.code for problem in raised.value.problems] == ["not-a-table"]


def repacked(data: bytes, packed_as: int, **parts: bytes) -> bytes:
    """A workbook packed in another way, with some of its parts replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", packed_as) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name.rpartition("/")[2].partition(".")[0], old.read(name)))
    return made.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        repacked(to_xlsx([a_row("x")]), zipfile.ZIP_DEFLATED, sheet1=b"<worksheet><sheetData><row>"),
        repacked(to_xlsx([a_row("x")]), zipfile.ZIP_DEFLATED, workbook=b"<no"),
        repacked(to_xlsx([a_row("x")]), zipfile.ZIP_LZMA),
        repacked(to_xlsx([a_row("x")]), zipfile.ZIP_LZMA)[:-2_000] + b"PK",
    ],
    ids=["a sheet cut short", "no XML", "LZMA", "LZMA cut short"],
)
def test_a_damaged_workbook_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "rows.xlsx").write_bytes(data)
    with pytest.raises(ContentError) as raised:
        read_rows(tmp_path / "rows.xlsx")
    assert [problem.code for problem in raised.value.problems] == ["not-a-table"]


TOTAL = replace(a_row("4"), kind="score", field="score")
BESIDE = replace(a_row("In the margin"), kind="beside", field="page-1-text-1")


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        (a_row("x"), "day", "11/30/2026"),
        (a_row("x"), "day", "2026-11-31"),
        (a_row("x"), "day", "20261130"),
        (a_row("x"), "day_from", "me"),
        (a_row("x"), "language", 'en" onclick="'),
        (a_row("x"), "read_as", "nan"),
        (a_row("x"), "read_as", "1e9"),
        (TOTAL, "value", "4 points"),
        (TOTAL, "value", "9" * 40),
        (BESIDE, "field", "page"),
    ],
)
def test_what_a_spreadsheet_or_a_stranger_changed_is_told_by_its_row(
    row: AnswerRow, column: str, value: str, tmp_path: Path
) -> None:
    """Excel writes days anew when it saves a table; what is drawn and counted of them would be none."""
    assert read_rows(written(tmp_path, [row], ".csv")) == [row]
    changed: dict[str, Any] = {column: value}
    with pytest.raises(ContentError) as raised:
        read_rows(written(tmp_path, [row, replace(row, **changed)], ".csv"))
    (problem,) = raised.value.problems
    assert (problem.code, f"row 3 of this table, `{column}`" in problem.message) == ("not-a-table", True)
    assert value not in problem.message
