"""Scores of measures, for the clinician: the total, the band it falls into, and the items that call for a talk."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from handoutkit.errors import ContentError, Problem
from handoutkit.models.blocks.scales import SCORE, Measure, MeasureAnchor, MeasureItem, ScoreBand

from .answer_rows import AnswerRow

TOTAL, BAND, ALERT = SCORE, f"{SCORE}.band", f"{SCORE}.alert"
"""What stands in the column ``field`` of a result; an alert has the item's id after it."""


Labels = Sequence[Collection[str]]
"""The words of each anchor of a measure, in all languages that it is there in."""


def results(
    measure: Measure, labels: Labels, answers: Mapping[str, AnswerRow], problems: list[Problem]
) -> Iterator[tuple[str, str]]:
    """The results of a measure as pairs of field and value: none, or a total and more.

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
    if missing := len(measure.items) - len(chosen):
        problems.append(_incomplete(measure, missing))
    else:
        total = sum(measure.points(item, chosen[item.id]) for item in measure.items)
        yield TOTAL, str(total)
        if band := _band(measure, total):
            yield BAND, band.label
    for item in measure.items:
        if item.id in chosen and _calls_for_a_talk(measure, item, chosen[item.id]):
            yield f"{ALERT}.{item.id}", chosen[item.id].label


def _anchor(measure: Measure, labels: Labels, answer: AnswerRow | None) -> MeasureAnchor | None:
    """The anchor that was chosen. Raises ContentError if the PDF's options are not the handout's anchors."""
    if answer is None or not answer.value:
        return None
    for number, (anchor, words) in enumerate(zip(measure.anchors, labels, strict=True), start=1):
        if number == answer.option and answer.value in words:
            return anchor
    message = "the options of a measure in this PDF are not those in the library, so it is not scored"
    hint = "raise a handout's `edition` with each change; score this one by hand"
    raise ContentError(Problem("other-anchors", message, hint, path=answer.block, severity="warning"))


def _calls_for_a_talk(measure: Measure, item: MeasureItem, anchor: MeasureAnchor) -> bool:
    return item.alert_from is not None and measure.points(item, anchor) >= item.alert_from


def _band(measure: Measure, total: int) -> ScoreBand | None:
    return next((band for band in measure.bands if band.low <= total <= band.high), None)


def _incomplete(measure: Measure, missing: int) -> Problem:
    answers = "1 answer is" if missing == 1 else f"{missing} answers are"
    message = f"{answers} missing of {len(measure.items)}, so this measure has no total"
    return Problem("unanswered", message, "ask for what is missing", path=measure.id, severity="warning")
