"""How large the words of a figure are, for each format."""

from __future__ import annotations

from dataclasses import dataclass

from handoutkit.models.document import Format


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of type in points, and how much the whole drawing is enlarged once it is laid out.

    Attributes:
        labels: the best first; a region's text is set half a point smaller than its label.
        numbers: that stand for labels where these do not fit.
        least: of the words on links and of a scale's numbers.
        enlarged: the sheet is laid out so much smaller; lines, spaces and places to write grow with it.
    """

    labels: tuple[float, ...] = (11.0, 10.5, 10.0, 9.5)
    numbers: tuple[float, ...] = (11.0, 9.5, 8.0, 7.0)
    least: float = 7.0
    enlarged: float = 1.0


STANDARD = Sizes()
SIZES: dict[Format, Sizes] = {
    "standard": STANDARD,
    "low-ink": STANDARD,
    "dyslexia-friendly": Sizes(labels=(13.0, 12.5), numbers=(13.0, 12.0), least=12.0),
    # Laid out for 15 points and enlarged to 18, so that a place to write a line in is over 10 mm high.
    "large-print": Sizes(labels=(15.5,), numbers=(15.0,), least=15.0, enlarged=1.2),
}
