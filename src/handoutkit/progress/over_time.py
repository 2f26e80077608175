"""The rows of one client's returned files as courses over time: scores, ratings, ticks and words, by their days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from handoutkit.answers.answer_rows import AnswerRow
from handoutkit.answers.field_answers import TICKED
from handoutkit.answers.returns.same_forms import day_of_sheet
from handoutkit.answers.scoring import MISSING, TOTAL
from handoutkit.library.library import Library
from handoutkit.models.blocks.scales import Measure, ScoreBand
from handoutkit.models.handout import Handout
from handoutkit.models.markdown import to_plain

from .client_forms import ClientForm, OwnWords, client_forms, scale_of


@dataclass(frozen=True, slots=True)
class ScoredDay:
    """One time that a measure was filled in; ``total`` is None if it has none.

    Attributes:
        missing: the items that were not answered, in words.
        alerts: items that call for a talk, each with what was answered.
    """

    day: str
    total: int | None
    band: str
    missing: tuple[str, ...] = ()
    alerts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """How many points are a real change of a total, and the words of the source that says so."""

    points: int
    source: str


@dataclass(frozen=True, slots=True)
class MeasureCourse:
    """The totals of one measure in one edition, in the order of the days.

    Attributes:
        heading: the measure's own, in its handout.
        language: of all its words; so in the other courses.
    """

    title: str
    heading: str
    language: str
    lowest: int
    highest: int
    bands: tuple[ScoreBand, ...]
    days: tuple[ScoredDay, ...]
    change: PublishedChange | None = None

    @property
    def ends(self) -> tuple[ScoredDay, ScoredDay] | None:
        """The first and the last day with a total, if there are two."""
        scored = [one for one in self.days if one.total is not None and one.day]
        return (scored[0], scored[-1]) if len(scored) > 1 else None


@dataclass(frozen=True, slots=True)
class RatingCourse:
    """What one question for a number was answered with, by day; ``left`` and ``right`` are the words at its ends."""

    title: str
    language: str
    lowest: float
    highest: float
    days: tuple[tuple[str, float], ...]
    left: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class TickCourse:
    """What was ticked of one list or grid: for each thing the days on which it was."""

    title: str
    language: str
    days: tuple[str, ...]
    lines: tuple[tuple[str, tuple[bool, ...]], ...]


@dataclass(frozen=True, slots=True)
class DayOfWords:
    """What was written on one day in one handout; ``written_in`` is the language of the file that it came back in."""

    day: str
    title: str
    language: str
    written_in: str
    entries: tuple[OwnWords, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """One client's answers over time; days are in ISO 8601, or empty where nobody knows.

    Attributes:
        days_of_files: those that no sheet says: on them the files were last changed.
    """

    client_ref: str
    days: tuple[str, ...]
    days_of_files: tuple[str, ...]
    measures: tuple[MeasureCourse, ...]
    ratings: tuple[RatingCourse, ...]
    ticks: tuple[TickCourse, ...]
    words: tuple[DayOfWords, ...]


def progress_of(rows: Iterable[AnswerRow], library: Library, language: str) -> Progress:
    """The courses of one client's rows.

    Args:
        language: of the page: questions are asked in it, as far as the library has them.
    """
    forms = sorted(client_forms(rows, library, language), key=lambda form: (not form.day, form.day))
    refs = [form.rows[0].client_ref for form in forms]
    return Progress(
        client_ref=refs[0] if refs else "",
        days=tuple(dict.fromkeys(form.day for form in forms if form.day)),
        days_of_files=tuple(dict.fromkeys(form.day for form in forms if form.rows[0].day_from == "file")),
        measures=tuple(_measures(forms)),
        ratings=tuple(_ratings(forms)),
        ticks=tuple(_ticks(forms)),
        words=tuple(_words(forms)),
    )


def _measures(forms: Sequence[ClientForm]) -> Iterator[MeasureCourse]:
    """The courses of all measures; one that was filled in and has neither a total nor an alert is there as well."""
    found: dict[tuple[str, int, str], list[tuple[ClientForm, Measure]]] = {}
    for form in forms:
        for name, block in form.blocks.items():
            if isinstance(block, Measure) and form.handout and any(row.block == name for row in form.rows):
                found.setdefault((form.handout.id, form.handout.edition, name), []).append((form, block))
    for of_one in found.values():
        form, measure = of_one[-1]
        lowest, highest = measure.totals
        heading = to_plain(measure.heading or "")
        days = tuple(_scored(form, measure) for form, measure in of_one)
        change = _change(form.handout, measure)
        yield MeasureCourse(form.title, heading, form.words_in, lowest, highest, measure.bands, days, change)


def _scored(form: ClientForm, measure: Measure) -> ScoredDay:
    rows = [row for row in form.rows if row.block == measure.id]
    values = {row.field: row.value for row in rows if row.kind == "score"}
    items = {item.id: to_plain(item.text) for item in measure.items}
    total = int(values[TOTAL]) if TOTAL in values else None
    band = next((band.label for band in measure.bands if total is not None and band.low <= total <= band.high), "")
    missing = tuple(items[item] for item in values.get(MISSING, "").split(", ") if item in items)
    alerts = tuple((items[name], row.value) for row in rows if row.kind == "alert" and (name := _item(row)) in items)
    return ScoredDay(form.day, total, to_plain(band), missing, alerts)


def _item(row: AnswerRow) -> str:
    return row.field.rpartition(".")[2]


def _change(handout: Handout | None, measure: Measure) -> PublishedChange | None:
    change = measure.reliable_change
    sources = handout.sources if handout else ()
    source = next((source for source in sources if change and source.id == change.source), None)
    if change is None or source is None:
        return None
    year = f" ({source.year})" if source.year else ""
    return PublishedChange(change.points, f"{source.author}{year}")


def _ratings(forms: Sequence[ClientForm]) -> Iterator[RatingCourse]:
    found: dict[tuple[str, str, str], list[tuple[ClientForm, AnswerRow]]] = {}
    for form in forms:
        for row in form.rows:
            if form.kind(row) == "rating" and form.day:
                found.setdefault((row.handout, row.block, row.field), []).append((form, row))
    for of_one in found.values():
        form, row = of_one[-1]
        scale = scale_of(form.blocks[row.block])
        asked = form.question(row)
        title = ": ".join(part for part in (asked.question, asked.place) if part)
        days = tuple((form.day, float(row.read_as)) for form, row in of_one)
        if scale:
            yield RatingCourse(title, form.words_in, scale.lowest, scale.highest, days, scale.left, scale.right)


@dataclass
class _Ticked:
    title: str
    language: str
    days: dict[str, None] = field(default_factory=dict)
    lines: dict[str, set[str]] = field(default_factory=dict)


def _ticks(forms: Sequence[ClientForm]) -> Iterator[TickCourse]:
    """What was ticked, by block; a day on which a form of it was filled in and nothing ticked is a day, too."""
    found: dict[tuple[str, str], _Ticked] = {}
    for form in forms:
        for row in form.rows:
            if form.kind(row) != "tick" or not row.value:
                continue
            asked = form.question(row)
            ticked = found.setdefault((row.handout, row.block), _Ticked(asked.question, form.words_in))
            words = " – ".join(part for part in (asked.place, "" if row.value == TICKED else row.value) if part)
            ticked.lines.setdefault(words or asked.question, set()).add(form.day)
    for (handout, _), ticked in found.items():
        days = tuple(dict.fromkeys(form.day for form in forms if form.rows[0].handout == handout and form.day))
        lines = tuple((words, tuple(day in on for day in days)) for words, on in ticked.lines.items())
        yield TickCourse(ticked.title, ticked.language, days, lines)


def _words(forms: Sequence[ClientForm]) -> Iterator[DayOfWords]:
    """What was written, as it was written; what a chart, a grid or the day itself shows, is not said again."""
    for form in forms:
        day = day_of_sheet(form.rows)
        there = [row for row in form.rows if (row.value or row.kind == "beside") and row is not day]
        own = [row for row in there if form.kind(row) == "words" or not form.day]
        entries = tuple(form.question(row) for row in own if form.kind(row) != "measure")
        if entries:
            yield DayOfWords(form.day, form.title, form.words_in, form.rows[0].language, entries)
