"""Handouts and packets as PDFs to look at; while a file is broken, its last good pages are shown."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from handoutkit.build.add_reference import with_client_ref
from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.errors import HandoutkitError, Problem
from handoutkit.export.output_formats import OutputFile
from handoutkit.files.recently_used import RecentlyUsed
from handoutkit.library.library import Library
from handoutkit.models.clients.client_ref import CLIENT_REF
from handoutkit.packets.handout_for_client import filled_in
from handoutkit.packets.packet_builder import PacketBuilder
from handoutkit.packets.personalise import client_values
from handoutkit.packets.personalise.make_client_packet import make_client_packet_in_worker, packet_for_nobody
from handoutkit.render.render_cache import RenderCache

from .page_pictures import PagePictures, PageSize, sizes

MAX_KEPT = 64


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """A finished PDF and the sizes of its pages, or the problems why there is none.

    Attributes:
        digest: of the PDF; empty if there never was one.
        problems: of this moment; with ``stale`` pages, they are why nothing newer is shown.
    """

    digest: str = ""
    pdf: bytes = b""
    pages: tuple[PageSize, ...] = ()
    fields: int = 0
    problems: tuple[Problem, ...] = ()
    stale: bool = False


class PreviewRenderer:
    """Makes the PDFs of the preview. For one thread only."""

    def __init__(self, pages: PagePictures, cache: RenderCache) -> None:
        self._pages = pages
        self._cache = cache
        self._last_good = RecentlyUsed[tuple[str, str, BuildOptions], PreviewPage](MAX_KEPT)

    def handout(self, library: Library, wanted: str, choices: BuildOptions) -> PreviewPage:
        """A handout or template, by id or file; the last good pages are those of the library or of drafts in it."""
        key = (f"handout in {type(library).__name__}", wanted, choices)
        return self._or_last_good(key, lambda: self._handout(library, wanted, choices))

    def packet(self, library: Library, wanted: str, choices: BuildOptions) -> PreviewPage:
        """A packet without any client's values."""
        return self._or_last_good(("packet", wanted, choices), lambda: self._packet(library, wanted, choices))

    def copy(self, library: Library, wanted: str, choices: BuildOptions, form: str) -> OutputFile:
        """A handout in one output format, by its name. Raises UsageError, ContentError, MachineError."""
        build = Builder(library, replace(choices, to=(form,)), self._cache).render([wanted])
        return build.finished[0].files[0]

    def personalised(
        self, library: Library, wanted: str, choices: BuildOptions, ref: str, settings: Sequence[str]
    ) -> bytes:
        """The PDF of a packet with one client's values, verified; it is not kept here.

        Raises:
            UsageError, ContentError, WithheldError: none of their problems repeats a value.
        """
        packer = PacketBuilder(library, choices, self._cache)
        packet = library.packet(wanted, choices.language).model
        layout = packer.lay_out(wanted, client_values.left_out(settings, packet)).layout
        given = {CLIENT_REF: ref, **client_values.client_values(settings, layout)}
        return make_client_packet_in_worker(layout, packer.theme, given)

    def filled_handout(
        self, library: Library, wanted: str, choices: BuildOptions, ref: str, note: str, fills: Sequence[str]
    ) -> bytes:
        """The PDF of a handout with one client's reference and words, verified; it is not kept here.

        Raises:
            UsageError, ContentError, WithheldError: none of their problems repeats a word of the client.
        """
        builder = Builder(library, replace(choices, note=bool(note)), self._cache)
        built, client = builder.render([wanted]), client_values.client_ref(ref)
        if note or fills:
            return filled_in(built, builder.theme, client, fills, note).finished[0].files[0].data
        return with_client_ref(built, client).finished[0].files[0].data

    def _or_last_good(self, key: tuple[str, str, BuildOptions], make: Callable[[], PreviewPage]) -> PreviewPage:
        try:
            shown = make()
        except HandoutkitError as error:
            last = self._last_good.get(key) or PreviewPage()
            self._pages.keep(last.digest, last.pdf)
            return replace(last, problems=error.problems, stale=True)
        self._last_good.put(key, shown)
        self._pages.keep(shown.digest, shown.pdf)
        return shown

    def _handout(self, library: Library, wanted: str, choices: BuildOptions) -> PreviewPage:
        build = Builder(library, choices, self._cache).render([wanted])
        rendered = build.finished[0].rendered
        return _page_of(rendered.pdf, rendered.fields, build.warnings)

    def _packet(self, library: Library, wanted: str, choices: BuildOptions) -> PreviewPage:
        packer = PacketBuilder(library, choices, self._cache)
        made = packer.lay_out(wanted)
        return _page_of(packet_for_nobody(made.layout, packer.theme), made.layout.fields, made.warnings)


def _page_of(pdf: bytes, fields: int, problems: tuple[Problem, ...]) -> PreviewPage:
    return PreviewPage(hashlib.sha256(pdf).hexdigest(), pdf, sizes(pdf), fields, problems)
