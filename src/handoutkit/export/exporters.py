"""A finished handout to the forms that were asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker
from handoutkit.models.document import Document
from handoutkit.render.theme import Theme
from handoutkit.render.worker_typesetter import Rendered, files_of

from .output_formats import OutputFile, OutputFormat

if TYPE_CHECKING:
    from .html_page import Screen

Copies = tuple[OutputFile, ...]
SetHandout = tuple[Document, Rendered, Path]
LIMITS = ResourceLimits(seconds=120, wall=600, memory=1_500_000_000, output=500_000_000)
"""For the copies of one handout; pictures of 270 pages are the largest."""


def export(theme: Theme, logo: Path | None, finished: SetHandout, to: Sequence[OutputFormat]) -> Copies:
    """The copies of a handout, in the order in which the forms are named.

    Args:
        finished: the document, its PDF, and the folder of the handout's file, where its pictures stand too.

    Raises:
        ContentError: a template for screens has a problem, or the copies took more than ``LIMITS``.
    """
    document, rendered, folder = finished
    if set(to) == {"pdf"}:
        return (_pdf(rendered),)
    args, reads = (theme, logo, finished, tuple(to)), files_of(theme, logo, document, folder)
    copies = the_worker().call(f"{__name__}:export_here", *args, limits=LIMITS, file=document.handout.id, reads=reads)
    assert isinstance(copies, tuple)  # noqa: S101 - for the type checker
    return copies


def export_here(theme: Theme, logo: Path | None, finished: SetHandout, to: Sequence[OutputFormat]) -> Copies:
    """What the worker does."""
    return tuple(_sharer(theme, logo, theme.digest).share(*finished, to))


@lru_cache(maxsize=4)
def _sharer(theme: Theme, logo: Path | None, _digest: str) -> Exporter:
    """One for each theme, as long as its files stay the same."""
    return Exporter(theme, logo)


def _pdf(rendered: Rendered) -> OutputFile:
    return OutputFile(".pdf", rendered.pdf, rendered.pages, rendered.fields)


class Exporter:
    """Makes copies of handouts in one theme; its templates are read once for all of them."""

    def __init__(self, theme: Theme, logo: Path | None) -> None:
        self._theme = theme
        self._logo = logo

    def share(
        self, document: Document, rendered: Rendered, folder: Path, to: Sequence[OutputFormat]
    ) -> Iterator[OutputFile]:
        """The copies, in the order in which the forms are named.

        Args:
            rendered: the document's PDF; pictures are taken of it.
            folder: where the handout's file is; its pictures stand beside it or below.

        Raises:
            ContentError: a template for screens has a problem.
        """
        for medium in dict.fromkeys(to):
            if medium == "pdf":
                yield _pdf(rendered)
            elif medium == "html":
                page = self._screen.page(document, folder)
                yield OutputFile(".html", page.html, fields=page.controls)
            elif medium == "txt":
                yield self._text(document, folder)
            elif medium == "docx":
                yield self._word(document, rendered.pdf, folder)
            else:
                yield from _pictures(rendered.pdf)

    @cached_property
    def _screen(self) -> Screen:
        from .html_page import Screen

        return Screen(self._theme, self._logo)

    def _text(self, document: Document, folder: Path) -> OutputFile:
        from .content_model import pieces
        from .plain_text import to_text

        return OutputFile(".txt", to_text(pieces(self._screen.page(document, folder).root)).encode())

    def _word(self, document: Document, pdf: bytes, folder: Path) -> OutputFile:
        from .content_model import pieces
        from .page_images import figures
        from .word_document import to_word

        read = pieces(self._screen.page(document, folder).root)
        return OutputFile(".docx", to_word(document, read, figures(pdf)))


def _pictures(pdf: bytes) -> Iterator[OutputFile]:
    from .page_images import pages, thumbnail

    for number, picture in enumerate(pages(pdf), start=1):
        yield OutputFile(f".page-{number}.png", picture, pages=1)
    yield OutputFile(".thumbnail.png", thumbnail(pdf), pages=1)
