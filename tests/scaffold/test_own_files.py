"""Files of one's own: begun from nothing, and copied with every word and comment."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from handoutkit.errors import ContentError
from handoutkit.library.library import Library
from handoutkit.library.shipped_files import shipped_root
from handoutkit.library.workspace import Workspace
from handoutkit.scaffold import own_files
from tests.conftest import ROOT

TODAY = date(2026, 11, 20)
HANDOUT = "handouts/interdependence/i-and-we.yaml"


def _library(folder: Path) -> Library:
    (folder / "handouts").mkdir(exist_ok=True)
    return Library(Workspace(folder))


def test_a_handout_is_begun_from_nothing_with_a_title_of_any_kind(tmp_path: Path) -> None:
    for title, name in (('眠る: "well"', "mianru-well"), ('眠る: "well"', "mianru-well-2"), ("- [x]", "x")):
        assert own_files.new_handout(_library(tmp_path), title, "plan", TODAY) == name
        loaded = _library(tmp_path).handout(name)
        assert (loaded.model.title, loaded.model.kind, loaded.model.reviewed_on) == (title, "plan", TODAY)
    with pytest.raises(ContentError, match="no-title"):
        own_files.new_handout(_library(tmp_path), " ", "plan", TODAY)


def test_a_copy_keeps_every_word_and_comment_and_the_pictures(tmp_path: Path) -> None:
    library = _library(tmp_path)
    source = tmp_path / "given" / "mine.yaml"
    source.parent.mkdir()
    text = (ROOT / HANDOUT).read_text(encoding="utf-8").replace("id: i-and-we\n", "id: mine\n", 1)
    text = text.replace("illustration: two-trees\n", "illustration: art/ours.svg\n", 1)
    source.write_text(text, encoding="utf-8")
    (source.parent / "art").mkdir()
    shutil.copyfile(ROOT / "practices/riverbend-counseling.svg", source.parent / "art/ours.svg")
    name = own_files.copy_of(library, source, "handout", "Du und ich", TODAY)
    assert name == "du-und-ich"
    copy = (tmp_path / "handouts/du-und-ich.yaml").read_text(encoding="utf-8").splitlines()
    was = text.splitlines()
    assert [line for line in copy if line not in was] == [
        "# yaml-language-server: $schema=../schemas/handout.schema.json",
        "id: du-und-ich",
        "title: Du und ich",
        "illustration: pictures/du-und-ich/ours.svg",
        "reviewed_on: 2026-11-20",
    ]
    assert _library(tmp_path).handout(name).model.title == "Du und ich"


@pytest.mark.parametrize(
    ("what", "file"), [("packet", "packets/first-weeks"), ("framing", "framings/faith-and-community")]
)
def test_packets_and_framings_are_copied_too(tmp_path: Path, what: own_files.OwnKind, file: str) -> None:
    library = _library(tmp_path)
    name = own_files.copy_of(library, shipped_root() / f"handouts/{file}.yaml", what, "Ours", TODAY)
    after = _library(tmp_path)
    assert (after.packet(name) if what == "packet" else after.framing(name)).model.title == "Ours"


def test_a_copys_translations_come_along_under_its_id(tmp_path: Path) -> None:
    name = own_files.copy_of(_library(tmp_path), shipped_root() / HANDOUT, "handout", "Both of us", TODAY)
    own = tmp_path / "handouts/locale/es" / f"{name}.po"
    shipped = (shipped_root() / "handouts/locale/es/i-and-we.po").read_text(encoding="utf-8")
    assert own.read_text(encoding="utf-8") == shipped.replace("Id-Version: i-and-we", f"Id-Version: {name}", 1)
    with pytest.raises(ContentError) as raised:
        _library(tmp_path).handout(name, "es")
    assert {problem.code for problem in raised.value.problems} == {"translation-missing"}
    assert "Both of us" in str(raised.value)
