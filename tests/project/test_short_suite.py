"""What the short suite leaves to the long one: nothing that it does not show in another place, or with less."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.short_suite import covering, pairs, rest_is_long, spread

TESTS = ROOT / "tests"
ROWS = list(itertools.product("abcde", "1234", "xy", "no"))


def test_every_two_values_are_together_in_a_covering_choice() -> None:
    chosen = covering(ROWS)
    assert {pair for row in chosen for pair in pairs(row)} == {pair for row in ROWS for pair in pairs(row)}
    assert len(chosen) <= 24  # of 80; no fewer than 20 can hold every letter with every digit
    assert chosen == covering(ROWS)


def test_only_pairs_that_there_are_have_to_be_covered() -> None:
    assert covering([("a", 1), ("b", 2)]) == [("a", 1), ("b", 2)]


def test_choices_are_spread_over_the_names_that_can_be_had_with_them() -> None:
    over = {"first": ["en"], "second": ["en", "es"], "third": ["en"]}
    assert spread([("warm", "en"), ("calm", "en"), ("base", "es")], over) == [
        ("second", "base", "es"),
        ("first", "warm", "en"),
        ("third", "calm", "en"),
    ]
    with pytest.raises(ValueError, match="no name"):
        spread([("warm", "fr")], over)


def test_of_a_matrix_some_rows_stay_and_the_rest_is_marked() -> None:
    first, second = rest_is_long([("a", 1), ("b", 2)], stays=lambda row: row[1] == 1)
    assert first == ("a", 1)
    assert (second.values, [mark.name for mark in second.marks]) == (("b", 2), ["long"])
    for stays in (True, False):
        with pytest.raises(ValueError, match="stay"):
            rest_is_long(["a", "b"], stays=lambda _, all_do=stays: all_do)  # type: ignore[misc]


def _marks() -> Iterator[tuple[Path, ast.expr]]:
    """Each place where a test is marked as long: ``pytest.mark.long``, called or not."""
    for path in sorted(TESTS.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and ast.unparse(node) == "pytest.mark.long":
                yield path, called.get(id(node), node)


def test_what_is_long_is_shown_by_a_test_of_the_short_suite() -> None:
    """Rows of a matrix are marked by what leaves some of them unmarked; any other test names its sibling."""
    marks = list(_marks())
    assert len(marks) > 10
    for path, mark in marks:
        name = path.relative_to(ROOT).as_posix()
        if isinstance(mark, ast.Attribute):
            assert name in ("tests/conftest.py", "tests/support/short_suite.py"), f"{name}:{mark.lineno}"
            continue
        assert isinstance(mark, ast.Call)
        (shown_by,) = [ast.literal_eval(word.value) for word in mark.keywords if word.arg == "shown_by"]
        file, _, function = shown_by.rpartition("::")
        tree = ast.parse((ROOT / (file or name)).read_text(encoding="utf-8"))
        (sibling,) = [one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == function]
        assert not any("mark.long" in ast.unparse(one) for one in sibling.decorator_list), shown_by
