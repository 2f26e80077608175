"""docs/sheets.md: its rows are true of this build, and are read back as they were written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handoutkit.library.workspace import Workspace
from scripts.make_sheets import PAGE, PRACTICE, Row, measured, rows_of, text
from tests.conftest import ROOT

FILES = Workspace(ROOT)
SAMPLE = ("i-and-we", "thought-record")


@pytest.fixture(scope="module")
def rows() -> dict[tuple[str, ...], Row]:
    return {row[:3]: row for row in rows_of(PAGE.read_text(encoding="utf-8"))}


def test_the_page_is_what_its_rows_make(rows: dict[tuple[str, ...], Row]) -> None:
    assert text(list(rows.values())) == PAGE.read_text(encoding="utf-8"), "run `make docs`"


def test_every_handout_and_template_has_a_row(rows: dict[tuple[str, ...], Row]) -> None:
    in_base = {handout for theme, paper, handout in rows if (theme, paper) == ("base", "letter")}
    assert in_base == {*FILES.handout_files, *FILES.template_files}, "run `make docs`"


@pytest.mark.parametrize("name", SAMPLE)
def test_a_row_is_true_of_this_build(name: str, rows: dict[tuple[str, ...], Row], pdf_of: Callable[..., bytes]) -> None:
    row = rows["base", "letter", name]
    handout = str({**FILES.handout_files, **FILES.template_files}[name])
    files = [pdf_of(handout, practice=PRACTICE, paper="letter", format=form) for form in ("standard", "low-ink")]
    found = measured(("base", "letter", name), files[0], files[1], row.of)
    assert found[:6] == row[:6], "run `make docs`"
    assert found.type == row.type
    assert (found.ink, found.low) == pytest.approx((row.ink, row.low), abs=0.2)  # rasterisers differ a little
