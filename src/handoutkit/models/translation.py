"""Who put something into another language, and who looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Translation:
    """What is said of a translation.

    Attributes:
        source_language: what it was translated from.
        translator: who made it.
        reviewed_by: the fluent clinician who read it; empty if nobody did yet.
        reviewed_on: the day of it; None if there is none.
    """

    source_language: str
    translator: str
    reviewed_by: str = ""
    reviewed_on: date | None = None

    @property
    def reviewed(self) -> bool:
        """Whether a fluent clinician has read it."""
        return bool(self.reviewed_by)
