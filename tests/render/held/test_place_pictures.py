"""A draft has a picture beside it of the places where something is wrong, until nothing is."""

from __future__ import annotations

from PIL import Image

from tests.conftest import Run, Tree
from tests.support.samples import FILES

THEME = {"templates/ours/theme.yaml": "title: Ours\ndescription: As we like it.\nextends: base\n"}
PALE = ".prompt .question { color: #fefefe }\nh2 { margin-left: -300mm }\n"
DRAFT = ("build", "small-page", "--theme", "ours", "--practice", "oak-house", "--draft", "--layout", "booklet")
FRAME = (0xC4, 0x16, 0x1C)


def test_the_places_of_problems_are_shown_beside_the_draft_until_they_are_mended(tree: Tree, run: Run) -> None:
    folder = tree({**FILES, **THEME, "templates/ours/css/60-ours.css": PALE})
    ran = run("-C", str(folder), *DRAFT)
    picture = folder / "output" / "oak-house" / "small-page.booklet.ours.draft.problems.png"
    assert picture.name in ran.stdout
    with Image.open(picture) as opened:
        framed = sum(count for count, colour in opened.getcolors(1 << 24) or [] if colour == FRAME)
        assert framed > 200
        assert opened.width > 800
    (folder / "templates/ours/css/60-ours.css").write_text("h2 { letter-spacing: 0 }", encoding="utf-8")
    assert picture.name not in run("-C", str(folder), *DRAFT).stdout
    assert [path.suffix for path in picture.parent.iterdir()] == [".pdf"]
