"""What has not changed is not laid out again; what is damaged is; nothing about a build's surroundings gets in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.errors import ContentError
from handoutkit.files import kept_entries
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render import render_cache as cache_module
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.sheets.kept_heights import STORE
from handoutkit.render.theme import Theme
from handoutkit.render.worker_typesetter import Rendered
from tests.conftest import ROOT, Tree
from tests.support.samples import FILES, PRACTICE

CHOSEN = PRACTICE + "unreviewed_framings: [our-people]\nframings:\n  - id: our-people\n"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="{}"/></svg>'
WITH_LOGO = CHOSEN + "logo: {file: logo.svg, text: Oak}\n"


def build(folder: Path, cache: RenderCache, **choices: str) -> tuple[bytes, bool]:
    finished = Builder(Library(Workspace(folder)), BuildOptions(**choices), cache).render(["small-page"]).finished[0]  # type: ignore[arg-type]
    return finished.rendered.pdf, finished.cached


def folder_of(cache: RenderCache) -> Path:
    assert cache.folder is not None
    return cache.folder


def pdfs_in(cache: RenderCache) -> list[Path]:
    """The entries that are handouts; what was measured for sheets is kept beside them."""
    return [path for path in folder_of(cache).iterdir() if not path.name.startswith(STORE)]


@pytest.fixture
def own(tmp_path: Path) -> RenderCache:
    return RenderCache(tmp_path / "cache")


def test_the_second_build_lays_nothing_out(tree: Tree, own: RenderCache) -> None:
    folder = tree(FILES)
    first, cached = build(folder, own)
    assert not cached
    assert build(folder, own) == (first, True)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("handouts/small-page.yaml", "The opening words.", "Other opening words."),
        ("practices/oak-house.yaml", "Ring us", "Call us"),
        ("practices/oak-house.yaml", "#7A3B69", "#3B697A"),
        ("handouts/framings/our-people.yaml", "The note by slot.", "Another note."),
        ("practices/logo.svg", "red", "blue"),
        ("templates/fonts/NOTE.txt", "one", "two"),
    ],
)
def test_whatever_goes_in_counts(name: str, old: str, new: str, tree: Tree, own: RenderCache) -> None:
    files = {
        **FILES,
        "practices/oak-house.yaml": WITH_LOGO,
        "practices/logo.svg": LOGO.format("red"),
        "templates/fonts/NOTE.txt": "one",
    }
    build(tree(files), own)
    assert old in files[name]
    assert not build(tree({**files, name: files[name].replace(old, new)}), own)[1]
    assert build(tree(files), own)[1]


def test_choices_count(tree: Tree, own: RenderCache) -> None:
    folder = tree(FILES)
    build(folder, own)
    assert not build(folder, own, paper="letter")[1]
    assert not build(folder, own, audience="clinician")[1]
    assert build(folder, own)[1]


def test_versions_count(tree: Tree, own: RenderCache, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry of another version is left alone, and the handout built anew."""
    folder = tree(FILES)
    build(folder, own)
    monkeypatch.setattr(cache_module, "__version__", "9.9.9")
    cache_module._versions.cache_clear()
    try:
        assert not build(folder, own)[1]
    finally:
        cache_module._versions.cache_clear()


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "nonsense", "other entry"])
def test_a_damaged_entry_is_rebuilt(damage: str, tree: Tree, own: RenderCache) -> None:
    """Cut short, a bit flipped, emptied, or another's: built anew, with the same bytes, and right from then on."""
    folder = tree(FILES)
    first, _ = build(folder, own)
    (entry,) = pdfs_in(own)
    data = entry.read_bytes()
    middle = len(data) // 2
    other = folder_of(own) / ("0" * 64 + ".cached")
    if damage == "other entry":
        own.put("0" * 64, Rendered(b"%PDF another", 1))
    entry.write_bytes(
        {
            "cut": data[:middle],
            "flip": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
            "empty": b"",
            "nonsense": b"[]\nnothing",
            "other entry": other.read_bytes() if other.exists() else b"",
        }[damage]
    )
    assert build(folder, own) == (first, False)
    assert build(folder, own) == (first, True)


def test_entries_are_private_and_named_by_digest_alone(tree: Tree, own: RenderCache) -> None:
    build(tree(FILES), own)
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in folder_of(own).iterdir())
    (entry,) = pdfs_in(own)
    assert entry.stat().st_mode & 0o777 == 0o600
    assert len(entry.stem) == 64
    assert set(entry.stem) <= set("0123456789abcdef")


def test_the_oldest_entries_go_first(own: RenderCache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_entries, "MAX_ENTRIES", 3)
    for number in range(5):
        own.put(str(number), Rendered(b"%PDF", 1))
        (folder_of(own) / f"{number}.cached").touch()
        os.utime(folder_of(own) / f"{number}.cached", (number, number))
    own.put("5", Rendered(b"%PDF", 1))
    assert sorted(path.stem for path in folder_of(own).iterdir()) == ["3", "4", "5"]


def test_a_cache_that_cannot_be_written_does_not_stop_a_build(tree: Tree, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    pdf, cached = build(tree(FILES), RenderCache(tmp_path / "cache"))
    assert pdf.startswith(b"%PDF")
    assert not cached


def test_the_bytes_are_the_same_wherever_it_is_built(tree: Tree) -> None:
    """Two processes, two hash seeds, two time zones, two folders, no cache between them."""
    digests = set()
    for number, zone in enumerate(("Pacific/Kiritimati", "America/Los_Angeles")):
        folder = tree({f"{number}/{name}": content for name, content in FILES.items()}) / str(number)
        environment = {"PYTHONHASHSEED": str(number + 1), "TZ": zone, "XDG_CACHE_HOME": str(folder / "cache")}
        command = [sys.executable, "-m", "handoutkit", "build", "small-page", "--json"]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
        digests.add(done.stdout.split('"sha256": "')[1][:64])
    assert len(digests) == 1


def test_a_picture_that_is_taken_away_meanwhile_is_a_problem(tmp_path: Path) -> None:
    theme = Theme.find("base", [ROOT])
    with pytest.raises(ContentError) as caught:
        cache_module.key_of("a page", theme, None, [tmp_path / "gone.png"])
    (problem,) = caught.value.problems
    assert (problem.code, "`gone.png` cannot be read any more" in problem.message) == ("no-such-picture", True)
