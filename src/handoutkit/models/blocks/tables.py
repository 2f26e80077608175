"""Tables to fill in: records, schedules and grids of boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from handoutkit.models.base import Id, Model, Plain, Text
from handoutkit.models.rule_problems import check_ids, problem, problems_at

from .block import Block, BlockField, FieldKind

MAX_UPRIGHT = 14
"""Most columns of a grid on an upright page: more are too narrow to write in."""
MAX_CELLS = 400
"""Most cells a table to fill in may have: each is a form field, and a page holds no more than some hundred."""


MAX_ROWS = 60
"""Most rows of a record."""
TWO_LINES = 12
"""Millimetres: a row that is lower has room for one line of text only."""


class RecordColumn(Model):
    """A column of a record: its header, a helper under it, what is written in it, and how wide it is by comparison."""

    id: Id
    header: Plain
    helper: Text | None = None
    response: Literal["text", "number", "date", "tick"] = "text"
    width: Annotated[int, Field(ge=1, le=6)] = 2


class RecordTable(Block):
    """A log or record: blank rows under headers, with a worked example if there is one.

    Attributes:
        rows: blank rows.
        most_rows: up to how many rows one copy can have (`--rows ID=NUMBER`), such as for one who takes many medicines;
            without it, no more than `rows`.
        row_height: in millimetres.
        example: a worked row, one text for each column.
        ranked: number the rows, as in a ladder; the first is the top.
    """

    order = 110
    type: Literal["record_table"]
    id: Id
    columns: Annotated[tuple[RecordColumn, ...], Field(min_length=1, max_length=8)]
    rows: Annotated[int, Field(ge=1, le=MAX_ROWS)]
    most_rows: Annotated[int, Field(ge=1, le=MAX_ROWS)] | None = None
    row_height: Annotated[int, Field(ge=9, le=80)] = 14
    example: Annotated[tuple[Text, ...], Field(max_length=8)] = ()
    ranked: bool = False

    @model_validator(mode="after")
    def _example_and_columns_agree(self) -> Self:
        if self.example and len(self.example) != len(self.columns):
            raise problem(
                "example-and-columns", "the `example` has not one text for each column", "give each column one"
            )
        check_ids("columns", [column.id for column in self.columns], "columns")
        if self.most_rows is not None and self.most_rows < self.rows:
            fault = problem("fewer-than-rows", "`most_rows` is less than `rows`", "raise it, or take it out")
            raise problems_at((("most_rows",), fault))
        if len(self.columns) * self.rows_at_most > MAX_CELLS:
            raise problem("too-many-cells", f"this table has more than {MAX_CELLS} cells", "take out rows or columns")
        return self

    @property
    def rows_at_most(self) -> int:
        """How many rows a copy of it can have."""
        return self.most_rows or self.rows

    @property
    def places(self) -> int:
        """How many places to write or tick its longest copy has: what a handout may come to holds for that, too."""
        return sum(field.places for field in self.with_rows(self.rows_at_most).fields())

    def with_rows(self, rows: int) -> Self:
        """The same table with another number of rows; their fields are named by their numbers, as ever."""
        return self.model_copy(update={"rows": rows})

    def fields(self) -> Iterator[BlockField]:
        """Yield a field for each column of each blank row, the row's number after the column's header."""
        text: FieldKind = "multiline" if self.row_height >= TWO_LINES else "text"
        for row in range(1, self.rows + 1):
            for column in self.columns:
                kind = text if column.response == "text" else column.response
                yield BlockField((row, column.id), f"row-{row}-{column.id}", (column.header, row), kind)


class ScheduleGrid(Block):
    """Days by hours, days by habits, or a month.

    Attributes:
        cell: ``box`` to write in, ``tick`` to tick, ``rating`` for a number from 0 to 10.
        key: what marks or numbers mean.
        row_height: in millimetres.
    """

    order = 120
    type: Literal["schedule_grid"]
    id: Id
    columns: Annotated[tuple[Plain, ...], Field(min_length=1, max_length=31)]
    rows: Annotated[tuple[Plain, ...], Field(min_length=1, max_length=31)]
    corner: Plain | None = None
    cell: Literal["box", "tick", "rating"]
    row_height: Annotated[int, Field(ge=9, le=40)] = 10
    key: Annotated[tuple[Text, ...], Field(max_length=7)] = ()

    @model_validator(mode="after")
    def _not_too_many_cells(self) -> Self:
        if len(self.columns) * len(self.rows) > MAX_CELLS:
            raise problem("too-many-cells", f"this grid has more than {MAX_CELLS} cells", "take out rows or columns")
        if len(self.columns) > MAX_UPRIGHT and self.orientation != "landscape":
            fault = problem(
                "too-many-columns",
                f"this grid has more than {MAX_UPRIGHT} columns, which an upright page is too narrow for",
                "turn the page with `orientation: landscape`, or swap rows and columns",
            )
            raise problems_at((("columns",), fault))
        return self

    def fields(self) -> Iterator[BlockField]:
        """Yield a field for each cell, row by row; columns and rows count from 1."""
        kinds: dict[str, FieldKind] = {"box": "multiline", "tick": "tick", "rating": "number"}
        for row, label in enumerate(self.rows, start=1):
            for column, header in enumerate(self.columns, start=1):
                name = f"{self.named(f'row-{row}')}-column-{column}"
                yield BlockField((row, column), name, (label, header), kinds[self.cell])


class Cell(Model):
    """A labelled box to write in, with a helper under its label."""

    id: Id
    label: Plain
    helper: Text | None = None


class CellGrid(Block):
    """Labelled boxes in rows: decisional balance, goals, a comparison of two people.

    Attributes:
        column_headers, row_headers: for a grid that is read by them. With both, a cell's label is not printed: it is
            what a listener hears, and says both.
        cell_height: in millimetres.
    """

    order = 150
    type: Literal["cell_grid"]
    id: Id
    rows: Annotated[
        tuple[Annotated[tuple[Cell, ...], Field(min_length=1, max_length=4)], ...], Field(min_length=1, max_length=12)
    ]
    column_headers: Annotated[tuple[Plain, ...], Field(max_length=4)] = ()
    row_headers: Annotated[tuple[Plain, ...], Field(max_length=12)] = ()
    cell_height: Annotated[int, Field(ge=12, le=120)] = 34

    @model_validator(mode="after")
    def _headers_and_cells_agree(self) -> Self:
        if self.column_headers and any(len(row) != len(self.column_headers) for row in self.rows):
            raise problem(
                "headers-and-cells", "`column_headers` and cells do not agree", "give each row one cell a header"
            )
        if self.row_headers and len(self.row_headers) != len(self.rows):
            raise problem("headers-and-cells", "`row_headers` and rows do not agree", "give each row one header")
        ids = [cell.id for row in self.rows for cell in row]
        if len(set(ids)) < len(ids):
            raise problem("duplicate-id", "two cells have the same `id`", "give each its own")
        return self

    def fields(self) -> Iterator[BlockField]:
        """Yield a field for each cell, row by row; its label says all, or comes after the header there is."""
        with_headers = not (self.row_headers and self.column_headers)
        for row, cells in enumerate(self.rows):
            for column, cell in enumerate(cells):
                headers = (*self.row_headers[row : row + 1], *self.column_headers[column : column + 1])
                label = (*headers, cell.label) if with_headers else (cell.label,)
                yield BlockField(cell.id, cell.id, label, "multiline")
