"""A page for screens read from top to bottom, as pieces that text and Word documents are made of.

Both are made of the same pieces, so both say what the page says, in its order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal
from xml.etree.ElementTree import Element

from .html_tree import SVG, classes, element_text
from .inline_runs import Run, inline_runs, is_inline, tidy

PANELS = frozenset([
    "key-message", "callout", "vignette", "frame-example", "exercise", "next-step", "crisis", "scoring", "card",
    "labelled-cell"
])  # fmt: skip
"""Classes of what is set off from the running text."""
WordsKind = Literal["", "label", "question", "small", "under", "foot"]
"""``under`` is said of the line above, ``foot`` in the foot of each page."""
_KINDS: dict[str, WordsKind] = {"label": "label", "question": "question", "term": "label", "card-title": "label",
    "side-label": "label", "speaker": "small", "drawn-from": "small", "verified": "small",
    "phone": "label", "role": "under", "kind": "small", "rights": "small", "from": "small", "edition": "small",
    "disclaimers": "small", "caption": "small", "helper": "small", "reading-note": "small",
    "slot-label": "small", "foot-line": "foot"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ContentHeading:
    """A heading; 1 is the title's level."""

    runs: list[Run]
    level: int


@dataclass(frozen=True, slots=True)
class ContentText:
    """A paragraph; ``panel`` is the class of what sets it off from the running text, if anything does.

    ``in_masthead``, whether it says whose the page is, before the title.
    """

    runs: list[Run]
    kind: WordsKind = ""
    panel: str = ""
    in_masthead: bool = False


@dataclass(frozen=True, slots=True)
class ContentItem:
    """An item of a list. ``number`` is 0 where the list has none; ``first`` begins a list."""

    runs: list[Run]
    number: int
    first: bool
    panel: str = ""


@dataclass(frozen=True, slots=True)
class WritingSpace:
    """Lines to write on, and what someone hears who does not see them."""

    lines: int
    label: str
    panel: str = ""


@dataclass(frozen=True, slots=True)
class ContentPicture:
    """A drawing or a photograph, by its text alternative; ``in_masthead``, the practice's mark."""

    alternative: str
    in_masthead: bool = False


@dataclass(frozen=True, slots=True)
class ContentCell:
    """A cell of a table: words, and lines to write on below them. ``head`` is that of its column."""

    runs: list[Run]
    lines: int = 0
    is_head: bool = False
    head: str = ""


@dataclass(frozen=True, slots=True)
class ContentTable:
    """A table; ``head`` is empty where it has no row of heads."""

    head: list[ContentCell]
    rows: list[list[ContentCell]]


ContentPiece = ContentHeading | ContentText | ContentItem | WritingSpace | ContentPicture | ContentTable


def pieces(root: Element) -> list[ContentPiece]:
    """What a page says, in its order.

    Args:
        root: the ``html`` element, as ``html_page`` makes it.
    """
    reader = _ContentReader()
    reader.read(next(root.iter("body")))
    return reader.found


