"""A finished handout to the forms that were asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from handoutkit.models.document import Document
from handoutkit.render.rendered import Rendered
from handoutkit.render.theme import Theme

from .media import Copy, Medium

if TYPE_CHECKING:
    from .screen import Screen


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
                yield Copy(".pdf", rendered.pdf, rendered.pages, rendered.fields)
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
