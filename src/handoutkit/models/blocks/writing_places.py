"""How many places to write or tick a block has; each of them is a form field."""

from __future__ import annotations

from .block import Block
from .figure import Figure
from .frames_and_cards import Agreement, CardSet, SentenceFrame
from .prompts import ChoiceResponse, Exercise, MultiChoiceResponse, Prompt
from .reading_blocks import ListBlock, Qa, Vignette
from .scales import Continuum, Measure
from .tables import CellGrid, RecordTable, ScheduleGrid

MAX_PLACES = 1_500
"""Most places a handout may have in all: enough for a month of records, and no build takes minutes."""


def places_in(block: Block) -> int:
    """The places of one block, none counted twice."""
    match block:
        case RecordTable():
            return len(block.columns) * block.rows
        case ScheduleGrid():
            return len(block.columns) * len(block.rows)
        case CellGrid():
            return sum(len(row) for row in block.rows)
        case Measure():
            return len(block.items) * len(block.anchors)
        case Continuum():
            return len(block.ticks) * max(1, len(block.items))
        case Exercise():
            return len(block.log.columns) * block.log.rows if block.log else 0
        case Prompt():
            return _choices(block)
    return _others(block)


def _choices(prompt: Prompt) -> int:
    response = prompt.response
    return len(response.options) if isinstance(response, ChoiceResponse | MultiChoiceResponse) else 1


def _others(block: Block) -> int:
    match block:
        case ListBlock() if block.style == "checklist":
            return len(block.items) + sum(len(group.items) for group in block.groups)
        case Qa():
            return sum(max(1, len(pair.choices)) for pair in block.pairs)
        case Vignette():
            return len(block.questions)
        case Figure():
            return sum(region.answer for region in block.regions)
        case SentenceFrame():
            return len(block.slots)
        case CardSet():
            return block.blanks
        case Agreement():
            return 2 * len(block.parties)
    return 0
