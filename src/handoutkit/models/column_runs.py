"""Runs of blocks that stand in two columns: which there are in a handout, and what of them cannot be set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pydantic_core import PydanticCustomError

from .blocks.block import Block
from .blocks.figure import Figure
from .blocks.lists_and_questions import Qa
from .blocks.reading_blocks import Contrast, ProseBlock, Table
from .blocks.tables import CellGrid, RecordTable
from .rule_problems import At, problem

MAX_IN_COLUMNS = 8
"""Blocks of one run: four below each other are as many as one looks over."""
_NARROW = ("prose", "concept", "callout", "quotation", "list", "qr", "qa", "prompt", "sentence_frame", "exercise")
"""Types of blocks whose words and places to write are at ease in half the width of a page."""
_NARROW_FIGURES = ("rings", "bands", "cycle", "outline", "linked_boxes", "image")
_WHAT_CAN = (
    "texts, lists, questions, cards to read, pictures, and tables of two columns stand in columns; "
    "take the line out, and this one is as wide as the page"
)


def runs_in_columns(blocks: Sequence[Block]) -> list[range]:
    """The runs of blocks that stand in two columns, by the numbers of their blocks; a block alone needs none."""
    found: list[range] = []
    first = 0
    while first < len(blocks):
        last = first
        while last < len(blocks) and blocks[last].in_columns:
            last += 1
        if last > first + 1:
            found.append(range(first, last))
        first = max(last, first + 1)
    return found


def column_faults(blocks: Sequence[Block]) -> Iterator[tuple[At, PydanticCustomError]]:
    """What cannot be set in columns, each with its place in the handout."""
    runs = runs_in_columns(blocks)
    in_a_run = {number for run in runs for number in run}
    for number, block in enumerate(blocks):
        if not block.in_columns:
            continue
        at = ("blocks", number, "in_columns")
        if number not in in_a_run:
            hint = "write `in_columns: 2` into the block before or after it as well, or take it out here"
            yield at, problem("one-in-columns", "no block beside this one stands in columns, too", hint)
        if not fits_a_column(block):
            message = f"this `{block.type}` needs more than half the width of a page"
            yield at, problem("too-wide-for-a-column", message, _hint(block))
        if block.orientation == "landscape":
            message = "a block on a page that is turned has that page to itself"
            yield at, problem("columns-on-a-turned-page", message, "take out this line or `orientation`")
    for run in runs:
        yield from _faults_of_run(blocks, run)


def _faults_of_run(blocks: Sequence[Block], run: range) -> Iterator[tuple[At, PydanticCustomError]]:
    if len(run) > MAX_IN_COLUMNS:
        message = f"these are {len(run)} blocks in one run of columns, and at most {MAX_IN_COLUMNS} are taken"
        hint = "let a block between them be as wide as the page"
        yield ("blocks", run[0], "in_columns"), problem("too-many-in-columns", message, hint)
    for before, number in pairwise(run):
        if blocks[number].page_break:
            message = "the columns begin on the page before this block"
            hint = "begin a new page with the first block of the run, or take `in_columns` out here"
            yield ("blocks", number, "page_break"), problem("break-in-columns", message, hint)
        sides = {blocks[before].side, blocks[number].side} - {None}
        if len(sides) > 1:
            message = "this block is on another side of the sheet than its neighbour in the columns"
            yield ("blocks", number, "side"), problem("columns-on-two-sides", message, "give both the same `side`")


def fits_a_column(block: Block) -> bool:
    """Whether a block can be read and filled in at half the width of a page."""
    match block:
        case ProseBlock():
            return block.picture is None
        case Qa():
            return block.style != "myth_fact"
        case Table():
            return len(block.columns) == 2
        case RecordTable():
            return len(block.columns) + block.ranked <= 2
        case CellGrid():
            return max(map(len, block.rows)) <= 2
        case Contrast():
            return len(block.sides) == 2 and not block.rows
        case Figure():
            return block.kind in _NARROW_FIGURES and not any(region.answer for region in block.regions)
    return block.type in _NARROW


def _hint(block: Block) -> str:
    if isinstance(block, ProseBlock):
        return "put the picture into a `figure` of the kind `image` in the other column, or take this line out"
    return _WHAT_CAN
