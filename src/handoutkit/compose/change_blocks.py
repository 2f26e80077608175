"""What framings change in the blocks of a handout: other examples, options, words, names, and more rows and steps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from pydantic import ValidationError

from handoutkit.models.blocks.block import Block
from handoutkit.models.blocks.frames_and_cards import SentenceFrame
from handoutkit.models.blocks.lists_and_questions import ListBlock, Vignette
from handoutkit.models.blocks.prompts import Exercise, MultiChoiceResponse, Prompt
from handoutkit.models.blocks.reading_blocks import Concept, Contrast
from handoutkit.models.blocks.tables import CellGrid, RecordTable, ScheduleGrid
from handoutkit.models.framing import Also, Framing, Instead
from handoutkit.models.handout import Handout
from handoutkit.models.translatable_text import At, words_of

Change = Instead | Also
Changes = dict[str, list[tuple[Change, Framing]]]
"""By the id of the block that they change."""
_New = dict[str, Any]
"""The fields of a block that become others."""


class MisfitError(Exception):
    """A change that the block at its place cannot take; ``hint`` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def with_changes(handout: Handout, changes: Changes) -> tuple[Handout, Changes]:
    """A handout with its blocks changed, and the changes that were made; one that does not fit is left out.

    Args:
        changes: by the id of the block, in the order in which they are made.
    """
    made: Changes = {}
    blocks = []
    for block in handout.blocks:
        new = block
        for change, framing in changes.get(block.id or "", ()):
            with suppress(MisfitError):
                new = changed(new, change)
                made.setdefault(block.id or "", []).append((change, framing))
        blocks.append(new)
    return (handout.model_copy(update={"blocks": tuple(blocks)}) if made else handout), made


def changed(block: Block, change: Change) -> Block:
    """A block with one change made. Fields that were there keep their names; new ones are called by the change's id.

    Raises:
        MisfitError: the block has no such part, or cannot take this one.
    """
    kinds = _MAKERS[change.part]
    make = next((make for kind, make in kinds.items() if isinstance(block, kind)), None)
    if make is None:
        known = ", ".join(f"`{kind.type_name()}`" for kind in kinds)
        raise MisfitError(f"a `{block.type}` has no `{change.part}` to change", f"a slot for it comes after: {known}")
    new = make(block, change)
    data = block.model_dump(by_alias=True, exclude_unset=True) | new
    try:
        made = type(block).model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = "".join(f"{part}: " for part in first["loc"])
        message = f"this does not fit its `{block.type}`: {where}{first['msg']}"
        raise MisfitError(message, "mend it, or take it out") from None
    made.with_names(block.names | dict(_new_names(made, change)))
    return made


def with_every_part(handout: Handout, framings: Sequence[Framing]) -> Handout:
    """A handout with each block that framings may give fields, once more for each of them: for the names of fields."""
    blocks = list(handout.blocks)
    for framing in framings:
        for change, name in changes_in(framing, handout):
            for block in handout.blocks:
                if block.id == name and change.part in ("options", "option", "row"):
                    with suppress(MisfitError):
                        blocks.append(changed(block, change))
    return handout.model_copy(update={"blocks": tuple(blocks)})


def changes_in(framing: Framing, handout: Handout) -> Iterator[tuple[Change, str]]:
    """The changes of a framing that are for a slot of a handout, each with the id of the block it changes."""
    slots = {slot.id: slot.after for slot in handout.framing_slots}
    for change in framing.changes:
        if change.place.handout == handout.id and change.place.slot in slots:
            yield change, slots[change.place.slot]


def _new_names(new: Block, change: Change) -> Iterator[tuple[str, str]]:
    """The names of the fields that a change brings, by what they would be called by their count."""
    if change.part in ("option", "options"):
        word, count = ("option", _options(new)) if isinstance(new, Prompt) else ("item", _options(new))
        if change.part == "option":
            yield f"{word}-{len(count)}", f"{word}-{change.id}"
        else:
            for number in range(1, len(count) + 1):
                yield f"{word}-{number}", f"{word}-{change.id}-{number}"
    if change.part == "row" and isinstance(new, ScheduleGrid):
        yield f"row-{len(new.rows)}", f"row-{change.id}"


def _options(block: Block) -> tuple[str, ...]:
    if isinstance(block, Prompt) and isinstance(block.response, MultiChoiceResponse):
        return block.response.options
    return block.items if isinstance(block, ListBlock) else ()


