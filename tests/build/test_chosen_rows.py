"""How many rows a table has in one copy: chosen for one person, within what its author allows, and read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run, Tree
from tests.support.batch_samples import roster
from tests.support.samples import FILES, HANDOUT

TABLE = """\
  - type: record_table
    id: medicines
    columns: [{id: name, header: Medicine}, {id: amount, header: How much}]
    rows: 2
    most_rows: 5
"""
END = "  - type: next_step\n"


@pytest.fixture
def folder(tree: Tree) -> Path:
    """A workspace whose handout has a table of two rows, and of up to five."""
    assert END in HANDOUT
    return tree({**FILES, "handouts/small-page.yaml": HANDOUT.replace(END, TABLE + END, 1)})


@pytest.mark.parametrize("number", [1, 5])
def test_a_copy_has_as_many_rows_as_were_chosen_and_they_are_read_back(number: int, folder: Path, run: Run) -> None:
    last = f"medicines.row-{number}-name=Iron"
    whose = ("--client-ref", "QX-1", "--fill", last)
    made = run("build", "small-page", "--rows", f"medicines={number}", *whose, cwd=folder)
    assert made.exit_code == 0, made.stderr
    (path,) = folder.glob("output/**/*.pdf")
    read = run("answers", path, "--json", "--all", cwd=folder).json
    found = [(row["row"], row["value"]) for row in read["rows"] if row["field"].endswith("-name")]
    assert found == [*((str(row), "") for row in range(1, number)), (str(number), "Iron")]


def test_each_row_of_a_roster_has_the_rows_that_it_chose(folder: Path, run: Run) -> None:
    rows = ["QX-1,small-page,medicines=5", "QX-2,small-page,", "QX-3,small-page,medicines=9"]
    path = roster(folder / "New.csv", rows, "client_ref,handouts,rows")
    ran = run("batch", path, "--practice", "oak-house", "--processes", "1", cwd=folder)
    assert ran.exit_code == 4, ran.stderr
    assert "[rows-out-of-bounds]" in ran.stderr
    made = sorted((folder / "output" / "new").glob("*.pdf"))
    assert [file.stem for file in made] == ["QX-1", "QX-2"]
    read = run("answers", *made, "--json", "--all", cwd=folder).json["rows"]
    names = [row["client_ref"] for row in read if row["field"].endswith("-name")]
    assert (names.count("QX-1"), names.count("QX-2")) == (5, 2)


@pytest.mark.parametrize(
    ("chosen", "mark"),
    [
        (("--rows", "medicines=3"), "3-medicines"),
        (("--without", "medicines"), "part"),
        (("--only", "medicines"), "part"),
    ],
)
def test_only_the_files_that_a_choice_changed_are_called_after_it(
    chosen: tuple[str, str], mark: str, folder: Path, run: Run
) -> None:
    (folder / "handouts" / "other.yaml").write_text(HANDOUT.replace("id: small-page", "id: other"), encoding="utf-8")
    made = run("build", "small-page", "other", *chosen, cwd=folder)
    assert made.exit_code == 0, made.stderr
    assert sorted(path.name for path in folder.glob("output/**/*.pdf")) == ["other.pdf", f"small-page.{mark}.pdf"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("medicines=6", "rows-out-of-bounds"),
        ("medicines=0", "rows-out-of-bounds"),
        ("medicine=2", "unknown-block"),
        ("next_step=2", "rows-of-no-table"),
    ],
)
def test_rows_that_cannot_be_are_told(said: str, code: str, folder: Path, run: Run) -> None:
    made = run("build", "small-page", "--rows", said, "--json", cwd=folder)
    assert made.exit_code != 0
    assert [problem["code"] for problem in made.json["problems"]] == [code]


@pytest.mark.parametrize("said", ["medicines", "medicines=", "=3", "medicines=many"])
def test_what_is_no_number_of_rows_is_told(said: str, folder: Path, run: Run) -> None:
    made = run("build", "small-page", "--rows", said, cwd=folder)
    assert made.exit_code == 2
    assert f"`{said}` is not BLOCK=NUMBER" in made.stderr
