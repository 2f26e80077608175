"""What a build says of a handout that is longer than its sheet, and of pages that stay empty."""

from __future__ import annotations

import pytest

from handoutkit.build.build_result import BuiltHandout, notices_on_pages
from handoutkit.compose.compose_document import compose
from handoutkit.errors import Problem
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render.worker_typesetter import Rendered, SheetFacts
from tests.conftest import ROOT

LIBRARY = Library(Workspace(ROOT))
HANDOUT = LIBRARY.handout("three-ways-of-relating")
DOCUMENT = compose(HANDOUT.model, LIBRARY.practice("riverbend-counseling").model)


def notices(facts: SheetFacts | None, too_empty: tuple[int, ...] = ()) -> list[Problem]:
    rendered = Rendered(b"", 3, 0, facts, too_empty=too_empty)
    return list(notices_on_pages(HANDOUT, BuiltHandout(DOCUMENT, rendered, False, (), ())))


def test_nothing_is_said_of_what_fits_or_is_no_sheet() -> None:
    assert notices(SheetFacts(2, 0.0, 30.0, ("a",))) == []
    assert notices(None) == []


def test_a_third_side_is_said_with_millimetres_and_the_largest_blocks() -> None:
    (notice,) = notices(SheetFacts(3, 38.2, 100.0, ("three-ways", "try", "where")))
    assert (notice.severity, notice.code) == ("notice", "longer-than-a-sheet")
    assert notice.message == (
        "`three-ways-of-relating` is 38 mm too long for 2 sides, so it has 3 sides; most is taken by `three-ways`, "
        "`try`, `where`"
    )


def test_what_no_sheet_holds_is_a_booklet() -> None:
    (notice,) = notices(SheetFacts(0, 240.0, 0.0, ("three-ways",)))
    assert "so it is a booklet" in notice.message
    (notice,) = notices(SheetFacts(0, 0.0, 0.0, ()))
    assert "far too long" in notice.message


@pytest.mark.parametrize(
    ("pages", "words"), [((2,), "page 2"), ((2, 5), "pages 2 and 5"), ((1, 2, 4), "pages 1, 2 and 4")]
)
def test_pages_of_a_booklet_that_stay_empty_are_said(pages: tuple[int, ...], words: str) -> None:
    (notice,) = notices(None, pages)
    assert (notice.severity, notice.code) == ("notice", "page-left-open")
    assert notice.message.startswith(f"much of {words} of `three-ways-of-relating` stays empty")
