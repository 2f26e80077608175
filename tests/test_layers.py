"""Imports go one way: a room may know those below it, never those above or beside."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "handoutkit"
# From the top down. What shares a line does not know its neighbours.
LAYERS = (
    ("__main__",),
    ("cli",),
    ("preview",),
    ("batch",),
    ("packets",),
    ("building", "machine", "starting", "translating"),
    ("choices", "outputs"),
    ("sharing",),
    ("answers", "checks", "rosters"),
    ("render",),
    ("compose",),
    ("library",),
    ("loading",),
    ("models",),
    ("isolation",),
    ("errors", "placing", "temporary"),
    ("__init__",),
)
LEVEL = {room: number for number, rooms in enumerate(LAYERS) for room in rooms}
HEAVY = (
    *("weasyprint", "pydantic", "jinja2", "yaml", "coloraide", "babel", "markdown_it", "pikepdf", "platformdirs"),
    *("openpyxl", "rich", "filelock", "distributed", "pypdfium2", "docx", "tinyhtml5", "uharfbuzz"),
)


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {parts[1] for name in found if (parts := name.split("."))[0] == "handoutkit" and len(parts) > 1}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_go_down(path: Path) -> None:
    room = _room(path)
    for other in _imports(path) & set(LEVEL) - {room, "__init__"}:
        assert LEVEL[other] > LEVEL[room], f"{room} knows {other}"


def test_every_room_has_its_place() -> None:
    assert {_room(path) for path in PACKAGE.rglob("*.py")} - {"scaffold"} == set(LEVEL)


def test_nothing_heavy_is_imported_for_help() -> None:
    code = "import sys, handoutkit.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not set(HEAVY) & set(loaded)
    assert "click" in loaded


def test_the_apps_first_page_waits_for_nothing_that_sets_pages() -> None:
    code = "import sys, handoutkit.preview.serving, handoutkit.preview.browsing; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    setting = {"weasyprint", "PIL", "fontTools", "pikepdf", "pypdfium2", "uharfbuzz", "openpyxl", "docx"}
    assert not setting & set(ran.stdout.split())


def test_weasyprint_is_imported_in_one_place() -> None:
    """Only ``render.engine`` imports it: fonts, libraries and what is said when one is missing are settled there."""
    direct = [
        path for path in PACKAGE.rglob("*.py") if re.search(r"^\s*(import|from) weasyprint", path.read_text(), re.M)
    ]
    assert direct == []
