"""Which blocks of a handout are in one person's copy: all, some of them, or as few as make a short version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from handoutkit.errors import Problem
from handoutkit.models.blocks.block import Block
from handoutkit.models.blocks.frames_and_cards import Agreement
from handoutkit.models.blocks.prompts import Exercise
from handoutkit.models.blocks.reading_blocks import Callout
from handoutkit.models.blocks.tables import RecordTable
from handoutkit.models.conditions import holds
from handoutkit.models.handout import Handout

_ALWAYS = ("next_step", "references", "crisis_lines")
"""Types of blocks that a copy keeps which names others: whom to reach, and where the ideas come from."""
_TOOLS = (
    "exercise",
    "record_table",
    "schedule_grid",
    "cell_grid",
    "measure",
    "sentence_frame",
    "continuum",
    "agreement",
    "figure",
    "list",
    "prompt",
)
"""Types of blocks that can be the one tool of a short version, the likeliest first; a figure or a list to write in."""

_LOG_ROWS, _TABLE_ROWS = 2, 3
"""Rows that a log and a table have at most on one side."""


@dataclass(frozen=True, slots=True)
class BlockChoice:
    """Which blocks of a handout are wanted; a block is named by its id or its type, behind ``handout.`` or alone.

    Attributes:
        without: names of blocks to leave out.
        only: names of blocks to keep; none for all.
        short: whether it is the version of one side.
        when: names of what is so, for blocks and parties that are there for some people only (``if: minor``).
        rows: names of tables, each with the number of rows that it has in this copy.
    """

    without: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    short: bool = False
    when: tuple[str, ...] = ()
    rows: tuple[tuple[str, int], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name in it."""
        return tuple(dict.fromkeys((*self.without, *self.only, *(name for name, _ in self.rows))))

    def of(self, handout: Handout) -> BlockChoice:
        """What of the choice a handout has a place for; the rest changes nothing in it."""

        def here(*names: str) -> bool:
            return any(_is_named(handout.id, block, names) for block in handout.blocks)

        return replace(
            self,
            without=tuple(name for name in self.without if here(name)),
            only=tuple(name for name in self.only if here(name)),
            when=tuple(name for name in self.when if name in handout.conditions),
            rows=tuple((name, rows) for name, rows in self.rows if here(name)),
        )


EVERY_BLOCK = BlockChoice()


def kept_blocks(handout: Handout, blocks: Sequence[Block], choice: BlockChoice) -> list[Block]:
    """Those of a handout's blocks that are in the copy, in their order.

    A handout with none of the blocks that ``only`` names stays whole. Cautions and whom to reach stay beside the blocks
    that are kept; who wants them out says so with ``without``.

    Args:
        blocks: of the handout, those for one audience.
    """
    left = [_with_its_parties(block, choice.when) for block in blocks if holds(block.only_if, choice.when)]
    only = [block for block in left if _is_named(handout.id, block, choice.only)]
    if only:
        left = _with_what_stays(blocks, only)
    if choice.short:
        left = _with_what_stays(left, only or short_version(left))
    left = [_with_chosen_rows(handout.id, block, choice) for block in left]
    left = [block for block in left if not _is_named(handout.id, block, choice.without)]
    return [_with_few_rows(block) for block in left] if choice.short else left


def short_version(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of the short version: those that their author calls ``core``, or else the likeliest tool.

    What leads into the tool comes along: the text before it, where the tool has no heading of its own.
    """
    if core := [block for block in blocks if block.core]:
        return core
    tools = [(_TOOLS.index(block.type), number) for number, block in enumerate(blocks) if _is_tool(block)]
    at = min(tools)[1] if tools else next((n for n, block in enumerate(blocks) if not _stays(block)), 0)
    first = at
    while first and not blocks[first].heading and blocks[first - 1].type == "prose":
        first -= 1
    return list(blocks[first : at + 1])


def unknown_blocks(handouts: Iterable[Handout], choice: BlockChoice) -> list[str]:
    """The names of a choice that no handout has a block of."""
    every = [(handout.id, block) for handout in handouts for block in handout.blocks]
    return [name for name in choice.names if not any(_is_named(owner, block, (name,)) for owner, block in every)]


def rows_that_cannot_be(handouts: Iterable[Handout], choice: BlockChoice) -> Iterator[Problem]:
    """Yield a problem for each block of a choice that is no table, or cannot have so many rows."""
    every = [(handout.id, block) for handout in handouts for block in handout.blocks]
    for name, rows in choice.rows:
        for block in (block for owner, block in every if _is_named(owner, block, (name,))):
            if not isinstance(block, RecordTable):
                hint = "name a `record_table` by its `id`"
                yield Problem("rows-of-no-table", f"`--rows {name}={rows}` names a block that is no table", hint)
            elif not 1 <= rows <= block.rows_at_most:
                message = f"the table `{name}` can have 1 to {block.rows_at_most} rows, and not {rows}"
                hint = "choose another number, or raise its `most_rows` in a copy of your own"
                yield Problem("rows-out-of-bounds", message, hint)


def unknown_conditions(handouts: Iterable[Handout], choice: BlockChoice) -> list[str]:
    """The names that were said to be so and that no handout asks about."""
    known = {name for handout in handouts for name in handout.conditions}
    return [name for name in choice.when if name not in known]


def names_of_blocks(handout: Handout) -> list[str]:
    """What the blocks of a handout can be called by: their ids, and the types of those without one."""
    return list(dict.fromkeys(block.id or block.type for block in handout.blocks))


def _is_named(handout: str, block: Block, names: Sequence[str]) -> bool:
    own = {block.id, block.type, f"{handout}.{block.id}", f"{handout}.{block.type}"}
    return any(name in own for name in names)


def _with_what_stays(blocks: Sequence[Block], kept: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if _stays(block) or any(block is one for one in kept)]


def _stays(block: Block) -> bool:
    return block.type in _ALWAYS or (isinstance(block, Callout) and block.role == "caution")


def _with_its_parties(block: Block, when: Sequence[str]) -> Block:
    """An agreement with those parties only who sign it for this person."""
    if not isinstance(block, Agreement):
        return block
    return block.model_copy(update={"parties": tuple(one for one in block.parties if holds(one.only_if, when))})


def _with_chosen_rows(handout: str, block: Block, choice: BlockChoice) -> Block:
    """A table with as many rows as this copy is to have; the last number said of it counts."""
    chosen = [rows for name, rows in choice.rows if _is_named(handout, block, (name,))]
    return block.with_rows(chosen[-1]) if chosen and isinstance(block, RecordTable) else block


def _with_few_rows(block: Block) -> Block:
    """A block of the short version: its log or table has few rows, and their fields keep their names."""
    if isinstance(block, Exercise) and block.log:
        rows = min(block.log.rows, _LOG_ROWS)
        return block.model_copy(update={"log": block.log.model_copy(update={"rows": rows})})
    if isinstance(block, RecordTable):
        return block.model_copy(update={"rows": min(block.rows, _TABLE_ROWS)})
    return block


def _is_tool(block: Block) -> bool:
    return block.type in _TOOLS and block.places > 0
