"""Words within a paragraph of HTML as small Markdown, with the pictures that stand among them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from handoutkit.models.fit_to_print.link_addresses import LINK_SCHEMES

BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "button", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "iframe", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "textarea", "tfoot", "th", "thead", "tr", "ul",
])  # fmt: skip
INLINE = frozenset([
    "a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "input", "ins", "kbd", "label", "mark", "option", "q", "s", "samp", "select", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr",
])  # fmt: skip
INVISIBLE = frozenset(["head", "link", "meta", "noscript", "script", "style", "svg", "template", "title", "video"])
"""Elements without words for a reader of the page."""
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*"}
_BACK = frozenset("↑↩⏎^")
"""All there is of a link from a note to where it belongs."""
_SPACE = re.compile(r"[ \r\n\f]+")
_SPECIAL = re.compile(r"[\\*\[\]]")


def escaped(text: str) -> str:
    """A text in which no sign is Markdown."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def is_invisible(element: Element) -> bool:
    """Whether an element, or a comment that stands in its place, has no words for a reader."""
    tag: object = element.tag
    return not isinstance(tag, str) or tag in INVISIBLE


def words_in(element: Element) -> str:
    """The words of an element that a reader sees, without any Markdown."""
    if is_invisible(element):
        return ""
    inner = "".join(words_in(child) + (child.tail or "") for child in element)
    space = " " if element.tag in BLOCKS else ""
    return f"{space}{element.text or ''}{inner}{space}"


@dataclass
class InlineWords:
    """Collects the words of one paragraph.

    Attributes:
        pictures: their addresses and alternative texts.
    """

    pictures: list[tuple[str, str]] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _marks: list[str] = field(default_factory=list)

    def text(self) -> str:
        """The words so far; tabs and line ends as in the source, all other space as one blank."""
        text = "".join(self._parts)
        return re.sub(r" ?\n ?", "\n", re.sub(r" {2,}", " ", text)).strip(" \n")

    def add_text(self, text: str | None) -> None:
        """Add words that stand outside any element."""
        if text:
            self._parts.append(escaped(_SPACE.sub(" ", text)))

    def add(self, element: Element) -> None:
        """Add an element and what is in it."""
        if is_invisible(element):
            return
        match element.tag:
            case "br":
                self._parts.append("\n")
            case "img":
                self.pictures.append((element.get("src", ""), " ".join(element.get("alt", "").split())))
            case "input":
                self._input(element)
            case "select":
                for option in element.iter("option"):
                    self.add_text(f" ☐ {option.text or ''} ")
            case "a":
                self._link(element)
            case _:
                self._marked(element, _MARKS.get(element.tag, ""))

    def _input(self, element: Element) -> None:
        kind = element.get("type", "text").lower()
        if kind in ("checkbox", "radio"):
            self._parts.append("☐ ")
        elif kind not in ("hidden", "submit", "button", "image"):
            self._parts.append("________")

    def _link(self, element: Element) -> None:
        address = element.get("href", "").strip()
        scheme = address.partition(":")[0].lower()
        before = len(self._parts)
        self._inside(element)
        words = "".join(self._parts[before:]).strip()
        if address.startswith("#") and words in _BACK:
            del self._parts[before:]
            return
        usable = scheme in LINK_SCHEMES and not re.search(r"[\s()<>\\]", address) and len(address) < 400
        if words and usable and "](" not in words:
            self._parts[before:] = [f"[{words}]({address})"]

    def _marked(self, element: Element, mark: str) -> None:
        if not mark or any(mark in held for held in self._marks):
            self._inside(element)
            return
        before = len(self._parts)
        self._marks.append(mark)
        self._inside(element)
        self._marks.pop()
        inner = "".join(self._parts[before:])
        words = inner.strip()
        if re.search(r"\w", words) and "\n" not in words and "\t" not in words:
            lead, trail = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
            self._parts[before:] = [f"{lead}{mark}{words}{mark}{trail}"]

    def _inside(self, element: Element) -> None:
        space = element.tag in BLOCKS and self._parts and not self._parts[-1].endswith(("\n", " "))
        if space:
            self._parts.append("\n")
        self.add_text(element.text)
        for child in element:
            self.add(child)
            self.add_text(child.tail)
