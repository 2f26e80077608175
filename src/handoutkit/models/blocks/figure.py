"""Figures: drawn from data, always vector, always with words for those who do not see them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from handoutkit.models import figure_kinds
from handoutkit.models.base import AssetPath, Id, Model, Plain, Text, modules_of
from handoutkit.models.figure_kinds.figure_kind import MAX_REGIONS, FigureKind
from handoutkit.models.rule_problems import At, check_ids, problem, problems_at

from .block import Block, BlockField

FIGURE_KINDS: dict[str, FigureKind] = {
    kind.name: kind for module in modules_of(figure_kinds) for kind in getattr(module, "KINDS", ())
}
"""The kinds of figure, by name."""

if TYPE_CHECKING:
    KindName = str
else:
    KindName = Literal[tuple(FIGURE_KINDS)]


class Region(Model):
    """A part of a figure: its label, what stands in it, and whether the client writes in it.

    ``id`` names the answer where ``answer`` is true. ``value`` is where a point stands on an axis, how full a sector is
    or how far down the body a place is, from 0 to 1. ``highlight`` sets the region off from the others.
    """

    id: Id | None = None
    label: Plain
    text: Text | None = None
    answer: bool = False
    value: Annotated[float, Field(ge=0, le=1)] | None = None
    highlight: bool = False

    @model_validator(mode="after")
    def _an_answer_has_a_name(self) -> Self:
        if self.answer and self.id is None:
            raise problem("answer-without-id", "a region to write in needs an `id`", "add a line `id: ...`")
        return self


class Link(Model):
    """A line between two regions of ``linked_boxes``, by their ids, with words on it.

    Attributes:
        strength: weak lines are dashed, strong ones double, tense ones zigzag.
        directed: an arrow leads from start to end; ``both_ways``, another leads back.
    """

    start: Id
    end: Id
    label: Plain | None = None
    strength: Literal["weak", "plain", "strong", "tense"] = "plain"
    directed: bool = False
    both_ways: bool = False


class Figure(Block):
    """A diagram, drawn from data, or a picture.

    Kinds: ``rings`` (inside out), ``bands`` (top down), ``sectors`` (a wheel), ``flow`` (one after the other),
    ``cycle`` (round and back), ``axis`` (points along a line), ``canvas`` (room to draw), ``linked_boxes`` (a map; the
    first region stands in the middle), ``outline`` (a simple figure of a person with places around it), ``image`` (a
    picture of the workspace).

    Attributes:
        alt: what the figure shows, in a sentence or two, for those who hear it.
        height: of the drawing, in millimetres; it grows where the regions need more.
        scale: steps to count: rings across ``sectors`` (10 unless said), a thermometer beside ``bands``, ticks along an
            ``axis``.
        file: a picture beside the handout: SVG, PNG, JPEG or WebP.
    """

    order = 90
    type: Literal["figure"]
    kind: KindName
    alt: Text
    caption: Text | None = None
    regions: Annotated[tuple[Region, ...], Field(max_length=MAX_REGIONS)] = ()
    links: Annotated[tuple[Link, ...], Field(max_length=40)] = ()
    height: Annotated[int, Field(ge=30, le=180)] = 110
    scale: Annotated[int, Field(ge=1, le=10)] | None = None
    file: AssetPath | None = None

    @model_validator(mode="after")
    def _what_the_kind_needs(self) -> Self:
        kind = FIGURE_KINDS[self.kind]
        if kind.drawn == (self.file is not None):
            raise problem(
                "figure-file", "`file` is for a figure of the kind `image`, and only for it", "add or remove it"
            )
        if len(self.regions) < 2 and not kind.may_be_empty:
            raise problem("too-few", f"a figure of the kind `{self.kind}` has two `regions` or more", "add regions")
        if len(self.regions) > kind.max_regions:
            message = f"a figure of the kind `{self.kind}` has at most {kind.max_regions} `regions`"
            hint = "leave some out, or make two figures of it"
            raise problems_at((("regions",), problem("too-many", message, hint)))
        if self.scale is not None and not kind.takes_scale:
            *others, last = (f"`{kind.name}`" for kind in FIGURE_KINDS.values() if kind.takes_scale)
            message = f"`scale` is for the kinds {', '.join(others)} and {last}"
            raise problems_at((("scale",), problem("scale-elsewhere", message, "remove it")))
        return self

    @model_validator(mode="after")
    def _regions_have_ids_of_their_own(self) -> Self:
        check_ids("regions", [region.id or f"#{number}" for number, region in enumerate(self.regions)], "regions")
        return self

    @model_validator(mode="after")
    def _links_have_ends(self) -> Self:
        if self.links and self.kind != "linked_boxes":
            raise problem("links-elsewhere", "`links` are for the kind `linked_boxes` only", "remove them")
        ids = {region.id for region in self.regions}
        faults: list[tuple[At, PydanticCustomError]] = []
        for number, link in enumerate(self.links):
            for key, name in (("start", link.start), ("end", link.end)):
                if name not in ids:
                    fault = problem("no-such-region", f"there is no region with the id `{name}`", "give it that `id`")
                    faults.append((("links", number, key), fault))
            if link.start == link.end:
                fault = problem("link-to-itself", f"this link leads from `{link.end}` to itself", "name two regions")
                faults.append((("links", number, "end"), fault))
        if faults:
            raise problems_at(*faults)
        return self

    @model_validator(mode="after")
    def _answers_have_a_home(self) -> Self:
        if any(region.answer for region in self.regions) and self.id is None:
            raise problem("block-without-id", "a figure to write in needs an `id`", "add a line `id: ...`")
        answers = [number for number, region in enumerate(self.regions) if region.answer]
        if answers and not FIGURE_KINDS[self.kind].drawn:
            fault = problem("answer-on-a-picture", "a picture has no place to write in", "use a `cell_grid` below it")
            raise problems_at(*((("regions", number, "answer"), fault) for number in answers))
        return self

    def pictures(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield the file of a picture."""
        if self.file:
            yield ("file",), self.file

    def fields(self) -> Iterator[BlockField]:
        """Yield a field for each region to write in, in the order of the regions."""
        for region in self.regions:
            if region.answer and region.id:
                yield BlockField(region.id, region.id, (region.label,), "multiline")
