"""Who read a handout for what no rule judges: whether it is right, safe and kind. Said last by every check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handoutkit.models.handout import Handout

UNJUDGED = "No rule judges whether this is right, safe and kind."
NOBODY = "nobody whom the file names"


@dataclass(frozen=True, slots=True)
class ClinicalReader:
    """Someone who read a handout whole, as one who would answer for it, and the day."""

    name: str
    day: date

    def __str__(self) -> str:
        return f"{self.name}, {self.day.isoformat()}"


def reader_of(handout: Handout) -> ClinicalReader | None:
    """Who is named as having read it; None if nobody is."""
    if handout.clinically_reviewed_by is None or handout.clinically_reviewed_on is None:
        return None
    return ClinicalReader(handout.clinically_reviewed_by, handout.clinically_reviewed_on)


def not_judged(readers: Sequence[ClinicalReader | None]) -> str:
    """What a check did not judge, and who read it.

    Args:
        readers: of each handout; None where it names nobody.
    """
    if len(readers) <= 1:
        return f"{UNJUDGED} Read by: {(readers and readers[0]) or NOBODY}."
    counted = Counter(str(reader or NOBODY) for reader in readers)
    read = [f"{who} ({count} of {len(readers)})" for who, count in counted.items()]
    return f"{UNJUDGED} Read by: {'; '.join(read)}."
