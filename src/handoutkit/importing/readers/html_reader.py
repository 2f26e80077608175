"""HTML as a plain document: a saved web page, what mammoth makes of Word, or what markdown-it makes of Markdown.

tinyhtml5 reads it as browsers do. What frames the text of a web page (menus, share buttons, comments, newsletters) is
kept apart with the reason; nothing a reader could see is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

import tinyhtml5

from handoutkit.importing.plain_document import (
    AsidePiece,
    HeadingPiece,
    ListPiece,
    PicturePiece,
    Piece,
    PlainDocument,
    TablePiece,
    WordsPiece,
)

from .inline_words import BLOCKS, InlineWords, escaped, is_invisible, words_in

PictureNamer = Callable[[str, str], str]
"""From the address and the alternative text of a picture to its name in the document; empty if it cannot be had."""
MAX_DEPTH = 120
"""Elements in elements: more than any page that a person made, and few enough for Python."""
_FRAMING_TAGS = {
    "nav": "navigation",
    "form": "form",
    "iframe": "advert",
    "dialog": "cookies",
    "menu": "navigation",
    "button": "navigation",
}
"""Elements that are no part of a page's text, and what they are."""
_FRAMING_NAMES = (
    (re.compile(r"comment|disqus|respond\b"), "comments"),
    (re.compile(r"newsletter|subscri|signup|sign-up|mailchimp|optin"), "newsletter"),
    (re.compile(r"\bshar(e|ing)|social|addtoany|sharedaddy|print-?friendly"), "share"),
    (re.compile(r"\bads?\b|advert|sponsor|promo\b|banner"), "advert"),
    (re.compile(r"cookie|consent-|gdpr"), "cookies"),
    (re.compile(r"related|recommended|you-may|read-?more|recent-posts|blog-list|\bsidebar|widget"), "related"),
    (re.compile(r"breadcrumb|\bnav\b|navbar|site-header|site-footer|\bmenu\b|pagination|skip-link"), "navigation"),
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def read_html(text: str, picture_name: PictureNamer, *, is_page: bool) -> PlainDocument:
    """A document from HTML.

    Args:
        picture_name: brings pictures along.
        is_page: whether it is a web page, so that what frames its text is kept apart, and tabs are mere space.
    """
    root = tinyhtml5.parse(text, namespace_html_elements=False)
    _flatten(root)
    if is_page:
        _without_tabs(root)
    reader = _HtmlWalk(root, picture_name, is_page=is_page)
    pieces = tuple(reader.pieces(root.find("body") if root.find("body") is not None else root, 0))
    title = "".join(root.findtext("head/title") or "").strip()
    metas = {meta.get("name", ""): meta.get("content", "").strip() for meta in root.iter("meta")}
    return PlainDocument(pieces, title, metas.get("author", ""), root.get("lang", "")[:2].lower())


def _flatten(root: Element) -> None:
    """What is nested deeper than any person nests it becomes words: the walk goes as deep as the tree is."""
    waiting = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        if depth < MAX_DEPTH:
            waiting += [(child, depth + 1) for child in element]
        elif len(element):
            words = " ".join("".join(element.itertext()).split())
            del element[:]
            element.text = words


def _without_tabs(root: Element) -> None:
    """Tabs that only indent the source of a page are no gaps in its text."""
    kept = {id(inner) for element in root.iter("pre") for inner in element.iter()}
    for element in root.iter():
        if element.text and id(element) not in kept:
            element.text = element.text.replace("\t", " ")
        if element.tail and (id(element) not in kept or element.tag == "pre"):
            element.tail = element.tail.replace("\t", " ")


class _HtmlWalk:
    """Goes through a tree and yields its pieces in reading order."""

    def __init__(self, root: Element, picture_name: PictureNamer, *, is_page: bool) -> None:
        self._picture_name, self._is_page = picture_name, is_page
        self._titles = len(list(root.iter("h1")))

    def _is_site_head(self, element: Element) -> str:
        """Why the head of a site is no part of the text: it has the menu, and the page has its own title elsewhere."""
        if element.tag != "header" or next(element.iter("nav"), None) is None:
            return ""
        return "navigation" if self._titles > len(list(element.iter("h1"))) else ""

    def pieces(self, element: Element, depth: int) -> Iterator[Piece]:
        """The pieces of an element that may hold blocks."""
        run = InlineWords()
        run.add_text(element.text)
        for child in element:
            if self._is_block(child):
                yield from self._flush(run)
                run = InlineWords()
                yield from self._block(child, depth + 1)
            else:
                run.add(child)
            run.add_text(child.tail)
        yield from self._flush(run)

    def _flush(self, run: InlineWords) -> Iterator[Piece]:
        if text := run.text():
            yield WordsPiece(text)
        for address, alt in run.pictures:
            yield from self._picture(address, alt)

    def _is_block(self, element: Element) -> bool:
        if is_invisible(element):
            return False
        return element.tag in BLOCKS or any(self._is_block(child) for child in element)

    def _block(self, element: Element, depth: int) -> Iterator[Piece]:
        tag = element.tag
        if self._is_page and (why := _why_left_out(element) or self._is_site_head(element)):
            if text := " ".join(words_in(element).split()):
                yield AsidePiece(text, why)
        elif tag in _HEADINGS:
            yield from self._heading(element)
        else:
            yield from self._body(element, depth)

    def _body(self, element: Element, depth: int) -> Iterator[Piece]:
        tag = element.tag
        if tag in ("ul", "ol"):
            yield from self._list(element)
        elif tag == "table":
            yield self._table(element, depth)
        elif tag == "p":
            yield from self._paragraph(element, depth)
        elif tag == "dt":
            for piece in self.pieces(element, depth):
                yield _strong(piece) if isinstance(piece, WordsPiece) else piece
        elif tag == "textarea":
            yield from [WordsPiece("")] * 3
        elif tag == "blockquote":
            for piece in self.pieces(element, depth):
                yield WordsPiece(piece.text, quoted=True) if isinstance(piece, WordsPiece) else piece
        elif tag != "hr":
            yield from self.pieces(element, depth)

    def _heading(self, element: Element) -> Iterator[Piece]:
        run = InlineWords()
        run.add(element)
        if text := run.text():
            yield HeadingPiece(text, _HEADINGS[element.tag])
        for address, alt in run.pictures:
            yield from self._picture(address, alt)

    def _paragraph(self, element: Element, depth: int) -> Iterator[Piece]:
        found = list(self.pieces(element, depth))
        yield from found or [WordsPiece("")]

    def _list(self, element: Element) -> Iterator[Piece]:
        items: list[tuple[int, str]] = []
        beside: list[Piece] = []
        self._items(element, 0, items, beside)
        if items:
            yield ListPiece(tuple(items), ordered=element.tag == "ol")
        yield from beside

    def _items(self, element: Element, depth: int, items: list[tuple[int, str]], beside: list[Piece]) -> None:
        """Collect the items of a list and of the lists in it; tables and pictures go beside it."""
        for text in (element.text, *(item.tail for item in element)):  # which no list should have
            if text and (words := " ".join(text.split())):
                items.append((depth, escaped(words)))
        for item in element:
            if item.tag in ("ul", "ol"):
                self._items(item, depth + 1, items, beside)
            else:
                self._item(item, depth, items, beside)

    def _item(self, item: Element, depth: int, items: list[tuple[int, str]], beside: list[Piece]) -> None:
        """Collect one item, and then the lists in it."""
        run = InlineWords()
        run.add_text(item.text)
        inner: list[Element] = []
        for child in item:
            if child.tag in ("ul", "ol", "table"):
                inner.append(child)
            else:
                run.add(child)
            run.add_text(child.tail)
        if text := run.text():
            items.append((depth, text))
        for address, alt in run.pictures:
            beside.extend(self._picture(address, alt))
        for child in inner:
            if child.tag == "table":
                beside.append(self._table(child, depth))
            else:
                self._items(child, depth + 1, items, beside)

    def _table(self, element: Element, depth: int) -> TablePiece:
        rows = []
        for row in _rows(element):
            cells: list[tuple[Piece, ...]] = []
            for cell in row:
                if cell.tag in ("td", "th"):
                    cells.append(tuple(self.pieces(cell, depth + 1)))
                    cells += [()] * (min(int(span), 31) - 1 if (span := cell.get("colspan", "1")).isdecimal() else 0)
            rows.append(tuple(cells))
        return TablePiece(tuple(rows))

    def _picture(self, address: str, alt: str) -> Iterator[Piece]:
        name = self._picture_name(address, alt)
        if name:
            yield PicturePiece(name, alt)
        elif alt:
            yield AsidePiece(alt, "picture")


def _strong(piece: WordsPiece) -> WordsPiece:
    """The term of a list of terms, which stands out from what is said of it."""
    return piece if "*" in piece.text or "\n" in piece.text else WordsPiece(f"**{piece.text}**")


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table itself, and not those of tables in it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _why_left_out(element: Element) -> str:
    """Why an element of a web page is no part of its text; empty if it is."""
    if element.tag in ("article", "main", "body"):
        return ""
    names = " ".join((element.get("id", ""), element.get("class", ""), element.get("role", ""))).lower()
    found = next((why for pattern, why in _FRAMING_NAMES if pattern.search(names)), "")
    if why := _FRAMING_TAGS.get(element.tag):
        return found or why
    # A page whose text stands in something called a widget is still a page.
    return "" if found and any(inner.tag in ("article", "main", "h1") for inner in element.iter()) else found
