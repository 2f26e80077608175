"""What every block has in common, and the form fields that a block gives to a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, NamedTuple, get_args

from pydantic import Field, PrivateAttr

from handoutkit.models.base import Id, Model, Plain, Text
from handoutkit.models.conditions import Condition

Audience = Literal["client", "clinician", "both"]
FieldKind = Literal["text", "multiline", "number", "date", "tick", "choice", "signature"]
"""One line or several lines of text, a number, a day, a box to tick, circles of which one is chosen, or a place that a
program for PDFs signs with a certificate."""
FieldKey = str | int | tuple[str | int, ...]
"""How a template asks for a field: ``fields["answer"]``, ``fields[2]``, ``fields[1, "situation"]``."""
UNBROKEN = 7
"""Most items a list may run without a break (CDC Clear Communication Index, item 9)."""


class BlockField(NamedTuple):
    """One form field of a block.

    Attributes:
        key: what the template of the block asks for it by.
        name: its name within the block, such as ``row-1-situation``; a PDF has it as ``handout.block.name``. PDFs that
            were given out come back with it, so the name of a field never changes.
        label: what its accessible name is made of: texts of the author, as they stand in the file, and numbers.
        kind: what is written or chosen in it.
        places: how many places to write or tick it takes on paper: for circles, one for each of them.
        options: the words of the circles, in their order; of other kinds there are none.
    """

    key: FieldKey
    name: str
    label: tuple[str | int, ...]
    kind: FieldKind
    places: int = 1
    options: tuple[str | int, ...] = ()


class Block(Model):
    """One piece of a handout. Subclasses add ``type`` and what the block carries.

    Every subclass in a module of ``handoutkit.models.blocks`` whose ``type`` is a ``Literal`` is a block type.

    Attributes:
        order: where the block type stands among the others in the docs and in the JSON Schema.
        once: whether a handout has at most one block of the type.
        id: stable name; needed where the block is answered or referred to.
        heading: starts a new chunk; it shows in the bookmarks.
        audience: who sees the block. ``clinician`` blocks are never in a client's copy.
        keep_together: do not break the block over two pages.
        orientation: ``landscape`` turns the page that the block is on; the sides of a sheet are never turned.
        page_break: ``before`` begins a new page with it, or a new side of a sheet.
        in_columns: ``2`` has it stand in two columns with its neighbours in the file that say the same.
        side: which side of a sheet it is on; None leaves that to the program.
        only_if: what has to be so for the block to be there, such as ``minor``, or ``not minor``; it is said with
            ``--set minor=yes``, or in a roster's column ``when``.
        core: whether it is in the short version of one side (`--sides 1`).
        reading_note: a short hint for the person reading, set small above the block.
    """

    order: ClassVar[int] = 1_000
    once: ClassVar[bool] = False
    if TYPE_CHECKING:
        type: str

    id: Id | None = None
    heading: Plain | None = None
    audience: Audience = "both"
    keep_together: bool = False
    orientation: Literal["portrait", "landscape"] = "portrait"
    page_break: Literal["before"] | None = None
    in_columns: Annotated[int, Field(ge=2, le=2)] | None = None
    side: Literal["read", "do"] | None = None
    only_if: Annotated[Condition | None, Field(alias="if")] = None
    core: bool = False
    reading_note: Text | None = None
    _names_by_count: dict[str, str] = PrivateAttr(default_factory=dict)
    """Names of fields that are not those of their count: a part that a framing adds has one of its own."""

    @classmethod
    def type_name(cls) -> str:
        """The word that stands in a file after ``type:``; empty for a class that is no block type."""
        field = cls.model_fields.get("type")
        return str(get_args(field.annotation)[0]) if field else ""

    def fields(self) -> Iterator[BlockField]:
        """Yield the form fields of the block in the order of the page. Copies for one audience may have fewer."""
        yield from ()

    def named(self, counted: str) -> str:
        """The name of a field that is counted, such as ``option-7``; what a framing adds is called by its id."""
        return self._names_by_count.get(counted, counted)

    @property
    def names(self) -> dict[str, str]:
        """Names that fields have instead of those of their count."""
        return dict(self._names_by_count)

    def with_names(self, names: dict[str, str]) -> None:
        """Give fields names of their own, by what they would be called by their count; for one who made the block."""
        self._names_by_count = names

    def __repr_args__(self) -> Any:
        """The fields, and the names that are not counted: finished PDFs are kept by what this shows."""
        yield from super().__repr_args__()
        if self._names_by_count:
            yield "names_by_count", self._names_by_count

    def pictures(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield the picture files that the block shows, each with its address in the block."""
        yield from ()

    @property
    def places(self) -> int:
        """How many places to write or tick the block has."""
        return sum(field.places for field in self.fields())