@dataclass
class _ContentReader:
    found: list[ContentPiece] = field(default_factory=list)
    _panels: list[str] = field(default_factory=lambda: [""])
    _mark: list[Run] = field(default_factory=list)
    _in_masthead: bool = False

    def read(self, element: Element) -> None:
        """What an element says; words that stand beside blocks are paragraphs of their own."""
        if "masthead" in classes(element):
            self._in_masthead = True
            self._read(element)
            self._in_masthead = False
        else:
            self._read(element)

    def _read(self, element: Element) -> None:
        panel = next((name for name in classes(element) if name in PANELS), "")
        self._panels.append(panel or self._panels[-1])
        if place := element.get("data-place"):
            self.found.append(ContentText([Run(f"{place}:")], panel=self._panels[-1]))
        runs = [Run(element.text or "")]
        for child in element:
            if is_inline(child):
                runs += inline_runs(child)
            else:
                self._end_words(runs, element)
                self._read_block(child)
                runs = []
            runs.append(Run(child.tail or ""))
        self._end_words(runs, element)
        self._panels.pop()

    def _end_words(self, runs: list[Run], element: Element) -> None:
        if runs := tidy(runs):
            if "side-mark" in classes(element):
                self._mark = runs
                return
            runs = self._marked(runs)
            kinds: Iterator[WordsKind] = (_KINDS[name] for name in classes(element) if name in _KINDS)
            self.found.append(ContentText(runs, next(kinds, ""), self._panels[-1], self._in_masthead))

    def _marked(self, runs: list[Run]) -> list[Run]:
        """What a card is called, after the mark that stands at its head on the page."""
        mark, self._mark = self._mark, []
        return [*mark, Run(": "), *runs] if mark else runs

    def _read_block(self, element: Element) -> None:
        if element.get("data-screen-only"):
            return
        if element.tag in ("h1", "h2", "h3"):
            runs = tidy([Run(element.text or ""), *(run for child in element for run in inline_runs(child))])
            self.found.append(ContentHeading(self._marked(runs), int(str(element.tag)[1])))
        elif element.tag in ("ul", "ol"):
            self._read_list(element)
        elif element.tag == "table":
            if runs := tidy([run for caption in element.iter("caption") for run in _all_runs(caption)]):
                self.found.append(ContentText(runs, "label", self._panels[-1]))
            self.found.append(_table(element))
        elif "cell-rows" in classes(element):
            self.found.append(ContentTable([], [[_cell(cell) for cell in row] for row in element]))
        elif element.tag in ("img", f"{SVG}svg") or element.get("role") == "img":
            if words := _alternative(element):  # without, it decorates
                self.found.append(ContentPicture(words, self._in_masthead))
        elif "data-lines" in element.attrib:
            label = next((child.get("aria-label", "") for child in element), "")
            self.found.append(WritingSpace(int(element.get("data-lines", "1")), label, self._panels[-1]))
        else:
            self.read(element)

    def _read_list(self, element: Element) -> None:
        for number, item in enumerate(element, start=1):
            numbered = number if element.tag == "ol" else 0
            under = next((child for child in item if "under" in classes(child)), None)
            own = [child for child in item if child is not under]
            if all(is_inline(child) for child in own):
                runs = [Run(item.text or "")]
                for child in own:
                    runs += [*inline_runs(child), Run(child.tail or "")]
                self.found.append(ContentItem(tidy(runs), numbered, number == 1, self._panels[-1]))
                if under is not None:
                    self._read_list(under)
                continue
            begins = len(self.found)
            self.read(item)
            if numbered and not any("item-number" in classes(part) for part in item.iter()):
                self._number_first(begins, numbered)

    def _number_first(self, begins: int, number: int) -> None:
        """Give its number to an item with blocks in it, on its first words or, if it begins with none, on a line."""
        first = self.found[begins] if begins < len(self.found) else None
        if isinstance(first, ContentText):
            self.found[begins] = ContentItem(first.runs, number, number == 1, first.panel)
        else:
            self.found.insert(begins, ContentItem([], number, number == 1, self._panels[-1]))


def _alternative(element: Element) -> str:
    title = element.find(f"{SVG}title")
    words = element.get("alt") or element.get("aria-label")
    return words or (element_text(title) if title is not None else "")


def _table(element: Element) -> ContentTable:
    head = element.find("thead")
    heads = [_cell(cell) for cell in head[0]] if head is not None else []
    bodies = (body for body in element.iter() if body.tag in ("tbody", "tfoot"))
    return ContentTable(heads, [[_cell(cell) for cell in row] for body in bodies for row in body])


def _cell(element: Element) -> ContentCell:
    lines = sum(int(child.get("data-lines", 0)) for child in element.iter())
    return ContentCell(tidy(list(_all_runs(element))), lines, element.tag == "th", element.get("data-head", ""))


def _all_runs(element: Element) -> Iterator[Run]:
    yield Run(element.text or "")
    for child in element:
        if is_inline(child):
            yield from inline_runs(child)
        else:
            yield Run(" ")
            yield from _all_runs(child)
        yield Run(child.tail or "")
