"""Tables: to fill in, to compare, or only there to put things side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from handoutkit.checks.blanks_to_blocks import NewIds
from handoutkit.checks.text.typed_blanks import BLANK, is_blank
from handoutkit.importing.draft_text import as_plain, is_label
from handoutkit.importing.plain_document import HeadingPiece, ListPiece, Piece, TablePiece, WordsPiece, cell_text
from handoutkit.models.blocks.block import UNBROKEN

Cells = tuple[Piece, ...]
Made = tuple[dict[str, Any], tuple[str, ...]]
"""A block, and what was guessed of it."""
MAX_COLUMNS, MAX_SIDES, MAX_ROWS_OF_CONTRAST, MAX_CHUNK = 8, 4, 12, 400
_LONG_LABEL = 60
_TICKS = re.compile(r"[☐□❏❑◻○✓✔\s]+|\\?\[ ?\\?\]")
_DATES = re.compile(r"\b(?:date|day|fecha|d[ií]a)\b", re.IGNORECASE)


def unwrapped(table: TablePiece) -> list[Piece] | None:
    """The pieces of a table that is only there for the layout, row by row; None if it is a real one."""
    rows = [row for row in table.rows if any(cell_text(cell).strip() or cell for cell in row)]
    width = max(map(len, rows), default=0)
    if width > 1 and not any(_is_laid_out(cell) for row in rows for cell in row):
        return None
    if width > 1 and contrast_of_cells(table) is not None:
        return None
    return [piece for row in rows for cell in row for piece in (*cell, WordsPiece(""))]


def _is_laid_out(cell: Cells) -> bool:
    """Whether a cell holds more than the cell of a table does: a table, a heading, or several things."""
    full = [piece for piece in cell if not (isinstance(piece, WordsPiece) and not piece.text)]
    if any(isinstance(piece, TablePiece | HeadingPiece) for piece in full):
        return True
    return len(full) > 1 and (len(cell_text(cell)) > MAX_CHUNK or len({type(piece) for piece in full}) > 1)


def table_blocks(table: TablePiece, new_id: NewIds, question: str) -> list[Made]:
    """The blocks of a real table."""
    if (sides := contrast_of_cells(table)) is not None:
        return [({"type": "contrast", "sides": sides}, ("a table with a list in each cell",))]
    rows = [[_text(cell) for cell in row] for row in table.rows]
    width = max(map(len, rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    if len(rows) > 2 and width > 2 and rows[0][0] and not any(rows[0][1:]):
        rest = table_blocks(TablePiece(table.rows[1:]), new_id, rows[0][0])
        return [
            (block | ({"reading_note": rows[0][0]} if n == 0 else {}), notes) for n, (block, notes) in enumerate(rest)
        ]
    if not any(any(row) for row in rows):
        return [
            (_record([f"{n}" for n in range(1, width + 1)], len(rows), new_id, question), ("a table without words",))
        ]
    if (pairs := _labels_and_rooms(rows)) is not None:
        return [(_prompt(label, new_id), ()) for label in pairs]
    return list(_by_head(table, rows, new_id, question))


def _by_head(table: TablePiece, rows: list[list[str]], new_id: NewIds, question: str) -> Iterator[Made]:
    """The blocks of a table by what stands in its first row and its first column."""
    head, body = rows[0], rows[1:]
    if (cells := _boxes(table, rows)) is not None:
        yield {"type": "cell_grid", "id": new_id(question or cells[0][0]), "rows": _cell_rows(cells)}, ()
    elif body and all(head) and not any(any(row) for row in body):
        yield from _to_fill_in(head, body, new_id, question)
    elif body and all(head[1:]) and all(row[0] and not any(map(_words, row[1:])) for row in body):
        yield from _schedule(head, body, new_id, question)
    elif len(body) > 1 and all(head) and all(body[0]) and not any(any(row) for row in body[1:]):
        block = _record(head, len(body) - 1, new_id, question)
        yield block | {"example": body[0]}, ("the first row was taken for an example",)
    else:
        yield from _to_read(rows)


def _text(cell: Cells) -> str:
    """The words of a cell; empty if all it has is room to write."""
    text = cell_text(cell).strip()
    return "" if is_blank(text) else BLANK.sub("", text).strip() if len(BLANK.sub("", text).strip()) else text


def _words(text: str) -> str:
    """A cell's words, a box to tick being none."""
    return "" if _TICKS.fullmatch(text) else text


def _labels_and_rooms(rows: list[list[str]]) -> list[str] | None:
    """The labels of a table in which each stands before its room, as in a form; None if it is another table."""
    width = len(rows[0])
    if width % 2 or any(row[at + 1] for row in rows for at in range(0, width, 2)):
        return None
    labels = [row[at] for row in rows for at in range(0, width, 2) if row[at]]
    return labels or None


def _prompt(label: str, new_id: NewIds) -> dict[str, Any]:
    response: dict[str, Any] = {"type": "line"}
    if _DATES.search(label) and len(label) < 30:
        response = {"type": "date"}
    elif label.endswith("?") or len(label) > _LONG_LABEL:
        response = {"type": "lines", "count": 3}
    return {"type": "prompt", "id": new_id(label), "question": label.rstrip(": "), "response": response}


