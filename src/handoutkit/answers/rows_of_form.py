"""The rows of one PDF: its answers in words and with their day, the results of measures, and what stands beside."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from handoutkit.errors import ContentError, Problem
from handoutkit.models.blocks.block import FieldKind
from handoutkit.models.blocks.scales import SCORE
from handoutkit.models.filled_in.identifiers import NOTE

from .answer_rows import UNKNOWN_FIELD, AnswerRow, FilledForm, FormAnswer, MarkBeside, RowKind, at_field
from .days_and_numbers import day_written, number_written
from .known_handouts import HandoutLookup, KnownHandout
from .question_words import AskedField
from .scoring import ALERT_OPTION, results

SHEET_DAY = ("name-and-date", "date")
"""The block and field in which a sheet asks for its day."""


class RowsOfForm:
    """Makes the rows of one PDF; problems that do not keep it from being read are added to ``warnings``.

    Args:
        day: of the file on this machine, where the PDF says none.
        empty: whether fields without an answer have rows.

    Raises:
        ContentError: it has fields that the handout does not have.
    """

    def __init__(
        self, file: str, form: FilledForm, day: str, lookup: HandoutLookup, warnings: list[Problem], *, empty: bool
    ) -> None:
        self._empty = empty
        answers = tuple(answer for answer in form.answers if answer.block != NOTE)  # it is the practice's own
        form = self._form = replace(form, answers=answers)
        self._warnings = warnings
        self._known = {
            handout: _known(handout, edition, lookup, warnings) for handout, edition in form.editions.items()
        }
        self._refuse_unknown_fields()
        self._language = form.language or _only_language(self._known.values())
        self._lookup = lookup
        day, day_from = (form.saved_on, "saved") if form.saved_on else (day, "file" if day else "")
        self._head = AnswerRow(
            file, form.client_ref, day, day_from, self._language, "", None, "answer", "", "", "", "", "", ""
        )
        self._days = dict(self._days_of_sheets())
        self._heads: dict[str, AnswerRow] = {}

    def answers(self) -> Iterator[AnswerRow]:
        """The answers in the order of the pages, and behind the last one of each measure its results."""
        ends = {(answer.handout, answer.block): answer for answer in self._form.answers}
        for answer in self._form.answers:
            if answer.text or self._empty:
                yield self._answer(answer)
            known = self._known[answer.handout]
            if known and known.calls_for_a_talk(answer):
                yield self._row("alert", replace(answer, field=f"{ALERT_OPTION}.{answer.field}"), self._asked(answer))
            if known and answer.block in known.measures and ends[answer.handout, answer.block] is answer:
                yield from self._results(known, answer)

    def marks(self) -> Iterator[AnswerRow]:
        """The texts that stand beside the fields, and for each page one row without words for all else there."""
        (handout, *others) = self._form.editions
        head = self._of_handout(handout) if not others else self._head
        numbers: Counter[tuple[int, str]] = Counter()
        for mark in self._form.marks:
            numbers[mark.page, mark.kind] += 1
            if mark.text:
                field = f"page-{mark.page}-{mark.kind}-{numbers[mark.page, mark.kind]}"
                yield replace(head, kind="beside", field=field, value=mark.text)
        for page in sorted({mark.page for mark in self._form.marks if not mark.text}):
            yield replace(head, kind="beside", field=f"page-{page}-without-words")

    def _answer(self, answer: FormAnswer) -> AnswerRow:
        asked = self._asked(answer)
        return self._row("answer", answer, asked, self._read_as(answer, asked))

    def _results(self, known: KnownHandout, last: FormAnswer) -> Iterator[AnswerRow]:
        mine = {
            answer.field: answer
            for answer in self._form.answers
            if (answer.handout, answer.block) == (last.handout, last.block)
        }
        of_measure = known.measures[last.block]
        filled = any(answer.text for answer in self._form.answers)
        warnings = self._warnings if filled else []  # of an empty form it is told that it is empty
        for result in results(of_measure.measure, of_measure.labels, mine, warnings):
            said = FormAnswer(last.handout, last.block, result.field, result.value)
            asked = self._asked(mine[result.item] if result.item else replace(said, field=SCORE))
            kind: RowKind = "alert" if result.item else "score"
            option = mine[result.item].option if result.item else 0
            yield self._row(kind, replace(said, option=option), asked)

    def _row(self, kind: RowKind, said: FormAnswer, asked: AskedField, read_as: str = "") -> AnswerRow:
        head = self._of_handout(said.handout)
        return AnswerRow(
            *(head.file, head.client_ref, head.day, head.day_from, head.language, said.handout, head.edition, kind),
            *(said.block, said.field, *asked[1:], said.text, said.option or None, read_as),
        )

    def _of_handout(self, handout: str) -> AnswerRow:
        """What all rows of a handout have in common."""
        if handout not in self._heads:
            head = replace(self._head, handout=handout, edition=self._form.editions[handout])
            day = self._days.get(handout, "")
            self._heads[handout] = replace(head, day=day, day_from="sheet") if day else head
        return self._heads[handout]

    def _asked(self, answer: FormAnswer) -> AskedField:
        """What was asked, as the library has it in the PDF's language, else in the PDF's own words."""
        known = self._known[answer.handout]
        found = known.asked(self._language, answer.name) if known else None
        kind: FieldKind = "date" if _is_sheet_day(answer) else "text"
        return found or AskedField(kind, answer.asked)

    def _read_as(self, answer: FormAnswer, asked: AskedField) -> str:
        """The day or number that was written, in one spelling; what is none is told, by its field."""
        if asked.kind == "choice":
            return number_written(answer.text)  # of a scale; other options are no numbers, and need not be
        if asked.kind not in ("date", "number") or not answer.text:
            return ""
        day = asked.kind == "date"
        found = self._day_written(answer) if day else number_written(answer.text)
        if not found:
            name = f"{answer.handout}.{answer.name}"
            self._warnings.append(at_field(_NOT_A_DAY if day else _NOT_A_NUMBER, name))
        return found

    def _days_of_sheets(self) -> Iterator[tuple[str, str]]:
        """The day of each handout that asks for it: beside the name, or else in the only question for a day."""
        asked: dict[str, list[FormAnswer]] = defaultdict(list)
        beside_name = {answer.handout for answer in self._form.answers if _is_sheet_day(answer)}
        for answer in self._form.answers:
            if _is_sheet_day(answer):
                asked[answer.handout].append(answer)
            elif answer.field == "answer" and answer.handout not in beside_name:
                asked[answer.handout] += [answer] if self._asked(answer).kind == "date" else []
        for handout, answers in asked.items():
            if len(answers) == 1 and (day := self._day_written(answers[0])):
                yield handout, day

    def _day_written(self, answer: FormAnswer) -> str:
        """The day that was written; the practice, which says how days are written there, is not loaded for none."""
        return day_written(answer.text, self._lookup.in_region(self._language)) if answer.text else ""

    def _refuse_unknown_fields(self) -> None:
        strange = [
            answer
            for answer in self._form.answers
            if (known := self._known[answer.handout]) and not (_is_head(answer) or known.has(answer.name))
        ]
        if strange:
            name = f"{strange[0].handout}.{strange[0].name}"
            raise ContentError(at_field(UNKNOWN_FIELD, name))


def warnings_of(form: FilledForm) -> Iterator[Problem]:
    """What a clinician has to know of a PDF that gives rows: it is empty, pages are gone, something stands beside."""
    if form.gone:
        fields = "1 field stands" if len(form.gone) == 1 else f"{len(form.gone)} fields stand"
        message = f"{fields} on no page of this file, so pages were taken out of it; they give no rows"
        yield Problem("pages-gone", message, "ask for the missing pages, if you need them", severity="warning")
    if form.marks:
        message = f"something stands beside the fields: {_by_page(form.marks)}"
        hint = "what is text has rows of the kind `beside`; look at the pages for the rest"
        yield Problem("written-beside", message, hint, severity="warning")
    if form.shown_others:
        first, *others = form.shown_others
        fields = f"{len(others) + 1} fields of this file show" if others else "a field of this file shows"
        message = f"{fields} words on the page that {'they do' if others else 'it does'} not hold; these are in no row"
        hint = "open the file and look at the page, for the rows have what the fields hold"
        yield at_field(Problem("page-shows-others", message, hint, severity="warning"), first)
    if form.answers and not any(answer.text for answer in form.answers):
        beside = "; what there is stands beside them" if form.marks else ""
        message = f"no field of this file is filled in{beside}"
        hint = "ask whether it was saved before it was sent" if not form.marks else "read the pages"
        yield Problem("nothing-filled-in", message, hint, severity="warning")


def _by_page(marks: Iterable[MarkBeside]) -> str:
    """Such as ``2 texts, 1 drawing on page 1; 1 note on page 3``."""
    pages: dict[int, Counter[str]] = defaultdict(Counter)
    for mark in marks:
        pages[mark.page][mark.kind] += 1
    return "; ".join(
        ", ".join(f"{count} {kind}{'s' if count > 1 else ''}" for kind, count in kinds.items()) + f" on page {page}"
        for page, kinds in sorted(pages.items())
    )


def _is_head(answer: FormAnswer) -> bool:
    return answer.block == SHEET_DAY[0] and answer.field in ("name", SHEET_DAY[1])


def _is_sheet_day(answer: FormAnswer) -> bool:
    return (answer.block, answer.field) == SHEET_DAY


def _only_language(handouts: Iterable[KnownHandout | None]) -> str:
    """The language of handouts that are there in one only; nothing if it could be another."""
    languages = {known.only_language if known else "" for known in handouts}
    return languages.pop() if len(languages) == 1 else ""


def _known(handout: str, edition: int, lookup: HandoutLookup, warnings: list[Problem]) -> KnownHandout | None:
    """The handout as the library has it in this edition; None, with a warning, if it has not."""
    known = lookup.look(handout)
    if isinstance(known, Problem):
        warnings.append(known)
        return None
    if known.edition != edition:
        message = f"this is edition {edition} of `{handout}`, and the library has edition {known.edition}"
        hint = "the answers are read by the names in the file; measures are not scored, and nobody is told of an alert"
        warnings.append(Problem("other-edition", message, hint, severity="warning"))
        return None
    return known


_NOT_A_DAY = Problem(
    "not-a-day",
    "what is written in this field is not a day, or could be two",
    "its row has it as it was written; `read_as` is empty",
    severity="warning",
)
_NOT_A_NUMBER = Problem(
    "not-a-number",
    "what is written in this field is not a number, or could be two",
    "its row has it as it was written; `read_as` is empty",
    severity="warning",
)
