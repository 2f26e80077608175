"""From PDF files to all their rows, each file held against the handouts of the library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from handoutkit.errors import ContentError, Problem, UsageError
from handoutkit.files.text_files import shown
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker
from handoutkit.library.library import Library
from handoutkit.loading.load_file import Loaded
from handoutkit.models.blocks.scales import Measure
from handoutkit.models.handout import Handout

from .answer_rows import UNKNOWN_FIELD, AnswerRow, FilledForm, at_field
from .scoring import Labels, results

WORKER = f"{__package__}.read_pdf_task"
"""The module with what the worker does."""
LIMITS = ResourceLimits(seconds=20, wall=120, memory=1_500_000_000)
"""For one file."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The rows of the files that could be read, and every problem; ``read`` files gave rows."""

    rows: tuple[AnswerRow, ...]
    problems: tuple[Problem, ...]
    read: int


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


class HandoutLookup:
    """The library's handouts as answers are held against them; each is loaded once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[str, KnownHandout | Problem] = {}

    def look(self, handout: str) -> KnownHandout | Problem:
        """What is known of a handout, or a warning that it cannot be had; ``handout`` is an id and no path."""
        if handout not in self._known:
            self._known[handout] = self._load(handout)
        return self._known[handout]

    def _load(self, handout: str) -> KnownHandout | Problem:
        try:
            loaded = self._library.handout(handout)
            return KnownHandout.of(loaded.model, self._translations(loaded))
        except UsageError:
            message = f"the library has no handout `{handout}`; its answers are read, its measures are not scored"
            hint = "run this in the workspace that the handout was made in"
            return Problem("unknown-handout", message, hint, severity="warning")
        except ContentError:
            message = f"the handout `{handout}` has problems; its answers are read, its measures are not scored"
            hint = f"mend it; `handoutkit check {handout}` shows what is wrong"
            return Problem("handout-with-problems", message, hint, severity="warning")

    def _translations(self, loaded: Loaded[Handout]) -> Iterator[Handout]:
        """A handout with measures in its other languages, as far as they are finished."""
        if any(isinstance(block, Measure) for block in loaded.model.blocks):
            for language in self._library.languages("handout", loaded)[1:]:
                with suppress(ContentError):
                    yield self._library.handout(loaded.model.id, language).model


@dataclass(frozen=True, slots=True)
class KnownHandout:
    """A handout of the library: its edition, its fields as ``block.field``, its measures and their words by block."""

    edition: int
    names: frozenset[str]
    measures: dict[str, Measure]
    labels: dict[str, Labels]

    @classmethod
    def of(cls, handout: Handout, translations: Iterable[Handout] = ()) -> KnownHandout:
        """What answers need of a handout."""
        measures = _measures(handout)
        every = [measures, *map(_measures, translations)]
        labels = {name: _labels([version[name] for version in every]) for name in measures}
        return cls(handout.edition, handout.field_names, measures, labels)


def _measures(handout: Handout) -> dict[str, Measure]:
    return {block.id: block for block in handout.blocks if isinstance(block, Measure)}


def _labels(measures: Sequence[Measure]) -> Labels:
    """The words of each anchor of one measure in several languages."""
    same = zip(*(measure.anchors for measure in measures), strict=True)
    return [{anchor.label for anchor in anchors} for anchors in same]


def read_all(paths: Iterable[Path], library: Library, reading: ReadOptions = ReadOptions()) -> Answers:
    """Read files one after the other; one that has problems gives no rows and does not stop the others."""
    lookup = HandoutLookup(library)
    rows: list[AnswerRow] = []
    problems: list[Problem] = []
    read = 0
    for path in paths:
        try:
            new, warnings = read_one(path, lookup, reading)
        except ContentError as error:
            new, warnings = [], list(error.problems)
        else:
            read += 1
        rows += new
        problems += (replace(problem, file=shown(path)) for problem in warnings)
    return Answers(tuple(rows), tuple(problems), read)


def read_one(path: Path, lookup: HandoutLookup, reading: ReadOptions) -> tuple[list[AnswerRow], list[Problem]]:
    """The rows of one PDF, and warnings. Raises ContentError: it cannot be read for certain."""
    found = _filled(path, reading)
    warnings: list[Problem] = []
    rows = list(_rows(found, lookup, warnings))
    return [row for row in rows if row.value or reading.empty], warnings


def _filled(path: Path, reading: ReadOptions) -> FilledForm:
    """What the PDF says; the worker reads it, for nobody vouches for such a file."""
    args = (path, reading.client_ref, reading.password)
    found = the_worker().call(f"{WORKER}:read_pdf", *args, limits=LIMITS, file=shown(path), reads=[path])
    assert isinstance(found, FilledForm)  # noqa: S101 - for the type checker
    return found


def _rows(found: FilledForm, lookup: HandoutLookup, warnings: list[Problem]) -> Iterator[AnswerRow]:
    """The answers, and behind the last one of each measure its results. Raises ContentError for unknown fields."""
    known = {handout: _known(handout, edition, lookup, warnings) for handout, edition in found.editions.items()}
    strange = [row for row in found.answers if (at := known[row.handout]) and not _has(at, row)]
    if strange:
        raise ContentError(at_field(UNKNOWN_FIELD, f"{row.handout}.{row.block}.{row.field}") for row in strange)
    ends = {(row.handout, row.block): row for row in found.answers}
    for row in found.answers:
        yield row
        at = known[row.handout]
        if at and row.block in at.measures and ends[row.handout, row.block] is row:
            yield from _results(at, row, found.answers, warnings)


def _known(handout: str, edition: int, lookup: HandoutLookup, warnings: list[Problem]) -> KnownHandout | None:
    """The handout as the library has it in this edition; None, with a warning, if it has not."""
    known = lookup.look(handout)
    if isinstance(known, Problem):
        warnings.append(known)
        return None
    if known.edition != edition:
        message = f"this is edition {edition} of `{handout}`, and the library has edition {known.edition}"
        hint = "the answers are read by the names in the PDF; measures are not scored"
        warnings.append(Problem("other-edition", message, hint, severity="warning"))
        return None
    return known


def _has(known: KnownHandout, row: AnswerRow) -> bool:
    return f"{row.block}.{row.field}" in known.names


def _results(
    known: KnownHandout, last: AnswerRow, answers: Iterable[AnswerRow], warnings: list[Problem]
) -> Iterator[AnswerRow]:
    mine = {row.field: row for row in answers if (row.handout, row.block) == (last.handout, last.block)}
    for field, value in results(known.measures[last.block], known.labels[last.block], mine, warnings):
        yield replace(last, field=field, value=value, option=None)
