"""HTML as a tree of elements, and back."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, tostring

import tinyhtml5

SVG = "{http://www.w3.org/2000/svg}"
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "figure", "footer", "h1", "h2",
    "h3", "h4", "h5", "h6", "head", "header", "html", "li", "link", "main", "meta", "ol", "p", "section", "style",
    "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul"
])  # fmt: skip


def parsed(html: str) -> Element:
    """The ``html`` element of a page. White space is one blank, and none where blocks begin and end."""
    root: Element = tinyhtml5.parse(html, namespace_html_elements=False)
    _tidy(root)
    return root


def _tidy(element: Element) -> None:
    block = element.tag in _BLOCKS
    element.text = _spaced(element.text, before=block, after=block and not len(element))
    for number, child in enumerate(element):
        _tidy(child)
        last = number + 1 == len(element)
        beside = not last and element[number + 1].tag in _BLOCKS
        child.tail = _spaced(child.tail, before=child.tag in _BLOCKS, after=beside or (block and last))


def _spaced(text: str | None, *, before: bool, after: bool) -> str | None:
    text = _SPACE.sub(" ", text or "")
    text = text.removeprefix(" ") if before else text
    return (text.removesuffix(" ") if after else text) or None


def taken_out_styles(root: Element) -> str:
    """The text of the ``style`` elements, which are no longer in the tree."""
    head = next(root.iter("head"))
    styles = list(head.iter("style"))
    for style in styles:
        head.remove(style)
    return "\n".join(style.text or "" for style in styles)


def tree_to_html(root: Element, css: str) -> bytes:
    """A page with one stylesheet, as UTF-8. The tree stays as it is."""
    page = tostring(root, encoding="unicode", method="html")
    page = re.sub(r' xmlns:ns\d+="[^"]*"', "", page)
    page = re.sub(r"(</?)ns\d+:", r"\1", page)  # inside HTML, the elements of SVG have no prefix
    style = f"<style>\n{css.strip()}\n</style>"
    return f"<!DOCTYPE html>\n{page.replace('</head>', f'{style}</head>', 1)}\n".encode()


def classes(element: Element) -> list[str]:
    """The names in an element's ``class``."""
    return element.get("class", "").split()


def element_text(element: Element) -> str:
    """An element's words with single blanks."""
    return " ".join("".join(element.itertext()).split())
