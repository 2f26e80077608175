"""The settings files: `handoutkit.yaml` of a workspace, and `theme.yaml` of a theme."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import AssetPath, Id, Model, Plain, Text

Manner = Literal["filled", "cut-paper", "spot", "line", "none"]
"""How drawings are made: flat with strokes, paper shapes with a shadow, strokes and one colour, strokes, not at all."""


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
        extends: the theme that this one differs from; every theme but ``base`` has one.
        lettering: of figures and fields; the parent's if it is not given.
        icon_weight: of the strokes of icons, whose box is 24 wide; the parent's if it is not given.
        drawings: the manner of drawings; the parent's if it is not given.
    """

    title: Plain
    description: Text
    extends: Id | None = None
    lettering: Lettering | None = None
    icon_weight: Annotated[float, Field(ge=0.5, le=3, strict=False)] | None = None
    drawings: Manner | None = None


class WorkspaceSettings(Model):
    """What ``handoutkit.yaml`` says: the practice that is meant when none is named."""

    practice: Id | None = None
