"""From returned files to all their rows, each file held against the handouts of the library."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from handoutkit.errors import ContentError, Problem, raise_errors
from handoutkit.files.text_files import shown
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker
from handoutkit.library.library import Library

from .answer_rows import AnswerRow, FilledForm
from .known_handouts import HandoutLookup
from .returns.ledger import is_ledger
from .returns.possible_alerts import POSSIBLE_ALERT, not_asked, possible_alerts
from .returns.same_forms import alerts_first
from .returns.several_files import ReadFile, named_once, once_each, unknown_clients
from .rows_of_form import RowsOfForm, warnings_of

_TASKS = f"{__package__}.returns.read_files_task"
TASK, TASK_FOR_SEVERAL = f"{_TASKS}:read_file", f"{_TASKS}:read_files"
"""What the worker does with a file, and with several."""
_AT_ONCE = 16
"""Files that the worker is asked for in one go."""
LIMITS = ResourceLimits(seconds=20, wall=120, memory=1_500_000_000)
"""For one file."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The rows of the files that could be read, and every problem; ``read`` files gave rows.

    Among the problems, alerts come first, then files that gave no rows.

    ``digests`` are those of the files that were read without an error.
    """

    rows: tuple[AnswerRow, ...]
    problems: tuple[Problem, ...]
    read: int
    digests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How files are read.

    Attributes:
        client_ref: whose they are, where they do not say so themselves.
        password: opens those that are encrypted; None if there is none.
        empty: whether fields without an answer have rows.
    """

    client_ref: str = ""
    password: str | None = None
    empty: bool = False


def read_all(paths: Iterable[Path], library: Library, reading: ReadOptions = ReadOptions()) -> Answers:
    """Read files one after the other; one that has problems gives no rows and does not stop the others."""
    lookup = HandoutLookup(library)
    files: list[ReadFile] = []
    single_paths, problems = named_once(path for path in paths if not is_ledger(path))
    for path, digest, form in _forms(single_paths, reading):
        try:
            found = _read_one(path, digest, form or _filled(path, reading), lookup, reading)
        except ContentError as error:
            problems += (replace(problem, file=shown(path)) for problem in error.problems)
            continue
        files.append(found)
        problems += (replace(problem, file=found.file) for problem in found.warnings)
    digests = tuple(found.digest for found in files)
    single, copies = once_each(files)
    problems += [*copies, *unknown_clients(single)]
    problems.sort(key=lambda problem: (problem.code != POSSIBLE_ALERT, problem.severity != "error"))
    rows = tuple(alerts_first(row for found in single for row in found.rows))
    return Answers(rows, tuple(problems), len(single), digests)


def _forms(paths: Sequence[Path], reading: ReadOptions) -> Iterator[tuple[Path, str, FilledForm | None]]:
    """Each file, its digest and what it says; None where that has to be asked for again, of this file alone."""
    for start in range(0, len(paths), _AT_ONCE):
        some = paths[start : start + _AT_ONCE]
        digests = map(digest_of, some)  # before they are read: what is changed meanwhile counts as new
        yield from zip(some, list(digests), _filled_together(some, reading), strict=True)


def _filled_together(paths: Sequence[Path], reading: ReadOptions) -> list[FilledForm | None]:
    """What the files say; None for one that has a problem, and for all if one of them went beyond a limit."""
    unknown: list[FilledForm | None] = [None] * len(paths)
    if len(paths) == 1:
        return unknown
    args = (list(paths), reading.client_ref, reading.password)
    try:
        found = the_worker().call(TASK_FOR_SEVERAL, *args, limits=LIMITS, file=shown(paths[0]), reads=paths)
    except ContentError:
        return unknown
    assert isinstance(found, list)  # noqa: S101 - for the type checker
    assert len(found) == len(paths)  # noqa: S101
    assert all(form is None or isinstance(form, FilledForm) for form in found)  # noqa: S101
    return found


def _read_one(path: Path, digest: str, form: FilledForm, lookup: HandoutLookup, reading: ReadOptions) -> ReadFile:
    """What one file gives. Raises ContentError: there is no telling for certain, or it has fields that are not ours."""
    file = shown(path)
    warnings = list(warnings_of(form))
    possible = possible_alerts(form, lookup)
    try:
        raise_errors(form.refused)
        made = RowsOfForm(file, form, _day_of_file(path), lookup, warnings, empty=reading.empty)
        rows = (*made.answers(), *made.marks())
    except ContentError as error:
        refused = replace(form, refused=error.problems)
        raise ContentError([*(one.problem(refused) for one in possible), *error.problems]) from None
    told = {(row.handout, row.block, row.field) for row in rows if row.kind == "alert"}
    warnings += (one.problem(form) for one in possible if one.of_row not in told)
    warnings += not_asked(form, lookup)
    return ReadFile(file, digest, rows, tuple(warnings))


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, by which it is known again; nothing if it is none, or cannot be read."""
    try:
        if not path.is_file():  # a device may go on for ever
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def _filled(path: Path, reading: ReadOptions) -> FilledForm:
    """What the file says; the worker reads it, for nobody vouches for such a file. Raises ContentError."""
    args = (path, reading.client_ref, reading.password)
    found = the_worker().call(TASK, *args, limits=LIMITS, file=shown(path), reads=[path])
    assert isinstance(found, FilledForm)  # noqa: S101 - for the type checker
    return found


def _day_of_file(path: Path) -> str:
    """The day that this machine has for it, where the machine is; nothing if the file is gone by now."""
    try:
        return date.fromtimestamp(path.stat().st_mtime).isoformat()
    except (OSError, ValueError, OverflowError):
        return ""
