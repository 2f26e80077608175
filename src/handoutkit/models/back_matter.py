"""Back matter: how to go on, and where the ideas come from."""

from __future__ import annotations

from typing import Literal

from .base import Text
from .block import Block


class NextStep(Block):
    """How to reach the practice, and whom to call in a crisis; all of it drawn from the practice's profile."""

    type: Literal["next_step"]
    text: Text | None = None


class References(Block):
    """Sources, credits of cultural notes, disclaimers, edition and review date; generated."""

    type: Literal["references"]
