"""Scores of measures, for the clinician: the total, the band it falls into, and the items that call for a talk."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from handoutkit.errors import ContentError, Problem
from handoutkit.models.blocks.scales import SCORE, Measure, MeasureAnchor, MeasureItem, ScoreBand

from .answer_rows import FormAnswer

TOTAL, BAND, MISSING, ALERT = SCORE, f"{SCORE}.band", f"{SCORE}.missing", f"{SCORE}.alert"
"""What stands in the column ``field`` of a result; an alert has the item's id after it."""

ALERT_OPTION = "alert"
"""What stands there before the name of a field in which an option was chosen that calls for a talk."""

Labels = Sequence[Collection[str]]
"""The words of each anchor of a measure, in all languages that it is there in."""


class MeasureResult(NamedTuple):
    """A result, as it stands in ``field`` and ``value``; ``item`` is the id of the item of an alert."""

    field: str
    value: str
    item: str = ""


def results(
    measure: Measure, labels: Labels, answers: Mapping[str, FormAnswer], problems: list[Problem]
) -> Iterator[MeasureResult]:
    """The results of a measure: none, or a total and more.

    An item that calls for a talk is named with what was answered, also where answers are missing and there is no total.

    Args:
        answers: by the item's id.
        problems: what keeps a measure from being scored is added here, as warnings.
    """
    try:
        chosen = {
            item.id: anchor for item in measure.items if (anchor := _anchor(measure, labels, answers.get(item.id)))
        }
    except ContentError as error:
        problems += error.problems
        return
    missing = [item.id for item in measure.items if item.id not in chosen]
    scored = len(missing) <= (measure.prorate or 0)
    if missing:
        problems.append(_incomplete(measure, missing, scored=scored))
    if scored:
        total = _total(measure, chosen)
        yield MeasureResult(TOTAL, str(total))
        if band := _band(measure, total):
            yield MeasureResult(BAND, band.label)
    if missing:
        yield MeasureResult(MISSING, ", ".join(missing))
    for item in measure.items:
        if item.id in chosen and calls_for_a_talk(measure, item, chosen[item.id]):
            words = answers[item.id].text
            yield MeasureResult(f"{ALERT}.{item.id}", words, item.id)


def _total(measure: Measure, chosen: Mapping[str, MeasureAnchor]) -> int:
    """The sum of the points; for each missing answer stands the mean of the others, and halves are rounded up."""
    points = sum(measure.points(item, chosen[item.id]) for item in measure.items if item.id in chosen)
    whole = Decimal(points * len(measure.items)) / len(chosen)
    return int(whole.to_integral_value(ROUND_HALF_UP))


def _anchor(measure: Measure, labels: Labels, answer: FormAnswer | None) -> MeasureAnchor | None:
    """The anchor that was chosen. Raises ContentError if the PDF's options are not the handout's anchors."""
    if answer is None or not answer.text:
        return None
    for number, (anchor, words) in enumerate(zip(measure.anchors, labels, strict=True), start=1):
        if number == answer.option and answer.text in words:
            return anchor
    message = "the options of a measure in this file are not those in the library, so it is not scored"
    hint = "raise a handout's `edition` with each change; score this one by hand, and look for what calls for a talk"
    raise ContentError(Problem("other-anchors", message, hint, path=answer.block, severity="warning"))


def calls_for_a_talk(measure: Measure, item: MeasureItem, anchor: MeasureAnchor) -> bool:
    """Whether an answer to an item is one that somebody must be told of."""
    return item.alert_from is not None and measure.points(item, anchor) >= item.alert_from


def _band(measure: Measure, total: int) -> ScoreBand | None:
    return next((band for band in measure.bands if band.low <= total <= band.high), None)


def _incomplete(measure: Measure, missing: Sequence[str], *, scored: bool) -> Problem:
    answers = "1 answer is" if len(missing) == 1 else f"{len(missing)} answers are"
    what = f"{answers} missing of {len(measure.items)} ({', '.join(missing)})"
    if scored:
        message = f"{what}; the total is made up from the others, as `prorate` allows"
        hint = f"say so where you write it down{_of_alerts(measure, missing)}"
        return Problem("prorated", message, hint, path=measure.id, severity="warning")
    message = f"{what}, so this measure has no total"
    hint = f"ask for what is missing{_of_alerts(measure, missing)}"
    return Problem("unanswered", message, hint, path=measure.id, severity="warning")


def _of_alerts(measure: Measure, missing: Sequence[str]) -> str:
    """What to do about items that can call for a talk, and were not answered."""
    open_ones = [item.id for item in measure.items if item.alert_from is not None and item.id in missing]
    return f"; first of all {', '.join(open_ones)}: an answer there may call for a talk" if open_ones else ""
