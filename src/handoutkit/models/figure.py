"""Figures: drawn from data, always vector, always with words for those who do not see them."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .base import AssetPath, Id, Model, Plain, Text
from .block import Block
from .complaints import problem

MAX_REGIONS = 16


class Region(Model):
    """A part of a figure: its label, what stands in it, and whether the client writes in it.

    ``id`` names the answer where ``answer`` is true. ``value`` is where a point stands on an axis or how full a sector
    is, from 0 to 1.
    """

    id: Id | None = None
    label: Plain
    text: Text | None = None
    answer: bool = False
    value: Annotated[float, Field(ge=0, le=1)] | None = None

    @model_validator(mode="after")
    def _an_answer_has_a_name(self) -> Self:
        if self.answer and self.id is None:
            raise problem("answer-without-id", "a region to write in needs an `id`", "add a line `id: ...`")
        return self


class Link(Model):
    """A line between two regions of ``linked_boxes``, by their ids, with words on it."""

    start: Id
    end: Id
    label: Plain | None = None
    strength: Literal["weak", "plain", "strong"] = "plain"
    both_ways: bool = False


class Figure(Block):
    """A diagram.

    Kinds: ``rings`` (inside out), ``bands`` (top down), ``sectors`` (a wheel), ``flow`` (one after the other),
    ``cycle`` (round and back), ``axis`` (points along a line), ``canvas`` (room to draw), ``linked_boxes`` (a map; the
    first region stands in the middle), ``outline`` (a simple figure of a person with places around it), ``image`` (a
    picture of the workspace).

    Attributes:
        alt: what the figure shows, in a sentence or two, for those who hear it.
        height: of the drawing, in millimetres.
    """

    type: Literal["figure"]
    kind: Literal["rings", "bands", "sectors", "flow", "cycle", "axis", "canvas", "linked_boxes", "outline", "image"]
    alt: Text
    caption: Text | None = None
    regions: Annotated[tuple[Region, ...], Field(max_length=MAX_REGIONS)] = ()
    links: Annotated[tuple[Link, ...], Field(max_length=40)] = ()
    height: Annotated[int, Field(ge=30, le=180)] = 110
    file: AssetPath | None = None

    @model_validator(mode="after")
    def _what_the_kind_needs(self) -> Self:
        if (self.kind == "image") != (self.file is not None):
            raise problem(
                "figure-file", "`file` is for a figure of the kind `image`, and only for it", "add or remove it"
            )
        least = {"canvas": 0, "image": 0, "axis": 0}.get(self.kind, 2)
        if len(self.regions) < least:
            raise problem("too-few", f"a figure of the kind `{self.kind}` has two `regions` or more", "add regions")
        if self.links and self.kind != "linked_boxes":
            raise problem("links-elsewhere", "`links` are for the kind `linked_boxes` only", "remove them")
        ids = {region.id for region in self.regions}
        if missing := [link for link in self.links if link.start not in ids or link.end not in ids]:
            raise problem(
                "no-such-region",
                f"a link names `{missing[0].start}` or `{missing[0].end}`, and a region of that id is not there",
                "give each region its `id`",
            )
        return self

    @model_validator(mode="after")
    def _answers_have_a_home(self) -> Self:
        if any(region.answer for region in self.regions) and self.id is None:
            raise problem("block-without-id", "a figure to write in needs an `id`", "add a line `id: ...`")
        return self
