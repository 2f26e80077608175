"""Answers that came back, as the app shows them: who, when, which questions and what; alerts first, then scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handoutkit.answers.answer_rows import AnswerRow
from handoutkit.answers.read_answers import Answers
from handoutkit.answers.scoring import BAND, MISSING, TOTAL
from handoutkit.errors import ContentError, HandoutkitError, Problem
from handoutkit.library.library import Library

NO_REFERENCE = "No reference"
_HINTS = {
    "whose-are-these": "drop the files of one client by themselves, and write their reference above",
    "reference-of-a-part": "if all of it is one client’s, write their reference above; else ask for each by itself",
    "lost-client-ref": "read it there, and write it above",
    "other-client-ref": "leave the reference above empty, or leave this file out",
    "not-a-pdf": "drop the PDF that was filled in; a photo or a scan has no answers that can be read",
    "encrypted": "write the password above, then drop the file again",
    "wrong-password": "look at the password above",
    "not-a-day": "it stands below as it was written",
    "not-a-number": "it stands below as it was written",
    "written-beside": "texts stand below; look at the pages of the file for drawings",
    "unknown-handout": "look for the handout in the bin, or ask the colleague who made it",
    "handout-with-problems": "open the handout, mend it, and drop the file again",
    "other-anchors": "score this one by hand, and look for answers that call for a talk",
}
"""What to do here, where the usual hint speaks of options of the command."""
_MESSAGES = {
    "whose-are-these": "several files do not say whose they are, so only their names tell the answers apart",
    "other-client-ref": "this file says that it is another client’s than is written above",
}


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer: what was asked, where in a table it stands, and what was written or chosen."""

    question: str
    place: str
    value: str


@dataclass(frozen=True, slots=True)
class FilledHandout:
    """One handout that came back filled in; ``alerts`` are answers that somebody must be told of."""

    who: str
    day: str
    handout: str
    file: str
    alerts: tuple[ShownAnswer, ...]
    scores: tuple[ShownAnswer, ...]
    answers: tuple[ShownAnswer, ...]
    beside: tuple[ShownAnswer, ...]


def named(found: Answers, names: Mapping[str, str]) -> Answers:
    """The same with the names that files have on the user’s machine, and hints for whoever reads them in the app."""
    rows = tuple(replace(row, file=names.get(row.file, row.file)) for row in found.rows)
    return replace(found, rows=rows, problems=tuple(named_problem(one, names) for one in found.problems))


def named_problem(problem: Problem, names: Mapping[str, str]) -> Problem:
    """A problem in the words of the app."""
    message = _MESSAGES.get(problem.code, problem.message)
    for here, name in names.items():
        message = message.replace(here, name)
    hint = _HINTS.get(problem.code, problem.hint)
    return replace(problem, message=message, hint=hint, file=names.get(problem.file, problem.file), path="")


def filled_handouts(rows: Iterable[AnswerRow], library: Library) -> list[FilledHandout]:
    """What came back, by client and day, those with alerts first."""
    groups: dict[tuple[str, str, str, str], list[AnswerRow]] = {}
    for row in rows:
        groups.setdefault((row.file, row.client_ref, row.day, row.handout), []).append(row)
    titles: dict[str, str] = {}
    shown = []
    for (file, who, day, handout), mine in sorted(groups.items(), key=lambda one: (one[0][1], one[0][2], one[0][0])):
        title = titles.setdefault(handout, _title(library, handout))
        kinds = {kind: tuple(_shown(row) for row in mine if row.kind == kind) for kind in _KINDS}
        scores = tuple(_scores(row for row in mine if row.kind == "score"))
        shown.append(
            FilledHandout(
                who or NO_REFERENCE,
                day_in_words(day, mine[0].day_from),
                title,
                file,
                kinds["alert"],
                scores,
                kinds["answer"],
                kinds["beside"],
            )
        )
    return sorted(shown, key=lambda one: not one.alerts)


_KINDS = ("alert", "answer", "beside")


def clients(rows: Sequence[AnswerRow]) -> list[str]:
    """The references of the clients of whom several things came back, so that they can be followed over time."""
    times: dict[str, set[tuple[str, str]]] = {}
    for row in rows:
        if row.client_ref:
            times.setdefault(row.client_ref, set()).add((row.file, row.day))
    return sorted(ref for ref, found in times.items() if len(found) > 1)


def day_in_words(day: str, day_from: str = "sheet") -> str:
    """A day as a person reads it, such as ``saved 30 November 2026``; as it is, where it is none."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day or "no day"
    return f"{_DAY_FROM.get(day_from, '')}{found.day} {found:%B %Y}"


_DAY_FROM = {"saved": "saved ", "file": "file of "}
"""What stands before a day that nobody wrote on the sheet."""


def _title(library: Library, handout: str) -> str:
    try:
        return library.handout(handout).model.title
    except (HandoutkitError, ContentError):
        return handout.replace("-", " ").capitalize() or "A form"


def _scores(rows: Iterable[AnswerRow]) -> Iterator[ShownAnswer]:
    """The result of each measure: its total with what that means, or that there is none."""
    measures: dict[str, dict[str, AnswerRow]] = {}
    for row in rows:
        measures.setdefault(row.block, {})[row.field] = row
    for of in measures.values():
        title = next(iter(of.values())).question
        said = [of[field].value for field in (TOTAL, BAND) if field in of]
        if MISSING in of:
            count = len(of[MISSING].value.split(","))
            said.append(f"{'1 answer is' if count == 1 else f'{count} answers are'} missing")
        yield ShownAnswer(title, "" if TOTAL in of else "no total", " · ".join(said))


def _shown(row: AnswerRow) -> ShownAnswer:
    if row.kind == "beside":
        return ShownAnswer("Written beside the fields", "", row.value)
    place = ", ".join(part if not part.isdigit() else f"row {part}" for part in (row.row, row.column) if part)
    return ShownAnswer(row.question or row.block.replace("-", " ").capitalize(), place, row.value)
