"""Themes that came from another machine: what ships may lie elsewhere there; what is the user's is never left out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from handoutkit.errors import MachineError
from handoutkit.library.shipped_files import shipped_root
from handoutkit.render.theme import Theme
from handoutkit.render.worker_typesetter import on_this_machine
from tests.conftest import Tree

ELSEWHERE = Path("/elsewhere/handoutkit/templates")
CSS = {"templates/base/css/90-ours.css": "h1 { letter-spacing: 0 }"}


def test_what_ships_may_lie_elsewhere(tree: Tree) -> None:
    ours = Theme.find("base", (tree(CSS), shipped_root()))
    moved = on_this_machine(replace(ours, roots=(*ours.roots[:-1], ELSEWHERE)))
    assert moved.digest == ours.digest
    assert on_this_machine(ours) is ours


def test_without_the_workspace_its_changes_of_a_shipped_theme_are_not_left_out(tree: Tree, tmp_path: Path) -> None:
    ours = Theme.find("base", (tree(CSS), shipped_root()))
    with pytest.raises(MachineError, match="no-theme"):
        on_this_machine(replace(ours, roots=(tmp_path / "gone" / "templates", *ours.roots[1:])))
