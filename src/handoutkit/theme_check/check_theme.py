"""Checks a theme: every name in it, and handouts in every form that a reader or a listener can be given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.errors import ContentError, Problem
from handoutkit.library.library import Library
from handoutkit.library.theme_folders import lineage
from handoutkit.models.document import FORMATS
from handoutkit.own_themes.replaced_files import AgedFile, aged_files, remember
from handoutkit.own_themes.stray_names import stray_names
from handoutkit.packets.packet_builder import PacketBuilder
from handoutkit.packets.personalise.make_client_packet import packet_for_nobody
from handoutkit.render.render_cache import RenderCache

from .contact_sheet import MadePages
from .covering_handouts import covering_handouts, in_language, small_packet

RIGHT_TO_LEFT = "ar"
_COPIES = ("pdf", "html", "txt", "docx")
"""What is made of a handout in its usual form."""


@dataclass(frozen=True, slots=True)
class ThemeFindings:
    """What was found in a theme.

    Attributes:
        handouts: ids or files of those that it was tried on.
        aged: its files whose shipped ones have changed.
        pages: what was made, with the pages.
    """

    handouts: tuple[str, ...]
    problems: tuple[Problem, ...]
    aged: tuple[AgedFile, ...]
    pages: tuple[MadePages, ...]


@dataclass(slots=True)
class _Problems:
    """Problems, those of one place once, with where else they are seen."""

    found: dict[tuple[object, ...], tuple[Problem, list[str]]] = field(default_factory=dict)

    def add(self, problems: Sequence[Problem], where: str) -> None:
        """Note problems of what was made."""
        for problem in problems:
            key = (problem.code, problem.file, problem.line, problem.column)
            self.found.setdefault(key, (problem, []))[1].append(where)

    def told(self) -> Iterator[Problem]:
        """Each problem, with where it is seen."""
        for problem, places in self.found.values():
            first, *others = dict.fromkeys(places)
            more = f" and {len(others)} more" if others else ""
            yield replace(problem, message=f"{problem.message}; seen in {first}{more}")


def check_theme(
    library: Library,
    name: str,
    handouts: Sequence[str] = (),
    *,
    practice: str | None = None,
    today: date | None = None,
    cache: RenderCache | None = None,
    accept: bool = False,
) -> ThemeFindings:
    """All that is wrong with a theme, and pages made in it.

    Args:
        handouts: ids or files of those to try it on; by default a few with every type of block.
        accept: take the shipped files as they are now for those that the theme's files were made from.

    Raises:
        UsageError: there is no such theme, practice or handout.
        ContentError: the theme or the practice cannot be read.
        MachineError: the machine lacks something.
    """
    roots = library.workspace.roots
    lineage(name, roots)
    remember(name, roots, anew=accept)
    aged = aged_files(name, roots)
    chosen = list(handouts) or covering_handouts(library)
    options = BuildOptions(theme=name, practice=practice, today=today)
    found, pages = _Problems(), list[MadePages]()
    for wanted, each in _forms(library, chosen, options):
        pages += _built(library, wanted, each, cache, found)
    if packet := small_packet(library):
        pages += _packet(library, packet, options, cache, found)
    problems = (*stray_names(name, roots), *(each.problem() for each in aged), *found.told())
    return ThemeFindings(tuple(chosen), problems, tuple(aged), tuple(pages))


def _forms(
    library: Library, chosen: Sequence[str], options: BuildOptions
) -> Iterator[tuple[Sequence[str], BuildOptions]]:
    """The handouts with the options to build them with."""
    yield chosen, replace(options, to=_COPIES)
    yield chosen, replace(options, layout="booklet")
    for format in FORMATS[1:]:
        yield chosen, replace(options, format=format)
    yield in_language(library, chosen, RIGHT_TO_LEFT), replace(options, language=RIGHT_TO_LEFT)


def _built(
    library: Library, chosen: Sequence[str], options: BuildOptions, cache: RenderCache | None, found: _Problems
) -> Iterator[MadePages]:
    """The pages of handouts with some options; from the first with problems on they are made as drafts."""
    builder, waiting = Builder(library, options, cache), list(chosen)
    while waiting:
        where = f"{waiting[0]}, {_look(options)}"
        try:
            made = builder.render(waiting[:1]).finished[0].rendered
        except ContentError as error:
            found.add(error.problems, where)
            if builder.options.draft:
                del waiting[0]
            else:
                builder = Builder(library, replace(options, draft=True), cache)
            continue
        found.add(made.problems, where)
        yield MadePages(where, made.pdf, has_problems=bool(made.problems))
        del waiting[0]


def _packet(
    library: Library, packet: str, options: BuildOptions, cache: RenderCache | None, found: _Problems
) -> Iterator[MadePages]:
    """The pages of a packet for nobody."""
    where = f"the packet {packet}"
    packer = PacketBuilder(library, options, cache)
    try:
        yield MadePages(where, packet_for_nobody(packer.lay_out(packet).layout, packer.theme), has_problems=False)
    except ContentError as error:
        found.add(error.problems, where)


def _look(options: BuildOptions) -> str:
    words = (options.format, options.layout or "", options.language or "")
    return ", ".join(word for word in words if word)
