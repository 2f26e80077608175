"""A handout resolved: which layout its copies have."""

from __future__ import annotations

import pytest

from handoutkit.compose.compose_document import CopyOptions, layout_of
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.document import FORMATS, Format
from handoutkit.models.handout import PageLayout
from tests.conftest import ROOT

LIBRARY = Library(Workspace(ROOT))
HANDOUT = LIBRARY.handout("asking-for-what-you-need").model
PRACTICE = LIBRARY.practice("riverbend-counseling").model


def layout(
    handout: PageLayout | None, practice: PageLayout | None, option: PageLayout | None, format: Format = "standard"
) -> PageLayout:
    written = HANDOUT.model_copy(update={"layout": handout})
    own = PRACTICE.model_copy(update={"default_layout": practice})
    return layout_of(written, own, CopyOptions(format=format, layout=option))


def test_handouts_are_sheets_unless_someone_says_otherwise() -> None:
    assert layout(None, None, None) == "sheet"
    assert layout(None, None, None, "low-ink") == "sheet"


def test_the_option_comes_before_the_handout_and_the_handout_before_the_practice() -> None:
    assert layout("sheet", "sheet", "booklet") == "booklet"
    assert layout("booklet", "sheet", None) == "booklet"
    assert layout(None, "booklet", None) == "booklet"


@pytest.mark.parametrize("format", [one for one in FORMATS if one not in ("standard", "low-ink")])
def test_large_letters_are_always_a_booklet(format: Format) -> None:
    assert layout("sheet", "sheet", "sheet", format) == "booklet"
