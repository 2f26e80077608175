"""The block types there are: every block class in a module of ``handoutkit.models.blocks``.

A new block type takes a class there, a template ``blocks/<type>.html`` in a theme, and an example in ``docs/examples``;
no list has to be changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Union

from pydantic import Field

from handoutkit.models import blocks
from handoutkit.models.blocks.block import Block

from .discovery import modules_of


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
