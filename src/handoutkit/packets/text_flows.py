"""Where the running text of a packet stands that is set once a client's values are known, found on its pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Dictionary

from handoutkit.models.filled_in.letter import LetterBlock
from handoutkit.models.packet import Packet
from handoutkit.render.templating.letter_html import running_names
from handoutkit.render.templating.text_filters import quotes_of
from handoutkit.render.theme import Theme
from handoutkit.render.values.running_text import RUNNING
from handoutkit.render.values.text_faces import text_faces
from handoutkit.render.values.text_flow import HANG, FlowParagraph, TextFlow

from .packet_layout import FACES, PlacedFlow
from .personalise.value_font import add_value_font


class Corner(NamedTuple):
    """The lower left corner of a place on its page, in points."""

    left: float
    bottom: float


@dataclass(frozen=True, slots=True)
class FlowOverlay:
    """A flow on a page, counted from 0, and its paragraphs' names as the page has them."""

    flow: TextFlow
    page: int
    corner: Corner
    names: tuple[str, ...]
    fonts: Dictionary


class FlowFinder:
    """Finds the flows of one packet; the fonts they are set in are put into its PDF once."""

    def __init__(self, pdf: pikepdf.Pdf, packet: Packet, theme: Theme, font: pikepdf.Object) -> None:
        self._pdf = pdf
        self._packet = packet
        self._theme = theme
        self._fonts: dict[str, pikepdf.Object] = {theme.lettering.regular: font}

    @cached_property
    def _blocks(self) -> dict[str, LetterBlock]:
        """All blocks that are set last, by the names that pages have for them."""
        texts = self._packet.texts_with_values(quotes_of(self._packet.language))
        found: dict[str, LetterBlock] = {}
        for at, blocks in texts.items():
            found |= running_names(blocks, at[-1])
        return found

    def on(self, number: int, page: pikepdf.Page) -> list[FlowOverlay]:
        """The flows on a page; what the page said of them is taken off."""
        places: list[Any] = list(page.obj.get("/" + RUNNING, ()))
        if places:
            del page.obj["/" + RUNNING]
        flows: list[list[Any]] = []
        for place in places:
            if flows and _follows(flows[-1][-1], place):
                flows[-1].append(place)
            else:
                flows.append([place])
        return [self._flow(number, together) for together in flows]

    def _flow(self, number: int, places: Sequence[Any]) -> FlowOverlay:
        boxes = [[float(side) for side in place.Rect] for place in places]
        left, bottom = min(box[0] for box in boxes) - HANG, min(box[1] for box in boxes)
        right, top = max(box[0] + box[2] for box in boxes) + HANG, max(box[1] + box[3] for box in boxes)
        names = tuple(str(place.Name) for place in places)
        paragraphs, above = [], top
        for name, box in zip(names, boxes, strict=True):
            block = self._blocks[name]
            before = round(above - box[1] - box[3], 2)
            paragraphs.append(FlowParagraph(block.runs, block.marker, round(box[0] - left, 2), box[2], before))
            above = box[1]
        first = places[0]
        faces = text_faces(self._theme, str(first.Family), int(first.Weight))
        red, green, blue = (float(part) for part in first.Colour)
        flow = TextFlow(
            name=_text_of(names[0]),
            width=round(right - left, 2),
            height=round(top - bottom, 2),
            size=float(first.Size),
            leading=float(first.Leading),
            baseline=float(first.Baseline),
            colour=(red, green, blue),
            align=str(first.Align),  # type: ignore[arg-type]
            right_to_left=bool(int(first.FromRight)),
            family=str(first.Family),
            weight=int(first.Weight),
            italics=faces.italics,
            language=self._packet.language,
            paragraphs=tuple(paragraphs),
        )
        return FlowOverlay(flow, number, Corner(left, bottom), names, self._faces(faces.files))

    def _faces(self, files: Sequence[str] | None) -> Dictionary:
        """The resources of the flow's fonts; none if they cannot be set in without a layout engine."""
        fonts = Dictionary()
        for name, file in zip(FACES, files or (), strict=False):
            if file not in self._fonts:
                self._fonts[file] = add_value_font(self._pdf, self._theme.font(file))
            fonts[name] = self._fonts[file]
        return fonts


def placed_flows(
    document: pikepdf.Pdf, overlays: Sequence[FlowOverlay], keys: Mapping[str, str]
) -> tuple[PlacedFlow, ...]:
    """The flows of a saved packet, with the numbers of their objects.

    Args:
        keys: of the paragraphs among the XObjects of their page, by their names.
    """
    found = []
    for overlay in overlays:
        drawn: Any = document.pages[overlay.page].obj.Resources.XObject
        forms = [drawn[keys[name]] for name in overlay.names]
        fonts = forms[0].Resources.Font
        numbers = tuple(fonts[name].objgen[0] for name in FACES if name in fonts)
        found.append(PlacedFlow(overlay.flow, overlay.page, tuple(form.objgen[0] for form in forms), numbers))
    return tuple(found)


def _text_of(name: str) -> str:
    return name.rpartition("-")[0]


def _follows(one: Any, other: Any) -> bool:
    """Whether two paragraphs are of one text, with nothing between them."""
    (text, _, number), (its_text, _, its_number) = (str(place.Name).rpartition("-") for place in (one, other))
    return text == its_text and int(number) + 1 == int(its_number)
