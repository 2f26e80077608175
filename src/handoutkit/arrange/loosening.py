"""Points to read, terms and lines to sign stand farther apart where a side has room that no place to write can take."""

from __future__ import annotations

from handoutkit.models.blocks.block import Block
from handoutkit.models.blocks.frames_and_cards import Agreement
from handoutkit.models.blocks.lists_and_questions import ListBlock
from handoutkit.models.blocks.prompts import Exercise

_MOST = 2.4
"""Millimetres that may be added between two points; between two terms, or above a line to sign, twice as many."""
_IN_CELLS, _BESIDE_HEAD = 8, 12
"""Columns from which the points of a list stand side by side, and the steps of an exercise beside its head."""


def loosens(block: Block, span: int) -> float:
    """Millimetres that a block of so many columns may be higher with its points farther apart."""
    return _MOST * _gaps(block, span)


def looser(block: Block, span: int, extra: float) -> float:
    """Millimetres between two points for a block that is to be higher by some."""
    gaps = _gaps(block, span)
    return round(extra / gaps, 2) if gaps else 0.0


def _gaps(block: Block, span: int) -> int:
    """How often what is added is between the parts of a block: see ``--loose`` in ``71-sheet-blocks.css``."""
    if isinstance(block, Agreement):
        return 2 * (len(block.terms) - 1) + 3 * len(block.parties)
    if isinstance(block, ListBlock) and span < _IN_CELLS:
        return max(0, len(block.items) - 1)
    if isinstance(block, Exercise) and span < _BESIDE_HEAD:
        return len(block.steps) - 1
    return 0
