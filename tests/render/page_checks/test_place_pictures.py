"""The places where something is wrong with pages are shown in a picture, until nothing is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import Run, Tree
from tests.support.samples import FILES

THEME = {"templates/ours/theme.yaml": "title: Ours\ndescription: As we like it.\nextends: base\n"}
PALE = ".prompt .question { color: #fefefe }\nh2 { margin-left: -300mm }\n"
BUILD = ("build", "small-page", "--theme", "ours", "--practice", "oak-house", "--layout", "booklet")
PACKET = "id: care\ntitle: Care\nlanguage: en\nvalues: [display_name]\nhandouts: [{handout: small-page}]\n"
FRAME = (0xC4, 0x16, 0x1C)
CSS = "templates/ours/css/60-ours.css"


def test_the_places_of_problems_are_shown_beside_the_draft_until_they_are_mended(tree: Tree, run: Run) -> None:
    folder = tree({**FILES, **THEME, CSS: PALE})
    ran = run("-C", str(folder), *BUILD, "--draft")
    picture = folder / "output" / "oak-house" / "small-page.booklet.ours.draft.problems.png"
    assert picture.name in ran.stdout
    assert_shows_places(picture)
    (folder / CSS).write_text("h2 { letter-spacing: 0 }", encoding="utf-8")
    assert picture.name not in run("-C", str(folder), *BUILD, "--draft").stdout
    assert [path.suffix for path in picture.parent.iterdir()] == [".pdf"]


def test_a_build_that_fails_shows_the_places_where_its_pages_would_have_been(tree: Tree, run: Run) -> None:
    folder = tree({**FILES, **THEME, CSS: PALE})
    ran = run("-C", str(folder), *BUILD)
    picture = folder / "output" / "oak-house" / "small-page.booklet.ours.problems.png"
    assert ran.exit_code == 1
    assert str(Path("output", "oak-house", picture.name)) in ran.stderr
    assert [path.name for path in picture.parent.iterdir()] == [picture.name]
    assert_shows_places(picture)


def test_the_picture_goes_when_a_build_comes_out_also_as_it_was_before(tree: Tree, run: Run) -> None:
    sound = "h2 { letter-spacing: 0 }"
    folder = tree({**FILES, **THEME, CSS: sound})
    picture = folder / "output" / "oak-house" / "small-page.booklet.ours.problems.png"
    assert run("-C", str(folder), *BUILD).exit_code == 0
    (folder / CSS).write_text(PALE, encoding="utf-8")
    assert run("-C", str(folder), *BUILD).exit_code == 1
    assert picture.is_file()
    (folder / CSS).write_text(sound, encoding="utf-8")
    assert run("-C", str(folder), *BUILD).exit_code == 0
    assert not picture.exists()
    (folder / CSS).write_text(PALE, encoding="utf-8")
    assert run("-C", str(folder), *BUILD).exit_code == 1
    (folder / CSS).write_text("h2 { letter-spacing: .1pt }", encoding="utf-8")
    assert run("-C", str(folder), *BUILD).exit_code == 0
    assert not picture.exists()


def test_a_packet_shows_the_places_of_its_own_pages_and_has_nobodys_values_on_them(tree: Tree, run: Run) -> None:
    folder = tree({**FILES, **THEME, "handouts/packets/care.yaml": PACKET, CSS: ".cover h1 { margin-left: -300mm }"})
    made = ("packet", "care", "--theme", "ours", "--practice", "oak-house", "--client-ref", "C-1042")
    ran = run("-C", str(folder), *made, "--set", "display_name=Nadia")
    picture = folder / "output" / "packets" / "care.ours.problems.png"
    assert ran.exit_code == 1
    assert str(Path("output", "packets", picture.name)) in ran.stderr
    assert [path.name for path in (folder / "output").rglob("*.*")] == [picture.name]
    assert_shows_places(picture)
    (folder / CSS).write_text("h2 { letter-spacing: 0 }", encoding="utf-8")
    assert run("-C", str(folder), *made, "--set", "display_name=Nadia").exit_code == 0
    assert [path.name for path in picture.parent.iterdir()] == ["C-1042.pdf"]


@pytest.mark.parametrize("other", ["", "C-2,Omar,standard\n"], ids=["every row", "a row of two"])
def test_a_batch_shows_the_places_of_a_layout_that_cannot_be_made(other: str, tree: Tree, run: Run) -> None:
    css = "templates/ours/formats/low-ink/css/60-ours.css"
    roster = f"client_ref,display_name,format\nC-1,Nadia,low-ink\n{other}"
    files = {**FILES, **THEME, "handouts/packets/care.yaml": PACKET, "roster.csv": roster}
    folder = tree({**files, css: ".cover h1 { margin-left: -300mm }"})
    made = ("-C", str(folder), "batch", str(folder / "roster.csv"), "--packet", "care", "--theme", "ours")
    ran = run(*made, "--practice", "oak-house")
    picture = folder / "output" / "packets" / "care.low-ink.ours.problems.png"
    assert ran.exit_code == (4 if other else 1)
    assert f"; shown in {Path('workspace', 'output', 'packets', picture.name)}" in ran.stderr
    assert_shows_places(picture)
    (folder / css).write_text("h2 { letter-spacing: 0 }", encoding="utf-8")
    assert run(*made, "--practice", "oak-house").exit_code == 0
    assert not picture.exists()


def assert_shows_places(picture: Path) -> None:
    """A picture has frames, and the width of a page."""
    with Image.open(picture) as opened:
        framed = sum(count for count, colour in opened.getcolors(1 << 24) or [] if colour == FRAME)
        assert framed > 100
        assert opened.width > 800
