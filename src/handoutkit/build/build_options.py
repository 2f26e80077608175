"""What is chosen for a build. Light to import, for what only passes choices on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from handoutkit.library.theme_folders import BASE

if TYPE_CHECKING:
    from handoutkit.export.output_formats import OutputFormat
    from handoutkit.models.document import Format
    from handoutkit.models.practice import Paper

Audience = Literal["client", "clinician"]


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What is chosen for a build; None leaves it to the handout and the practice.

    Attributes:
        today: the day against which dates are held; None holds none.
        fields: whether the places to write are form fields too.
        location: name of the one location of the practice that is shown.
        to: the forms in which it is handed on.
        beside: a second language, in which each text stands again below itself.
    """

    practice: str | None = None
    framings: tuple[str, ...] = ()
    language: str | None = None
    paper: Paper | None = None
    theme: str = BASE
    audience: Audience = "client"
    today: date | None = None
    fields: bool = True
    format: Format = "standard"
    location: str | None = None
    to: tuple[OutputFormat, ...] = ("pdf",)
    beside: str | None = None
