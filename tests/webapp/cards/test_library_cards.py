"""The library: found by words anywhere, under what it is for, a page at a time, and pictures only of what changed."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import get_args

import pytest

from handoutkit.files.kept_entries import KeptEntries
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.handout import PURPOSES, Kind
from handoutkit.webapp.cards.card_facts import KeptFacts
from handoutkit.webapp.cards.library_cards import MAX_CARDS, FileReader, LibraryCard, find, find_elsewhere
from tests.conftest import ROOT, Run
from tests.support.browser_app import COPIED, workspace


@pytest.fixture(scope="module")
def reader() -> FileReader:
    return FileReader()


@pytest.fixture(scope="module")
def shipped() -> Library:
    return Library(Workspace(ROOT))


def test_words_are_found_in_titles_first_then_in_what_is_written(shipped: Library, reader: FileReader) -> None:
    found = find(shipped, reader, "handouts", {"q": "sleep"})
    titles = ["sleep" in card.title.casefold() for card in found.cards]
    assert any(titles)
    assert not all(titles)  # some have it in their words alone
    assert titles == sorted(titles, reverse=True)
    assert find(shipped, reader, "handouts", {"q": "prose"}).found == 0  # what a block is called is nobody's word
    elsewhere = find_elsewhere(shipped, reader, "handouts", {"q": "sleep", "kind": "card"})
    assert set(elsewhere) <= {"templates", "packets"}
    assert elsewhere["templates"].cards
    assert find_elsewhere(shipped, reader, "handouts", {"q": " "}) == {}


def test_every_kind_is_for_something(shipped: Library, reader: FileReader, run: Run) -> None:
    kinds = [kind for _, kinds in PURPOSES.values() for kind in kinds]
    assert sorted(kinds) == sorted(get_args(Kind))
    found = find(shipped, reader, "handouts", {"purpose": "record"})
    assert {card.kind for card in found.cards} <= {"self_monitoring", "measure"}
    assert found.cards
    listed = json.loads(run("list", "--purpose", "record", "--json").stdout)["handouts"]
    assert {one["id"] for one in listed} == {card.id for card in found.cards}
    order = [card.purpose for card in find(shipped, reader, "handouts", {}).cards]
    assert list(dict.fromkeys(order)) == [title for title, _ in PURPOSES.values() if title in order]


def test_a_large_library_comes_in_pages_and_a_picture_is_new_only_if_its_file_is(
    reader: FileReader, tmp_path: Path
) -> None:
    home = workspace(tmp_path)
    own = home / COPIED[0]
    for number in range(MAX_CARDS - 5):
        text = own.read_text(encoding="utf-8").replace("id: i-and-we\n", f"id: copy-{number}\n", 1)
        (home / f"handouts/copy-{number}.yaml").write_text(text, encoding="utf-8")
    pages = [find(Library(Workspace(home)), reader, "handouts", {"page": page}) for page in ("", "2", "99", "x", "²")]
    assert [page.number for page in pages] == [1, 2, pages[0].pages, 1, 1]
    assert len(pages[0].cards) == MAX_CARDS
    assert not {card.id for card in pages[0].cards} & {card.id for card in pages[1].cards}

    def stamps() -> dict[str, tuple[int, int]]:
        found = find(Library(Workspace(home)), reader, "handouts", {"q": "i and we"})
        return {card.id: (card.stamp, found.stamp) for card in found.cards}

    before = stamps()
    os.utime(own, ns=(1, 1))
    assert {name for name, stamp in stamps().items() if stamp != before[name]} == {"i-and-we"}
    shutil.copyfile(home / COPIED[4], home / "practices/other.yaml")
    assert all(stamp != before[name] for name, stamp in stamps().items())


def test_a_file_whose_id_is_not_its_name_is_told_and_the_others_are_shown(reader: FileReader, tmp_path: Path) -> None:
    home = workspace(tmp_path)
    text = (home / COPIED[0]).read_text(encoding="utf-8").replace("id: i-and-we\n", "id: another\n", 1)
    (home / "handouts/copy.yaml").write_text(text, encoding="utf-8")
    found = find(Library(Workspace(home)), reader, "handouts", {})
    assert [problem.code for problem in found.problems] == ["id-and-file"]
    assert "i-and-we" in {card.id for card in found.cards}


def test_what_was_read_is_kept_for_the_next_run_and_a_changed_file_is_read_again(tmp_path: Path) -> None:
    home, entries = workspace(tmp_path / "home"), KeptEntries(tmp_path / "cache")

    def cards(code: str = "as it is") -> list[LibraryCard]:
        reader = FileReader(KeptFacts(entries, home, lambda: code))
        return list(find(Library(Workspace(home)), reader, "handouts", {"q": "closeness"}).cards)

    before = cards()
    [kept] = (tmp_path / "cache").iterdir()
    at = kept.stat().st_ino
    assert cards() == before
    assert kept.stat().st_ino == at  # nothing was new
    own = home / COPIED[0]
    own.write_text(own.read_text(encoding="utf-8").replace("title: I and We", "title: Closeness", 1), encoding="utf-8")
    assert cards()[0].title == "Closeness"
    cards(code="changed")
    assert len(list((tmp_path / "cache").iterdir())) == 2
    kept.write_bytes(kept.read_bytes()[:-9] + b"{}")  # not as its checksum says
    assert cards()[0].title == "Closeness"


def test_a_card_is_for_nothing_if_it_is_a_packet() -> None:
    assert LibraryCard("packet", "one", "One", "", "").purpose == ""
