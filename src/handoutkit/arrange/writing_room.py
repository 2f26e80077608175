"""Places to write give way where a sheet is full, and grow where it is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from handoutkit.models.base import Model
from handoutkit.models.blocks.block import Block
from handoutkit.models.blocks.figure import Figure
from handoutkit.models.blocks.frames_and_cards import SentenceFrame
from handoutkit.models.blocks.lists_and_questions import Vignette
from handoutkit.models.blocks.prompts import BoxResponse, Exercise, LineResponse, LinesResponse, Prompt
from handoutkit.models.blocks.tables import MAX_UPRIGHT, CellGrid, RecordTable, ScheduleGrid

M = TypeVar("M", bound=Model)

LEAST = 0.55
"""The part of an author's height that a place to write keeps where a sheet is full."""
LOG_ROW, FRAME_LINES = 8.2, 3
"""Millimetres of a row of a log, and lines after a sentence that ends in them, before they grow."""
_LOG_ROW_MORE = 8.0
_EASY_PITCH, _WIDEST_PITCH = 8.8, 10.5
"""Millimetres between lines: room for one line more is taken at the first, and no lines stand farther apart."""
_ONE_LINE = 4.0
"""Millimetres that a line takes which never becomes several."""


def writes_in(block: Block) -> bool:
    """Whether a figure is there to be written or drawn in."""
    return isinstance(block, Figure) and (block.kind == "canvas" or any(region.answer for region in block.regions))


def at_its_least(block: Block) -> Block:
    """A block with its places to write as low as they may be; lines and rows keep their number."""
    if isinstance(block, RecordTable):
        return _with(block, row_height=_least(block.row_height, 9))
    if isinstance(block, ScheduleGrid):
        return _with(block, row_height=_least(block.row_height, 8))
    if isinstance(block, CellGrid):
        return _with(block, cell_height=_least(block.cell_height, 12))
    if isinstance(block, Figure) and writes_in(block):
        return _with(block, height=max(30, round(block.height * 0.75)))
    if isinstance(block, Prompt) and isinstance(block.response, BoxResponse):
        return _with(block, response=_with(block.response, height=max(15, round(block.response.height * 0.6))))
    return block


def takes(block: Block, *, is_log: bool) -> float:
    """Millimetres of spare height that the places to write of a block can take."""
    if is_log:
        return block.log.rows * _LOG_ROW_MORE if isinstance(block, Exercise) and block.log else 0
    if isinstance(block, Prompt):
        return _taken_by(block)
    if isinstance(block, RecordTable):
        return block.rows * max(8.0, 1.2 * block.row_height)
    if isinstance(block, ScheduleGrid):
        return len(block.rows) * max(4.0, block.row_height * 0.8)
    if isinstance(block, CellGrid):
        return len(block.rows) * max(36.0, 2.6 * block.cell_height)
    if isinstance(block, Figure):
        return block.height * 0.6 if writes_in(block) else 0
    if isinstance(block, Vignette):
        return 26.0 * len(block.questions) if block.answer_lines else 0
    return 8.5 * 9 if _frame_lines(block) else 0


def _taken_by(prompt: Prompt) -> float:
    if isinstance(prompt.response, LinesResponse):
        lines = _all_lines(prompt.response)
        return lines * _ONE_LINE if prompt.response.short else 8.5 * max(12, 2 * lines)
    return {BoxResponse: 90.0, LineResponse: _ONE_LINE}.get(type(prompt.response), 0.0)


