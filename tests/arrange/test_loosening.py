"""What is read stands farther apart where a side has far too much room, and where it stands then."""

from __future__ import annotations

import json
from typing import Any

import pytest

from handoutkit.arrange.arrange_sheet import arrange
from handoutkit.arrange.fold import Frame
from handoutkit.arrange.loosening import loosens, looser
from handoutkit.arrange.sheet_grid import SPACINGS, USUAL
from handoutkit.arrange.spread_room import PlacedSide
from handoutkit.arrange.tiles import tiles_of
from handoutkit.models.blocks.block import Block
from handoutkit.models.blocks.frames_and_cards import Agreement
from handoutkit.models.blocks.lists_and_questions import ListBlock
from handoutkit.models.blocks.prompts import Prompt
from handoutkit.models.blocks.reading_blocks import ProseBlock

FRAME = Frame(width=190, side=250, opening=40, bar=10, contact=48, sources=0)


def agreement(terms: int = 4) -> Agreement:
    data: dict[str, Any] = {"type": "agreement", "id": "yes", "heading": "Yes", "terms": ["So it is."] * terms}
    data["parties"] = [{"id": "a", "role": "Client"}, {"id": "b", "role": "Clinician"}]
    return Agreement.model_validate_json(json.dumps(data))


def ask() -> Prompt:
    response = {"type": "lines", "count": 12}
    data = {"type": "prompt", "id": "ask", "heading": "Ask", "question": "What?", "response": response}
    return Prompt.model_validate_json(json.dumps(data))


def read(name: str) -> ProseBlock:
    return ProseBlock(type="prose", id=name, heading=name, text="word " * 40)


def sides(blocks: list[Block], height: float) -> tuple[PlacedSide, ...]:
    tiles = tiles_of(blocks, SPACINGS[USUAL].pitch)
    heights = {(tile.key, span): tile.fixed + height * 12 / span for tile in tiles for span in tile.spans}
    sheet = arrange(tiles, [heights] * len(SPACINGS), FRAME, 2)
    assert sheet is not None
    return sheet.sides


def test_points_take_what_stands_between_them() -> None:
    points = ListBlock(type="list", id="points", heading="Points", items=("One.", "Two.", "Three."))
    assert looser(points, 6, loosens(points, 6)) == pytest.approx(loosens(points, 6) / 2)
    assert loosens(points, 12) == 0  # there they stand side by side


def test_terms_and_lines_to_sign_stand_farther_apart_where_nothing_else_can_grow() -> None:
    terms = _tiles(sides([read("why"), read("who"), agreement()], 50)[1])[0]
    assert terms.grown.loose > 0
    assert terms.extra == pytest.approx(loosens(agreement(), terms.span))
    lines, terms = _tiles(sides([read("why"), read("who"), ask(), agreement()], 30)[1])
    assert lines.extra > 0
    assert terms.grown.loose == 0


def test_a_side_that_would_be_half_empty_is_set_more_loosely() -> None:
    half_empty, full = sides([read("why"), read("who"), ask()], 20)
    assert half_empty.level < USUAL <= full.level
    assert half_empty.gap > SPACINGS[USUAL].gap


def _tiles(side: PlacedSide) -> list[Any]:
    return [tile for row in side.rows for column in row.columns for tile in column.tiles]
