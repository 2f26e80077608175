"""What is said to be so with ``--set`` is told from values, and is yes or no."""

from __future__ import annotations

import pytest

from handoutkit.build.conditions_given import conditions_given
from handoutkit.errors import UsageError

ASKED = frozenset({"minor", "couple"}).__contains__


def test_conditions_are_told_from_values() -> None:
    settings = ("minor=yes", "display_name=Zoë", "couple= No ", "minor=YES", "note")
    assert conditions_given(settings, ASKED) == (("minor",), ("display_name=Zoë", "note"))


def test_a_condition_is_yes_or_no_and_what_was_typed_is_not_repeated() -> None:
    with pytest.raises(UsageError) as raised:
        conditions_given(["minor=Zoë Quill"], ASKED)
    assert "minor" in str(raised.value)
    assert "Quill" not in str(raised.value)
