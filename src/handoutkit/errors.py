"""What can go wrong, in words a person can act on.

The library raises; only the command line prints. Every exception owns its exit code (see ``docs/commands.md``),
and carries every problem that was found, not only the first.
"""

from __future__ import annotations

import re
import shlex
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeVar

S = TypeVar("S")
T = TypeVar("T")
Severity = Literal["error", "warning", "notice"]
"""An error fails; a warning fails with ``--strict``; a notice is there to be known and never fails."""
_MAX_WIDTH, _LEAD = 110, 40
"""Characters of a source line that are shown, and how many of them stand before the place that is meant."""


@dataclass(frozen=True, slots=True)
class PlacesPicture:
    """A picture of the places on pages where something is wrong.

    Attributes:
        png: strips of the pages, each with a frame around a place.
        file: where it belongs below the output folder; empty as long as nobody said whose pages these are.
    """

    png: bytes
    file: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A thing that is wrong, where it stands and what to do about it.

    ``line`` and ``column`` count from 1; 0 means the problem belongs to the file as a whole. ``path`` is the
    address inside the file (``blocks[2].sides[0].label``). ``excerpt`` is the source line itself and ``width`` the
    number of characters to underline in it; ``picture`` shows where on finished pages it is seen. These stay out of
    the JSON form.
    """

    code: str
    message: str
    hint: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    path: str = ""
    severity: Severity = "error"
    excerpt: str = ""
    width: int = 1
    picture: PlacesPicture | None = field(default=None, compare=False, repr=False)

    def as_json(self) -> dict[str, str | int]:
        """The keys that the ``--json`` output promises."""
        keys = ("file", "line", "column", "path", "severity", "code", "message", "hint")
        return {key: getattr(self, key) for key in keys}

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        head = ": ".join(part for part in (place, f"{self.severity}[{self.code}]") if part)
        lines = [f"{head} {self.path}".rstrip()]
        if self.excerpt:
            number = str(self.line)
            shown, caret = self._frame()
            lines += [f"  {number} | {shown}", f"  {' ' * len(number)} | {caret}"]
        lines += [f"  {line}" for line in (self.message, self.hint) if line]
        return "\n".join(lines)

    def _frame(self) -> tuple[str, str]:
        """The source line, cut to what a terminal shows, and the carets under the part that is meant."""
        start = max(0, self.column - _LEAD) if len(self.excerpt) > _MAX_WIDTH else 0
        before, after = "…" * (start > 0), "…" * (start + _MAX_WIDTH < len(self.excerpt))
        shown = before + self.excerpt[start : start + _MAX_WIDTH] + after
        at = self.column - 1 - start + len(before)
        lead = "".join("\t" if char == "\t" else " " * _cells(char) for char in shown[:at])
        return shown, lead + "^" * max(1, sum(map(_cells, shown[at : at + self.width])))


def _cells(char: str) -> int:
    """How many cells of a terminal a character takes (Unicode Standard Annex 11)."""
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def frames_of(error: BaseException) -> str:
    """The frames and the type of a bug and of its causes; not its message, which may name a client."""
    import traceback

    chain: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in chain:
        chain.append(at)
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    frames = ["".join(traceback.format_tb(link.__traceback__)) + type(link).__name__ for link in reversed(chain)]
    return "\n\n".join(frames)


class HandoutkitError(Exception):
    """Base of everything handoutkit raises on purpose.

    Args:
        problems: what to show, in the order to show it; each is told once; never empty.
    """

    exit_code = 70

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(dict.fromkeys(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ContentError(HandoutkitError):
    """Something a person wrote has problems: a handout, a practice, a template, a picture."""

    exit_code = 1


def raise_errors(problems: Iterable[Problem]) -> None:
    """Raise ContentError with all problems if one of them is an error, and not merely a warning."""
    problems = tuple(problems)
    if any(problem.severity == "error" for problem in problems):
        raise ContentError(problems)


class UsageError(HandoutkitError):
    """The command was asked for something that is not there: an unknown handout, practice or option value."""

    exit_code = 2


def try_each(function: Callable[[S], T], items: Iterable[S]) -> list[T]:
    """Call a function with each item, and go on where it fails, so that all problems come at once.

    Raises:
        ContentError, UsageError: some failed; with the problems of all, each once, after all were tried. It is a
            UsageError if nothing was wrong but what was asked for.
    """
    results: list[T] = []
    problems: dict[Problem, None] = {}
    content = False
    for item in items:
        try:
            results.append(function(item))
        except (ContentError, UsageError) as error:
            content = content or isinstance(error, ContentError)
            problems |= dict.fromkeys(error.problems)
    if problems:
        raise (ContentError if content else UsageError)(problems)
    return results


class MachineError(HandoutkitError):
    """The machine lacks something: a system library, a writable folder, disk space."""

    exit_code = 3


class WithheldError(HandoutkitError):
    """A finished packet is not what it should be, so nobody gets it."""

    exit_code = 5


def how_to_install(extra: str) -> str:
    """The line to type for a part that needs more packages: those are on an index, and handoutkit itself is not.

    Args:
        extra: as ``pyproject.toml`` calls it, such as ``preview``.
    """
    from importlib.metadata import requires  # reads packages, and is needed once in a while

    of_extra = re.compile(rf";\s*extra\s*==\s*['\"]{re.escape(extra)}['\"]")
    needed = [one.partition(";")[0].strip() for one in requires("handoutkit") or () if of_extra.search(one)]
    named = " ".join(map(shlex.quote, needed))
    return f"type: pipx inject handoutkit {named}   (or: pip install {named})"
