"""Paragraphs whose words are known only at the last step, below each other in one place of a page.

Their lines break as the values among their words have it; what is over stays free below the last of them. Lengths are
in points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from handoutkit.errors import Problem
from handoutkit.models.clients.client_ref import CLIENT_REF
from handoutkit.models.filled_in.letter import LetterRun

from .value_box import MIN_SIZE

HANG = 17.0
"""From the marker of a list's item to its words."""
_STEPS = (1.0, 0.95, 0.9, 0.85, 0.8)
BLANK = "_" * 14
"""What stands for a value in the copy that is nobody's, to be filled in by hand."""
_ONE_STOP = re.compile(r"\.(?!\.)")
_BEFORE_NOTHING = tuple(" ,.;:!?)\n")


@dataclass(frozen=True, slots=True)
class FlowParagraph:
    """A paragraph, or an item of a list with its ``marker``.

    Attributes:
        left: from the left edge of the flow, as ``width`` is that of its lines.
        before: from the foot of the paragraph before it.
    """

    runs: tuple[LetterRun, ...]
    marker: str
    left: float
    width: float
    before: float


@dataclass(frozen=True, slots=True)
class TextFlow:
    """Paragraphs in one place, all set alike.

    Attributes:
        leading: from line to line.
        baseline: from the upper edge of a line to its baseline.
        family: of the typeface; ``weight``, of words that are not strong.
        italics: whether the family has them; if not, emphasis is bold.
        language: a BCP 47 tag.
    """

    name: str
    width: float
    height: float
    size: float
    leading: float
    baseline: float
    colour: tuple[float, float, float]
    align: Literal["left", "right", "center", "justify"]
    right_to_left: bool
    family: str
    weight: int
    italics: bool
    language: str
    paragraphs: tuple[FlowParagraph, ...]

    @property
    def values(self) -> frozenset[str]:
        """The names of the values among its words."""
        return frozenset(run.value for paragraph in self.paragraphs for run in paragraph.runs if run.value)


def smaller(flow: TextFlow) -> Iterator[TextFlow]:
    """The flow in the sizes that are tried, from its own to the smallest, which is never below what everyone reads."""
    for step in _STEPS:
        if step == 1 or flow.size * step >= MIN_SIZE:
            size, leading, baseline = (round(part * step, 3) for part in (flow.size, flow.leading, flow.baseline))
            yield replace(flow, size=size, leading=leading, baseline=baseline)


def filled(paragraph: FlowParagraph, given: Mapping[str, str]) -> list[LetterRun]:
    """The words of a paragraph with values among them; a value that is empty takes the space before it with it.

    A sentence that ends with a value ends with one full stop, also if that value does, as ``9:00 a.m.``

    Args:
        given: values by name; without a client's reference the copy is nobody's, and has blanks to write on.
    """
    made: list[LetterRun] = []
    runs = paragraph.runs
    for number, run in enumerate(runs):
        text = run.text
        if not run.value and number and runs[number - 1].value and made and _ONE_STOP.match(text):
            text = text[made[-1].text.rstrip().endswith(".") :]
        if run.value:
            text = given.get(run.value) or run.otherwise or ("" if CLIENT_REF in given else BLANK)
            following = runs[number + 1].text if number + 1 < len(runs) else "\n"
            if not text and made and following.startswith(_BEFORE_NOTHING):
                made[-1] = replace(made[-1], text=made[-1].text.rstrip(" "))
        if text:
            made.append(replace(run, text=text))
    return made


def text_of(paragraph: FlowParagraph, given: Mapping[str, str]) -> str:
    """All words of a paragraph with its marker, as they are read."""
    words = "".join(run.text for run in filled(paragraph, given))
    return f"{paragraph.marker} {words}".strip()


def flow_too_long(flow: TextFlow) -> Problem:
    """The problem of values with which a text does not fit its place."""
    message = f"with these values the text `{flow.name}` does not fit its place"
    return Problem("value-too-long", message, "shorten the values it holds, or the text itself", path=flow.name)
