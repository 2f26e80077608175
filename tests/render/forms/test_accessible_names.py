"""Names of fields: in files of three parts, to a listener short and unlike each other."""

from __future__ import annotations

import pytest

from handoutkit.errors import HandoutkitError
from handoutkit.render.forms.accessible_names import MAX_NAME, AccessibleName, accessible_names, parts_of


@pytest.mark.parametrize("name", ["", "a", "a.b", "a.b.c.d", "A.b.c", "a.b c.d", "a..b"])
def test_a_name_has_three_parts(name: str) -> None:
    with pytest.raises(HandoutkitError):
        parts_of(name)


def test_a_long_question_leaves_its_option_whole() -> None:
    question = "Which of these would you most like to try " * 12
    spoken = accessible_names(question, "A walk by the river")
    assert len(spoken) <= MAX_NAME
    assert spoken.endswith("…: A walk by the river")
    assert accessible_names("", "Rest") == accessible_names("Rest") == "Rest"


def test_names_that_sound_alike_are_counted() -> None:
    given = AccessibleName()
    assert [given.unlike_others("Day, row 1") for _ in range(3)] == ["Day, row 1", "Day, row 1 (2)", "Day, row 1 (3)"]