def _boxes(table: TablePiece, rows: list[list[str]]) -> list[list[str]] | None:
    """The labels of a table whose cells are boxes with room below a label; None if it is another table."""
    if not 1 < len(rows[0]) <= 4 or not all(is_label(text) for row in rows for text in row):
        return _labels_above_rooms(rows)
    roomy = [sum(isinstance(piece, WordsPiece) and (not piece.text or is_blank(piece.text)) for piece in cell)
             for row in table.rows for cell in row]  # fmt: skip
    return rows if min(roomy) >= 2 else None


def _labels_above_rooms(rows: list[list[str]]) -> list[list[str]] | None:
    """Rows of labels with an empty row below each."""
    if len(rows) % 2 or not 1 < len(rows[0]) <= 4:
        return None
    above, below = rows[::2], rows[1::2]
    fits = all(is_label(text) for row in above for text in row) and not any(any(row) for row in below)
    return above if fits else None


def _cell_rows(rows: list[list[str]]) -> list[list[dict[str, str]]]:
    own = NewIds(set())
    return [[{"id": own(label), "label": label.rstrip(":")} for label in row] for row in rows]


def _record(head: list[str], rows: int, new_id: NewIds, question: str) -> dict[str, Any]:
    own = NewIds(set())
    columns = [{"id": own(header), "header": header} for header in head]
    return {
        "type": "record_table",
        "id": new_id(question or head[0]),
        "columns": columns,
        "rows": min(rows, 400 // len(head), 60),
    }


def _to_fill_in(head: list[str], body: list[list[str]], new_id: NewIds, question: str) -> Iterator[Made]:
    for at in range(0, len(head), MAX_COLUMNS):
        part = head[at : at + MAX_COLUMNS]
        yield _record(part, len(body), new_id, question), () if len(head) <= MAX_COLUMNS else ("one wide table",)


def _schedule(head: list[str], body: list[list[str]], new_id: NewIds, question: str) -> Iterator[Made]:
    ticks = any(_TICKS.fullmatch(text) for row in body for text in row[1:] if text)
    block = {"type": "schedule_grid", "id": new_id(question or head[0] or head[1])}
    block |= {"corner": head[0]} if head[0] else {}
    rest: dict[str, Any] = {"columns": head[1:], "rows": [row[0] for row in body], "cell": "tick" if ticks else "box"}
    turned = {"orientation": "landscape"} if len(head) > 15 else {}
    yield block | turned | rest, ()


def _to_read(rows: list[list[str]]) -> Iterator[Made]:
    """A table to read: two columns are a contrast or terms with what they mean, more are a contrast by rows."""
    head, body = rows[0], rows[1:]
    if len(head) == 2 and body and all(map(is_label, head)) and len(head[1]) <= 80:
        for at in range(0, len(body), UNBROKEN):
            part = body[at : at + UNBROKEN]
            sides = [{"label": head[n], "points": [row[n] for row in part if row[n]]} for n in (0, 1)]
            yield {"type": "contrast", "sides": sides}, ("a table with two columns",)
    elif len(head) == 2 and all(is_label(row[0]) and row[1] for row in rows):
        for term, meaning in rows:
            yield {"type": "concept", "term": term, "definition": meaning}, ("a term and what it means",)
    elif 3 <= len(head) <= MAX_SIDES + 1 and body and all(all(row) for row in body) and all(head[1:]):
        for at in range(0, len(body), MAX_ROWS_OF_CONTRAST):
            criteria = [{"criterion": row[0], "cells": row[1:]} for row in body[at : at + MAX_ROWS_OF_CONTRAST]]
            note = {"reading_note": head[0]} if head[0] else {}
            yield {"type": "contrast", **note, "sides": [{"label": one} for one in head[1:]], "rows": criteria}, ()
    else:
        items = [
            ": ".join(filter(None, (as_plain(row[0]), "; ".join(filter(None, row[1:]))))) for row in rows if any(row)
        ]
        for at in range(0, len(items), UNBROKEN):
            yield {"type": "list", "items": items[at : at + UNBROKEN]}, ("a table, row by row",)


def contrast_of_cells(table: TablePiece) -> list[dict[str, Any]] | None:
    """The sides of a table with a label and a list in each cell, or a list below each label; None if it is another."""
    rows = [[[piece for piece in cell if _says(piece)] for cell in row] for row in table.rows]
    rows = [row for row in rows if any(row)]
    if not rows or not 2 <= len(rows[0]) <= MAX_SIDES or len(rows) > 2:
        return None
    if len(rows) == 2:
        if len(rows[1]) != len(rows[0]):
            return None
        cells = [[*above, *below] for above, below in zip(*rows, strict=True)]
    else:
        cells = rows[0]
    sides = [_side(cell) for cell in cells]
    return None if any(side is None for side in sides) else [side for side in sides if side is not None]


def _says(piece: Piece) -> bool:
    return not isinstance(piece, WordsPiece) or bool(piece.text.strip())


def _side(cell: list[Piece]) -> dict[str, Any] | None:
    if len(cell) < 2 or not isinstance(cell[0], WordsPiece | HeadingPiece) or not is_label(cell[0].text):
        return None
    points: list[str] = []
    for piece in cell[1:]:
        if not isinstance(piece, ListPiece):
            return None
        points += [text for _, text in piece.items]
    return {"label": cell[0].text.rstrip(":"), "points": points} if len(points) <= UNBROKEN else None
