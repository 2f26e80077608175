"""Rows as CSV: exact for programs, harmless for spreadsheets; and the command that writes them."""

from __future__ import annotations

import csv
import io
import os
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoutkit.answers.answer_rows import AnswerRow
from handoutkit.answers.tables.answer_columns import COLUMNS, MEANING
from handoutkit.answers.tables.csv_export import harmless, to_csv
from tests.conftest import Run
from tests.support.answer_samples import TEXTS, WORDS, a_row, locked, simple


def rows_of(*values: str) -> Iterator[AnswerRow]:
    return (a_row(value) for value in values)


@given(st.lists(TEXTS, max_size=4))
def test_csv_comes_back(values: list[str]) -> None:
    lines = list(csv.reader(io.StringIO(to_csv(rows_of(*values)), newline="")))
    assert lines[0] == list(COLUMNS) == list(MEANING)
    told = [dict(zip(COLUMNS, line, strict=True)) for line in lines[1:]]
    assert [line["value"] for line in told] == [harmless(value) for value in values]
    assert all((line["client_ref"], line["edition"], line["option"]) == ("0012", "3", "") for line in told)


@pytest.mark.parametrize(
    "value",
    [
        "=1+1", "+1 555 0100", "-2+3", "@SUM(A1)", "\t=1", "\tplain", "\n=1", " =1", "\u00a0=1", "\u200b=1", "\ufeff=1",
        "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x", "\ufe661", "-", "-1e9", "=", "--1", "\u2212x",
    ],
)  # fmt: skip
def test_formulas_are_neutralised(value: str) -> None:
    assert harmless(value) == f"'{value}"


@pytest.mark.parametrize(
    "value", ["", "plain", "1", "-5", "-5.5", "a=b", "'=1", "me@home", "Yes - no", "  x", "\u0661"]
)
def test_other_values_stay(value: str) -> None:
    assert harmless(value) == value


PDF = simple("Zoë: =1\nand more").save()


def test_the_command_prints_rows(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    os.utime(tmp_path / "a.pdf", (1_767_200_000, 1_767_200_000))
    ran = run("answers", "a.pdf", "a.pdf", "--client-ref", "C-7")
    assert ran.exit_code == 0
    day = date.fromtimestamp(1_767_200_000)
    assert ran.stdout == (
        "file,client_ref,day,day_from,language,handout,edition,kind,block,field,question,row,column,value,option,read_as\n"
        f'a.pdf,C-7,{day},file,,elsewhere,3,answer,thoughts,answer,,,,"Zoë: =1\nand more",,\n'
    )
    assert "a.pdf: warning[unknown-handout]" in ran.stderr


def test_the_command_writes_a_private_file_that_excel_opens(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    ran = run("answers", "a.pdf", "-o", "rows.csv")
    assert (ran.exit_code, ran.stdout) == (0, "rows.csv  (1 row from 1 file)\n")
    data = (tmp_path / "rows.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbffile,client_ref,")
    assert "Zoë" in data.decode("utf-8-sig")
    assert stat.S_IMODE((tmp_path / "rows.csv").stat().st_mode) == 0o600


def test_the_command_tells_of_bad_files_and_writes_the_good_ones(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    (tmp_path / "bad.pdf").write_bytes(b"")
    ran = run("answers", "bad.pdf", "a.pdf", "--json", "-o", "rows.csv")
    assert ran.exit_code == 1
    assert [row["value"] for row in ran.json["rows"]] == ["Zoë: =1\nand more"]
    assert [problem["code"] for problem in ran.json["problems"]] == ["empty-file", "unknown-handout"]
    assert (tmp_path / "rows.csv").exists()
    assert run("answers", "bad.pdf", "-o", "none.csv").exit_code == 1
    assert not (tmp_path / "none.csv").exists()


def test_the_command_and_passwords(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(locked("user"))
    monkeypatch.setenv("THE_WORD", "user")
    assert run("answers", "a.pdf").exit_code == 1
    assert WORDS in run("answers", "a.pdf", "--password-env", "THE_WORD").stdout
    assert run("answers", "a.pdf", "--password-env", "ANOTHER").exit_code == 2


def test_the_command_spares_the_pdfs(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    assert run("answers", "a.pdf", "-o", "a.pdf").exit_code == 2
    assert (tmp_path / "a.pdf").read_bytes() == PDF
    assert run("answers").exit_code == 2
    assert run("answers", "a.pdf", "-o", tmp_path / "a.pdf" / "x.csv").exit_code == 3
