"""Scales in a handout: where a reader meets a number from 0 to 10 or the like, and what explains its ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handoutkit.checks.text.passages import Passage
from handoutkit.checks.text.reader_copy import ReaderCopy
from handoutkit.files.source_file import Address
from handoutkit.models.blocks.block import Block
from handoutkit.models.blocks.figure import Figure
from handoutkit.models.blocks.frames_and_cards import SentenceFrame
from handoutkit.models.blocks.lists_and_questions import ListBlock
from handoutkit.models.blocks.prompts import ChoiceResponse, NumberResponse, Prompt
from handoutkit.models.blocks.reading_blocks import Callout, Concept, ProseBlock
from handoutkit.models.blocks.scales import Continuum, Measure
from handoutkit.models.blocks.tables import ScheduleGrid

RATING = (0, 10)
"""What a schedule of the kind ``rating`` and a wheel of sectors run over, unless they say otherwise."""
_SMALLEST = 3
"""The least top of a range that is a scale: "0 to 2" is a step of one."""
_COUNTED = r"(?:minutes?|hours?|days?|weeks?|months?|years?|times|people|dollars|percent|a\.?m|p\.?m)\b"
_RANGE = re.compile(
    r"(?<![\d.,:/-])(?P<low>[01])\s?(?:\([^)]*\)\s?)?(?:to|through|[-–—])\s?(?P<high>\d{1,3})"
    rf"(?![\d:/%-]|[.,]\d|\s?{_COUNTED})",
    re.IGNORECASE,
)
_RATED = re.compile(r"\b(?:scale|rat(?:e|ed|es|ing)|number|how (?!many\b|often\b)\w+)\b", re.IGNORECASE)
_BARE_RANGE = re.compile(r"\d+\s?(?:to|through|[-–—])\s?\d+", re.IGNORECASE)
_GUIDES = (ProseBlock, ListBlock, Callout, Concept, SentenceFrame)
"""Blocks whose words hold for all of a handout."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers with a lowest and a highest one.

    Attributes:
        at: of the block, or of the words that name the scale.
        by_form: its ends have words beside them, whatever the author writes.
        everywhere: it is named in running text, so that its ends may be said in any other place too.
    """

    at: Address
    lowest: int
    highest: int
    by_form: bool = False
    everywhere: bool = False


def scales_in(copy: ReaderCopy) -> list[Scale]:
    """The scales that a reader meets: drawn, to choose from, or named in words such as "0 to 10"."""
    by_block = [scale for at, block in copy.blocks for scale in _of_block(at, block)]
    return by_block + [scale for passage in copy.wording.passages for scale in _named_in(passage)]


def unsaid_ends(copy: ReaderCopy, scale: Scale) -> list[int]:
    """The ends of a scale that nothing gives a meaning, in the words that hold for it."""
    if scale.by_form or (scale.everywhere and _drawn_with_words(copy, scale)):
        return []
    words = " \n".join(_BARE_RANGE.sub(" ", text) for text in _words_for(copy, scale))
    return [end for end in (scale.lowest, scale.highest) if not _explains(words, end)]


def _of_block(at: Address, block: Block) -> Iterator[Scale]:
    match block:
        case Continuum():
            yield Scale(at, block.minimum, block.maximum, by_form=True)
        case ScheduleGrid() if block.cell == "rating":
            yield Scale(at, *RATING)
        case Prompt():
            yield from _of_response(at, block)
        case Measure():
            yield from _of_labels(at, [anchor.label for anchor in block.anchors])
        case Figure():
            yield from _of_figure(at, block)


def _of_response(at: Address, prompt: Prompt) -> Iterator[Scale]:
    response = prompt.response
    if isinstance(response, ChoiceResponse):
        yield from _of_labels(at, list(response.options))
    elif isinstance(response, NumberResponse) and not response.unit:
        low, high = response.minimum, response.maximum
        yield from [] if low is None or high is None else [Scale(at, low, high)]


def _of_labels(at: Address, labels: list[str]) -> Iterator[Scale]:
    """Answers that are numbers; an end that has words too, as in "0, never", is said by them."""
    ends = [re.match(r"\d{1,3}(?!\d)", label) for label in (labels[0], labels[-1])]
    if all(ends):
        low, high = sorted(int(end[0]) for end in ends if end)
        yield Scale(at, low, high)


def _of_figure(at: Address, figure: Figure) -> Iterator[Scale]:
    steps = figure.scale or RATING[1]
    if figure.kind == "sectors":
        yield Scale(at, 0, steps)
    elif figure.kind == "bands" and figure.scale:
        yield Scale(at, 0, steps, by_form=True)
    elif figure.kind == "axis" and figure.scale:
        yield Scale(at, 0, steps, by_form={0.0, 1.0} <= {region.value for region in figure.regions})


def _named_in(passage: Passage) -> Iterator[Scale]:
    if "regions" in passage.at:  # the steps of a figure, each with its words
        return
    for match in _RANGE.finditer(passage.words):
        low, high = int(match["low"]), int(match["high"])
        if high >= _SMALLEST and (low == 0 or _RATED.search(passage.words)):
            yield Scale(passage.at, low, high, everywhere=passage.running and _entry(passage.at) is None)


def _words_for(copy: ReaderCopy, scale: Scale) -> Iterator[str]:
    """What is said in its own block, other columns and cells left out, and in blocks that guide through the handout."""
    guides = {at for at, block in copy.blocks if isinstance(block, _GUIDES)}
    entry = _entry(scale.at)
    for passage in copy.wording.passages:
        own = passage.at[:2] == scale.at[:2] and _entry(passage.at) in (None, entry)
        if own or scale.everywhere or passage.at[:2] in guides:
            yield passage.words


def _entry(at: Address) -> Address | None:
    """The column or cell that a text stands in; None outside of tables."""
    if not {"columns", "rows"} & set(at):
        return None
    return at if isinstance(at[-1], int) else at[:-1]


def _drawn_with_words(copy: ReaderCopy, scale: Scale) -> bool:
    drawn = [other for at, block in copy.blocks for other in _of_block(at, block) if other.by_form]
    return any((other.lowest, other.highest) == (scale.lowest, scale.highest) for other in drawn)


def _explains(words: str, number: int) -> bool:
    """Whether a meaning stands beside a number: "0 is easy", "0: easy", "easy (0)", "easy is 0"."""
    other = rf"(?!(?:or|and|to|in|of|out)\b|{_COUNTED})"
    after = rf"(?<![\d.,:/-]){number}(?![\d:/]|[.,]\d)[ \t]*(?:[=:,;–—(-][ \t]*)?{other}[^\W\d_]"
    before = rf"[^\W\d_][ \t]*\([ \t]*{number}[ \t]*\)|(?:\b(?:is|means)|=)[ \t]+(?:an? )?{number}(?![\d:/]|[.,]\d)"
    return re.search(rf"{after}|{before}", words, re.IGNORECASE) is not None
