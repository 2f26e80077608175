"""What a figure is drawn on: shapes and words as SVG, and the places to write in that are laid over it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup

from handoutkit.models.blocks.figure import Link, Region
from handoutkit.render.colour.palette import Palette

from .figure_words import TextLines
from .geometry import DoesNotFit, Point, Rect, along, towards
from .typeface import MM_PER_POINT

FINE, RULE, STRONG = 0.6 * MM_PER_POINT, 0.9 * MM_PER_POINT, 1.5 * MM_PER_POINT
"""Weights of lines."""
CORNER = 3.0
DASH = "1.8 1.5"
MARGIN = 0.5
"""Around the drawing, so that no line is cut."""
LINE_AREA_HEIGHT = 9.0
"""The height of a place to write one line in."""
MIN_AREA_WIDTH, MIN_AREA_HEIGHT = 20.0, 8.0
"""The smallest width and height of a place to write in."""
_HEAD_LENGTH, _HEAD_WIDTH = 3.4, 2.9
_MIN_DISTANCE = 4.3
"""Between the numbers of a scale, from middle to middle."""


Look = Literal["open", "framed", "line"]
Direction = Literal["ltr", "rtl"]
_OTHER_END = {"start": "end", "middle": "middle", "end": "start"}


@dataclass(frozen=True, slots=True)
class WritingArea:
    """A place to write in, over the drawing.

    Attributes:
        look: ``open`` in a shape that gives it an edge; else ``framed``, or a ``line`` to write on.
    """

    region: Region
    place: Rect
    look: Look = "open"


@dataclass
class DrawingSheet:
    """A drawing in the making; the parts lie over each other in the order in which they are drawn.

    Attributes:
        direction: in which its words are read.
        mirrored: whether what is drawn on the left comes out on the right, and the other way round.
    """

    width: float
    height: float
    palette: Palette
    direction: Direction = "ltr"
    mirrored: bool = False
    areas: list[WritingArea] = field(default_factory=list)
    labels: list[Rect] = field(default_factory=list)
    left_out: list[Link] = field(default_factory=list)
    _parts: list[Markup] = field(default_factory=list)

    @property
    def frame(self) -> Rect:
        """All of the sheet that can be drawn on."""
        return Rect(0, 0, self.width, self.height).inset(MARGIN)

    def box(self, place: Rect, *, highlight: bool = False, corner: float = CORNER, dash: str | None = None) -> None:
        """A rectangle with round corners; set off by its ground and a strong edge where it is highlighted."""
        corner = min(corner, place.height / 2, place.width / 2)
        self._add(
            "rect",
            {"x": place.x, "y": place.y, "width": place.width, "height": place.height, "rx": corner},
            self._look(highlight, dash),
        )

    def circle(
        self, middle: Point, radius: float, *, highlight: bool = False, fill: str | None = None, weight: float = RULE
    ) -> None:
        """A circle, empty unless it has a ``fill``."""
        look = self._look(highlight, None)
        look |= {} if highlight else {"fill": fill or self.palette.paper, "stroke_width": weight}
        self._add("circle", {"cx": middle[0], "cy": middle[1], "r": radius}, look)

    def dot(self, middle: Point, radius: float = 1.3) -> None:
        """A full dot in the practice's colour."""
        self._add("circle", {"cx": middle[0], "cy": middle[1], "r": radius}, {"fill": self.palette.brand})

    def line(
        self, *points: Point, weight: float = RULE, colour: str | None = None, dash: str | None = None, bend: float = 0
    ) -> None:
        """A line through points; ``bend`` rounds its corners by so much."""
        self.path(_rounded(points, bend), weight=weight, colour=colour, dash=dash)

    def path(
        self,
        d: str,
        *,
        weight: float = RULE,
        colour: str | None = None,
        dash: str | None = None,
        fill: str = "none",
    ) -> None:
        """A path from SVG path data."""
        look: dict[str, str | float] = {
            "fill": fill,
            "stroke": colour or self.palette.line,
            "stroke_width": weight,
            "stroke_linecap": "butt" if dash else "round",
            "stroke_linejoin": "round",
        }
        self._add("path", {"d": d}, look | ({"stroke_dasharray": dash} if dash else {}))

    def arrow_head(self, tip: Point, direction: Point) -> Point:
        """An arrow's head; returns where its line should end."""
        back = along(tip, direction, -_HEAD_LENGTH)
        across = (-direction[1], direction[0])
        corners = [tip, along(back, across, _HEAD_WIDTH / 2), along(back, across, -_HEAD_WIDTH / 2)]
        d = "M" + "L".join(number_pair(corner) for corner in corners) + "Z"
        self._add("path", {"d": d}, {"fill": self.palette.brand})
        return along(back, direction, 0.3)

    def write(self, words: TextLines, top: Point, anchor: str = "middle", *, ground: bool = False) -> Rect:
        """Set words below a point that is their ``start``, ``middle`` or ``end``; returns the room they take.

        Raises:
            DoesNotFit: they would run over the sheet's edge.
        """
        x, y = top
        left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * words.width
        taken = Rect(left, y, words.width, words.height)
        if left < -0.01 or y < -0.01 or taken.right > self.width + 0.01 or taken.bottom > self.height + 0.01:
            raise DoesNotFit
        if ground:
            room = taken.inset(-0.8, 0.2)
            shape: dict[str, str | float] = {"x": room.x, "y": room.y, "width": room.width, "height": room.height}
            self._add("rect", shape, {"fill": self.palette.paper})
        for line in words.lines:
            baseline = y + line.height / 2 + 0.34 * line.size * MM_PER_POINT
            across = self.width - x if self.mirrored else x
            attributes: dict[str, str | float] = {"x": across, "y": baseline, "font_size": line.size * MM_PER_POINT}
            look = {"fill": self.palette.deep if line.bold else self.palette.ink, **self._anchored(anchor)}
            self._add("text", attributes, look | ({"font_weight": "700"} if line.bold else {}), line.text)
            y += line.height
        self.labels.append(taken)
        return taken

    def _anchored(self, anchor: str) -> dict[str, str]:
        """Which end of a text stands at its point; ``start`` is where its first word is."""
        if (self.direction == "rtl") != self.mirrored:
            anchor = _OTHER_END[anchor]
        return {"text_anchor": anchor} | ({"direction": "rtl"} if self.direction == "rtl" else {})

    def mirror_image(self, place: Rect) -> Rect:
        """Where a place comes out, if the sheet is mirrored."""
        return Rect(self.width - place.right, place.y, place.width, place.height) if self.mirrored else place

    def add_writing_area(self, region: Region, place: Rect, look: Look = "open") -> None:
        """Make a place to write in. Raises DoesNotFit if it is too small for a pen."""
        if place.width < MIN_AREA_WIDTH or place.height < MIN_AREA_HEIGHT or place.y < 0 or place.bottom > self.height:
            raise DoesNotFit
        self.areas.append(WritingArea(region, self.mirror_image(place), look))

    def svg(self, title: str, family: str, enlarged: float = 1.0) -> Markup:
        """The drawing as an ``<svg>`` element that says what it shows, lettered in a family."""
        sides = [side * scale for scale in (enlarged, 1) for side in (self.width, self.height)]
        start = Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" width="{}mm" height="{}mm" viewBox="0 0 {} {}" '
            'font-family="{}"><title>{}</title>'
        ).format(*map(_number, sides), family, title)
        return start + Markup("").join(self._parts) + Markup("</svg>")

    def _look(self, highlight: bool, dash: str | None) -> dict[str, str | float]:
        colours = (self.palette.wash, self.palette.brand) if highlight else (self.palette.paper, self.palette.line)
        look: dict[str, str | float] = {
            "fill": colours[0],
            "stroke": colours[1],
            "stroke_width": STRONG if highlight else RULE,
        }
        return look | ({"stroke_dasharray": dash} if dash else {})

    def _add(
        self, name: str, shape: dict[str, str | float], look: dict[str, str] | dict[str, str | float], text: str = ""
    ) -> None:
        turned = {"transform": f"matrix(-1 0 0 1 {_number(self.width)} 0)"} if self.mirrored and not text else {}
        pairs = [(key.replace("_", "-"), value) for key, value in (*shape.items(), *look.items(), *turned.items())]
        attributes = Markup(" ").join(Markup('{}="{}"').format(key, _number(value)) for key, value in pairs)
        content = Markup(">{}</{}>").format(text, name) if text else Markup("/>")
        self._parts.append(Markup("<{} {}").format(name, attributes) + content)


def _rounded(points: tuple[Point, ...], bend: float) -> str:
    parts = [f"M{number_pair(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start = along(corner, towards(corner, before), bend)
        end = along(corner, towards(corner, after), bend)
        parts.append(f"L{number_pair(start)}Q{number_pair(corner)} {number_pair(end)}")
    return "".join([*parts, f"L{number_pair(points[-1])}"])


def label_every(pitch: float, steps: int, min_distance: float = _MIN_DISTANCE) -> int:
    """Of a scale's numbers, each one, each second or so, that they do not come nearer than ``min_distance``."""
    return next((every for every in (1, 2, 5) if pitch * every >= min_distance), steps)


def number_pair(point: Point) -> str:
    """A point in path data."""
    return f"{_number(point[0])} {_number(point[1])}"


def _number(value: str | float) -> str:
    """A number as SVG has it, to a hundredth of a millimetre."""
    if isinstance(value, str):
        return value
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
