"""No valid file can blow up a build: what is too much is a problem that names the limit."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic_core import PydanticCustomError

from handoutkit.errors import ContentError
from handoutkit.loading.load_file import load_handout
from handoutkit.models.handout_size import MAX_PLACES, MAX_SIZE, Size
from handoutkit.models.markdown import MAX_MARKS, MAX_WORD, check_prose
from handoutkit.pictures.picture_check import MAX_IN_ALL
from handoutkit.render import typeset
from tests.conftest import Tree
from tests.support.largest import LARGEST, MAX_BLOCKS
from tests.support.samples import FILES, HANDOUT
from tests.support.typeset_here import set_in_this_process

TABLE = """\
  - type: record_table
    id: table-{number}
    columns:
      - {{id: a, header: A}}
      - {{id: b, header: B}}
      - {{id: c, header: C}}
      - {{id: d, header: D}}
      - {{id: e, header: E}}
    rows: 60
"""


def with_tables(number: int) -> str:
    return HANDOUT.replace("  - type: next_step\n", "".join(TABLE.format(number=n) for n in range(number)))


def test_places_to_write_are_counted_over_the_whole_handout(tree: Tree) -> None:
    within = tree({"handouts/small-page.yaml": with_tables(4)}) / "handouts/small-page.yaml"
    assert load_handout(within).model.id == "small-page"
    beyond = tree({"handouts/small-page.yaml": with_tables(5)}) / "handouts/small-page.yaml"
    with pytest.raises(ContentError, match=f"at most {MAX_PLACES:,} are taken"):
        load_handout(beyond)


def test_rows_that_only_one_copy_may_have_are_counted_too(tree: Tree) -> None:
    few = with_tables(5).replace("    rows: 60\n", "    rows: 1\n    most_rows: 60\n")
    page = tree({"handouts/small-page.yaml": few}) / "handouts/small-page.yaml"
    with pytest.raises(ContentError, match=f"at most {MAX_PLACES:,} are taken"):
        load_handout(page)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * (MAX_WORD + 1), f"a word here has {MAX_WORD + 1} letters, and at most {MAX_WORD} are taken"),
        ("*a " * (MAX_MARKS + 1), f"this text has {MAX_MARKS + 1} stars, and at most {MAX_MARKS}"),
    ],
)
def test_words_and_marks_of_a_text_are_counted(text: str, said: str) -> None:
    with pytest.raises(PydanticCustomError, match=said):
        check_prose(text)


@pytest.mark.parametrize(
    "text",
    [
        "x" * MAX_WORD,
        f"[words](https://example.org/{'a' * 300})",
        "well-" * 60 + "known",
        "\u6211\u4eec" * 500,
        "\u0e40\u0e23\u0e32" * 100,
    ],
    ids=["long", "address", "hyphens", "Chinese", "Thai"],
)
def test_what_lines_can_be_broken_in_has_no_long_words(text: str) -> None:
    assert check_prose(text) == text


def test_all_there_is_to_set_is_counted_over_the_whole_handout(tree: Tree) -> None:
    """Words, places and figures each stay within their own limits, and the problem says what comes to how much."""
    prose = "  - {type: prose, text: '" + "Many words. " * 600 + "'}\n"
    within = HANDOUT.replace("  - type: next_step\n", prose * 26 + "  - type: next_step\n")
    assert load_handout(tree({"handouts/small-page.yaml": within}) / "handouts/small-page.yaml").model.blocks
    beyond = HANDOUT.replace("  - type: next_step\n", prose * 28 + "  - type: next_step\n")
    path = tree({"handouts/small-page.yaml": beyond}) / "handouts/small-page.yaml"
    with pytest.raises(
        ContentError, match=r"comes to 20\d,\d{3} letters \(20\d,\d{3} of words, \d+ of places"
    ) as caught:
        load_handout(path)
    assert [problem.code for problem in caught.value.problems] == ["too-much-to-set"]


def test_cultural_notes_and_a_second_language_count_too() -> None:
    """A handout alone knows nothing of them, so they are counted when it is set."""
    half = Size(words=MAX_SIZE // 2 + 1)
    assert not half.too_much
    assert f"comes to {MAX_SIZE + 2:,} letters" in half.in_two_languages.too_much


def test_pictures_are_counted_together(tree: Tree) -> None:
    """Each is within its limit, and drawn at each place where it stands."""
    workspace = tree({"handouts/small-page.yaml": ""})
    letters = "<text>" + "a " * (MAX_IN_ALL.pieces // 5) + "</text>"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{letters}</svg>'
    (workspace / "handouts/a.svg").write_text(svg, encoding="utf-8")
    figure = "  - {type: figure, kind: image, alt: A, file: a.svg}\n"
    path = workspace / "handouts/small-page.yaml"
    path.write_text(HANDOUT.replace("blocks:\n", "blocks:\n" + 2 * figure, 1), encoding="utf-8")
    assert len(load_handout(path).model.blocks) == 6
    path.write_text(HANDOUT.replace("blocks:\n", "blocks:\n" + 3 * figure, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=f"pieces to draw, and at most {MAX_IN_ALL.pieces:,} are taken") as caught:
        load_handout(path)
    assert [problem.path for problem in caught.value.problems] == ["blocks[2].file"]


def test_the_largest_handouts_are_as_large_as_they_can_be(tmp_path: Path) -> None:
    """What ``make security`` measures is at the limit: one block more of each kind is refused."""
    for name in ("words", "linked boxes", "records"):
        taken = LARGEST[name].write(tmp_path)
        assert 0 < taken < MAX_BLOCKS


def test_pages_are_counted(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset, "MAX_PAGES", {"standard": 1})
    handout = HANDOUT.replace("count: 3", "count: 24").replace("  - type: next_step\n", TABLE.format(number=1))
    with pytest.raises(ContentError, match=r"error\[too-many-pages\] blocks"):
        set_in_this_process(tree({**FILES, "handouts/small-page.yaml": handout}))
