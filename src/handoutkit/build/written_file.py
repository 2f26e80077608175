"""What is told of a file that a build wrote. Light to import."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that was written; the fields are the keys that the ``--json`` output promises."""

    path: str
    id: str
    kind: str
    lang: str
    format: str
    pages: int
    fields: int
    sha256: str
    cached: bool
    unchanged: bool
    """Whether the same file was there before."""

    def as_json(self) -> dict[str, str | int | bool]:
        """The fields by name."""
        return asdict(self)


def is_there(path: Path, data: bytes) -> bool:
    """Whether a file holds just this already."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except (OSError, ValueError):
        return False
