"""The rule that a handout which is to be a sheet fits on it, in the words that a build says it in, too."""

from __future__ import annotations

from collections.abc import Iterator

from handoutkit.checks.rule import Finding, Rule, Standard
from handoutkit.models.handout import Handout
from handoutkit.render.worker_typesetter import SheetFacts

SHEET = Standard("One sheet", "handoutkit: a handout is one sheet of paper, with a side to read and a side to do")
LONGER_THAN_A_SHEET = Rule(
    "longer-than-a-sheet",
    SHEET,
    "A handout that is to be a sheet fits on the sides it is to have, in its practice, its theme and its language.",
    "shorten or leave out some of it, or set `layout: booklet`",
    severity="notice",
    decides="doubt",
)
_CARDS_LAST = "put cards at the end of the file, where they take a sheet of their own, or set `layout: booklet`"


def too_long(handout: Handout, facts: SheetFacts) -> Iterator[Finding]:
    """A handout that does not fit on its sides: by how much, what becomes of it, and what takes most."""
    if facts.sides and not facts.too_much:
        return
    became = f"it has {facts.sides} sides" if facts.sides else "it is a booklet"
    if not facts.largest:
        message = f"`{handout.id}` is far too long for a sheet, or has cards before its last block, and so {became}"
        yield Finding(("blocks",), message, hint=_CARDS_LAST)
        return
    most = ", ".join(f"`{name}`" for name in facts.largest)
    message = (
        f"`{handout.id}` is {_too_much(facts)} too long for {_sides(handout)}, so {became}; most is taken by {most}"
    )
    yield Finding(("blocks",), message)


def _sides(handout: Handout) -> str:
    """The sides it is to have, in words."""
    wanted = handout.sides or 2
    return "one side" if wanted == 1 else f"{wanted} sides"


def _too_much(facts: SheetFacts) -> str:
    """By how much, in whole millimetres: more would be finer than a line of text."""
    return f"{facts.too_much:.0f} mm" if facts.too_much >= 1 else "less than 1 mm"
