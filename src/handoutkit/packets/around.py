"""What stands around the handouts of a packet, laid out as two small documents: cover and contents, and back page.

The second stays the same whatever the handouts are, so that a new mix of them needs the first only.
"""

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

TEMPLATE, BACK_TEMPLATE = "packet.html", "packet-back.html"
PLACEHOLDER = "part:"
"""How the first writes an address inside the packet, before there is one."""
_MOST_TRIES = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a handout and the number of its first page."""

    handout: Handout
    page: int


@dataclass(frozen=True, slots=True)
class Pages:
    """A PDF, and how many pages it has."""

    pdf: bytes
    count: int


@dataclass(frozen=True, slots=True)
class Around:
    """The pages around the handouts.

    Attributes:
        before: cover, letter and contents.
        behind: the back page, and behind it an empty one to put between handouts, which is not counted.
    """

    before: Pages
    behind: Pages
    plan: Plan


def set_around(
    typesetter: Typesetter, packet: Loaded[Packet], handouts: Sequence[tuple[Handout, Length]], setting: Setting
) -> Around:
    """Lay out the pages around handouts whose lengths are known. Raises ContentError."""
    maker = _Maker(typesetter, packet, setting)
    behind = maker.pages(BACK_TEMPLATE)
    behind = Pages(behind.pdf, behind.count - 1)
    lengths = [length for _, length in handouts]
    page_of_its_own = packet.model.contents and packet.model.sides == "duplex"
    guess = plan(1 + page_of_its_own, lengths, behind.count)
    for _ in range(_MOST_TRIES):
        entries = [Entry(handout, start + 1) for (handout, _), start in zip(handouts, guess.starts, strict=True)]
        before = maker.pages(TEMPLATE, entries=entries)
        found = plan(before.count, lengths, behind.count)
        # Only the numbers on the contents page can differ from the guess, and those do not move a line.
        if found.starts == guess.starts:
            return Around(before, behind, found)
        guess = found
    message = "the contents of this packet come out one page longer or shorter each time their numbers are put in"
    raise ContentError(packet.source.problem("contents", message, "shorten the letter a little", at=("cover",)))


@dataclass(frozen=True, slots=True)
class _Maker:
    typesetter: Typesetter
    packet: Loaded[Packet]
    setting: Setting

    def pages(self, template: str, **more: object) -> Pages:
        """A template's pages: those that are kept, or else laid out now."""
        setting, packet = self.setting, self.packet
        names = {"packet": packet.model, "locale": setting.locale, "paper": setting.paper, **more}
        html = self.typesetter.html(template, setting.practice, names)
        key = key_of(html, setting.theme, setting.logo)
        kept = setting.cache.entry(key)
        if kept and "pages" in kept.facts:
            return Pages(kept.pdf, int(kept.facts["pages"]))
        laid_out = self.typesetter.lay_out(html, packet.source, setting.logo)
        placeholder = PLACEHOLDER if template == TEMPLATE else None
        pdf = self.typesetter.write(laid_out, packet.source, _finish(packet.model.id), placeholder=placeholder)
        made = Pages(pdf, len(laid_out.pages))
        setting.cache.keep(key, Kept(pdf, {"pages": made.count}))
        return made


def _finish(name: str) -> Callable[[Any, Any], None]:
    def finish(laid_out: Any, pdf: Any) -> None:
        tags.repair(laid_out, pdf, name)
        stamps.record(laid_out, pdf)
        forms.name_widgets(laid_out)

    return finish
