"""Handouts and packets set as they will print; what was good last stays while a file is broken."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from handoutkit.building import Builder
from handoutkit.choices import Choices
from handoutkit.errors import HandoutkitError, Problem
from handoutkit.library.library import Library
from handoutkit.packets import client
from handoutkit.packets.finished import finished
from handoutkit.packets.packet import Packer
from handoutkit.render.cache import RenderCache
from handoutkit.sharing.media import Copy, Medium

from .pages import Pages, Size, sizes

MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class Shown:
    """Pages to look at.

    Attributes:
        digest: of the PDF; empty if there never was one.
        problems: of this moment; with ``stale`` pages, they are why nothing newer is shown.
    """

    digest: str = ""
    pdf: bytes = b""
    pages: tuple[Size, ...] = ()
    fields: int = 0
    problems: tuple[Problem, ...] = ()
    stale: bool = False


class Showroom:
    """Sets what is looked at. Used from one thread only."""

    def __init__(self, pages: Pages, cache: RenderCache) -> None:
        self._pages = pages
        self._cache = cache
        self._good: OrderedDict[tuple[str, str, Choices], Shown] = OrderedDict()

    def handout(self, library: Library, wanted: str, choices: Choices) -> Shown:
        """A handout or format, by id or file."""
        return self._shown(("handout", wanted, choices), lambda: self._handout(library, wanted, choices))

    def packet(self, library: Library, wanted: str, choices: Choices) -> Shown:
        """A packet as laid out, for nobody yet."""
        return self._shown(("packet", wanted, choices), lambda: self._packet(library, wanted, choices))

    def copy(self, library: Library, wanted: str, choices: Choices, medium: Medium) -> Copy:
        """A handout in another form than PDF. Raises UsageError, ContentError, MachineError."""
        build = Builder(library, replace(choices, to=(medium,)), self._cache).render([wanted])
        return build.finished[0].copies[0]

    def personalised(self, library: Library, wanted: str, choices: Choices, ref: str, settings: Sequence[str]) -> bytes:
        """A packet made one client's, and read back; nothing of it is kept here.

        Raises:
            UsageError, ContentError, WithheldError: none of their problems repeats a value.
        """
        packer = Packer(library, choices, self._cache)
        layout = packer.lay_out(wanted).layout
        given = {client.CLIENT_REF: ref, **client.values_of(settings, layout, packer.locale(layout))}
        return finished(layout, packer.theme, given)

    def _shown(self, key: tuple[str, str, Choices], make: Callable[[], Shown]) -> Shown:
        try:
            shown = make()
        except HandoutkitError as error:
            last = self._good.get(key, Shown())
            self._pages.keep(last.digest, last.pdf)
            return replace(last, problems=error.problems, stale=True)
        self._good[key] = shown
        self._good.move_to_end(key)
        while len(self._good) > MOST_KEPT:
            self._good.popitem(last=False)
        self._pages.keep(shown.digest, shown.pdf)
        return shown

    def _handout(self, library: Library, wanted: str, choices: Choices) -> Shown:
        build = Builder(library, choices, self._cache).render([wanted])
        rendered = build.finished[0].rendered
        return _shown(rendered.pdf, rendered.fields, build.warnings)

    def _packet(self, library: Library, wanted: str, choices: Choices) -> Shown:
        made = Packer(library, choices, self._cache).lay_out(wanted)
        return _shown(made.layout.pdf, made.layout.fields, made.warnings)


def _shown(pdf: bytes, fields: int, problems: tuple[Problem, ...]) -> Shown:
    return Shown(hashlib.sha256(pdf).hexdigest(), pdf, sizes(pdf), fields, problems)
