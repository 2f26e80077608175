"""What a kind of figure takes, and the kinds that handoutkit itself has.

A new kind takes a module here with a tuple ``KINDS``, and a module of its name in ``handoutkit.render.figures.kinds``
that draws it; no list has to be changed.
"""

from __future__ import annotations

from dataclasses import dataclass

MAX_REGIONS = 16
"""Most regions of any figure."""


@dataclass(frozen=True, slots=True)
class FigureKind:
    """A kind of figure.

    Attributes:
        name: what stands in a file after ``kind:``, and the name of the module that draws it.
        max_regions: most regions that it has room for.
        may_be_empty: whether it can do without regions; a kind that cannot needs two.
        takes_scale: whether it shows the steps of a ``scale``.
        mirrored: whether it is turned around for a language that is read from the right.
        drawn: whether it is drawn; if not, it is a picture from a file.
    """

    name: str
    max_regions: int = MAX_REGIONS
    may_be_empty: bool = False
    takes_scale: bool = False
    mirrored: bool = True
    drawn: bool = True


KINDS = (
    FigureKind("rings", max_regions=6),
    FigureKind("bands", max_regions=12, takes_scale=True),
    FigureKind("sectors", max_regions=12, takes_scale=True, mirrored=False),
    FigureKind("flow", max_regions=12),
    FigureKind("cycle", max_regions=8, mirrored=False),
    FigureKind("axis", max_regions=12, may_be_empty=True, takes_scale=True),
    FigureKind("canvas", max_regions=8, may_be_empty=True),
    FigureKind("linked_boxes", max_regions=13),
    FigureKind("outline", max_regions=12, mirrored=False),
    FigureKind("image", may_be_empty=True, drawn=False),
)
"""Clocks and wheels turn one way everywhere, and a body has its left and its right."""
