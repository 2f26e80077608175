"""What was asked, in words: the question of each field of a handout, and the row and column that it stands in."""

from __future__ import annotations

from typing import NamedTuple

from handoutkit.models.blocks.block import Block, BlockField, FieldKind
from handoutkit.models.blocks.scales import SCORE, Measure
from handoutkit.models.handout import Handout
from handoutkit.models.markdown import to_plain


class AskedField(NamedTuple):
    """What a field asks for, in one language; ``row`` and ``column`` are empty where there are none."""

    kind: FieldKind
    question: str
    row: str = ""
    column: str = ""


def asked_fields(handout: Handout) -> dict[str, AskedField]:
    """Every field of a handout, as ``block.field``, and the score of each measure."""
    asked = {
        f"{block.id}.{field.name}": _asked(block, field, handout.title)
        for block in handout.blocks
        if block.id
        for field in block.fields()
    }
    measures = (block for block in handout.blocks if isinstance(block, Measure))
    scores = {f"{block.id}.{SCORE}": AskedField("number", over(block, handout.title)) for block in measures}
    return asked | scores


def over(block: Block, title: str) -> str:
    """What stands over a block's fields: its question, its heading or title, else the handout's title."""
    return to_plain(getattr(block, "question", None) or block.heading or getattr(block, "title", None) or title)


def _asked(block: Block, field: BlockField, title: str) -> AskedField:
    """The block's own question, if it has one, else what the field's label says; a table is asked for by its heading.

    A label says what a listener hears of the field: the question and the option, or the two heads of a cell.
    """
    question = over(block, title)
    words = [part if isinstance(part, int) else to_plain(part) for part in field.label]
    if isinstance(field.key, tuple):
        numbers = [str(word) for word in words if isinstance(word, int)]
        heads = [str(word) for word in words if not isinstance(word, int)]
        row, column = [*numbers, *heads, "", ""][:2]
        return AskedField(field.kind, question, row, column)
    if hasattr(block, "question"):
        # The option of a box is its value; an item or a label beside the question is what is asked for.
        row = "" if field.kind == "tick" or str(words[0]) == question else str(words[0])
        more = str(words[1]) if len(words) > 1 and field.kind != "tick" else ""
        return AskedField(field.kind, question, more or row)
    if field.kind == "tick":
        return AskedField(field.kind, question)
    if len(words) > 1:
        return AskedField(field.kind, question, *map(str, words[:2]))
    return AskedField(field.kind, question if isinstance(words[0], int) else str(words[0]), _number(words[0]))


def _number(word: str | int) -> str:
    return str(word) if isinstance(word, int) else ""
