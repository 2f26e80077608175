"""Parts of a handout that are there for some people only: ``if: minor``, ``if: not minor``."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Annotated

from pydantic import AfterValidator, Field

from .rule_problems import problem

_NOT = "not "
_CONDITION = re.compile(r"(not )?([a-z0-9]+(-[a-z0-9]+)*)")


def _check_condition(value: str) -> str:
    if not _CONDITION.fullmatch(value):
        message = f"`{value}` is not something that can be so or not"
        hint = "write one name in small letters, such as `if: minor`, or `if: not minor` for everyone else"
        raise problem("bad-condition", message, hint)
    return value


Condition = Annotated[str, Field(max_length=64), AfterValidator(_check_condition)]
"""The name of what has to be so for a part to be there, such as ``minor``; with ``not`` before it, what must not."""


def holds(condition: str | None, so: Collection[str]) -> bool:
    """Whether a part with this condition is there; ``so`` are the names of what was said to be so.

    >>> holds("minor", []), holds("not minor", []), holds(None, ["minor"])
    (False, True, True)
    """
    if condition is None:
        return True
    return (condition.removeprefix(_NOT) in so) != condition.startswith(_NOT)


def name_in(condition: str) -> str:
    """The name that a condition asks about."""
    return condition.removeprefix(_NOT)
