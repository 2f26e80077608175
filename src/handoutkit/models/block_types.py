"""The block types there are: every block class in a module of ``handoutkit.models.blocks``.

A new block type takes a class there, a template ``blocks/<type>.html`` in a theme, and an example in ``docs/examples``;
no list has to be changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Union

from pydantic import Field

from handoutkit.models import blocks
from handoutkit.models.blocks.block import Block

from .base import modules_of


def _block_types() -> tuple[type[Block], ...]:
    """The block classes, in their declared order, then by type."""
    found = {
        kind
        for module in modules_of(blocks)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Block) and kind.type_name()
    }
    return tuple(sorted(found, key=lambda kind: (kind.order, kind.type_name())))


BLOCK_TYPES = _block_types()

if TYPE_CHECKING:
    AnyBlock = Block
else:
    AnyBlock = Annotated[Union[BLOCK_TYPES], Field(discriminator="type")]  # noqa: UP007 - the types are known when run


def second_of_a_kind(types: Sequence[object]) -> list[tuple[str, int]]:
    """Find the blocks that a handout may have once where they stand again: the type, and the number of the block.

    Args:
        types: of all blocks, in their order, as the file has them.
    """
    once = [kind.type_name() for kind in BLOCK_TYPES if kind.once]
    return [(name, n) for name in once for n in [n for n, other in enumerate(types) if other == name][1:]]


def twice(kind: str) -> tuple[str, str, str]:
    """Code, message and hint of a second block of such a type."""
    return "twice", f"there is a `{kind}` block already", "keep one, at the end"
