"""What the figure kind ``ladder`` takes."""

from handoutkit.models.figure_kinds.figure_kind import FigureKind

KINDS = (FigureKind("ladder", max_regions=5),)
