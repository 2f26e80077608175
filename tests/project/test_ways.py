"""The ways of docs/ways.md: the modules named are there, and a build of a small handout enters each of them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from scripts.make_rooms import ways
from tests.conftest import ROOT, Tree
from tests.support.samples import FILES

WAYS = ways()
HANDOUT = "a handout's file to its PDF"


@pytest.mark.parametrize("way", WAYS)
def test_every_module_named_is_there(way: str) -> None:
    files = [ROOT / "src" / "handoutkit" / f"{module}.py" for module in WAYS[way].modules]
    assert [str(file) for file in files if not file.is_file()] == []


def test_a_build_enters_every_module_on_the_way_of_a_handout(tree: Tree) -> None:
    """In a process of its own: what is imported for the first time here must not count as used."""
    command = [sys.executable, "-m", "tests.support.trace_build", str(tree(FILES))]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    entered = [line.replace(".", "/") for line in ran.stdout.splitlines()]
    assert [module for module in WAYS[HANDOUT].modules if module not in entered] == []
