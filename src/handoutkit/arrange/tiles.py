"""The tiles of a sheet: each block, and each log on its own, with the widths it may have and what it stays with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from handoutkit.models.blocks.block import Block
from handoutkit.models.blocks.figure import Figure
from handoutkit.models.blocks.frames_and_cards import CardSet
from handoutkit.models.blocks.lists_and_questions import ListBlock, Qa, Vignette
from handoutkit.models.blocks.prompts import Exercise, NumberResponse, Prompt
from handoutkit.models.blocks.reading_blocks import Callout, Contrast, ProseBlock, Table
from handoutkit.models.blocks.tables import CellGrid, RecordTable
from handoutkit.models.column_runs import runs_in_columns
from handoutkit.models.translatable_text import words_of

from .writing_room import at_its_least, fixed, takes, writes_in

Side = Literal["read", "do"]
ENDS = ("next_step", "references")
"""Types of blocks that stand at the end of a sheet, if they are the last ones of a handout."""
_READ = ("prose", "concept", "contrast", "table", "quotation", "qr", "list", "qa", "vignette", "callout")
_FREE = (12, 8, 7, 6, 5)
_IN_COLUMNS = (6,)
_NARROW_PICTURE = 45
"""Millimetres of a picture that leaves room for words beside it in a column that is little wider than half a side."""
_MAX_IN_BAR = 60
"""Letters of a heading that are one line in the bar of a side."""


@dataclass(frozen=True, slots=True)
class Tile:
    """What stands in one place of a sheet.

    Attributes:
        key: the number of its block in the document, with ``log`` behind it for the log of an exercise.
        block: with its places to write as low as they may be.
        side: where its author puts it, or else where its kind belongs.
        said: whether the author says so.
        spans: the columns that it may take.
        run: the number of the first block of its run in two columns; None if it stands in none.
        breaks: whether a new side begins with it.
        glued: whether it stays right after the tile before it.
        takes: millimetres of spare height that its places to write can take.
        fixed: millimetres of it that do not change with the height of its text.
    """

    key: str
    block: Block
    side: Side
    spans: tuple[int, ...]
    said: bool = False
    run: int | None = None
    breaks: bool = False
    glued: bool = False
    takes: float = 0.0
    fixed: float = 0.0

    @property
    def block_number(self) -> int:
        """The number of its block in the document."""
        return int(self.key.removesuffix("log"))

    @property
    def is_log(self) -> bool:
        """Whether it is the log of an exercise, and not the exercise."""
        return self.key.endswith("log")

    @property
    def is_caution(self) -> bool:
        """Whether it warns of something, and so stands above what it warns of."""
        return isinstance(self.block, Callout) and self.block.role == "caution"


def tiles_of(blocks: Sequence[Block], pitch: float) -> tuple[Tile, ...]:
    """The tiles of a document's blocks, in their order; cards and what ends a sheet are none.

    Args:
        pitch: millimetres between lines to write on.
    """
    runs = {number: run[0] for run in runs_in_columns(blocks) for number in run}
    sides = _sides(blocks)
    found: list[Tile] = []
    for number, block in enumerate(blocks):
        if isinstance(block, CardSet) or number in ending(blocks):
            continue
        least, side, said = at_its_least(block), sides[number], block.side is not None
        free = block.heading or isinstance(block, Callout) or block.type == "concept"
        glued = bool(found) and not free and sides[number - 1] == side and not isinstance(blocks[number - 1], CardSet)
        room = fixed(least, pitch, is_log=False)
        breaks = bool(found) and block.page_break == "before"
        run = runs.get(number)
        glued = (glued or run not in (None, number)) and not breaks
        wide = spans_of(block) if run is None else _IN_COLUMNS
        found.append(Tile(str(number), least, side, wide, said, run, breaks, glued, takes(least, is_log=False), room))
        if isinstance(block, Exercise) and block.log:
            spans = _IN_COLUMNS if run is not None else (12, 8, 7) if len(block.log.columns) <= 3 else (12, 8)
            room, more = fixed(least, pitch, is_log=True), takes(least, is_log=True)
            found.append(Tile(f"{number}log", least, side, spans, said, run, False, True, more, room))
    return tuple(found)


def ending(blocks: Sequence[Block]) -> frozenset[int]:
    """The numbers of the blocks at the end of a handout that say whom to reach, and where its ideas come from."""
    numbers: list[int] = []
    for number in range(len(blocks) - 1, -1, -1):
        if blocks[number].type in ENDS:
            numbers.append(number)
        elif not isinstance(blocks[number], CardSet):
            break
    return frozenset(numbers)


def _sides(blocks: Sequence[Block]) -> list[Side]:
    """The side of each block: its author's, or that of its kind; what leads into another goes with it."""
    sides: list[Side] = [block.side or _by_kind(block) for block in blocks]
    leads = [isinstance(block, ProseBlock | ListBlock) and not block.side for block in blocks]
    for number in range(len(blocks) - 1):
        if leads[number] and not blocks[number + 1].heading and sides[number + 1] == "do":
            sides[number] = "do"
    for number in range(1, len(blocks)):
        if leads[number] and not blocks[number].heading and sides[number - 1] == "do":
            sides[number] = "do"
    for run in runs_in_columns(blocks):
        said = next((side for number in run if (side := blocks[number].side)), None)
        together = said or ("do" if any(sides[number] == "do" for number in run) else "read")
        for number in run:
            sides[number] = together
    return sides


