"""Several PDFs read together: copies are counted once, alerts come first, and whose they are must be known."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from handoutkit.answers.answer_rows import AnswerRow
from handoutkit.errors import Problem
from handoutkit.files.text_files import shown

_COPY = re.compile(r"\(\d+\)$|\b(copy|copia)\b|副本|نسخة")
"""How browsers, systems and people name a copy."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What one PDF gave; ``digest`` is the SHA-256 of its bytes."""

    file: str
    digest: str
    rows: tuple[AnswerRow, ...]
    warnings: tuple[Problem, ...] = ()


def named_once(paths: Iterable[Path]) -> tuple[list[Path], list[Problem]]:
    """The files, each once, and a warning for each that was named again, in whatever spelling."""
    found: dict[Path, Path] = {}
    again: list[Problem] = []
    for path in paths:
        place = _place(path)
        if found.setdefault(place, path) is not path:
            message = "this file is named twice; it is read once"
            again.append(Problem("named-twice", message, "name it once", file=shown(path), severity="warning"))
    return list(found.values()), again


def _place(path: Path) -> Path:
    """Where a file is; a name that no file can have stands for itself."""
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError):
        return path


def once_each(files: Sequence[ReadFile]) -> tuple[list[ReadFile], list[Problem]]:
    """The files without what another has too, and a warning for each copy, of a whole file or of a handout in it.

    A copy has the same bytes; or the same handout has the same client, day and answers. Without a reference two people
    may have answered alike, and on another day one may have: these are no copies. What stands beside the fields stays.
    """
    first_of: dict[object, str] = {}
    kept: dict[int, ReadFile] = {}
    copies: list[Problem] = []
    for place in sorted(range(len(files)), key=lambda place: _looks_like_a_copy(files[place].file)):
        found = files[place]
        if found.digest and found.digest in first_of:
            copies.append(_is_a_copy(found.file, first_of[found.digest]))
            continue
        rest, of_file = _without_copies(found, first_of)
        first_of.setdefault(found.digest, found.file)
        copies += of_file
        if rest.rows or not of_file:
            kept[place] = rest
    return [kept[place] for place in sorted(kept)], copies


def forms_of(rows: Iterable[AnswerRow]) -> dict[str, list[AnswerRow]]:
    """The rows of a file by their handouts."""
    forms: dict[str, list[AnswerRow]] = {}
    for row in rows:
        forms.setdefault(row.handout, []).append(row)
    return forms


def same_form(rows: Iterable[AnswerRow]) -> tuple[AnswerRow, ...]:
    """What the same form has in whichever file: its rows but for what stands beside the fields; empty if none is."""
    return tuple(replace(row, file="") for row in alerts_first(rows) if row.kind != "beside")


def _without_copies(found: ReadFile, first_of: dict[object, str]) -> tuple[ReadFile, list[Problem]]:
    """The file without the handouts that an earlier one has with the same answers; what it has is noted."""
    copies: list[Problem] = []
    rows: list[AnswerRow] = []
    forms = forms_of(found.rows)
    for handout, of_one in forms.items():
        same = same_form(of_one)
        known = bool(same) and all(row.client_ref for row in same)
        if not known or (first := first_of.setdefault(same, found.file)) == found.file:
            rows += of_one
            continue
        copies.append(_is_a_copy(found.file, first, handout if len(forms) > 1 else ""))
        rows += _not_said_before(of_one, first_of)
    for row in found.rows:
        if row.kind == "beside" and row.value:
            first_of.setdefault(replace(row, file=""), found.file)
    kept = set(rows)
    return replace(found, rows=tuple(row for row in found.rows if row in kept)), copies


def _not_said_before(rows: Iterable[AnswerRow], first_of: Mapping[object, str]) -> list[AnswerRow]:
    """What a copy has beside its fields and the first one has not; a drawing may be another one."""
    beside = [row for row in rows if row.kind == "beside"]
    return [row for row in beside if not row.value or replace(row, file="") not in first_of]


def _is_a_copy(file: str, first: str, handout: str = "") -> Problem:
    what = f"{f'`{handout}` in this file' if handout else 'this'} is the same form as in {first}"
    hint = "leave one of the two files out, if they hold nothing else" if handout else "a copy can be deleted"
    message = f"{what}, with the same answers; it is counted once"
    return Problem("same-form-twice", message, hint, file=file, severity="warning")


def _looks_like_a_copy(file: str) -> tuple[bool, str]:
    """Puts a file before those that its name makes copies of it, such as `a (1).pdf`, and else by name."""
    stem = Path(file).stem.casefold()
    return _COPY.search(stem) is not None, stem


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
