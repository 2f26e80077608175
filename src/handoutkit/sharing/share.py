"""A finished handout to the forms that were asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from handoutkit.isolation.limits import Limits
from handoutkit.isolation.worker import the_worker
from handoutkit.models.document import Document
from handoutkit.render.remote import files_of
from handoutkit.render.rendered import Rendered
from handoutkit.render.theme import Theme

from .media import Copy, Medium

if TYPE_CHECKING:
    from .screen import Screen

Copies = tuple[Copy, ...]
SetHandout = tuple[Document, Rendered, Path]
LIMITS = Limits(seconds=120, wall=600, memory=1_500_000_000, output=500_000_000)
"""For the copies of one handout; pictures of 270 pages are the largest."""


def share(theme: Theme, logo: Path | None, finished: SetHandout, to: Sequence[Medium]) -> Copies:
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
    copies = the_worker().call(f"{__name__}:share_here", *args, limits=LIMITS, file=document.handout.id, reads=reads)
    assert isinstance(copies, tuple)  # noqa: S101 - for the type checker
    return copies


def share_here(theme: Theme, logo: Path | None, finished: SetHandout, to: Sequence[Medium]) -> Copies:
    """What the worker does."""
    return tuple(_sharer(theme, logo, theme.digest).share(*finished, to))


@lru_cache(maxsize=4)
def _sharer(theme: Theme, logo: Path | None, _digest: str) -> Sharer:
    """One for each theme, as long as its files stay the same."""
    return Sharer(theme, logo)


def _pdf(rendered: Rendered) -> Copy:
    return Copy(".pdf", rendered.pdf, rendered.pages, rendered.fields)


class Sharer:
    """Makes copies of handouts in one theme; its templates are read once for all of them."""

    def __init__(self, theme: Theme, logo: Path | None) -> None:
        self._theme = theme
        self._logo = logo

    def share(self, document: Document, rendered: Rendered, folder: Path, to: Sequence[Medium]) -> Iterator[Copy]:
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
                yield Copy(".html", page.html, fields=page.controls)
            elif medium == "txt":
                yield self._text(document, folder)
            elif medium == "docx":
                yield self._word(document, rendered.pdf, folder)
            else:
                yield from _pictures(rendered.pdf)

    @cached_property
    def _screen(self) -> Screen:
        from .screen import Screen

        return Screen(self._theme, self._logo)

    def _text(self, document: Document, folder: Path) -> Copy:
        from .reading import pieces
        from .text import to_text

        return Copy(".txt", to_text(pieces(self._screen.page(document, folder).root)).encode())

    def _word(self, document: Document, pdf: bytes, folder: Path) -> Copy:
        from .pictures import figures
        from .reading import pieces
        from .word import to_word

        read = pieces(self._screen.page(document, folder).root)
        return Copy(".docx", to_word(document, read, figures(pdf)))


def _pictures(pdf: bytes) -> Iterator[Copy]:
    from .pictures import pages, thumbnail

    for number, picture in enumerate(pages(pdf), start=1):
        yield Copy(f".page-{number}.png", picture, pages=1)
    yield Copy(".thumbnail.png", thumbnail(pdf), pages=1)
