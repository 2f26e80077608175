"""The sheets of labels there are, by the numbers under which they are sold, with the measures of Avery's templates."""

from __future__ import annotations

from dataclasses import dataclass

_INCH, _MM = 72.0, 72.0 / 25.4


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A sheet of labels; all measures in points.

    Attributes:
        name: the number under which it is sold.
        page: its width and height.
        across, down: how many labels there are.
        label: width and height of one.
        left, top: from the edges of the page to the first label.
        step: from a label to the next, across and down.
    """

    name: str
    page: tuple[float, float]
    across: int
    down: int
    label: tuple[float, float]
    left: float
    top: float
    step: tuple[float, float]

    @property
    def count(self) -> int:
        """How many labels a sheet has."""
        return self.across * self.down

    def corner(self, number: int) -> tuple[float, float]:
        """The lower left corner of a label, counted from 0 along the rows, from that of the page."""
        down, across = divmod(number, self.across)
        from_top = self.top + down * self.step[1] + self.label[1]
        return self.left + across * self.step[0], self.page[1] - from_top


_LETTER, _A4 = (8.5 * _INCH, 11 * _INCH), (210 * _MM, 297 * _MM)
SHEETS = {
    sheet.name: sheet
    for sheet in (
        LabelSheet(
            "5160", _LETTER, 3, 10, (2.625 * _INCH, 1 * _INCH), 0.1875 * _INCH, 0.5 * _INCH, (2.75 * _INCH, 1 * _INCH)
        ),
        LabelSheet(
            "5163", _LETTER, 2, 5, (4 * _INCH, 2 * _INCH), 0.15625 * _INCH, 0.5 * _INCH, (4.1875 * _INCH, 2 * _INCH)
        ),
        LabelSheet("L7160", _A4, 3, 7, (63.5 * _MM, 38.1 * _MM), 7.2 * _MM, 15.15 * _MM, (66.04 * _MM, 38.1 * _MM)),
        LabelSheet("L7163", _A4, 2, 7, (99.1 * _MM, 38.1 * _MM), 4.65 * _MM, 15.15 * _MM, (101.6 * _MM, 38.1 * _MM)),
    )
}
"""By their numbers; the first two are US Letter, the others A4."""
