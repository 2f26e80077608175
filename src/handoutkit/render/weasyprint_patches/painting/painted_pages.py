"""Notes what is painted on pages while WeasyPrint writes them: texts, grounds and lines, in the order of painting.

The boxes of a layout say where things were meant to stand; only the order of painting, with what clips, turns and
fades, says what is seen of them. So seven functions of WeasyPrint are listened to while a PDF is written. Lengths are
in CSS pixels from the upper left corner of the page.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from handoutkit.render.weasyprint_patches.engine import Patch, Target
from handoutkit.render.weasyprint_patches.layout_boxes import TO_POINTS, colour_of
from handoutkit.render.weasyprint_patches.patches import checked_original

from .painted_shapes import (
    Bounds,
    Paint,
    PaintedLine,
    area_of,
    around,
    border_lines,
    has_border,
    meet,
    paint_of,
    paints_of,
    rectangle,
    table_line,
)

X_HEIGHT = 0.5
"""Of the size of type: the band above the baseline that has ink in every letter, in any face near enough."""
_ADDED = ("::before", "::after", "::marker", "::footnote-call", "::footnote-marker")
_BOLD = 600
_OPAQUE, _SEEN = 0.5, 0.1
"""How opaque something is at least that hides what is under it, and that can be seen on paper at all."""


@dataclass(frozen=True, slots=True)
class PaintedText:
    """A stretch of words on one line.

    Attributes:
        page: its number, from 0.
        step: when it was painted; what is painted later lies over it.
        element: the HTML element whose words they are.
        added: whether a stylesheet adds them, and no element has them.
        bounds: of the band above the baseline that has ink in every letter.
        seen_in: what is clipped off outside.
        size: of the type in points, as it is on paper.
    """

    page: int
    step: int
    element: Any
    added: bool
    text: str
    bounds: Bounds
    seen_in: Bounds
    size: float
    bold: bool
    paint: Paint


@dataclass(frozen=True, slots=True)
class PaintedGround:
    """A ground that lies over all that was painted before.

    Attributes:
        paints: its colours, more than one where they run into each other; none of a picture.
        element: of a picture, the HTML element that it is; else None.
    """

    page: int
    step: int
    bounds: Bounds
    paints: tuple[Paint, ...]
    element: Any = None

    @property
    def is_solid(self) -> bool:
        """Whether its colours hide what is under it; of a picture that is not known."""
        return bool(self.paints) and min(paint[3] for paint in self.paints) >= _OPAQUE


@dataclass(slots=True)
class PaintedPages:
    """All that was painted, and the sizes of the pages: width and height.

    Attributes:
        faded: the HTML elements that are painted so faintly, with all that is in them, that nobody sees them.
    """

    sizes: list[tuple[float, float]] = field(default_factory=list)
    texts: list[PaintedText] = field(default_factory=list)
    grounds: list[PaintedGround] = field(default_factory=list)
    lines: list[PaintedLine] = field(default_factory=list)
    faded: list[Any] = field(default_factory=list)
    _step: int = 0
    _states: list[_State] = field(default_factory=list)

    def add_page(self, page: Any) -> None:
        """Begin the next page."""
        width, height = page.margin_width(), page.margin_height()
        self.sizes.append((width, height))
        self._states = [_State(None, 1.0, (-1e6, -1e6, 1e6, 1e6))]

    def enter(self, box: Any) -> None:
        """Begin what stands in a box that may clip, turn or fade it."""
        state = self._states[-1]
        matrix, opacity, clip = state.matrix, state.opacity * box.style["opacity"], state.clip
        if box.transformation_matrix:
            matrix = box.transformation_matrix @ matrix if matrix else box.transformation_matrix
        inner = _State(matrix, opacity, clip, box, clip)
        if opacity < _SEEN and box.element is not None:
            self.faded.append(box.element)
        if box.style["overflow"] != "visible" and type(box).__name__ != "PageBox":
            inner.clip = meet(clip, inner.placed(*box.rounded_padding_box()[:4]))
        self._states.append(inner)

    def leave(self) -> None:
        """Go back to how things were painted before it."""
        self._states.pop()

    def add_text(self, box: Any) -> None:
        """Note a ``TextBox`` that is painted."""
        style, state = box.style, self._states[-1]
        if style["visibility"] != "visible" or not box.text.strip() or style["font_size"] <= 0:
            return
        baseline, band = box.position_y + box.baseline, X_HEIGHT * style["font_size"]
        bounds = state.placed(box.position_x, baseline - band, box.width, band)
        tag = box.element_tag or ""
        self._step += 1
        self.texts.append(
            PaintedText(
                page=len(self.sizes) - 1,
                step=self._step,
                element=box.element,
                added=tag.endswith(_ADDED),
                text=box.text,
                bounds=bounds,
                seen_in=state.clip,
                size=style["font_size"] * TO_POINTS * state.scale,
                bold=style["font_weight"] >= _BOLD,
                paint=(*_rgb(box), style["color"].alpha * state.opacity),
            )
        )

    def add_background(self, background: Any, *, clipped: bool) -> None:
        """Note the background of a box: its colour, then its pictures from the lowest up."""
        if background is None or not background.layers:
            return
        last = background.layers[-1]
        area = rectangle(*last.painting_area)
        if clipped and last.clipped_boxes:
            boxes = [rectangle(*box[:4]) for box in last.clipped_boxes]
            area = meet(area, around(boxes))
        if background.color.alpha > 0:
            self._add_ground(area, (paint_of(background.color),))
        for layer in reversed(background.layers):
            if layer.image is not None and 0 not in layer.size:
                self._add_ground(area_of(layer, area, self.sizes[-1]), paints_of(layer.image))

    def add_picture(self, box: Any) -> None:
        """Note a picture in the text."""
        if box.style["visibility"] == "visible" and box.width and box.height:
            x, y, width, height = box.content_box_x(), box.content_box_y(), box.width, box.height
            self._add_ground((x, y, x + width, y + height), (), box.element)

    def add_border(self, box: Any) -> None:
        """Note the border of a box, a line for each side; what the box itself clips, it does not clip of this."""
        if not has_border(box):
            return
        state = self._states[-1]
        clip = state.around if state.box is box else state.clip
        for bounds, paint in border_lines(box):
            self._add_line(bounds, paint, clip, box.element)

    def add_table_line(self, bounds: Bounds, colour: Any) -> None:
        """Note a line that cells of a table share."""
        self._add_line(bounds, paint_of(colour), self._states[-1].clip, None)

    def _add_line(self, bounds: Bounds, paint: Paint, clip: Bounds, element: Any) -> None:
        state = self._states[-1]
        left, top, right, bottom = bounds
        placed = meet(state.placed(left, top, right - left, bottom - top), clip)
        if placed[0] < placed[2] and placed[1] < placed[3]:
            self._step += 1
            faded = (*paint[:3], paint[3] * state.opacity)
            self.lines.append(PaintedLine(len(self.sizes) - 1, self._step, element, placed, faded))

    def _add_ground(self, bounds: Bounds, paints: tuple[Paint, ...], element: Any = None) -> None:
        state = self._states[-1]
        left, top, right, bottom = bounds
        placed = meet(state.placed(left, top, right - left, bottom - top), state.clip)
        if placed[0] >= placed[2] or placed[1] >= placed[3]:
            return
        self._step += 1
        faded = tuple((red, green, blue, alpha * state.opacity) for red, green, blue, alpha in paints)
        self.grounds.append(PaintedGround(len(self.sizes) - 1, self._step, placed, faded, element))


@dataclass(slots=True)
class _State:
    """How what is painted in a box comes onto the page: turned, faded and clipped; ``around`` clips the box."""

    matrix: Any
    opacity: float
    clip: Bounds
    box: Any = None
    around: Bounds = (-1e6, -1e6, 1e6, 1e6)

    @property
    def scale(self) -> float:
        return abs(self.matrix.determinant) ** 0.5 if self.matrix else 1.0

    def placed(self, x: float, y: float, width: float, height: float) -> Bounds:
        """Where a rectangle comes to stand, or what stands around it when it is turned."""
        if not self.matrix:
            return x, y, x + width, y + height
        corners = [self.matrix.transform_point(a, b) for a in (x, x + width) for b in (y, y + height)]
        across, down = zip(*corners, strict=True)
        return min(across), min(down), max(across), max(down)


@contextmanager
def painting_noted() -> Iterator[PaintedPages]:
    """Note all that is painted inside the block. Raises MachineError if WeasyPrint is not the one this is made for."""
    noted = PaintedPages()
    targets = _targets(noted)
    listener = Patch("what is painted", "", targets)
    originals = {target.name: checked_original(listener, target) for target in targets}
    places = [(*target.name.rpartition(".")[::2], target) for target in targets]
    try:
        for owner, name, target in places:
            setattr(pkgutil.resolve_name(owner), name, target.replace(originals[target.name]))
        yield noted
    finally:
        for owner, name, target in places:
            setattr(pkgutil.resolve_name(owner), name, originals[target.name])


def _targets(noted: PaintedPages) -> tuple[Target, ...]:
    """The functions that paint, and what stands before each of them while it is noted."""

    def before(note: Callable[..., None]) -> Callable[[Any], Any]:
        def replace(original: Callable[..., Any]) -> Callable[..., Any]:
            def paint(*arguments: Any, **named: Any) -> Any:
                note(*arguments, **named)
                return original(*arguments, **named)

            return paint

        return replace

    def within(original: Callable[..., Any]) -> Callable[..., Any]:
        def draw_stacking_context(stream: Any, stacking_context: Any) -> None:
            noted.enter(stacking_context.box)
            try:
                original(stream, stacking_context)
            finally:
                noted.leave()

        return draw_stacking_context

    def background(_: Any, background: Any, clip_box: bool = True, **_named: Any) -> None:
        noted.add_background(background, clipped=clip_box)

    return (
        Target("weasyprint.document.draw_page", "(page, stream)", before(lambda page, _: noted.add_page(page))),
        Target("weasyprint.draw.draw_stacking_context", "(stream, stacking_context)", within),
        Target(
            "weasyprint.draw.draw_text",
            "(stream, textbox, offset_x, text_overflow, block_ellipsis)",
            before(lambda _, box, *_rest: noted.add_text(box)),
        ),
        Target(
            "weasyprint.draw.draw_background",
            "(stream, background, clip_box=True, bleed=None, marks=())",
            before(background),
        ),
        Target("weasyprint.draw.draw_border", "(stream, box)", before(lambda _, box: noted.add_border(box))),
        Target(
            "weasyprint.draw.draw_line",
            "(stream, x1, y1, x2, y2, thickness, style, color, offset=0)",
            before(lambda _, *line: noted.add_table_line(table_line(*line[:5]), line[6])),
        ),
        Target("weasyprint.draw.draw_replacedbox", "(stream, box)", before(lambda _, box: noted.add_picture(box))),
    )


def _rgb(box: Any) -> tuple[float, float, float]:
    red, green, blue = colour_of(box)
    return red, green, blue
