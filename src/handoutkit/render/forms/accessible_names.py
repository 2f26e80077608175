"""Names of fields: the parts of a full name, and the accessible name that a screen reader reads aloud."""

from __future__ import annotations

import re

from handoutkit.errors import ContentError, Problem
from handoutkit.models.filled_in.identifiers import ID_PATTERN

MAX_NAME = 200
"""Characters of a name that is read aloud; more would keep a listener waiting."""


def parts_of(name: str) -> tuple[str, str, str]:
    """Handout, block and field of a full name. Raises ContentError if it is not made of three ids."""
    parts = name.split(".")
    if len(parts) != 3 or not all(re.fullmatch(ID_PATTERN, part) for part in parts):
        hint = "name it `handout.block.field`, each of them small letters a-z, digits and single hyphens"
        raise ContentError(Problem("field-name", f"`{name}` cannot be the name of a field", hint))
    return parts[0], parts[1], parts[2]


def accessible_names(question: str, option: str = "") -> str:
    """The accessible name of a field: its question, then the option, which is never shortened for the question.

    >>> accessible_names("Whom could you ask?", "A friend")
    'Whom could you ask?: A friend'
    """
    question, option = " ".join(question.split()), " ".join(option.split())
    if not option or not question:
        return shortened(question or option, MAX_NAME)
    option = shortened(option, MAX_NAME)
    left = MAX_NAME - len(option) - 2
    return f"{shortened(question, left)}: {option}" if left >= 20 else option


def shortened(text: str, length: int) -> str:
    """The text, or its first words and an ellipsis, within a number of characters."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:") + "…"


class AccessibleName:
    """The accessible names given in one handout, no two of which are the same."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def unlike_others(self, name: str) -> str:
        """The name itself, or with the first number that tells it from those before."""
        chosen, number = name, 1
        while chosen in self._given:
            number += 1
            chosen = f"{shortened(name, MAX_NAME - 6)} ({number})"
        self._given.add(chosen)
        return chosen
