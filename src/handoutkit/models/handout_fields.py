"""The names that a handout gives its fields, block by block; templates use the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from handoutkit.models.blocks.figure import Figure
from handoutkit.models.blocks.frames_and_cards import Agreement, CardSet, SentenceFrame
from handoutkit.models.blocks.prompts import Exercise, MultiChoiceResponse, Prompt
from handoutkit.models.blocks.reading_blocks import ListBlock, Qa, Vignette
from handoutkit.models.blocks.scales import Continuum, Measure
from handoutkit.models.blocks.tables import CellGrid, RecordTable, ScheduleGrid

from .handout import AnyBlock, Handout


def names_of(handout: Handout) -> frozenset[str]:
    """Every field a handout can have, as ``block.field``; copies for one audience have fewer."""
    return frozenset(f"{block.id}.{name}" for block in handout.blocks if block.id for name in _names(block))


def _names(block: AnyBlock) -> Iterator[str]:
    name_them = _NAMES.get(type(block))
    if name_them:
        yield from name_them(block)


def _numbered(what: str, count: int) -> Iterator[str]:
    return (f"{what}-{number}" for number in range(1, count + 1))


def _prompt(block: Prompt) -> Iterator[str]:
    if not isinstance(block.response, MultiChoiceResponse):
        yield "answer"
        return
    yield from _numbered("option", len(block.response.options))
    yield from ("other", "other-text") if block.response.other else ()


def _exercise(block: Exercise) -> Iterator[str]:
    for row in _numbered("row", block.log.rows) if block.log else ():
        yield from _numbered(f"{row}-column", len(block.log.columns) if block.log else 0)


def _list(block: ListBlock) -> Iterator[str]:
    yield from _numbered("item", len(block.items))
    for number, group in enumerate(block.groups, start=1):
        yield from _numbered(f"group-{number}-item", len(group.items))


def _record_table(block: RecordTable) -> Iterator[str]:
    return (f"{row}-{column.id}" for row in _numbered("row", block.rows) for column in block.columns)


def _schedule_grid(block: ScheduleGrid) -> Iterator[str]:
    for row in _numbered("row", len(block.rows)):
        yield from _numbered(f"{row}-column", len(block.columns))


def _continuum(block: Continuum) -> Iterator[str]:
    return _numbered("item", len(block.items)) if block.items else iter(("value",))


def _agreement(block: Agreement) -> Iterator[str]:
    return (f"{party.id}-{part}" for party in block.parties for part in ("signature", "date"))


def _figure(block: Figure) -> Iterator[str]:
    return (region.id for region in block.regions if region.answer and region.id)


def _cell_grid(block: CellGrid) -> Iterator[str]:
    return (cell.id for row in block.rows for cell in row)


def _sentence_frame(block: SentenceFrame) -> Iterator[str]:
    return (slot.id for slot in block.slots)


def _measure(block: Measure) -> Iterator[str]:
    return (item.id for item in block.items)


def _card_set(block: CardSet) -> Iterator[str]:
    return _numbered("blank", block.blanks)


def _qa(block: Qa) -> Iterator[str]:
    return _numbered("question", len(block.pairs))


def _vignette(block: Vignette) -> Iterator[str]:
    return _numbered("question", len(block.questions))


_NAMES: dict[type[Any], Callable[[Any], Iterator[str]]] = {
    Agreement: _agreement,
    CardSet: _card_set,
    CellGrid: _cell_grid,
    Continuum: _continuum,
    Exercise: _exercise,
    Figure: _figure,
    ListBlock: _list,
    Measure: _measure,
    Prompt: _prompt,
    Qa: _qa,
    RecordTable: _record_table,
    ScheduleGrid: _schedule_grid,
    SentenceFrame: _sentence_frame,
    Vignette: _vignette,
}
