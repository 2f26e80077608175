"""From returned files to all their rows, each file held against the handouts of the library."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from handoutkit.errors import ContentError, Problem
from handoutkit.files.text_files import shown
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker
from handoutkit.library.library import Library

from .answer_rows import AnswerRow, FilledForm
from .known_handouts import HandoutLookup
from .returns.same_forms import alerts_first
from .returns.several_files import ReadFile, named_once, once_each, unknown_clients
from .rows_of_form import RowsOfForm, warnings_of

PDF_TASK, PAGE_TASK = f"{__package__}.read_pdf_task:read_pdf", f"{__package__}.pages.read_page_task:read_page"
"""What the worker does with a file."""
PAGES = (".html", ".htm")
"""How the names of pages end; anything else is to be a PDF."""
LIMITS = ResourceLimits(seconds=20, wall=120, memory=1_500_000_000)
"""For one file."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The rows of the files that could be read, alerts first, and every problem; ``read`` files gave rows.

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
    single_paths, problems = named_once(paths)
    for path in single_paths:
        try:
            found = read_one(path, lookup, reading)
        except ContentError as error:
            problems += (replace(problem, file=shown(path)) for problem in error.problems)
            continue
        files.append(found)
        problems += (replace(problem, file=found.file) for problem in found.warnings)
    digests = tuple(found.digest for found in files)
    single, copies = once_each(files)
    problems += [*copies, *unknown_clients(single)]
    rows = tuple(alerts_first(row for found in single for row in found.rows))
    return Answers(rows, tuple(problems), len(single), digests)


def read_one(path: Path, lookup: HandoutLookup, reading: ReadOptions) -> ReadFile:
    """What one file gives. Raises ContentError: it cannot be read for certain."""
    file, digest = shown(path), digest_of(path)  # before it is read: what is changed meanwhile counts as new
    form = _filled(path, file, reading)
    warnings = list(warnings_of(form))
    made = RowsOfForm(file, form, _day_of_file(path), lookup, warnings, empty=reading.empty)
    rows = (*made.answers(), *made.marks())
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


def _filled(path: Path, file: str, reading: ReadOptions) -> FilledForm:
    """What the file says; the worker reads it, for nobody vouches for such a file."""
    is_page = path.suffix.casefold() in PAGES
    args = (path, reading.client_ref) if is_page else (path, reading.client_ref, reading.password)
    found = the_worker().call(PAGE_TASK if is_page else PDF_TASK, *args, limits=LIMITS, file=file, reads=[path])
    assert isinstance(found, FilledForm)  # noqa: S101 - for the type checker
    return found


def _day_of_file(path: Path) -> str:
    """The day that this machine has for it, where the machine is; nothing if the file is gone by now."""
    try:
        return date.fromtimestamp(path.stat().st_mtime).isoformat()
    except (OSError, ValueError, OverflowError):
        return ""
