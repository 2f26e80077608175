"""One client's rows, out of returned files and of tables that were made of such files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from handoutkit.answers.answer_rows import AnswerRow
from handoutkit.answers.read_answers import LIMITS, ReadOptions, read_all
from handoutkit.answers.returns.same_forms import is_known_by_words, same_answers, same_form
from handoutkit.answers.returns.several_files import named_once
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
    rows = [(row.file, row) for row in found.rows]
    problems = [problem for problem in found.problems if problem.code != "whose-are-these"]
    tables, again = named_once(tables)
    problems += again
    for path in tables:
        try:
            rows += ((shown(path), row) for row in dict.fromkeys(_table(path)))
        except ContentError as error:
            problems += (replace(problem, file=shown(path)) for problem in error.problems)
    mine = _of_one_client([row for _, row in rows], client_ref)
    refs = {"", client_ref} if client_ref else {row.client_ref for row in mine}
    sources = [source for source, row in rows if row.client_ref in refs]
    kept, copies = _each_form_once(zip(sources, mine, strict=True))
    return kept, problems + copies


def _each_form_once(rows: Iterable[tuple[str, AnswerRow]]) -> tuple[list[AnswerRow], list[Problem]]:
    """The rows without forms that are there twice, and a warning for each file or table that has such forms."""
    forms: dict[tuple[str, str, str], list[AnswerRow]] = {}
    for source, row in rows:
        forms.setdefault((source, row.file, row.handout), []).append(row)
    seen: set[object] = set()
    kept: dict[AnswerRow, None] = {}
    twice: Counter[str] = Counter()
    for (source, _, _), of_one in forms.items():
        same, answers = same_form(of_one), same_answers(of_one)
        again = same in seen or (answers in seen and is_known_by_words(of_one))
        twice[source] += again
        if again:
            kept |= dict.fromkeys(row for row in of_one if row.kind == "beside")
            continue
        if same:
            seen |= {same, answers}
        kept |= dict.fromkeys(of_one)
    return list(kept), [_twice(source, count) for source, count in twice.items() if count]


def _twice(source: str, count: int) -> Problem:
    forms = "1 form in this file is" if count == 1 else f"{count} forms in this file are"
    message = f"{forms} among the other files too, with the same answers; each is counted once"
    hint = "name the table, or the files that it was made of"
    return Problem("same-form-twice", message, hint, file=source, severity="warning")


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
