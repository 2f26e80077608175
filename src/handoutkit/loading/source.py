"""A text file as a person wrote it, and where things stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handoutkit.errors import Problem, Severity

Address = tuple[str | int, ...]
"""The way to a value inside a file: keys and item numbers (from 0)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of one line; line and column count from 1, ``width`` in characters."""

    line: int
    column: int
    width: int = 1


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value stands, and its key if it has one."""

    value: Mark
    key: Mark | None = None


@dataclass(frozen=True)
class SourceFile:
    """The text of a file, its data and the spot of every value in it.

    Attributes:
        name: the path as the user knows it (relative to where they stand); used in problems.
        path: where the file is.
        data: mappings as dict, sequences as tuple, scalars by the YAML 1.2 core schema and dates.
    """

    name: str
    path: Path
    text: str
    data: Any = None
    spots: Mapping[Address, Spot] = field(default_factory=dict)

    def problem(
        self,
        code: str,
        message: str,
        hint: str = "",
        *,
        at: Address = (),
        on_key: bool = False,
        severity: Severity = "error",
    ) -> Problem:
        """A problem at an address; if nothing stands there, at its nearest ancestor."""
        known = at
        while known and known not in self.spots:
            known = known[:-1]
        spot = self.spots.get(known)
        mark = Mark(1, 1)
        if spot:
            # What is missing inside a mapping is best shown at the mapping's own key.
            mark = spot.key if spot.key and (on_key or known != at) else spot.value
        return self.problem_at(mark, code, message, hint, path=dotted(at), severity=severity)

    def problem_at(
        self, mark: Mark, code: str, message: str, hint: str = "", *, path: str = "", severity: Severity = "error"
    ) -> Problem:
        """A problem at a line and column."""
        lines = self.text.split("\n")
        excerpt = lines[mark.line - 1].rstrip("\r") if mark.line <= len(lines) else ""
        width = max(1, min(mark.width, len(excerpt) - mark.column + 1))
        return Problem(
            code=code,
            message=message,
            hint=hint,
            file=self.name,
            line=mark.line,
            column=mark.column,
            path=path,
            severity=severity,
            excerpt=excerpt,
            width=width,
        )


def dotted(address: Address) -> str:
    """An address as people write it: ``blocks[2].sides[0].label``."""
    text = ""
    for part in address:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
