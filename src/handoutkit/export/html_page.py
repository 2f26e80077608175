"""A document as one page for screens that needs nothing else: no other file, no network, no script but our own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from handoutkit.answers.pages.page_answers import let_answers_come_back
from handoutkit.arrange.fold import first_to_do
from handoutkit.arrange.sheet_grid import MEASURED, SPACINGS
from handoutkit.arrange.tiles import ending, tiles_of
from handoutkit.errors import ContentError, Problem
from handoutkit.models.blocks.block import Block
from handoutkit.models.document import Document
from handoutkit.models.practice import Practice
from handoutkit.pictures.logo_files import LogoFiles
from handoutkit.render import finished_pdf_checks
from handoutkit.render.colour.dark_palette import IN_VARIABLES, dark, for_dark
from handoutkit.render.stylesheets.mirror_stylesheet import mirrored
from handoutkit.render.templating.document_html import document_to_html, fill_template
from handoutkit.render.templating.interface_messages import InterfaceMessages
from handoutkit.render.templating.jinja_environment import Environment, environment
from handoutkit.render.theme import Theme

from . import html_tree
from .embed_assets import LIGHT_LOGO, LOGO, PICTURE, picture_source, with_assets
from .export_source import ExportSource
from .html_postprocess import controls_of, postprocess
from .output_formats import OutputFile

_IN_STYLE = re.compile(r"""(?:url\(|@import)\s*["']?([^"')\s]+)""", re.IGNORECASE)
_INSIDE = ("theme:", "data:", "#", LOGO, LIGHT_LOGO, PICTURE)
"""How addresses begin of what is put into the page itself."""
FOLDER = "screen"
"""Inside each theme's folder: what is different on a screen, as templates of the same names, and ``css/``."""


def export_html(source: ExportSource) -> Iterable[OutputFile]:
    """The exporter of pages for screens."""
    yield OutputFile(".html", source.page.to_html(), fields=source.page.controls)


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A page for screens, as a tree of its elements, before anything is put into it.

    Attributes:
        root: the ``html`` element; HTML's elements have plain names, those of SVG their namespace.
        styles: everything that goes into its one stylesheet, with addresses that begin with ``theme:``.
    """

    root: Element
    styles: str
    theme: Theme

    @property
    def controls(self) -> int:
        """How many controls it has; the circles of one question are one."""
        return len({element.get("name") for element in controls_of(self.root)})

    def to_html(self) -> bytes:
        """The page, as a file of its own."""
        return html_tree.tree_to_html(self.root, with_assets(self.styles, self.theme, "".join(self.root.itertext())))


class HtmlPageMaker:
    """Makes pages of documents in one theme; templates and styles are read once for all of them."""

    def __init__(self, theme: Theme, logo: LogoFiles | None) -> None:
        own = tuple(f"{folder}/{FOLDER}" for folder in theme.folders)
        self._theme = replace(theme, folders=(*own, *theme.folders))
        self._logo = logo
        self._environments: dict[str, Environment] = {}
        self._css = "\n".join(sheet.text for sheet in replace(theme, folders=own).styles)

    def page(self, document: Document, folder: Path) -> HtmlPage:
        """The document's page; ``folder`` is that of its file, which its pictures are below.

        Raises:
            ContentError: a template has a problem, or leads where no page may lead.
        """
        env = self._environment(document.locale)
        read, do, end = _spread(document)
        html = document_to_html(document, env, self._theme, to_read=read, to_do=do, at_end=end)
        page = self._page(html, env, folder, document.handout.id)
        if any(True for _ in controls_of(page.root)):
            let_answers_come_back(page.root, document.handout)
        return page

    def other_page(self, template: str, practice: Practice, names: dict[str, Any], folder: Path) -> HtmlPage:
        """A page of another template, without places to write; ``locale`` is among the names. Raises as ``page``."""
        env = self._environment(names["locale"])
        html = fill_template(template, practice, names, env, self._theme, fields=False)
        return self._page(html, env, folder, template)

    def messages(self, tag: str) -> InterfaceMessages:
        """The program's own words in a language and region. Raises ContentError if it has none in that language."""
        return self._environment(tag).messages

    def _page(self, html: str, env: Environment, folder: Path, name: str) -> HtmlPage:
        root = html_tree.parsed(html)
        styles = html_tree.taken_out_styles(root)
        self._refuse_other_links(root)
        _refuse_what_is_fetched(root, styles, name)
        postprocess(root, picture_source(self._logo, folder, self._theme))
        css = mirrored(self._css) if env.messages.direction == "rtl" else self._css
        return HtmlPage(root, f"{styles}\n{css}", self._theme)

    def _refuse_other_links(self, root: Element) -> None:
        links = (element.get("href") for element in root.iter() if element.tag in ("a", "area"))
        refused = [
            link for link in links if link and not link.startswith("#") and not finished_pdf_checks.is_taken(link)
        ]
        if refused:
            raise ContentError(finished_pdf_checks.refusal(link, self._theme, "") for link in dict.fromkeys(refused))

    def _environment(self, tag: str) -> Environment:
        """The templates in a language and region."""
        if tag not in self._environments:
            env = environment(self._theme, tag)
            env.globals |= {"lettering": self._theme.lettering, "page_colours": IN_VARIABLES}
            env.filters |= {"for_dark": for_dark, "dark": dark}
            self._environments[tag] = env
        return self._environments[tag]


def _spread(document: Document) -> tuple[Sequence[Block], Sequence[Block], Sequence[Block]]:
    """The blocks of a page in their order: what is read, what is done, what ends it. A booklet has one side only."""
    blocks = document.blocks
    ends = min(ending(blocks), default=len(blocks))
    one_column = (blocks[:ends], (), blocks[ends:])
    if document.layout != "sheet":
        return one_column
    tiles = tiles_of(blocks[:ends], SPACINGS[MEASURED].pitch)
    turn = first_to_do(tiles)
    if not 0 < turn < len(tiles):
        return one_column
    first = tiles[turn].block_number
    return blocks[:first], blocks[first:ends], blocks[ends:]


def _refuse_what_is_fetched(root: Element, styles: str, name: str) -> None:
    """Raises ContentError: a browser would fetch something for the page from elsewhere, as a PDF never does."""
    found = [element.get(key, "") for element in root.iter() for key in ("src", "srcset", "data", "poster")]
    found += [element.get("href", "") for element in root.iter("link")]
    inside = (element.text if element.tag == "style" else element.get("style") for element in root.iter())
    for style in (styles, *inside):
        found += _IN_STYLE.findall(style or "")
    problems = [
        Problem(
            "layout",
            f"{address[:80]} is neither in the workspace nor in the theme, and nothing is fetched from elsewhere",
            "see the templates and stylesheets this page is made of",
            file=name,
        )
        for address in dict.fromkeys(found)
        if address and not address.startswith(_INSIDE)
    ]
    if problems:
        raise ContentError(problems)
