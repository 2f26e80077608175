"""The settings files: `handoutkit.yaml` of a workspace, and `theme.yaml` of a theme."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import AssetPath, Id, Model, Plain, Text
from .clients.day_names import DayOrder

Manner = Literal["filled", "cut-paper", "spot", "line", "none"]
"""How drawings are made: flat with strokes, paper shapes with a shadow, strokes and one colour, strokes, not at all."""


CONTRACT = 1
"""The version of the contract with themes that this release keeps; see ``docs/themes.md``."""


class Lettering(Model):
    """The sans serif that figures are lettered in and that is typed into fields.

    Attributes:
        family: as the theme's stylesheets call it.
        regular, bold: TrueType files, by their paths from the ``templates/`` folder.
    """

    family: Plain
    regular: AssetPath
    bold: AssetPath


class ThemeSettings(Model):
    """What ``theme.yaml`` says.

    Attributes:
        contract: the version of the contract with themes that it was written for.
        extends: the theme that this one differs from; every theme but ``base`` has one.
        lettering: of figures and fields; the parent's if it is not given.
        icon_weight: of the strokes of icons, whose box is 24 wide; the parent's if it is not given.
        drawings: the manner of drawings; the parent's if it is not given.
    """

    title: Plain
    description: Text
    contract: Annotated[int, Field(ge=1, le=CONTRACT)] = 1
    extends: Id | None = None
    lettering: Lettering | None = None
    icon_weight: Annotated[float, Field(ge=0.5, le=3, strict=False)] | None = None
    drawings: Manner | None = None


class RosterSource(Model):
    """How the tables are read that come from one program: those that have all of these columns.

    Attributes:
        columns: for a column as the program calls it, ours; ``-`` for one that is not to be used.
        dates: the order of the numbers in its dates.
    """

    columns: Annotated[dict[Plain, Plain], Field(min_length=1, max_length=200)]
    dates: DayOrder | None = None


class WorkspaceSettings(Model):
    """What ``handoutkit.yaml`` says.

    Attributes:
        practice: the one that is meant when none is named.
        rosters: how the tables of other programs are read.
    """

    practice: Id | None = None
    rosters: Annotated[tuple[RosterSource, ...], Field(max_length=50)] = ()
