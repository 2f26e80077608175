"""Scales: a line to mark, and a scored measure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from handoutkit.models.base import Id, Model, Plain, Prose, Text
from handoutkit.models.rule_problems import check_ids, problem, problems_at

from .block import Block, BlockField, FieldKind

SCORE = "score"
"""Under this name the total of a measure stands among the answers, so no item has it."""

MAX_CIRCLES = 11
"""Ticks are circles to choose from; more than this would stand too close, and are marks with a box for the number."""


class MarkedRange(Model):
    """Numbers of a scale that are set off, such as those of a first try, and what they mean."""

    low: Annotated[int, Field(alias="from")]
    high: Annotated[int, Field(alias="to")]
    label: Plain

    def check(self, minimum: int, maximum: int) -> None:
        """Raise the problem of a range that is not on the scale, at ``mark``."""
        if not minimum <= self.low < self.high <= maximum:
            hint = f"choose `from` and `to` between {minimum} and {maximum}, the lower first"
            raise problems_at((("mark",), problem("bad-mark", "these numbers are not on the scale", hint)))


class Continuum(Block):
    """A line to mark: 0-10, 0-100, a spectrum between two words, a readiness ruler.

    Attributes:
        mark: ticks that are set off, with what they mean.
        minimum, maximum, step: the ticks; the client chooses one of them.
        labels: words under ticks, by their number (as text).
        items: what is rated, each on a line of its own; without any, the block's question is.
    """

    order = 140
    type: Literal["continuum"]
    id: Id
    question: Text
    left: Plain
    right: Plain
    minimum: Annotated[int, Field(ge=-100, le=100)] = 0
    maximum: Annotated[int, Field(ge=-100, le=100)] = 10
    step: Annotated[int, Field(ge=1, le=50)] = 1
    labels: Annotated[dict[str, Plain], Field(max_length=11)] = Field(default_factory=dict)
    items: Annotated[tuple[Plain, ...], Field(max_length=14)] = ()
    mark: MarkedRange | None = None

    @model_validator(mode="after")
    def _ticks(self) -> Self:
        span = self.maximum - self.minimum
        if span <= 0 or span % self.step or span // self.step > 20:
            raise problem(
                "bad-ticks",
                "these ticks do not work out",
                "choose `minimum`, `maximum` and a `step` that make 2 to 21 ticks",
            )
        if bad := [label for label in self.labels if label not in {str(tick) for tick in self.ticks}]:
            raise problem(
                "no-such-tick", f"there is no tick `{bad[0]}` to label", "name ticks as they stand on the line"
            )
        if self.mark:
            self.mark.check(self.minimum, self.maximum)
        return self

    @property
    def ticks(self) -> tuple[int, ...]:
        """The numbers on the line."""
        return tuple(range(self.minimum, self.maximum + 1, self.step))

    @property
    def own_labels(self) -> dict[str, str]:
        """The labels without those of the outermost ticks that only repeat what ``left`` and ``right`` say."""
        ends = {str(self.minimum): self.left, str(self.maximum): self.right}
        return {tick: label for tick, label in self.labels.items() if label != ends.get(tick)}

    def fields(self) -> Iterator[BlockField]:
        """Yield a field for each item, counted from 1, or one named ``value`` for the question."""
        kind: FieldKind = "choice" if len(self.ticks) <= MAX_CIRCLES else "number"
        options = self.ticks if kind == "choice" else ()
        for number, item in enumerate(self.items, start=1):
            yield BlockField(number, f"item-{number}", (item,), kind, len(self.ticks), options)
        if not self.items:
            yield BlockField("value", "value", (self.question,), kind, len(self.ticks), options)


class MeasureAnchor(Model):
    """An answer to every item, with the points it gives."""

    label: Plain
    points: Annotated[int, Field(ge=-20, le=100)]


class MeasureItem(Model):
    """A statement to answer; ``reverse`` turns its points around; ``alert_from`` points or more call for a talk."""

    id: Id
    text: Text
    reverse: bool = False
    alert_from: int | None = None


class ScoreBand(Model):
    """What a total from ``low`` to ``high`` points means, for the clinician."""

    low: int
    high: int
    label: Plain
    text: Text | None = None


class ReliableChange(Model):
    """From how many points on two totals differ by more than chance, as the source among the handout's sources says."""

    points: Annotated[int, Field(ge=1, le=1_000)]
    source: Id


