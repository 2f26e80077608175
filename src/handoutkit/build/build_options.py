"""The options of a build. This is light to import, for modules that only pass options on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from handoutkit.library.shipped_files import BASE

if TYPE_CHECKING:
    from handoutkit.models.document import Format
    from handoutkit.models.handout import PageLayout
    from handoutkit.models.practice import Paper

Audience = Literal["client", "clinician"]


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What can be chosen for a build; None leaves it to the handout and the practice.

    Attributes:
        practice: id or file of the practice whose name and colours the handouts carry.
        framings: ids or files of framings, or ``none``; if empty, the practice's own.
        theme: the look, by the name of its folder.
        audience: whose copy it is; the clinician's has the guide, too.
        today: the day that dates are compared with; None compares none.
        fields: whether the places to write are form fields, too.
        format: the reader's format, such as large print.
        layout: a sheet or a booklet.
        location: name of the one location of the practice that is shown.
        to: names of the output formats to make (see ``export.output_formats``).
        second_language: a second language, in which each text stands again below itself.
        draft: whether placeholders may be there; each page then says that it is a draft.
        without, only: names of blocks to leave out, and of those to keep (see ``compose.choose_blocks``).
        short: whether it is the version of one side.
        when: names of what is so, for parts that are there for some people only (``if: minor``).
        rows: names of tables, each with the number of rows that it has.
        note: whether there is a place for a note to the reader at the top of each.
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
    layout: PageLayout | None = None
    location: str | None = None
    to: tuple[str, ...] = ("pdf",)
    second_language: str | None = None
    draft: bool = False
    without: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    short: bool = False
    when: tuple[str, ...] = ()
    rows: tuple[tuple[str, int], ...] = ()
    note: bool = False
