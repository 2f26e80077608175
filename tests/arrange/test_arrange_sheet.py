"""Which block stands where on a sheet: the rules, each on a few blocks with heights that are easy to reckon with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

import pytest

from handoutkit.arrange import fold
from handoutkit.arrange.arrange_sheet import Arrangement, arrange
from handoutkit.arrange.fold import Frame, first_to_do
from handoutkit.arrange.sheet_grid import SPACINGS, USUAL, width_of
from handoutkit.arrange.spread_room import PlacedColumn, PlacedSide
from handoutkit.arrange.tiles import Tile, tiles_of
from handoutkit.models.blocks.block import Block
from handoutkit.models.blocks.prompts import Exercise, Prompt
from handoutkit.models.blocks.reading_blocks import Callout, Contrast, ProseBlock

PITCH = SPACINGS[1].pitch
FRAME = Frame(width=190, side=250, opening=40, bar=10, contact=48, sources=24)

B = TypeVar("B", bound=Block)


def made(kind: type[B], data: dict[str, Any]) -> B:
    return kind.model_validate_json(json.dumps(data))


def read(name: str, words: int = 40, **more: Any) -> ProseBlock:
    return ProseBlock(type="prose", id=name, heading=name, text="word " * words, **more)


def ask(name: str, heading: str | None = None, lines: int = 3, **more: Any) -> Prompt:
    response = {"type": "lines", "count": lines}
    return made(
        Prompt, {"type": "prompt", "id": name, "heading": heading, "question": "What?", "response": response, **more}
    )


def caution(name: str) -> Callout:
    return Callout(type="callout", id=name, role="caution", text="Take care. " * 20)


def exercise(name: str) -> Exercise:
    said = dict.fromkeys(("title", "purpose", "when", "how_often", "how_long"), "A few words")
    log = {"columns": ["Day", "What", "How", "Then"], "rows": 2}
    return made(
        Exercise, {"type": "exercise", "id": name, "heading": "To try", "steps": ["Do it."] * 4, "log": log, **said}
    )


def contrast(name: str) -> Contrast:
    sides = [{"label": label, "points": ["It is so."]} for label in ("Apart", "Near", "Merged")]
    return made(Contrast, {"type": "contrast", "id": name, "heading": name, "sides": sides})


def arranged(blocks: Sequence[Block], area: float = 60, sides: int | None = 2) -> Arrangement:
    """A sheet of blocks that are so many millimetres high at full width, and higher as they are narrower."""
    tiles = tiles_of(blocks, PITCH)
    heights = {(tile.key, span): tile.fixed + area * 12 / span for tile in tiles for span in tile.spans}
    sheet = arrange(tiles, [heights] * len(SPACINGS), FRAME, sides)
    assert sheet is not None
    return sheet


def columns_of(side: PlacedSide) -> list[PlacedColumn]:
    return [column for row in side.rows for column in row.columns]


def names(column: PlacedColumn) -> list[str]:
    return [(tile.grown.block.id or "") + (" log" if tile.part == "log" else "") for tile in column.tiles]


def in_order(sheet: Arrangement) -> list[str]:
    return [name for side in sheet.sides for column in columns_of(side) for name in names(column)]


def on_side(sheet: Arrangement, number: int) -> list[str]:
    return [name for column in columns_of(sheet.sides[number - 1]) for name in names(column)]


def test_what_is_read_is_on_side_one_and_what_is_done_on_side_two() -> None:
    sheet = arranged([read("why"), read("who"), ask("what", "Plan"), ask("whom")], area=30)
    assert (on_side(sheet, 1), on_side(sheet, 2)) == (["why", "who"], ["what", "whom"])


def test_the_order_is_always_the_files() -> None:
    blocks = [
        read("a"),
        contrast("b"),
        read("c", 30),
        read("d"),
        caution("e"),
        ask("f", "Plan"),
        ask("g"),
        exercise("h"),
    ]
    sheet = arranged(blocks, area=18)
    assert in_order(sheet) == ["a", "b", "c", "d", "e", "f", "g", "h", "h log"]


def test_a_caution_stands_on_the_side_of_what_it_warns_of_above_it() -> None:
    sheet = arranged([read("why"), caution("careful"), ask("what", "Plan")], area=25)
    assert on_side(sheet, 2) == ["careful", "what"]


def test_an_author_can_say_the_side() -> None:
    tiles = tiles_of([read("why"), read("list", side="do"), ask("what", "Plan")], PITCH)
    assert first_to_do(tiles) == 1
    sheet = arranged([read("why"), read("list", side="do"), ask("what", "Plan")], area=25)
    assert on_side(sheet, 2) == ["list", "what"]


def test_short_neighbours_stand_side_by_side() -> None:
    sheet = arranged([read("why"), read("who"), ask("what", "Plan")], area=25)
    assert [names(column) for column in columns_of(sheet.sides[0])] == [["why"], ["who"]]
    assert len(sheet.sides[0].rows) == 1


def test_a_group_of_questions_never_shares_a_row_that_it_goes_on_after() -> None:
    blocks = [read("why"), caution("careful"), ask("one", "Plan"), ask("two"), ask("three"), exercise("try")]
    for area in range(8, 30, 2):
        for side in arranged(blocks, area).sides:
            for row, after in zip(side.rows, side.rows[1:], strict=False):
                last = row.columns[-1].tiles[-1].grown.block.id
                begins = after.columns[0].tiles[0].grown.block.id
                together = {"one": "two", "two": "three"}.get(last or "") == begins
                alone = {tile.grown.block.id for column in row.columns for tile in column.tiles} <= {
                    "one",
                    "two",
                    "three",
                }
                assert not together or alone, area


def test_a_log_is_never_torn_from_its_exercise() -> None:
    for area in range(8, 40, 2):
        sheet = arranged([read("why"), ask("what", "Plan"), exercise("try"), ask("after", "Then")], area)
        assert any({"try", "try log"} <= set(on_side(sheet, side.number)) for side in sheet.sides), area


def test_the_heading_of_what_is_done_stands_in_the_bar_and_nowhere_else() -> None:
    sheet = arranged([read("why"), caution("careful"), ask("what", "Plan"), ask("whom")], area=25)
    assert sheet.sides[1].heading == "Plan"
    headless = [tile.headless for column in columns_of(sheet.sides[1]) for tile in column.tiles]
    assert headless == [False, True, False]


def test_what_is_left_free_goes_to_lines_to_write_on() -> None:
    sheet = arranged([read("why"), ask("what", "Plan", lines=3)], area=20)
    (tile,) = columns_of(sheet.sides[1])[0].tiles
    grown = tile.grown.block
    assert isinstance(grown, Prompt)
    assert grown.response.count > 3  # type: ignore[union-attr]
    assert (tile.grown.pitch or 0) >= 8


def test_lines_are_never_nearer_than_eight_millimetres_and_never_fewer() -> None:
    for area in range(10, 60, 5):
        sheet = arranged([read("why"), ask("what", "Plan", lines=6), ask("more", lines=4)], area)
        for side in sheet.sides:
            assert side.spacing.pitch >= 8
            for tile in (tile for column in columns_of(side) for tile in column.tiles):
                if isinstance(tile.grown.block, Prompt):
                    assert tile.grown.block.response.count >= {"what": 6, "more": 4}[tile.grown.block.id]  # type: ignore[union-attr]
                    assert (tile.grown.pitch or 8) >= 8


def test_each_side_is_set_as_loosely_as_it_fits() -> None:
    sheet = arranged([read("why"), ask("what", "Plan")], area=20)
    assert [side.level for side in sheet.sides] == [0, 0]


def test_a_side_is_set_closer_where_its_places_to_write_lack_room_by_that(monkeypatch: pytest.MonkeyPatch) -> None:
    tiles = tiles_of([read("why"), caution("careful"), ask("what", "Plan", lines=2), exercise("try")], PITCH)
    at_each = [
        {(tile.key, span): tile.fixed + (57 - 5 * level) * 12 / span for tile in tiles for span in tile.spans}
        for level in range(len(SPACINGS))
    ]

    def set_at() -> dict[str, int]:
        sheet = arrange(tiles, at_each, FRAME, 2)
        assert sheet is not None
        return {name: side.level for side in sheet.sides for name in on_side(sheet, side.number)}

    assert set_at()["what"] == USUAL + 1
    monkeypatch.setattr(fold, "TO_WRITE", 0.0)
    assert set_at()["what"] == USUAL


def test_much_room_to_write_has_the_whole_width_and_not_a_column_beside_words() -> None:
    sheet = arranged([read("why"), ask("what", "Plan", side="read"), caution("careful"), ask("then", "Then")], area=12)
    assert [names(column) for column in columns_of(sheet.sides[0])] == [["why"], ["what"]]
    assert len(sheet.sides[0].rows) == 2


@pytest.mark.parametrize(("below", "whole"), [(70.0, True), (140.0, False)])
def test_a_question_has_the_whole_width_where_there_is_room_and_shares_it_where_there_is_none(
    below: float, whole: bool
) -> None:
    """What stands below it is as high at any width, so that a column beside it always saves height."""
    tiles = tiles_of([read("why"), ask("what", "Plan"), read("how", side="do"), read("rights", side="do")], PITCH)
    high = {"0": 180.0, "1": 42.0}
    heights = {(tile.key, span): high.get(tile.key, below) for tile in tiles for span in tile.spans}
    sheet = arrange(tiles, [heights] * len(SPACINGS), FRAME, 2)
    assert sheet is not None
    columns = [column for side in sheet.sides for column in columns_of(side)]
    (span,) = (tile.span for column in columns for tile in column.tiles if tile.key == "1")
    assert (span == 12) == whole


def test_no_side_is_left_with_nothing_on_it() -> None:
    for area in range(6, 40, 2):
        assert all(side.rows for side in arranged([read("why"), ask("what", "Plan")], area).sides), area


def test_lines_beside_words_grow_past_them_rather_than_leave_a_side_empty() -> None:
    tiles = tiles_of([read("before"), read("why", side="do"), ask("what", lines=2)], PITCH)
    wanted = {("1", 8): 70.0, ("2", 4): 20.0}  # so that they share a row, of which a third is for lines
    heights = {(tile.key, span): wanted.get((tile.key, span), 150.0) for tile in tiles for span in tile.spans}
    sheet = arrange(tiles, [heights] * len(SPACINGS), FRAME, 2)
    assert sheet is not None
    beside = [tile for column in columns_of(sheet.sides[1]) for tile in column.tiles if tile.key == "2"]
    assert [tile.span for tile in beside] == [4]
    assert beside[0].extra > 70 - 20


def test_the_strip_is_on_the_last_side_and_the_sources_on_one() -> None:
    for area in range(10, 80, 5):
        sheet = arranged([read("why"), read("who"), ask("what", "Plan"), exercise("try")], area)
        assert [side.has_contact for side in sheet.sides] == [False] * (len(sheet.sides) - 1) + [True]
        assert sum(side.has_sources for side in sheet.sides) == 1


def test_what_is_too_much_for_two_sides_is_said_in_millimetres_and_takes_three() -> None:
    sheet = arranged([read("why"), read("who"), ask("what", "Plan"), exercise("try"), ask("then", "Then")], area=65)
    assert len(sheet.sides) == 3
    assert sheet.fits
    assert sheet.too_much > 0


def test_what_is_said_to_be_nothing_too_much_takes_no_third_side() -> None:
    """A height is known to a tenth of a millimetre at best, so less than that is never a reason for another leaf."""
    tiles = tiles_of([read("why"), ask("what", "Plan")], PITCH)

    def sheet_with(less: float) -> Arrangement | None:
        heights = {(tile.key, span): 100.0 if span == 12 else 400.0 for tile in tiles for span in tile.spans}
        closest = FRAME.opening + 100.0 + 2 * SPACINGS[-1].gap
        return arrange(tiles, [heights] * len(SPACINGS), replace(FRAME, side=closest - less, contact=0, sources=0), 2)

    for less, sides in ((0.0, 2), (0.04, 2), (0.2, 3)):
        sheet = sheet_with(less)
        assert sheet is not None
        assert (len(sheet.sides), sheet.too_much) == (sides, 0.0 if sides == 2 else less), less


def test_what_is_too_much_for_three_sides_does_not_fit() -> None:
    sheet = arranged([read(name) for name in "abcdef"], area=200)
    assert not sheet.fits


def test_a_short_handout_is_on_one_side_if_its_author_says_so() -> None:
    sheet = arranged([read("why"), ask("what", "Plan")], area=20, sides=1)
    assert [side.number for side in sheet.sides] == [1]
    assert sheet.sides[0].has_contact


def test_a_very_short_one_is_on_one_side_by_itself() -> None:
    sheet = arranged([read("why"), ask("what", "Plan")], area=20, sides=None)
    assert len(sheet.sides) == 1


def test_tiles_know_what_they_stay_with() -> None:
    found: list[Tile] = list(tiles_of([ask("one", "Plan"), ask("two"), exercise("try")], PITCH))
    assert [(tile.key, tile.glued) for tile in found] == [("0", False), ("1", True), ("2", False), ("2log", True)]


def test_a_new_side_begins_where_the_author_says() -> None:
    blocks = [read("why"), read("who", page_break="before"), ask("what", "Plan"), ask("whom", page_break="before")]
    sheet = arranged(blocks, area=20)
    assert [on_side(sheet, number) for number in (1, 2, 3)] == [["why"], ["who", "what"], ["whom"]]


def test_a_run_in_two_columns_has_one_row_to_itself() -> None:
    run = [read("a", in_columns=2), ask("b", in_columns=2), read("c", in_columns=2)]
    sheet = arranged([read("before"), *run, read("after")])
    rows = [row for side in sheet.sides for row in side.rows]
    [shared] = [row for row in rows if any("b" in names(column) for column in row.columns)]
    assert [name for column in shared.columns for name in names(column)] == ["a", "b", "c"]
    assert [column.width for column in shared.columns] == [width_of(6, FRAME.width)] * 2


def test_no_side_begins_inside_a_run_in_columns() -> None:
    run = [read(name, in_columns=2) for name in "abcd"]
    for area in (30, 60, 90):
        sheet = arranged([*run, *(ask(name, "Do") for name in ("e", "f"))], area)
        on_sides = [{name for column in columns_of(side) for name in names(column)} for side in sheet.sides]
        assert [bool(here & set("abcd")) for here in on_sides].count(True) == 1


def test_one_block_in_columns_is_as_wide_as_any() -> None:
    """The other one of the run may be for another reader."""
    [tile] = tiles_of([read("a", in_columns=2)], PITCH)
    assert tile.run is None
    assert 12 in tile.spans
