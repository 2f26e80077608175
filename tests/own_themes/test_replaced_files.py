"""A file that took the place of a shipped one is told when that one has changed, with what changed in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from handoutkit.library.workspace import Workspace
from handoutkit.own_themes.replaced_files import RECORD, aged_files, remember, replaced_files
from tests.conftest import ROOT, Run, Tree
from tests.support.samples import FILES

OWN: Mapping[str, str] = {
    "templates/ours/theme.yaml": "title: Ours\ndescription: As we like it.\nextends: calm\n",
    "templates/ours/blocks/prompt.html": "<p>{{ block.question }}</p>",
    "templates/ours/parts/masthead.html": '{% include "shipped/parts/masthead.html" %}',
    "templates/ours/css/50-calm.css": "h1 { letter-spacing: 0 }",
    "templates/ours/css/90-ours.css": "h1 { letter-spacing: 0 }",
    "templates/ours/formats/large-print/blocks/table.html": "<p>A table</p>",
}
REPLACED = ["blocks/prompt.html", "css/50-calm.css", "formats/large-print/blocks/table.html"]
SHIPPED = ["theme.yaml", *(f"css/{path.name}" for path in sorted((ROOT / "templates/calm/css").glob("*.css")))]
OLD_LINE = "{# A line that is gone. #}"


def as_if_older(folder: Path, name: str) -> None:
    """The record as an older release would have left it, whose file had one more line."""
    path = folder / "templates/ours" / RECORD
    record = json.loads(path.read_text(encoding="utf-8"))
    text = f"{OLD_LINE}\n{record[name]['text']}"
    record[name] = {"sha256": hashlib.sha256(text.encode()).hexdigest(), "release": "0.0.9", "text": text}
    path.write_text(json.dumps(record), encoding="utf-8")


def test_what_a_file_takes_the_place_of_is_found_through_the_themes_and_formats(tree: Tree) -> None:
    roots = Workspace(tree({**FILES, **OWN})).roots
    assert [each.name for each in replaced_files("ours", roots)] == REPLACED
    assert replaced_files("calm", roots) == []


def test_a_file_is_remembered_once_and_told_when_the_shipped_one_changes(tree: Tree) -> None:
    folder = tree({**FILES, **OWN})
    roots = Workspace(folder).roots
    assert remember("ours", roots) == REPLACED
    assert remember("ours", roots) == []
    assert aged_files("ours", roots) == []
    as_if_older(folder, "blocks/prompt.html")
    (aged,) = aged_files("ours", roots)
    assert f"-{OLD_LINE}" in aged.difference.split("\n")
    assert (aged.release, aged.problem().code, aged.problem().severity) == ("0.0.9", "aged-override", "warning")
    assert "`handoutkit theme check ours --accept`" in aged.problem().hint
    assert remember("ours", roots) == []
    assert remember("ours", roots, anew=True) == REPLACED
    assert aged_files("ours", roots) == []


def test_what_is_no_more_replaced_is_forgotten(tree: Tree) -> None:
    folder = tree({**FILES, **OWN})
    roots = Workspace(folder).roots
    remember("ours", roots)
    (folder / "templates/ours/blocks/prompt.html").unlink()
    remember("ours", roots)
    kept = json.loads((folder / "templates/ours" / RECORD).read_text(encoding="utf-8"))
    assert list(kept) == REPLACED[1:]


def test_of_a_theme_that_is_as_it_shipped_nothing_is_written_down(tree: Tree) -> None:
    """So it is in a checkout, when handoutkit is installed beside it."""
    shipped = {f"templates/calm/{path}": (ROOT / "templates/calm" / path).read_text("utf-8") for path in SHIPPED}
    folder = tree({**FILES, **shipped})
    roots = Workspace(folder).roots
    assert replaced_files("calm", roots) != []
    assert remember("calm", roots) == []
    assert not (folder / "templates/calm" / RECORD).exists()


def test_doctor_remembers_and_tells(tree: Tree, run: Run) -> None:
    folder = tree({**FILES, **OWN})
    assert "aged" not in run("-C", str(folder), "doctor").stdout
    as_if_older(folder, "blocks/prompt.html")
    ran = run("-C", str(folder), "doctor")
    assert ran.exit_code == 0
    assert "theme ours: 1 file aged (blocks/prompt.html)" in ran.stdout
    assert "handoutkit theme check ours" in ran.stdout


def test_a_record_that_is_none_is_written_anew(tree: Tree) -> None:
    folder = tree({**FILES, **OWN, f"templates/ours/{RECORD}": "[1"})
    assert remember("ours", Workspace(folder).roots) == REPLACED
