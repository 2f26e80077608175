"""The text of a file with the position of every value in it, and problems that point to these positions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from handoutkit.errors import Problem, Severity

Address = tuple[str | int, ...]
"""The way to a value inside a file: keys and item numbers (from 0)."""

TO_LINE_END = 1_000_000
"""A width that reaches the end of any line."""
_FAR = 10_000  # no text of ours is longer; a whole file can stand on one line

# What would move a terminal's cursor, colour its text or turn its reading direction around.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class FilePosition:
    """A stretch of one line; line and column count from 1, ``width`` in characters."""

    line: int
    column: int
    width: int = 1

    @classmethod
    def in_text(cls, text: str, start: int, width: int = 1) -> FilePosition:
        """Where so many characters stand that begin at an offset of a text."""
        return cls(text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start), width)


@dataclass(frozen=True, slots=True)
class Spot:
    """The position of a value and of its key, if it has one, and the last line of its text."""

    value: FilePosition
    key: FilePosition | None = None
    end: int = 0


@dataclass(frozen=True)
class SourceFile:
    """The text of a file, its data and the spot of every value in it.

    Attributes:
        name: the path as the user knows it (relative to where they stand); used in problems.
        path: where the file is.
        data: mappings as dict, sequences as tuple, scalars by the YAML 1.2 core schema and dates.
        quotable: whether problems may show its lines; not those of a file that may be none of ours.
    """

    name: str
    path: Path
    text: str
    data: Any = None
    spots: Mapping[Address, Spot] = field(default_factory=dict)
    quotable: bool = True

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines, without their ends; at least one."""
        return tuple(self.text.split("\n"))

    @cached_property
    def _excerpts(self) -> dict[int, str]:
        """Lines as problems show them, by their index, so that a thousand problems of one long line share it."""
        return {}

    def line_of(self, address: Address) -> str:
        """The line on which a value, or its key, stands."""
        spot = self.spots.get(address)
        return self.lines[(spot.key or spot.value).line - 1] if spot else ""

    def problem(
        self,
        code: str,
        message: str,
        hint: str = "",
        *,
        at: Address = (),
        on_key: bool = False,
        found: str = "",
        severity: Severity = "error",
    ) -> Problem:
        """A problem at an address; if nothing stands there, at its nearest ancestor.

        Args:
            on_key: point at the key and not at its value.
            found: the piece of the text that is wrong; pointed at if it stands in the file as it is.
        """
        known = at
        while known and known not in self.spots:
            known = known[:-1]
        spot = self.spots.get(known)
        mark = FilePosition(1, 1)
        if spot:
            # What is missing inside a mapping is best shown at the mapping's own key.
            mark = spot.key if spot.key and (on_key or known != at) else spot.value
            mark = self._stretch(spot, found) or mark
        return self.problem_at(mark, code, message, hint, path=dotted(at), severity=severity)

    def problem_at(
        self,
        mark: FilePosition,
        code: str,
        message: str,
        hint: str = "",
        *,
        path: str = "",
        severity: Severity = "error",
    ) -> Problem:
        """A problem at a line and column."""
        excerpt = self._excerpt(mark.line - 1)
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
            width=max(1, min(mark.width, len(excerpt) - mark.column + 1)),
        )

    def _excerpt(self, index: int) -> str:
        if index not in self._excerpts:
            shown = self.quotable and index < len(self.lines)
            self._excerpts[index] = printable(self.lines[index]) if shown else ""
        return self._excerpts[index]

    def _stretch(self, spot: Spot, found: str) -> FilePosition | None:
        """Where a piece of a text stands, between the text's first line and its last."""
        if not found or "\n" in found:
            return None
        for number in range(spot.value.line, spot.end + 1):
            start = spot.value.column - 1 if number == spot.value.line else 0
            column = self.lines[number - 1].find(found, start, start + _FAR)
            if column >= 0:
                return FilePosition(number, column + 1, len(found))
        return None


def dotted(address: Address) -> str:
    """An address as people write it: ``blocks[2].sides[0].label``."""
    text = ""
    for part in address:
        text += f"[{part}]" if isinstance(part, int) else ("." if text else "") + clipped(part, 40)
    return text


def printable(text: str) -> str:
    """The same text, as long as it was, fit for any terminal: what is invisible or harmful shows as ``\ufffd``."""
    return UNPRINTABLE.sub("\ufffd", text)


def clipped(text: str, limit: int = 60) -> str:
    """A piece of content, printable and short enough to stand inside a message."""
    text = "".join(char if char.isprintable() else " " for char in printable(text[: 2 * limit]))
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
