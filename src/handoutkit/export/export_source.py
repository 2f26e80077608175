"""What an exporter makes its files of: a document, its PDF where that is needed, and its page for screens."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from handoutkit.models.document import Document
from handoutkit.pictures.logo_files import LogoFiles
from handoutkit.render.theme import Theme
from handoutkit.render.worker_typesetter import Rendered

if TYPE_CHECKING:
    from .content_model import ContentPiece
    from .html_page import HtmlPage, HtmlPageMaker


@dataclass(frozen=True)
class ExportSource:
    """What an exporter makes files of.

    Attributes:
        folder: where the handout's file is; its pictures stand beside it or below.
        rendered: the document's PDF; None if none of the formats needs it.
    """

    document: Document
    theme: Theme
    logo: LogoFiles | None
    folder: Path
    rendered: Rendered | None

    @property
    def pdf(self) -> Rendered:
        """The PDF. Raises ValueError: the format did not say that it needs one."""
        if self.rendered is None:
            raise ValueError("a format that is made of the PDF has to say `needs_pdf`")
        return self.rendered

    @cached_property
    def page(self) -> HtmlPage:
        """The document as a page for screens. Raises ContentError: a template for screens has a problem."""
        return _page_maker(self.theme, self.logo, self.theme.digest).page(self.document, self.folder)

    @cached_property
    def pieces(self) -> list[ContentPiece]:
        """What the page says, from top to bottom. Raises as ``page`` does."""
        from .content_model import pieces

        return pieces(self.page.root)


@lru_cache(maxsize=4)
def _page_maker(theme: Theme, logo: LogoFiles | None, _digest: str) -> HtmlPageMaker:
    """One for each theme, as long as its files stay the same: templates and styles are read once."""
    from .html_page import HtmlPageMaker  # it brings in the templates, which not every format needs

    return HtmlPageMaker(theme, logo)