def _by_kind(block: Block) -> Side:
    if isinstance(block, Figure):
        return "do" if writes_in(block) else "read"
    to_do = (
        (isinstance(block, Qa) and block.style == "quiz")
        or (isinstance(block, ListBlock) and block.style == "checklist")
        or (isinstance(block, Vignette) and block.answer_lines > 0)
    )
    return "read" if block.type in _READ and not to_do else "do"


def words_in(block: Block) -> int:
    """How many words a block has."""
    return sum(len(each.text.split()) for each in words_of(block))


def spans_of(block: Block) -> tuple[int, ...]:
    """The columns a block may take: few enough for its lines to be read with ease, enough for its words and places."""
    words = words_in(block)
    by_type: dict[str, tuple[int, ...]] = {
        "prose": _prose(block, words),
        "concept": _FREE + ((4,) if words < 62 else ()),
        "callout": _FREE + ((4,) if words < 72 else ()),
        "list": (*_FREE, 4),
        "qa": _FREE,
        "quotation": (*_FREE, 4),
        "qr": (12, 8, 7, 6, 5),
        "vignette": (12, 8, 7),
        "continuum": (12, 8, 7),
        "sentence_frame": (12, 8, 7, 6),
        "exercise": (12, 7, 6, 5, 4),
        "agreement": (12, 8),
    }
    if isinstance(block, Contrast):
        return _contrast(block, words)
    if isinstance(block, Table):
        return {2: (12, 8, 7, 6), 3: (12, 8)}.get(len(block.columns), (12,))
    if isinstance(block, Figure):
        return _figure(block)
    if isinstance(block, Prompt):
        wide = isinstance(block.response, NumberResponse) and block.response.field_kind == "choice"
        return (12, 8, 7, 6) if wide else (*_FREE, 4)
    if isinstance(block, RecordTable):
        columns = len(block.columns) + block.ranked
        return (12, *((8, 7) if columns <= 3 else ()), *((6,) if columns <= 2 else ()))
    if isinstance(block, CellGrid):
        return (12, 8, 7, 6) if max(map(len, block.rows)) <= 2 else (12, 8)
    if isinstance(block, Qa) and block.style == "myth_fact":
        return (12, 8)
    return by_type.get(block.type, (12,))


def _prose(block: Block, words: int) -> tuple[int, ...]:
    if isinstance(block, ProseBlock) and block.picture:
        return (12, 8, 7) if block.picture.width <= _NARROW_PICTURE else (12, 8)
    return _FREE + ((4,) if words < 45 else ())


def _contrast(block: Contrast, words: int) -> tuple[int, ...]:
    if len(block.sides) == 2:
        return (12, 8, 7) if block.rows else (12, 8, 7, 6)
    return (12, 8) if len(block.sides) == 3 and words < 60 else (12,)


def _figure(block: Figure) -> tuple[int, ...]:
    if block.kind == "sectors" or (writes_in(block) and block.kind == "rings"):
        return (12,)
    if writes_in(block) or block.kind not in ("rings", "bands", "cycle", "outline", "linked_boxes"):
        return (12, 8)
    return (12, 8, 7, 6)


_AWKWARD: dict[str, dict[int, float]] = {
    "prose": {12: 4, 8: 1, 5: 3, 4: 8},
    "callout": {12: 1, 4: 3},
    "concept": {12: 1, 4: 3},
    "exercise": {12: 3, 7: 1, 4: 2},
    "list": {12: 1, 8: 1, 4: 2},
    "qa": {5: 2},
    "prompt": {5: 2, 4: 8},
    "contrast": {8: 3, 7: 1, 6: 1},
    "table": {8: 2, 7: 1, 6: 1},
    "qr": {12: 2, 8: 1},
    "cell_grid": {7: 1, 6: 3},
    "figure": {7: 1, 6: 3},
    "sentence_frame": {7: 1, 6: 3},
}


def awkwardness(tile: Tile, span: int) -> float:
    """What a width costs in looks, in millimetres of height."""
    return 0.0 if tile.is_log else _AWKWARD.get(tile.block.type, {}).get(span, 0.0)


def opening_heading(tiles: Sequence[Tile], first: int) -> int | None:
    """The number of the tile whose heading a side opens with that begins with ``first``; None if there is none.

    It stands in the bar of the side. Cautions without a heading may come before the tile itself: they are what is read
    first under that heading.
    """
    for number in range(first, len(tiles)):
        tile = tiles[number]
        if tile.run is not None:
            return None  # its heading is that of its column alone
        if tile.block.heading:
            fits = len(tile.block.heading) <= _MAX_IN_BAR
            return number if fits and not tile.is_log and tile.block.type != "exercise" else None
        if not tile.is_caution:
            break
    return None