def fixed(block: Block, pitch: float, *, is_log: bool) -> float:
    """Millimetres of a block that do not change with the height of its text."""
    if is_log:
        return block.log.rows * LOG_ROW if isinstance(block, Exercise) and block.log else 0
    if isinstance(block, Prompt):
        response = block.response
        lines = _all_lines(response) if isinstance(response, LinesResponse) else isinstance(response, LineResponse)
        return response.height if isinstance(response, BoxResponse) else lines * pitch
    if isinstance(block, RecordTable):
        return block.rows * block.row_height
    if isinstance(block, ScheduleGrid):
        return len(block.rows) * block.row_height * bands(block)
    if isinstance(block, CellGrid):
        return len(block.rows) * block.cell_height
    if isinstance(block, Figure):
        return block.height
    if isinstance(block, Vignette):
        return len(block.questions) * block.answer_lines * pitch
    return _frame_lines(block) * FRAME_LINES * pitch


@dataclass(frozen=True, slots=True)
class Grown:
    """A block with the spare height that it was given.

    Attributes:
        pitch: millimetres between its lines to write on; None for those of its side.
        log_row: millimetres of a row of its log.
        frame_lines: lines after a sentence that ends in them.
        loose: millimetres that its points to read stand farther apart, as `loosening.py` counts them.
    """

    block: Block
    pitch: float | None = None
    log_row: float = LOG_ROW
    frame_lines: int = FRAME_LINES
    loose: float = 0.0


def grown(block: Block, extra: float, pitch: float, *, is_log: bool) -> Grown:
    """A block whose places to write are higher by so many millimetres in all; more lines, where there is room."""
    if extra <= 0.2:
        return Grown(block)
    if is_log:
        rows = block.log.rows if isinstance(block, Exercise) and block.log else 1
        return Grown(block, log_row=round(LOG_ROW + extra / rows, 2))
    if isinstance(block, RecordTable):
        return Grown(_with(block, row_height=round(block.row_height + extra / block.rows, 2)))
    if isinstance(block, ScheduleGrid):
        return Grown(_with(block, row_height=round(block.row_height + extra / len(block.rows) / bands(block), 2)))
    if isinstance(block, CellGrid):
        return Grown(_with(block, cell_height=round(block.cell_height + extra / len(block.rows), 2)))
    if isinstance(block, Figure):
        return Grown(_with(block, height=int(block.height + extra)))
    return _more_lines(block, extra, pitch)


def _more_lines(block: Block, extra: float, pitch: float) -> Grown:
    if isinstance(block, Prompt):
        response = block.response
        if isinstance(response, BoxResponse):
            return Grown(_with(block, response=_with(response, height=round(response.height + extra, 2))))
        if isinstance(response, LinesResponse):
            each = extra / max(1, len(response.labels))
            if response.short:
                return Grown(block, round(pitch + each, 2))
            count, apart = _lines(response.count, each, pitch)
            return Grown(_with(block, response=_with(response, count=count)), apart)
        return Grown(block, round(pitch + extra, 2))
    if isinstance(block, Vignette):
        count, apart = _lines(block.answer_lines, extra / len(block.questions), pitch)
        return Grown(_with(block, answer_lines=count), apart)
    count, apart = _lines(FRAME_LINES, extra / max(1, _frame_lines(block)), pitch)
    return Grown(block, apart, frame_lines=count)


def _lines(count: int, extra: float, pitch: float) -> tuple[int, float]:
    """How many lines there is room for, and how far apart they stand."""
    total = count * pitch + extra
    more = max(count, int(total // _EASY_PITCH))
    return more, round(min(total / more, _WIDEST_PITCH), 2)


def bands(grid: ScheduleGrid) -> int:
    """A grid with too many columns for an upright page stands in two bands below each other."""
    return 2 if len(grid.columns) > MAX_UPRIGHT else 1


def _all_lines(response: LinesResponse) -> int:
    """How many lines there are, those of all labels."""
    return response.count * max(1, len(response.labels))


def _frame_lines(block: Block) -> int:
    """How many sentences of a block end in lines to write on."""
    return sum(slot.size == "lines" for slot in block.slots) if isinstance(block, SentenceFrame) else 0


def _least(height: float, floor: float) -> float:
    return max(min(height, floor), round(height * LEAST))


def _with(model: M, **changes: object) -> M:
    return model.model_copy(update=changes)
