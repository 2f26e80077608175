"""Names and sizes of the house: no name twice, no room too full, no module that is dust, and a map that is true."""

from __future__ import annotations

import ast
import runpy
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "handoutkit"
MODULES = sorted(PACKAGE.rglob("*.py"))
CONVENTIONAL = {"__init__", "__main__", "models", "errors"}
"""Names that every package may have."""
MOST_MODULES, LONGEST_FUNCTION, SHORTEST_MODULE = 14, 50, 40
SMALL = {
    "__init__.py": "the version",
    "__main__.py": "Python asks for it",
}
"""Modules under forty lines, each with its reason."""


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in MODULES:
        yield path.relative_to(PACKAGE), ast.parse(path.read_text(encoding="utf-8"))


def _twice(names: Iterator[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def test_no_class_has_the_name_of_another() -> None:
    classes = (node.name for _, tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert _twice(classes) == []


def test_no_module_has_the_name_of_another() -> None:
    assert _twice(path.stem for path in MODULES if path.stem not in CONVENTIONAL) == []


def test_no_function_is_longer_than_a_page() -> None:
    long = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_no_room_is_too_full() -> None:
    rooms = Counter(path.parent.relative_to(PACKAGE).as_posix() for path in MODULES if path.name != "__init__.py")
    assert {room: count for room, count in rooms.items() if count > MOST_MODULES} == {}


def test_a_small_module_has_its_reason() -> None:
    small = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        if len(path.read_text(encoding="utf-8").splitlines()) < SHORTEST_MODULE
        and (path.name != "__init__.py" or path.parent == PACKAGE)
    }
    assert small == set(SMALL)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_docstrings_begin_with_a_whole_sentence(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.ClassDef | ast.FunctionDef))]
    firsts = [doc.split("\n", maxsplit=1)[0] for node in named if (doc := ast.get_docstring(node))]
    assert [line for line in firsts if not line.endswith((".", "?", ":")) or len(line.split()) < 3] == []


@pytest.mark.parametrize(("function", "file"), [("drawing", "rooms.svg"), ("page", "rooms.md")])
def test_the_map_of_the_rooms_is_fresh(function: str, file: str) -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "make_rooms.py"))
    assert made[function]() == (ROOT / "docs" / file).read_text(encoding="utf-8"), "run `make docs`"
