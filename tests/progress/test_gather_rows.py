"""One client's rows out of files and tables, and the command that shows them."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from handoutkit.answers.tables.csv_export import to_csv
from handoutkit.errors import UsageError
from handoutkit.progress.gather_rows import gather_rows
from tests.conftest import Run
from tests.support.answer_samples import VALUES, blank, library
from tests.support.hand_made_forms import filled_in
from tests.support.pdf_reading import text
from tests.support.weeks import WEEKS


def table(folder: Path, *refs: str) -> Path:
    path = folder / "weeks.csv"
    path.write_text(to_csv(replace(row, client_ref=ref) for ref in refs for row in WEEKS), encoding="utf-8-sig")
    return path


def test_files_and_tables_make_one_course(tmp_path: Path) -> None:
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(filled_in(blank().save(), VALUES))
    rows, problems = gather_rows([table(tmp_path, "QX-1"), pdf, table(tmp_path, "QX-1")], library(), "QX-1", None)
    assert {row.client_ref for row in rows} == {"QX-1"}
    assert len({row.file for row in rows}) == 4
    assert len(rows) == len(set(rows))
    assert [problem.code for problem in problems] == ["named-twice"]


def test_a_file_and_its_rows_in_a_table_are_one_entry_and_told(tmp_path: Path) -> None:
    path = table(tmp_path, "QX-1")
    other = tmp_path / "again.csv"
    other.write_text(
        to_csv(replace(row, file=f"x/{row.file}", client_ref="QX-1") for row in WEEKS), encoding="utf-8-sig"
    )
    rows, (problem,) = gather_rows([path, other], library(), "", None)
    assert len([row for row in rows if row.kind != "beside"]) == len([row for row in WEEKS if row.kind != "beside"])
    assert (problem.code, Path(problem.file).name) == ("same-form-twice", "again.csv")
    assert "3 forms" in problem.message


def test_of_several_clients_one_is_wanted(tmp_path: Path) -> None:
    path = table(tmp_path, "QX-1", "QX-2", "")
    with pytest.raises(UsageError) as raised:
        gather_rows([path], library(), "", None)
    assert "(none), QX-1, QX-2" in str(raised.value)
    rows, _ = gather_rows([path], library(), "QX-2", None)
    assert {row.client_ref for row in rows} == {"QX-2"}


def test_a_table_that_is_none_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n", encoding="utf-8")
    rows, (problem,) = gather_rows([table(tmp_path, "QX-1"), tmp_path / "other.csv"], library(), "", None)
    assert rows
    assert (problem.code, Path(problem.file).name) == ("not-a-table", "other.csv")


def test_the_command_makes_a_sheet_for_its_owner_only(run: Run, tmp_path: Path) -> None:
    table(tmp_path, "QX-7301")
    ran = run("progress", "weeks.csv", "-o", "over.pdf", "--for", "client", "--json")
    assert ran.exit_code == 0
    assert json.loads(ran.stdout)["days"] == ["2026-09-03", "2026-09-17", "2026-10-01"]
    assert "QX-7301" in text((tmp_path / "over.pdf").read_bytes())
    assert stat.S_IMODE((tmp_path / "over.pdf").stat().st_mode) == 0o600 or os.name == "nt"
    kept = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert not any(b"QX-7301" in path.read_bytes() for path in kept)


def test_the_command_says_what_it_makes(run: Run, tmp_path: Path) -> None:
    table(tmp_path, "QX-7301")
    ran = run("progress", "weeks.csv", "-o", "over.docx")
    assert (ran.exit_code, "names that end in .pdf or .html" in ran.stderr) == (2, True)
    ran = run("progress", "weeks.csv", "-o", "weeks.csv")
    assert ran.exit_code == 2