class Measure(Block):
    """A scored scale the practice has the right to use. Scoring is on the clinician's copy only.

    Attributes:
        rights_statement: by what right it is here; printed with it.
        period: what time the answers are about ("in the last two weeks").
        bands: in ascending order, without gaps or overlaps, for every total there can be.
        prorate: how many answers may be missing, as its author allows: the mean of the others stands for each of them.
            Without it, a missing answer leaves no total.
        reliable_change: what counts as a real change of the total, only where its author published it.
    """

    order = 130
    type: Literal["measure"]
    id: Id
    period: Text | None = None
    instructions: Prose
    anchors: Annotated[tuple[MeasureAnchor, ...], Field(min_length=2, max_length=8)]
    items: Annotated[tuple[MeasureItem, ...], Field(min_length=1, max_length=60)]
    bands: Annotated[tuple[ScoreBand, ...], Field(max_length=8)] = ()
    prorate: Annotated[int, Field(ge=1, le=59)] | None = None
    reliable_change: ReliableChange | None = None
    rights_statement: Text

    @model_validator(mode="after")
    def _ids_and_bands(self) -> Self:
        check_ids("items", [item.id for item in self.items], "items")
        if taken := [number for number, item in enumerate(self.items) if item.id == SCORE]:
            hint = "answers have the total under that name; choose another, such as `my-score`"
            fault = problem("bad-id", f"`{SCORE}` cannot be the id of an item", hint)
            raise problems_at((("items", taken[0], "id"), fault))
        for before, after in zip(self.bands, self.bands[1:], strict=False):
            if after.low != before.high + 1:
                raise problem(
                    "bands-with-gaps",
                    f"after the band to {before.high}, the next starts at {after.low}",
                    f"start it at {before.high + 1}",
                )
        if any(band.low > band.high for band in self.bands):
            raise problem("bounds", "a band's `low` is above its `high`", "swap them")
        lowest, highest = self.totals
        if self.bands and (self.bands[0].low > lowest or self.bands[-1].high < highest):
            fault = problem(
                "bands-and-totals",
                f"totals run from {lowest} to {highest}, and not each of them is in a band",
                f"let the first band start at {lowest}, and the last one end at {highest}",
            )
            raise problems_at((("bands",), fault))
        return self

    @model_validator(mode="after")
    def _some_answers_are_needed(self) -> Self:
        if self.prorate is not None and self.prorate >= len(self.items):
            hint = "say how many answers may be missing, as the measure's author allows, or take it out"
            fault = problem("prorate-all", "with so many answers missing, none would be left", hint)
            raise problems_at((("prorate",), fault))
        return self

    @property
    def totals(self) -> tuple[int, int]:
        """The lowest and the highest total; reverse items have the same range as others."""
        points = [anchor.points for anchor in self.anchors]
        return min(points) * len(self.items), max(points) * len(self.items)

    def points(self, item: MeasureItem, anchor: MeasureAnchor) -> int:
        """What an answer counts; a reverse item mirrors the points within the range of the anchors."""
        if not item.reverse:
            return anchor.points
        values = [anchor.points for anchor in self.anchors]
        return min(values) + max(values) - anchor.points

    def fields(self) -> Iterator[BlockField]:
        """Yield a field for each item, with a circle for each anchor."""
        options = tuple(anchor.label for anchor in self.anchors)
        for item in self.items:
            yield BlockField(item.id, item.id, (item.text,), "choice", len(options), options)
