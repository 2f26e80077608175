"""A vignette: a short story about invented people, with questions to think about."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import Prose, Text
from .block import Block


class Vignette(Block):
    """A short story about invented people; the questions after it may be answered in writing."""

    type: Literal["vignette"]
    story: Prose
    questions: Annotated[tuple[Text, ...], Field(max_length=7)] = ()
    answer_lines: Annotated[int, Field(ge=0, le=8)] = 0
    """Lines to write on after each question; 0 for none."""
