"""Checks a theme: every name in it, and handouts in every form that a reader or a listener can be given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.errors import ContentError, Problem
from handoutkit.isolation.worker_pool import the_pool
from handoutkit.library.library import Library
from handoutkit.library.theme_folders import lineage
from handoutkit.models.document import FORMATS
from handoutkit.own_themes.replaced_files import AgedFile, aged_files, remember
from handoutkit.own_themes.stray_names import stray_names
from handoutkit.packets.packet_builder import PacketBuilder
from handoutkit.packets.personalise.make_client_packet import packet_for_nobody

from .contact_sheet import MadePages
from .covering_handouts import in_language, small_packet

RIGHT_TO_LEFT = "ar"
_COPIES = ("pdf", "html", "txt", "docx")
"""What is made of a handout in its usual form."""
Told = Callable[[int, int, str], None]
"""Is given how many are made, of how many, and the last of them."""


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
    options: BuildOptions,
    handouts: Sequence[str],
    *,
    accept: bool = False,
    processes: int = 1,
    told: Told = lambda _done, _of, _what: None,
) -> ThemeFindings:
    """All that is wrong with a theme, and pages made in it.

    Args:
        options: with the theme, and whose name and colours it is tried with.
        handouts: ids or files of those to try it on; see ``covering_handouts.handouts_to_try``.
        accept: take the shipped files as they are now for those that the theme's files were made from.
        processes: how many handouts are set at a time.
        told: is called after each.

    Raises:
        UsageError: there is no such theme, practice or handout.
        ContentError: the theme or the practice cannot be read.
        MachineError: the machine lacks something.
    """
    name, roots = options.theme, library.workspace.roots
    lineage(name, roots)
    remember(name, roots, anew=accept)
    aged = aged_files(name, roots)
    tried = _tried(library, options, handouts, processes, told)
    found = _Problems()
    for each in tried:
        found.add(each.problems, each.where)
    pages = (MadePages(each.where, each.pdf, has_problems=bool(each.problems)) for each in tried if each.pdf)
    seen = tuple(found.told())
    at = {_place_of(problem) for problem in seen}
    strays = (problem for problem in stray_names(name, roots) if _place_of(problem) not in at)
    problems = (*strays, *(each.problem() for each in aged), *seen)
    return ThemeFindings(tuple(handouts), problems, tuple(aged), tuple(pages))


def _place_of(problem: Problem) -> tuple[str, str, int, int]:
    """What a problem is and where, so that one which a build says too is told once."""
    return problem.code, problem.file, problem.line, problem.column


def _tried(
    library: Library, options: BuildOptions, chosen: Sequence[str], processes: int, told: Told
) -> list[_TriedPages]:
    """What comes of handouts in every form, and of a packet."""
    tasks = [
        (wanted, form)
        for some, each in _forms(library, chosen, options)
        for form in [_TriedForm(library, each)]
        for wanted in some
    ]
    packet = small_packet(library)
    counted, of = count(1), len(tasks) + (1 if packet else 0)

    def make(task: tuple[str, _TriedForm]) -> _TriedPages:
        wanted, form = task
        made = form.made(wanted)
        told(next(counted), of, made.where)
        return made

    tried = the_pool().try_each(make, tasks, processes)
    if packet:
        tried.append(_packet(library, packet, options))
        told(next(counted), of, tried[-1].where)
    return tried


def _forms(
    library: Library, chosen: Sequence[str], options: BuildOptions
) -> Iterator[tuple[Sequence[str], BuildOptions]]:
    """The handouts with the options to build them with."""
    yield chosen, replace(options, to=_COPIES)
    yield chosen, replace(options, layout="booklet")
    for format in FORMATS[1:]:
        yield chosen, replace(options, format=format)
    yield in_language(library, chosen, RIGHT_TO_LEFT), replace(options, language=RIGHT_TO_LEFT)


@dataclass(frozen=True, slots=True)
class _TriedPages:
    """What came of a handout or packet; without a PDF if none did."""

    where: str
    pdf: bytes
    problems: tuple[Problem, ...]


class _TriedForm:
    """Options to build handouts with; from the first with problems on they are made as drafts."""

    def __init__(self, library: Library, options: BuildOptions) -> None:
        self._library = library
        self._builder = Builder(library, options)

    def made(self, handout: str) -> _TriedPages:
        """The pages of a handout, and what is wrong with them."""
        builder = self._builder
        where = f"{handout}, {_look(builder.options)}"
        try:
            made = builder.render([handout]).finished[0].rendered
        except ContentError as error:
            if builder.options.draft:
                return _TriedPages(where, b"", tuple(error.problems))
            self._builder = Builder(self._library, replace(builder.options, draft=True))
            again = self.made(handout)
            return replace(again, problems=(*error.problems, *again.problems))
        return _TriedPages(where, made.pdf, tuple(made.problems))


def _packet(library: Library, packet: str, options: BuildOptions) -> _TriedPages:
    """The pages of a packet for nobody."""
    where = f"the packet {packet}"
    packer = PacketBuilder(library, options)
    try:
        return _TriedPages(where, packet_for_nobody(packer.lay_out(packet).layout, packer.theme), ())
    except ContentError as error:
        return _TriedPages(where, b"", tuple(error.problems))


def _look(options: BuildOptions) -> str:
    words = (options.format, options.layout or "", options.language or "")
    return ", ".join(word for word in words if word)