def _one_example(_block: Block, change: Instead) -> _New:
    if len(change.example) > 1:
        raise MisfitError("there is room for one `example` here", "keep one; only a `record_table` has several")
    return {"example": change.example[0]}


def _table_example(_block: RecordTable, change: Instead) -> _New:
    return {"example": change.example}


def _frame(_block: SentenceFrame, change: Instead) -> _New:
    return {"frame": change.frame} | ({"example": change.example[0]} if change.example else {})


def _text_of(name: str) -> Callable[[Any, Any], _New]:
    return lambda _block, change: {name: getattr(change, name)}


def _list_items(block: ListBlock, change: Change) -> _New:
    if block.groups:
        raise MisfitError("this list is in `groups`", "only a list of `items` can have others, or more")
    return {"items": change.options if isinstance(change, Instead) else (*block.items, change.option)}


def _prompt_options(block: Prompt, change: Change) -> _New:
    response = block.response
    if not isinstance(response, MultiChoiceResponse):
        hint = "only `multi_choice` can have others, or more; the rest are told apart by their number"
        raise MisfitError(f"this prompt is answered by `{response.type}`", hint)
    if isinstance(change, Instead) and response.alert_options:
        hint = "add an option with `also`, which leaves those of the handout as they are"
        raise MisfitError("some of these options call for a talk, and go by their number", hint)
    options = change.options if isinstance(change, Instead) else (*response.options, change.option)
    return {"response": response.model_dump(exclude_unset=True) | {"options": options}}


def _step(block: Exercise, change: Also) -> _New:
    at = len(block.steps) if change.position is None else change.position - 1
    return {"steps": (*block.steps[:at], change.step, *block.steps[at:])}


def _contrast_row(block: Contrast, change: Also) -> _New:
    rows = tuple(row.model_dump(exclude_unset=True) for row in block.rows)
    return {"rows": (*rows, {"criterion": change.row[0], "cells": change.row[1:]})}


def _schedule_row(block: ScheduleGrid, change: Also) -> _New:
    return {"rows": (*block.rows, _head_alone(change))}


def _cell_row(block: CellGrid, change: Also) -> _New:
    if not (block.row_headers and block.column_headers):
        raise MisfitError("this grid has no heads of rows and columns", "only a grid with both can have more rows")
    head = _head_alone(change)
    several = len(block.column_headers) > 1
    cells = tuple(
        {"id": f"{change.id}-{number}" if several else change.id, "label": f"{head}: {column}"}
        for number, column in enumerate(block.column_headers, start=1)
    )
    rows = tuple(tuple(cell.model_dump(exclude_unset=True) for cell in row) for row in block.rows)
    return {"rows": (*rows, cells), "row_headers": (*block.row_headers, head)}


def _head_alone(change: Also) -> str:
    if len(change.row) > 1:
        raise MisfitError("the cells of this row are filled in by the client", "write its head alone: `row: [...]`")
    return change.row[0]


def _names(block: Block, change: Instead) -> _New:
    texts = {words.at for words in words_of(block)}
    data: _New = block.model_dump(by_alias=True, exclude_unset=True)
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in change.names))
    new: _New = _renamed(data, (), texts, lambda text: pattern.sub(lambda found: change.names[found[0]], text))
    if new == data:
        named = ", ".join(f"`{name}`" for name in change.names)
        raise MisfitError(
            f"none of these names stands in this block: {named}", "write a name that does, or take it out"
        )
    return new


def _renamed(value: Any, at: At, texts: set[At], put: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return put(value) if at in texts else value
    if isinstance(value, dict):
        return {key: _renamed(item, (*at, key), texts, put) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_renamed(item, (*at, number), texts, put) for number, item in enumerate(value))
    return value


_MAKERS: dict[str, dict[type[Block], Callable[[Any, Any], _New]]] = {
    "example": {Concept: _one_example, SentenceFrame: _one_example, RecordTable: _table_example},
    "options": {ListBlock: _list_items, Prompt: _prompt_options},
    "frame": {SentenceFrame: _frame},
    "story": {Vignette: _text_of("story")},
    "is_not": {Concept: _text_of("is_not")},
    "names": {Block: _names},
    "row": {Contrast: _contrast_row, ScheduleGrid: _schedule_row, CellGrid: _cell_row},
    "step": {Exercise: _step},
    "option": {ListBlock: _list_items, Prompt: _prompt_options},
}
"""What each part is changed in, and how."""
