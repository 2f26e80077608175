"""Tunes the space of a handout until every page of it ends well, and says of which pages it could not mend that.

A page ends well if at most two fifths of it are open: also the page before a turned one or before cards to cut out, and
the page before something that stays in one piece. The last page ends well if it is at least a third full.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from .weasyprint_patches.layout_boxes import PageFill, fills_of_pages

MIN_FILL = 1 / 3
"""The part of the last page that must hold something."""
MAX_OPEN = 0.4
"""The part of any other page that may stay open."""
SPACE = 0.3
"""The part of a page that is space which can be tuned; measured on the shipped handouts."""


class Setting(NamedTuple):
    """One way to set a handout.

    Attributes:
        room: a factor of all vertical space.
        end: another one, of the space inside what closes the handout.
        whole: whether an exercise, help that cannot wait and a card of large print stay in one piece, and do not part
            between their steps, lines and places.
    """

    room: float = 1.0
    end: float = 1.0
    whole: bool = True

    @property
    def css(self) -> str:
        """The custom properties that stylesheets read it from."""
        whole = "avoid" if self.whole else "auto"
        return f":root {{ --room: {self.room}; --end: {self.end}; --whole: {whole} }}"


OWN_SETTING = Setting()
"""The theme's own."""
CLOSER = (Setting(0.88, 0.8), Setting(0.76, 0.6), Setting(0.55, 0.5, whole=False))
WIDER = (Setting(1.15), Setting(1.3, whole=False))
PARTED = (CLOSER[0], Setting(whole=False), CLOSER[-1], Setting(1.15, whole=False))
"""What is tried where a page before the last is too empty: most often, something on the next one stays whole."""
MAX_TRIED = 4
"""How many settings are tried besides the theme's own."""


class Judgement(NamedTuple):
    """How the pages of a layout end; the one that compares lower is better.

    Attributes:
        open_pages: numbers of pages that are too empty and not the last, from 1.
        thin_end: whether the last page holds next to nothing.
        leaves: sheets of paper, printed on both sides.
        open: the parts of pages that stay open, summed, but for the last.
    """

    open_pages: tuple[int, ...]
    thin_end: bool
    leaves: int
    open: float

    @property
    def is_good(self) -> bool:
        """Whether every page ends well."""
        return not self.open_pages and not self.thin_end

    @property
    def rank(self) -> tuple[float, ...]:
        """What is to be as low as can be, the worst first."""
        return len(self.open_pages) + self.thin_end, self.leaves, self.open


def fitted(lay_out: Callable[[Setting], Any]) -> Any:
    """The first layout whose pages all end well; if there is none among those tried, the best of them.

    Args:
        lay_out: from a setting to a ``weasyprint.document.Document``.
    """
    best = lay_out(OWN_SETTING)
    judged = judgement(fills_of_pages(best))
    for setting in () if judged.is_good else by_promise(fills_of_pages(best)):
        document = lay_out(setting)
        other = judgement(fills_of_pages(document))
        if other.rank < judged.rank:
            best, judged = document, other
        if judged.is_good:
            break
    return best


def too_empty(laid_out: Any) -> tuple[int, ...]:
    """The pages of a layout that do not end well, from 1; the last one counts if it holds next to nothing."""
    fills = fills_of_pages(laid_out)
    judged = judgement(fills)
    return (*judged.open_pages, *([len(fills)] if judged.thin_end else []))


def judgement(fills: list[PageFill]) -> Judgement:
    """How pages end. Empty backs of cards, and sheets of cards themselves, are as full as they are to be."""
    before = [(number, 1 - fill.part) for number, fill in enumerate(fills[:-1], start=1) if not fill.is_of_cards]
    return Judgement(
        open_pages=tuple(number for number, open_part in before if open_part > MAX_OPEN),
        thin_end=len(fills) > 1 and fills[-1].part < MIN_FILL and not fills[-1].is_of_cards,
        leaves=(len(fills) + 1) // 2,
        open=round(sum(open_part for _, open_part in before), 3),
    )


def by_promise(fills: list[PageFill]) -> list[Setting]:
    """The settings to try, first those that should end well, judging by the first layout.

    Where a page before the last is too empty, what did not fit onto it is set closer, or may part.
    An end that is too much to draw in gets more space.
    """
    if judgement(fills).open_pages:
        return list(PARTED[:MAX_TRIED])
    last = fills[-1].part

    def fails(setting: Setting) -> bool:
        moved = last + len(fills) * SPACE * (setting.room - 1)
        return 0 < moved < MIN_FILL

    return sorted((*CLOSER, *WIDER), key=fails)[:MAX_TRIED]
