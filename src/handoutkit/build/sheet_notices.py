"""What a build says of a handout that is longer than the sheet it is to be."""

from __future__ import annotations

from collections.abc import Iterator

from handoutkit.errors import Problem
from handoutkit.loading.load_file import Loaded
from handoutkit.models.handout import Handout

from .build_result import BuiltHandout

CODE = "longer-than-a-sheet"


def sheet_notices(handout: Loaded[Handout], built: BuiltHandout) -> Iterator[Problem]:
    """A notice, if it did not fit on the sides it was to have: by how much, what takes most, what became of it."""
    facts = built.typeset.sheet if built.typeset else None
    if facts is None or (facts.sides and not facts.too_much):
        return
    became = f"it has {facts.sides} sides" if facts.sides else "it is a booklet"
    hint = "shorten or leave out some of it, or set `layout: booklet`"
    if not facts.largest:
        message = (
            f"`{handout.model.id}` is far too long for a sheet, or has cards before its last block, and so {became}"
        )
        hint = "put cards at the end of the file, where they take a sheet of their own, or set `layout: booklet`"
    else:
        wanted = handout.model.sides or 2
        sides = "one side" if wanted == 1 else f"{wanted} sides"
        too_much = f"{facts.too_much:.0f} mm" if facts.too_much >= 1 else "less than 1 mm"
        most = ", ".join(f"`{name}`" for name in facts.largest)
        message = f"`{handout.model.id}` is {too_much} too long for {sides}, so {became}; most is taken by {most}"
    yield handout.source.problem(CODE, message, hint, at=("blocks",), severity="notice")
