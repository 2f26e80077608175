"""The bin: what is thrown away can be put back, and nothing is thrown away that something else needs."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from handoutkit.errors import ContentError
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.scaffold import bin_folder, own_files
from tests.conftest import ROOT

TODAY, NOW = date(2026, 11, 20), datetime(2026, 11, 21, 9, 30, 5)
HANDOUT = "handouts/interdependence/i-and-we.yaml"


def _library(folder: Path) -> Library:
    (folder / "handouts").mkdir(exist_ok=True)
    return Library(Workspace(folder))


def test_what_is_thrown_away_can_be_put_back(tmp_path: Path) -> None:
    name = own_files.new_handout(_library(tmp_path), "Our lantern walk", "worksheet", TODAY)
    path = tmp_path / "handouts/our-lantern-walk.yaml"
    catalogue = tmp_path / "handouts/locale/es/our-lantern-walk.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text("", encoding="utf-8")
    text = path.read_bytes()
    keys = [bin_folder.throw_away(_library(tmp_path), "handout", name, NOW)]
    assert not path.exists()
    assert not catalogue.exists()
    assert own_files.new_handout(_library(tmp_path), "Our lantern walk", "worksheet", TODAY) == name
    [thrown] = bin_folder.thrown_away(Workspace(tmp_path))
    assert (thrown.key, thrown.what, thrown.title, thrown.at) == (keys[0], "handout", "Our lantern walk", NOW)
    with pytest.raises(ContentError, match="place-taken"):
        bin_folder.put_back(Workspace(tmp_path), keys[0])
    keys.append(bin_folder.throw_away(_library(tmp_path), "handout", name, NOW))
    assert keys[0] != keys[1]
    bin_folder.put_back(Workspace(tmp_path), keys[0])
    assert path.read_bytes() == text
    assert catalogue.exists()
    for key in (keys[0], "../handouts", "2026-11-21-093006"):
        with pytest.raises(ContentError, match="not-in-the-bin"):
            bin_folder.put_back(Workspace(tmp_path), key)


def test_what_ships_or_is_in_a_packet_is_not_thrown_away(tmp_path: Path) -> None:
    library = _library(tmp_path)
    with pytest.raises(ContentError, match="not-own"):
        bin_folder.throw_away(library, "handout", "i-and-we", NOW)
    own_files.new_handout(library, "Our lantern walk", "worksheet", TODAY)
    packets = tmp_path / "handouts/packets"
    packets.mkdir()
    (packets / "week.yaml").write_text(
        "id: week\ntitle: Week one\nlanguage: en\nhandouts:\n  - handout: our-lantern-walk\n  - handout: i-and-we\n"
    )
    with pytest.raises(ContentError, match="take it out of “Week one” first"):
        bin_folder.throw_away(_library(tmp_path), "handout", "our-lantern-walk", NOW)
    shutil.copyfile(ROOT / HANDOUT, tmp_path / "handouts/i-and-we.yaml")
    bin_folder.throw_away(_library(tmp_path), "handout", "i-and-we", NOW)  # the one that ships takes its place
    assert _library(tmp_path).handout("i-and-we").model.title == "I and We"
