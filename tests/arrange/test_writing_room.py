"""How places to write give way and grow."""

from __future__ import annotations

import json
from typing import Any, TypeVar

import pytest

from handoutkit.arrange.writing_room import at_its_least, fixed, grown, takes
from handoutkit.models.blocks.block import Block
from handoutkit.models.blocks.prompts import Prompt
from handoutkit.models.blocks.tables import RecordTable

B = TypeVar("B", bound=Block)


def made(kind: type[B], data: dict[str, Any]) -> B:
    return kind.model_validate_json(json.dumps(data))


def record(rows: int = 4, row_height: int = 20) -> RecordTable:
    return made(
        RecordTable,
        {
            "type": "record_table",
            "id": "log",
            "columns": [{"id": "a", "header": "A"}],
            "rows": rows,
            "row_height": row_height,
        },
    )


def lines(count: int) -> Prompt:
    response = {"type": "lines", "count": count}
    return made(Prompt, {"type": "prompt", "id": "p", "question": "What?", "response": response})


def test_rows_keep_their_number_and_a_part_of_their_height() -> None:
    least = at_its_least(record())
    assert isinstance(least, RecordTable)
    assert (least.rows, least.row_height) == (4, 11)


def test_low_rows_are_not_made_lower() -> None:
    least = at_its_least(record(row_height=9))
    assert isinstance(least, RecordTable)
    assert least.row_height == 9


def test_rows_share_what_they_are_given() -> None:
    block = grown(record(), 40, 8.2, is_log=False).block
    assert isinstance(block, RecordTable)
    assert block.row_height == pytest.approx(30)


@pytest.mark.parametrize("extra", [0, 3, 10, 25, 60])
def test_lines_grow_in_number_and_then_apart(extra: float) -> None:
    more = grown(lines(3), extra, 8.2, is_log=False)
    count = more.block.response.count  # type: ignore[attr-defined]
    pitch = more.pitch or 8.2
    assert count >= 3
    assert 8 <= pitch <= 10.5
    assert count * pitch <= 3 * 8.2 + extra + 0.1


def test_what_has_no_place_to_write_takes_nothing() -> None:
    choice = made(
        Prompt,
        {"type": "prompt", "id": "p", "question": "Which?", "response": {"type": "choice", "options": ["One", "Two"]}},
    )
    assert takes(choice, is_log=False) == 0
    assert fixed(choice, 8.2, is_log=False) == 0


def test_a_line_for_a_name_or_a_number_never_becomes_several() -> None:
    response = {"type": "lines", "count": 1, "labels": ["Name", "Phone"], "short": True}
    prompt = made(Prompt, {"type": "prompt", "id": "p", "question": "Who?", "response": response})
    more = grown(prompt, takes(prompt, is_log=False), 8.2, is_log=False)
    assert more.block.response.count == 1  # type: ignore[attr-defined]
    assert more.pitch == pytest.approx(12.2)
