"""How far a translation is."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Status:
    """One catalogue; the fields are the keys that ``--json`` promises.

    Attributes:
        stale: texts that have changed since they were translated, and translations marked as not certain.
        obsolete: translations of what is no longer said.
    """

    id: str
    kind: str
    lang: str
    file: str
    texts: int
    done: int
    stale: int
    missing: int
    obsolete: int
    translator: str
    reviewed_by: str
    reviewed_on: str

    def as_json(self) -> dict[str, str | int]:
        """The fields by name."""
        return asdict(self)
