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

from .same_forms import is_known_by_words, same_answers, same_form

_COPY = re.compile(r"\(\d+\)$|\b(copy|copia)\b|副本|نسخة")
"""How browsers, systems and people name a copy."""
_COPY_CODE = "same-form-twice"


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

    A copy has the same bytes; or the same handout has the same client and answers, on the same day or, where words were
    typed and no sheet says its day, on whichever day it was saved. Without a reference two people may have answered
    alike: these are no copies; nor are forms whose sheets say different days. What may be a copy and is not certain is
    told, and counts. What stands beside the fields stays.
    """
    first_of: dict[object, str] = {}
    alike = _FormsAlike()
    kept: dict[int, ReadFile] = {}
    copies: list[Problem] = []
    for place in sorted(range(len(files)), key=lambda place: _order_of_copies(files[place])):
        found = files[place]
        if found.digest and found.digest in first_of:
            copies.append(_is_a_copy(found.file, first_of[found.digest]))
            continue
        rest, of_file = _without_copies(found, first_of, alike)
        first_of.setdefault(found.digest, found.file)
        copies += of_file
        if rest.rows or not any(problem.code == _COPY_CODE for problem in of_file):
            kept[place] = rest
    return [kept[place] for place in sorted(kept)], [*copies, *alike.problems()]


def forms_of(rows: Iterable[AnswerRow]) -> dict[str, list[AnswerRow]]:
    """The rows of a file by their handouts."""
    forms: dict[str, list[AnswerRow]] = {}
    for row in rows:
        forms.setdefault(row.handout, []).append(row)
    return forms


def _without_copies(found: ReadFile, first_of: dict[object, str], alike: _FormsAlike) -> tuple[ReadFile, list[Problem]]:
    """The file without the handouts that an earlier one has with the same answers; what it has is noted."""
    copies: list[Problem] = []
    rows: list[AnswerRow] = []
    forms = forms_of(found.rows)
    for handout, of_one in forms.items():
        named = handout if len(forms) > 1 else ""
        day, answers = same_form(of_one), same_answers(of_one)
        known = bool(answers) and all(row.client_ref for row in of_one)
        on_this_day = first_of.setdefault(day, found.file) if known else found.file
        on_any_day = first_of.setdefault(answers, found.file) if known else found.file
        saved_anew = on_any_day != found.file and is_known_by_words(of_one)
        if on_this_day != found.file:
            copies.append(_is_a_copy(found.file, on_this_day, named))
        elif saved_anew:
            copies.append(_was_saved_anew(found.file, on_any_day, named))
        if on_this_day != found.file or saved_anew:
            rows += _not_said_before(of_one, first_of)
            continue
        rows += of_one
        if known:
            alike.add(found.file, on_any_day, answers, of_one[0])
    for row in found.rows:
        if row.kind == "beside" and row.value:
            first_of.setdefault(replace(row, file=""), found.file)
    kept = set(rows)
    return replace(found, rows=tuple(row for row in found.rows if row in kept)), copies


class _FormsAlike:
    """Forms of one client with the same answers on several days, all of which count: some may be copies.

    Where each sheet says its own day they are none; a day of saving tells little.
    """

    def __init__(self) -> None:
        self._later: dict[object, tuple[str, str, list[str]]] = {}
        self._without_a_day: set[object] = set()

    def add(self, file: str, first: str, answers: object, row: AnswerRow) -> None:
        """Take a form that counts: ``first`` is the file that has its answers first, ``row`` any of its rows."""
        if row.day_from != "sheet":
            self._without_a_day.add(answers)
        if file != first:
            self._later.setdefault(answers, (first, row.handout, []))[2].append(file)

    def problems(self) -> Iterator[Problem]:
        """A warning for all forms with the same answers, if one of them does not say its day."""
        for answers, (first, handout, files) in self._later.items():
            if answers not in self._without_a_day:
                continue
            more = f", and so have {_some(files[1:])}" if len(files) > 1 else ""
            message = f"`{handout}` has the same answers as in {first}, and another day{more}; all of them are counted"
            yield Problem("same-answers", message, _ALIKE_HINT, file=files[0], severity="warning")


_ALIKE_HINT = (
    "if one is a copy, saved anew or with its day set right, leave it out; `name_and_date: true` gives the handout a"
    " line for its day, and then it is certain"
)


def _some(files: Sequence[str]) -> str:
    """The names of the first ten files, and how many more there are."""
    return ", ".join(files[:10]) + (f" and {len(files) - 10} more" if len(files) > 10 else "")


def _not_said_before(rows: Iterable[AnswerRow], first_of: Mapping[object, str]) -> list[AnswerRow]:
    """What a copy has beside its fields and the first one has not; a drawing may be another one."""
    beside = [row for row in rows if row.kind == "beside"]
    return [row for row in beside if not row.value or replace(row, file="") not in first_of]


def _is_a_copy(file: str, first: str, handout: str = "") -> Problem:
    message = f"{_what(handout)} is the same form as in {first}, with the same answers; it is counted once"
    hint = "leave one of the two files out, if they hold nothing else" if handout else "a copy can be deleted"
    return Problem(_COPY_CODE, message, hint, file=file, severity="warning")


def _was_saved_anew(file: str, first: str, handout: str) -> Problem:
    message = f"{_what(handout)} has the answers of {first} letter for letter, saved on another day; it is counted once"
    hint = "if it was filled in anew after all, read it by itself"
    return Problem(_COPY_CODE, message, hint, file=file, severity="warning")


def _what(handout: str) -> str:
    return f"`{handout}` in this file" if handout else "this"


def _order_of_copies(found: ReadFile) -> tuple[bool, str, str]:
    """Puts a file before what may be copies of it: those named so, such as `a (1).pdf`, and those saved later."""
    stem = Path(found.file).stem.casefold()
    return _COPY.search(stem) is not None, min((row.day for row in found.rows), default=""), stem


def unknown_clients(files: Sequence[ReadFile]) -> Iterator[Problem]:
    """A warning if several files do not say whose they are: their rows are told apart by their files only."""
    nobodys = list(dict.fromkeys(found.file for found in files if any(not row.client_ref for row in found.rows)))
    if len(nobodys) > 1:
        of = f"{len(nobodys)} files do not say whose they are, so only `file` tells their rows apart"
        message = f"{of}: {_some(nobodys)}"
        hint = "read each by itself with --client-ref R; next time send packets, or make it with `build --client-ref R`"
        yield Problem("whose-are-these", message, hint, severity="warning")
