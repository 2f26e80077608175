"""What stands around the handouts of a packet, laid out as one small document: cover, contents, back page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from handoutkit.errors import ContentError
from handoutkit.loading.load import Loaded
from handoutkit.models.handout import Handout
from handoutkit.models.packet import Packet
from handoutkit.render import forms, stamps, tags
from handoutkit.render.cache import Entry as Kept
from handoutkit.render.cache import key_of
from handoutkit.render.pdf import Typesetter

from .plan import Length, Plan, plan
from .setting import Setting

TEMPLATE = "packet.html"
COVER, BACK, EMPTY = "cover", "back", "left-empty"
"""Names of the template's pages; those of the contents have none."""
_MOST_TRIES = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a handout and the number of its first page."""

    handout: Handout
    page: int


@dataclass(frozen=True, slots=True)
class Front:
    """The pages around the handouts, in one PDF: those before them, those behind, and an empty one to put between.

    Attributes:
        before, behind: how many pages; the empty one is the last and is not counted.
    """

    pdf: bytes
    before: int
    behind: int
    plan: Plan


def set_front(
    typesetter: Typesetter, packet: Loaded[Packet], handouts: Sequence[tuple[Handout, Length]], setting: Setting
) -> Front:
    """Lay out the pages around handouts whose lengths are known. Raises ContentError."""
    lengths = [length for _, length in handouts]
    page_of_its_own = packet.model.contents and packet.model.sides == "duplex"
    guess = plan(1 + page_of_its_own, lengths, int(packet.model.back_page))
    for _ in range(_MOST_TRIES):
        entries = [Entry(handout, start + 1) for (handout, _), start in zip(handouts, guess.starts, strict=True)]
        names = {"packet": packet.model, "entries": entries, "locale": setting.locale, "paper": setting.paper}
        html = typesetter.html(TEMPLATE, setting.practice, names)
        kept = _kept_or_set(typesetter, html, packet, setting)
        before, behind = int(kept.facts["before"]), int(kept.facts["behind"])
        found = plan(before, lengths, behind)
        # Only the numbers on the contents page can differ from the guess, and those do not move a line.
        if found.starts == guess.starts:
            return Front(kept.pdf, before, behind, found)
        guess = found
    message = "the contents of this packet come out one page longer or shorter each time their numbers are put in"
    raise ContentError(packet.source.problem("contents", message, "shorten the letter a little", at=("cover",)))


def _kept_or_set(typesetter: Typesetter, html: str, packet: Loaded[Packet], setting: Setting) -> Kept:
    key = key_of(html, setting.theme, setting.logo)
    kept = setting.cache.entry(key)
    if kept and {"before", "behind"} <= kept.facts.keys():
        return kept
    laid_out = typesetter.lay_out(html, packet.source, setting.logo)
    pages = [page._page_box.page_type.name for page in laid_out.pages]
    behind = pages.count(BACK)
    before = len(pages) - behind - pages.count(EMPTY)
    pdf = typesetter.write(laid_out, packet.source, _finish(packet.model.id))
    made = Kept(pdf, {"before": before, "behind": behind})
    setting.cache.keep(key, made)
    return made


def _finish(name: str) -> Callable[[Any, Any], None]:
    def finish(laid_out: Any, pdf: Any) -> None:
        tags.repair(laid_out, pdf, name)
        stamps.record(laid_out, pdf)
        forms.name_widgets(laid_out)

    return finish
