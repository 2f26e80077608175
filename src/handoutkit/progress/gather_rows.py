"""One client's rows, out of returned files and of tables that were made of such files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from handoutkit.answers.answer_rows import AnswerRow
from handoutkit.answers.read_answers import LIMITS, ReadOptions, read_all
from handoutkit.errors import ContentError, Problem, UsageError
from handoutkit.files.text_files import shown
from handoutkit.isolation.worker import the_worker
from handoutkit.library.library import Library

from .read_rows_task import ENDINGS

TASK = f"{__package__}.read_rows_task:read_rows"
"""What the worker does with a table."""


def gather_rows(
    paths: Sequence[Path], library: Library, client_ref: str, password: str | None
) -> tuple[list[AnswerRow], list[Problem]]:
    """The rows of one client, each once, and the problems of their files.

    Args:
        client_ref: whose rows are wanted; those that do not say whose they are count as theirs. Empty if all files are
            one client's.
        password: opens PDFs that are encrypted.

    Raises:
        UsageError: the files are several clients', and it is not said whose progress is wanted.
    """
    tables = [path for path in paths if path.suffix.casefold() in ENDINGS]
    found = read_all([path for path in paths if path not in tables], library, ReadOptions("", password))
    rows = list(found.rows)
    problems = [problem for problem in found.problems if problem.code != "whose-are-these"]
    for path in tables:
        try:
            rows += _table(path)
        except ContentError as error:
            problems += (replace(problem, file=shown(path)) for problem in error.problems)
    return _of_one_client(list(dict.fromkeys(rows)), client_ref), problems


def _table(path: Path) -> list[AnswerRow]:
    rows = the_worker().call(TASK, path, limits=LIMITS, file=shown(path), reads=[path])
    assert isinstance(rows, list)  # noqa: S101 - for the type checker
    return rows


def _of_one_client(rows: list[AnswerRow], client_ref: str) -> list[AnswerRow]:
    refs = sorted({row.client_ref for row in rows})
    if client_ref:
        return [replace(row, client_ref=client_ref) for row in rows if row.client_ref in ("", client_ref)]
    if len(refs) > 1:
        named = ", ".join(ref or "(none)" for ref in refs[:10]) + (" ..." if len(refs) > 10 else "")
        message = f"these files are of {len(refs)} clients, or do not all say whose they are: {named}"
        hint = "say whose progress you want with --client-ref R; files without a reference then count as theirs"
        raise UsageError(Problem("several-clients", message, hint))
    return rows
