"""Names and sizes of the house: no name twice, no room too full, no module that is dust, and a map that is true."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

from scripts import make_rooms
from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "handoutkit"
MODULES = sorted(PACKAGE.rglob("*.py"))
MAX_MODULES, SHORTEST_MODULE = 14, 40
SMALL = {
    "webapp/forms/translated_texts.py": "names that a translation and its versions share",
    "files/zip_archive.py": "three rooms open archives from outside, and none of them is the others' home",
    "__init__.py": "the version",
    "__main__.py": "Python asks for it",
    "models/filled_in/identifiers.py": "the worker that reads returned files imports it, and no model",
    "models/clients/day_faults.py": "said by days and by times of day alike",
    "models/settings/workspace_settings.py": "of a workspace, where its neighbour is of a theme",
    "pictures/logo_files.py": "named by all that draws, which knows nothing of the check and its worker",
    "library/workspace_folder.py": "found without importing what reads a workspace",
    "arrange/loosening.py": "what a stylesheet says with `--loose`, in one place for both that reckon with it",
    "webapp/routes/library_routes.py": "what lists files, where its neighbours show or change one",
    "batch/dask_workers.py": "a cluster as a batch sees it; builds give it tasks of their own",
    "build/written_file.py": "needed where nothing of a build is imported",
    "render/look/theme_comments.py": "needed by all that look for something in the files of a theme",
    "export/word/svg_pictures.py": "bullets and margins are drawn with it",
    "render/weasyprint_patches/closed_frames.py": "how frames end, where its neighbour is of how gaps do",
    "render/templating/number_direction.py": "needed by an author's texts and by a client's values alike",
    "render/templating/qr_address.py": "the only module that knows segno",
}
"""Modules under forty lines, each with its reason."""
FIRST_LINE = re.compile(r"[A-Z0-9`].*\.")
"""A docstring's first line: begins with a capital, a digit or a mark of code, and ends with a full stop."""


def test_no_class_and_no_module_has_the_name_of_another() -> None:
    assert make_rooms.names_twice() == []


def test_no_function_is_longer_than_a_page() -> None:
    assert make_rooms.long_functions() == []


def test_no_room_is_too_full() -> None:
    rooms = Counter(path.parent.relative_to(PACKAGE).as_posix() for path in MODULES if path.name != "__init__.py")
    assert {room: count for room, count in rooms.items() if count > MAX_MODULES} == {}


def test_a_small_module_has_its_reason() -> None:
    small = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        if len(path.read_text(encoding="utf-8").splitlines()) < SHORTEST_MODULE
        and (path.name != "__init__.py" or path.parent == PACKAGE)
    }
    assert small == set(SMALL)


def test_every_place_that_the_map_leads_to_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = text.split("| it is about | look in |")[1].split("\n\n")[0]
    places = set(re.findall(r"`([a-z_]+(?:/[a-z_]+)*)`", rows)) - {"_task"}
    assert len(places) > 20
    assert [one for one in places if not ((PACKAGE / one).is_dir() or (PACKAGE / f"{one}.py").is_file())] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_docstrings_begin_with_a_whole_sentence(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    documented = [tree, *(node for node in ast.walk(tree) if isinstance(node, kinds))]
    firsts = [doc.partition("\n")[0] for node in documented if (doc := ast.get_docstring(node))]
    assert ast.get_docstring(tree)
    assert [line for line in firsts if not FIRST_LINE.fullmatch(line) or len(line.split()) < 3] == []


@pytest.mark.parametrize(
    ("made", "file"),
    [
        (make_rooms.drawing, make_rooms.DRAWING),
        (make_rooms.page, make_rooms.PAGE),
        (make_rooms.measured, make_rooms.MEASURED),
    ],
)
def test_the_map_of_the_rooms_and_what_is_measured_are_fresh(made: Callable[[], str], file: Path) -> None:
    assert made() == file.read_text(encoding="utf-8"), "run `make docs`"


def test_no_arrow_of_the_map_is_behind_a_box() -> None:
    rows = [row for row in make_rooms.layers() if row]
    x = make_rooms.places(rows, make_rooms.segments(rows))
    for one, other in combinations(x, 2):
        if one.row == other.row:
            assert abs(x[one] - x[other]) >= (one.width + other.width) / 2 - 0.01, (one, other)
