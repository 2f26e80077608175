"""Several PDFs read together: copies are counted once, alerts come first, and whose they are must be known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from handoutkit.answers.answer_rows import AnswerRow
from handoutkit.errors import Problem


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What one PDF gave; ``digest`` is the SHA-256 of its bytes."""

    file: str
    digest: str
    rows: tuple[AnswerRow, ...]
    warnings: tuple[Problem, ...] = ()


def once_each(files: Iterable[ReadFile]) -> tuple[list[ReadFile], list[Problem]]:
    """The files without copies of one that came before, and a warning for each copy.

    A copy has the same bytes; or it was saved anew, and has the same client, day and answers. Without a reference two
    people may have answered alike, and on another day one may have: these are no copies.
    """
    first_of: dict[object, str] = {}
    kept: list[ReadFile] = []
    copies: list[Problem] = []
    for found in files:
        keys = [*([found.digest] if found.digest else []), *_same_answers(found)]
        first = next((first_of[key] for key in keys if key in first_of), None)
        for key in keys:
            first_of.setdefault(key, found.file)
        if first is None:
            kept.append(found)
        else:
            message = f"this is the same form as in {first}, with the same answers; it is counted once"
            hint = "a copy can be deleted"
            copies.append(Problem("same-form-twice", message, hint, file=found.file, severity="warning"))
    return kept, copies


def unknown_clients(files: Sequence[ReadFile]) -> Iterator[Problem]:
    """A warning if several files do not say whose they are: their rows are told apart by their files only."""
    nobodys = list(dict.fromkeys(found.file for found in files if any(not row.client_ref for row in found.rows)))
    if len(nobodys) > 1:
        names = ", ".join(nobodys[:10]) + (f" and {len(nobodys) - 10} more" if len(nobodys) > 10 else "")
        message = f"{len(nobodys)} files do not say whose they are, so only `file` tells their rows apart: {names}"
        hint = "read each by itself with --client-ref R; next time send packets, or make it with `build --client-ref R`"
        yield Problem("whose-are-these", message, hint, severity="warning")


def alerts_first(rows: Iterable[AnswerRow]) -> list[AnswerRow]:
    """The rows with all alerts in front; else in their order."""
    return sorted(rows, key=lambda row: row.kind != "alert")


def _same_answers(found: ReadFile) -> Iterator[object]:
    if found.rows and all(row.client_ref for row in found.rows):
        yield tuple(replace(row, file="") for row in found.rows)
