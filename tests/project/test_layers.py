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
    ("webapp",),
    ("batch", "theme_check"),
    ("packets",),
    ("importing",),
    ("build", "doctor", "progress", "scaffold", "translations.work"),
    ("export",),
    ("answers", "checks", "own_themes", "rosters"),
    ("render",),
    ("arrange", "compose"),
    ("library",),
    ("translations",),
    ("yaml_writing",),
    ("loading",),
    ("pictures",),
    ("models",),
    ("files",),
    ("isolation",),
    ("errors",),
    ("__init__",),
)
LEVEL = {room: number for number, rooms in enumerate(LAYERS) for room in rooms}
HEAVY = (
    *("weasyprint", "pydantic", "jinja2", "yaml", "coloraide", "babel", "markdown_it", "pikepdf", "platformdirs"),
    *("openpyxl", "rich", "filelock", "distributed", "pypdfium2", "docx", "mammoth", "tinyhtml5", "uharfbuzz"),
)


def _room(parts: tuple[str, ...]) -> str:
    """The longest name of a room that a dotted path begins with."""
    return next((name for name in (".".join(parts[:2]), parts[0]) if name in LEVEL), parts[0])


def _room_of_file(path: Path) -> str:
    return _room(path.relative_to(PACKAGE).with_suffix("").parts)


def _rooms_imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {_room(parts[1:]) for name in found if (parts := tuple(name.split(".")))[0] == "handoutkit" and parts[1:]}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_go_down(path: Path) -> None:
    room = _room_of_file(path)
    for other in _rooms_imported(path) & set(LEVEL) - {room, "__init__"}:
        assert LEVEL[other] > LEVEL[room], f"{room} knows {other}"


def test_every_room_has_its_place() -> None:
    assert {_room_of_file(path) for path in PACKAGE.rglob("*.py")} == set(LEVEL)


def test_nothing_heavy_is_imported_for_help() -> None:
    every = "[cli.get_command(None, name) for name in COMMANDS]"
    code = f"import sys; from handoutkit.cli.main import cli, COMMANDS; {every}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not set(HEAVY) & set(loaded)
    assert "click" in loaded


def test_help_imports_no_command() -> None:
    code = (
        "import sys; from handoutkit.cli.main import cli; cli(['--help'], standalone_mode=False); print(*sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = ran.stdout.splitlines()[-1].split()
    assert {name for name in loaded if name.startswith("handoutkit.")} == {
        *("handoutkit.cli", "handoutkit.cli.main", "handoutkit.cli.session", "handoutkit.errors")
    }


def test_the_apps_first_page_waits_for_nothing_that_sets_pages() -> None:
    modules = "handoutkit.webapp.server, handoutkit.webapp.asgi_app"
    code = f"import sys, {modules}; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    setting = {"weasyprint", "PIL", "fontTools", "pikepdf", "pypdfium2", "uharfbuzz", "openpyxl", "docx"}
    assert not setting & set(ran.stdout.split())


def test_weasyprint_is_imported_in_one_place() -> None:
    """Only the engine does: fonts, libraries and what is said when one is missing are settled there."""
    direct = [
        path for path in PACKAGE.rglob("*.py") if re.search(r"^\s*(import|from) weasyprint", path.read_text(), re.M)
    ]
    assert direct == []
