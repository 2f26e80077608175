"""A handout on one sheet, read back from its PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.compose.compose_document import compose
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.blocks.frames_and_cards import CardSet
from handoutkit.models.blocks.reading_blocks import ProseBlock
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.sheets.sheet_typesetter import can_be_a_sheet
from tests.conftest import ROOT
from tests.support.block_examples import every_block
from tests.support.loading_helpers import HANDOUT as HANDOUT_OF_ONE_BLOCK
from tests.support.page_measures import MM, glyphs, lines
from tests.support.pdf_reading import bookmarks, failures, opened, texts
from tests.support.reading_order import letters, of_pdf

HANDOUT, PRACTICE = "asking-for-what-you-need", "riverbend-counseling"
Built = Callable[..., bytes]
LETTER_WIDTH, MARGIN = 612, 20
DAY_IN_COLUMNS = """\
- {type: prompt, id: how, in_columns: 2, question: What helps?, response: {type: lines, count: 3}}
- {type: prompt, id: seen, in_columns: 2, question: On what day did you last go over it?, response: {type: date}}
- {type: next_step, text: Bring this page.}
"""


@pytest.fixture(scope="module")
def sheet(pdf_of: Built) -> bytes:
    return pdf_of(HANDOUT, practice=PRACTICE)


@pytest.fixture(scope="module")
def booklet(pdf_of: Built) -> bytes:
    return pdf_of(HANDOUT, practice=PRACTICE, layout="booklet")


def field_names(pdf: bytes) -> set[str]:
    def names(field: Any, above: str) -> set[str]:
        own = ".".join(filter(None, (above, str(field.get("/T", "")))))
        kids = [kid for kid in field.get("/Kids", ()) if "/T" in kid]
        return {name for kid in kids for name in names(kid, own)} if kids else {own}

    document = opened(pdf)
    return {name for field in document.Root.AcroForm.Fields for name in names(field, "")}


def test_side_one_is_read_and_side_two_is_done(sheet: bytes) -> None:
    read, do = texts(sheet)
    assert "Why asking can be hard" in read
    assert "When they answer" in read
    assert "Plan your ask" in do
    assert "One small ask" in do


def test_whom_to_reach_stands_on_the_side_that_is_done(sheet: bytes) -> None:
    read, do = texts(sheet)
    assert "988" in do
    assert "988" not in read
    assert "If you cannot wait" in do


def test_it_is_read_in_the_order_of_the_file(sheet: bytes) -> None:
    said = of_pdf(sheet)
    in_file = (
        "Why asking can be hard",
        "Hint, ask or push",
        "When they answer",
        "When it is not safe to ask",
        "Plan your ask",
    )
    after = (
        "Who could you ask?",
        "Something to try this week",
        "Your next step",
        "If you cannot wait",
        "Where these ideas come from",
    )
    places = [letters(said).index(letters(words)) for words in (*in_file, *after)]
    assert places == sorted(places)


def test_it_is_pdf_ua(sheet: bytes) -> None:
    assert failures(sheet) == []


def test_it_has_the_fields_and_the_bookmarks_of_the_booklet(sheet: bytes, booklet: bytes) -> None:
    assert field_names(sheet) == field_names(booklet)

    def titles(pdf: bytes) -> list[str]:
        return sorted(title for _, title in bookmarks(opened(pdf)))

    assert titles(sheet) == titles(booklet)


def test_no_line_of_it_is_cut_or_lies_over_another(sheet: bytes, booklet: bytes) -> None:
    """All words of the booklet are there, and each once: but for the names of the log and of the foot."""
    blocks = "Why asking can be hard", "You did the hard part, whatever they said", "What gets lost"
    for words in blocks[:2]:
        assert letters(of_pdf(sheet)).count(letters(words)) == letters(of_pdf(booklet)).count(letters(words))


def test_many_lines_end_above_the_strip(pdf_of_template: Built) -> None:
    pdf = pdf_of_template("support-map", theme="youth")
    with opened(pdf) as document:
        widgets = [each for each in document.pages[1].Annots if str(each.get("/T", "")) == "answer"]
        lowest = min(float(widget.Rect[1]) for widget in widgets)
    line = next(line for line in lines(glyphs(pdf)) if "".join(glyph.char for glyph in line) == "Yournextstep")
    assert (lowest - max(glyph.box[3] for glyph in line)) * MM > 3


def test_cards_come_last_or_there_is_no_sheet() -> None:
    library = Library(Workspace(ROOT))
    document = compose(library.handout("my-next-step").model, library.practice(PRACTICE).model)
    cards = [block for block in document.blocks if isinstance(block, CardSet)]
    others = [block for block in document.blocks if not isinstance(block, CardSet)]
    assert can_be_a_sheet([*others, *cards])
    assert not can_be_a_sheet([*cards, *others])


def test_what_is_too_much_to_measure_is_a_booklet_from_the_start() -> None:
    """Of a second language, too; each block is measured at up to six widths."""
    long = [ProseBlock(type="prose", text="a few words " * 600)] * 3
    assert can_be_a_sheet(long)
    assert not can_be_a_sheet(long, in_two_languages=True)
    assert not can_be_a_sheet(long * 2)


def test_a_day_beside_lines_on_a_sheet_stays_in_its_column(tmp_path: Path, cache: RenderCache) -> None:
    text = (ROOT / "handouts/templates/medication-list.yaml").read_text(encoding="utf-8")
    day = text[text.index("  - type: prompt\n    id: list-of") : text.index("  - type: callout\n")]
    text = text.replace(day, "").replace(
        "  - type: next_step\n", day.replace("    side: read\n", "") + "  - type: next_step\n"
    )
    assert right_of_fields(text, tmp_path, cache) < LETTER_WIDTH - MARGIN


def test_a_day_in_half_the_width_of_a_page_stays_in_its_column(tmp_path: Path, cache: RenderCache) -> None:
    text = every_block().split("\nblocks:\n")[0] + f"\nlayout: booklet\nblocks:\n{DAY_IN_COLUMNS}"
    assert right_of_fields(text, tmp_path, cache) < LETTER_WIDTH - MARGIN


@pytest.mark.parametrize("height", [132, 135, 138])
def test_a_side_that_refuses_a_block_by_a_hair_gets_it_lower(height: int, tmp_path: Path, cache: RenderCache) -> None:
    """It stood on the next page then, over what is there, and was measured without the space above its heading."""
    text = (ROOT / "handouts/templates/support-map.yaml").read_text(encoding="utf-8")
    file = tmp_path / "some.yaml"
    file.write_text(text.replace("height: 135", f"height: {height}"), encoding="utf-8")
    choices = BuildOptions(practice=PRACTICE, paper="letter")
    pdf = Builder(Library(Workspace(ROOT)), choices, cache).render([str(file)]).finished[0].rendered.pdf
    read, do = texts(pdf)
    assert "My map" in read
    assert "My map" not in do


def right_of_fields(text: str, folder: Path, cache: RenderCache) -> float:
    """How far to the right the fields of a handout reach, in points."""
    file = folder / "some.yaml"
    file.write_text(text, encoding="utf-8")
    choices = BuildOptions(practice=PRACTICE, paper="letter")
    pdf = Builder(Library(Workspace(ROOT)), choices, cache).render([str(file)]).finished[0].rendered.pdf
    return max(float(field.Rect[2]) for page in opened(pdf).pages for field in page.get("/Annots", ()))


def test_a_gap_whose_label_is_long_keeps_its_full_stop_on_the_page(pdf_of: Built) -> None:
    """In half the width of a sheet, where the label may not be wider than its gap. What is lost stops the build."""
    framing = ("collective-care-black-communities",)
    pdf = pdf_of("leaning-on-others-as-a-teen", practice=PRACTICE, language="es", framings=framing)
    assert len(opened(pdf).pages) == 2


def test_a_long_word_in_the_main_idea_is_broken(tmp_path: Path, cache: RenderCache) -> None:
    """Words that are cut off stop a build."""
    word = "{cycles,instructions}:Several."
    file = tmp_path / "sample.yaml"
    file.write_text(HANDOUT_OF_ONE_BLOCK.replace("One clear thing.", f"Try {word}"), encoding="utf-8")
    choices = BuildOptions(practice=PRACTICE)
    (side,) = texts(Builder(Library(Workspace(ROOT)), choices, cache).render([str(file)]).finished[0].rendered.pdf)
    assert word in "".join(side.split())
