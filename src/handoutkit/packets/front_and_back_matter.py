"""What stands around the handouts of a packet (cover, contents, back page), and where each handout starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from handoutkit.errors import ContentError
from handoutkit.files.kept_entries import CacheEntry as Kept
from handoutkit.loading.load_file import Loaded
from handoutkit.models.handout import Handout
from handoutkit.models.packet import Packet
from handoutkit.models.practice import Paper, Practice
from handoutkit.pictures.logo_files import LogoFiles
from handoutkit.render import page_stamps
from handoutkit.render.draft_mark import with_draft_mark
from handoutkit.render.forms import write_form_fields
from handoutkit.render.page_checks.check_pages import PagesToCheck
from handoutkit.render.page_checks.fault import PlacedProblem
from handoutkit.render.page_checks.place_pictures import with_picture
from handoutkit.render.render_cache import Pieces, key_of
from handoutkit.render.theme import Theme
from handoutkit.render.typeset import Typesetter
from handoutkit.render.values import running_text
from handoutkit.render.weasyprint_patches import structure_tags
from handoutkit.render.weasyprint_patches.painting.painted_pages import PaintedPages


@dataclass(frozen=True, slots=True)
class AssemblyContext:
    """For whom a packet is set, how, and with what; ``values`` are those that the cover has places for."""

    practice: Practice
    paper: Paper
    logo: LogoFiles | None
    locale: str
    theme: Theme
    cache: Pieces
    values: tuple[str, ...]
    draft: bool = False


@dataclass(frozen=True, slots=True)
class HandoutLength:
    """A handout's pages, and whether its first must be the front of a leaf."""

    pages: int
    on_the_right: bool


@dataclass(frozen=True, slots=True)
class PagePlan:
    """Pages are counted from 0; those before a handout that belong to nothing are left empty.

    Attributes:
        starts: the first page of each handout.
        back: the first page behind the handouts.
        total: all pages of the packet.
    """

    starts: tuple[int, ...]
    back: int
    total: int


def plan_pages(before: int, handouts: Sequence[HandoutLength], behind: int) -> PagePlan:
    """Where handouts start that follow ``before`` pages and are followed by ``behind`` more.

    >>> plan(2, [Length(3, True), Length(5, True)], 1)
    Plan(starts=(2, 6), back=11, total=12)
    """
    starts: list[int] = []
    page = before
    for handout in handouts:
        page += handout.on_the_right and page % 2
        starts.append(page)
        page += handout.pages
    return PagePlan(tuple(starts), page, page + behind)


TEMPLATE, BACK_TEMPLATE = "packet.html", "packet-back.html"
PLACEHOLDER = "part:"
"""How the first writes an address inside the packet, before there is one."""
_MAX_TRIES = 4


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents: a handout and the number of its first page."""

    handout: Handout
    page: int


@dataclass(frozen=True, slots=True)
class SetPages:
    """A PDF, and how many pages it has."""

    pdf: bytes
    count: int


@dataclass(frozen=True, slots=True)
class FrontAndBackMatter:
    """The pages around the handouts.

    Attributes:
        before: cover, letter and contents.
        behind: the back page, and behind it an empty one to put between handouts, which is not counted.
    """

    before: SetPages
    behind: SetPages
    plan: PagePlan


def set_front_and_back_matter(
    typesetter: Typesetter,
    packet: Loaded[Packet],
    handouts: Sequence[tuple[Handout, HandoutLength]],
    setting: AssemblyContext,
) -> FrontAndBackMatter:
    """Lay out the pages around handouts whose lengths are known. Raises ContentError."""
    pages_of = _MatterTypesetter(typesetter, packet, setting)
    behind = pages_of.template(BACK_TEMPLATE)
    behind = SetPages(behind.pdf, behind.count - 1)
    lengths = [length for _, length in handouts]
    page_of_its_own = bool(handouts) and packet.model.contents and packet.model.sides == "duplex"
    guess = plan_pages(1 + page_of_its_own, lengths, behind.count)
    for _ in range(_MAX_TRIES):
        entries = [
            ContentsEntry(handout, start + 1) for (handout, _), start in zip(handouts, guess.starts, strict=True)
        ]
        before = pages_of.template(TEMPLATE, entries=entries)
        found = plan_pages(before.count, lengths, behind.count)
        # Only the numbers on the contents page can differ from the guess, and those do not move a line.
        if found.starts == guess.starts:
            return FrontAndBackMatter(before, behind, found)
        guess = found
    message = "the contents of this packet come out one page longer or shorter each time their numbers are put in"
    raise ContentError(packet.source.problem("contents", message, "shorten the letter a little", at=("cover",)))


@dataclass(frozen=True, slots=True)
class _MatterTypesetter:
    typesetter: Typesetter
    packet: Loaded[Packet]
    setting: AssemblyContext

    def template(self, name: str, **more: object) -> SetPages:
        """A template's pages: those that are kept, or else laid out now."""
        setting, packet = self.setting, self.packet
        names = {
            "packet": packet.model,
            "locale": setting.locale,
            "paper": setting.paper,
            "values": setting.values,
            **more,
        }
        html = self.typesetter.html(name, setting.practice, names)
        signature = packet.model.cover.signature
        pictures = [packet.source.path.parent / signature.file] if signature else []
        key = key_of((html, setting.draft), setting.theme, setting.logo, pictures)
        kept = setting.cache.entry(key)
        if kept and "pages" in kept.facts:
            return SetPages(kept.pdf, int(kept.facts["pages"]))
        laid_out = self.typesetter.lay_out(html, packet.source, setting.logo)
        placeholder = PLACEHOLDER if name == TEMPLATE else None
        found = list[PlacedProblem]()

        def check_pages(painted: PaintedPages) -> None:
            found.extend(PagesToCheck(laid_out, painted, setting.theme, packet.source).problems_around())

        finish = _finish(packet.model.id)
        pdf = self.typesetter.write(laid_out, packet.source, finish, placeholder=placeholder, check_pages=check_pages)
        if found and not setting.draft:
            raise ContentError(with_picture(pdf, found, setting.theme))
        pdf = with_draft_mark(pdf, setting.theme) if setting.draft else pdf
        made = SetPages(pdf, len(laid_out.pages))
        setting.cache.keep(key, Kept(pdf, {"pages": made.count}))
        return made


def _finish(name: str) -> Callable[[Any, Any], None]:
    def finish(laid_out: Any, pdf: Any) -> None:
        structure_tags.repair_structure(laid_out, pdf, name)
        page_stamps.record(laid_out, pdf)
        running_text.record(laid_out, pdf)
        write_form_fields.name_widgets(laid_out)

    return finish
