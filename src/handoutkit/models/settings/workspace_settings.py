"""The settings of a workspace, ``handoutkit.yaml``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from handoutkit.models.base import Id, Model, Plain
from handoutkit.models.clients.day_names import DayOrder


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
