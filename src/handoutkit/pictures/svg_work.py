"""How much there is to draw in an SVG, counted in pieces: what repeats, as often as it is repeated.

An element is a piece, and so is a letter, for each is set by itself; twenty numbers of a path are one. It is counted on
the high side, so that a file of a few hundred kilobytes cannot take minutes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

LOCAL_URL = re.compile(r"url\([\"'\s]*+#([^\"')\s]+)", re.IGNORECASE)
_NUMBERS, _LOOKS, _MEASURED = 20, 50, 20
"""So many are a piece: numbers of a path, looks for what a rule chooses, parts of a group whose size is needed."""
_BUILT_ON_OTHERS = frozenset({"use", "pattern", "lineargradient", "radialgradient"})
"""Elements whose ``href`` is drawn where they are."""
_NUMBER = re.compile(r"\d+\.?\d*|\.\d+")
_COMMENT = re.compile(r"/\*.*?(\*/|$)", re.DOTALL)
_BRACES = re.compile(r"([{}])")
_BRACKETS = re.compile(r"\[[^\]]*+\]?")
_COMBINED = re.compile(r" ?[>+~] ?| ")
_PLAIN_KEY = re.compile(r"[\w-]*+([.#][\w-]+)")
# Each point of a line gets these, not its ends alone.
_AT_EACH_POINT = re.compile(r"marker(-mid)?\s*+:")


class EndlessError(ValueError):
    """A drawing repeats a part inside itself."""


class StyleRule(NamedTuple):
    """A rule of a style sheet: its selectors, what those choose by, and what it refers to in the drawing."""

    selectors: tuple[str, ...]
    keys: frozenset[str]
    names: tuple[str, ...]
    at_points: bool
    seen_through: bool


@dataclass(slots=True)
class _Element:
    """An element: the numbers of the first element, letter and number in it and, once it has ended, after it."""

    keys: tuple[str, ...]
    id: str
    begin: tuple[int, int, int]
    end: tuple[int, int, int] = (0, 0, 0)
    references: list[tuple[str, bool]] = field(default_factory=list)
    measured: bool = False

    @property
    def pieces(self) -> float:
        """What is in it, itself included, each once."""
        elements, letters, numbers = (last - first for first, last in zip(self.begin, self.end, strict=True))
        return elements + letters + numbers / _NUMBERS

    @property
    def points(self) -> float:
        """How many points its lines have, estimated as half of its numbers."""
        return (self.end[2] - self.begin[2]) / 2


@dataclass
class Work:
    """The count of one drawing, element by element."""

    _all: list[_Element] = field(default_factory=list)
    _open: list[_Element] = field(default_factory=list)
    _letters: int = 0
    _numbers: int = 0
    _depth: int = 1

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        begin = (len(self._all), self._letters, self._numbers)
        element = _Element(keys(name, attributes), attributes.get("id", ""), begin)
        for key, value in attributes.items():
            short = key.rsplit("}", 1)[-1].lower()
            self._numbers += len(_NUMBER.findall(value))
            if short == "href" and name in _BUILT_ON_OTHERS:
                element.references.append((value.strip()[1:], False))
            at_points = short in ("marker", "marker-mid") or bool(_AT_EACH_POINT.search(value))
            element.references += [(found, at_points) for found in LOCAL_URL.findall(value)]
            element.measured |= short == "opacity" or "opacity" in value
        self._all.append(element)
        self._open.append(element)
        self._depth = max(self._depth, len(self._open))

    def text(self, text: str) -> None:
        """Count the letters of a text that is set."""
        self._letters += len(text)

    def end(self) -> None:
        """The element that was opened last ends."""
        self._open.pop().end = (len(self._all), self._letters, self._numbers)

    def pieces(self, style: str, limit: int) -> int:
        """All there is to draw, or some number above ``limit``. Raises EndlessError.

        Args:
            style: the text of the style sheets inside the drawing.
        """
        by_key = defaultdict[str, list[_Element]](list)
        for element in self._all:
            for key in element.keys:
                by_key[key].append(element)
        found = rules(style)
        looks = 0.0
        for selector in (selector for rule in found for selector in rule.selectors):
            looks += self._looks(selector, len(by_key[key_of(selector)])) / _LOOKS
        if looks > limit:
            return round(looks)
        _apply(found, by_key)
        return round(looks + _Repeats(self._all).of(0))

    def _looks(self, selector: str, chosen: int) -> float:
        """How many elements are looked at to see which of those that a selector may choose it does, at most."""
        plain = _BRACKETS.sub("", selector)
        across = min(plain.count("~") + plain.count("("), 9)
        up = min(len(_COMBINED.findall(plain.strip())), 9)
        return (1.0 + chosen) * float(max(len(self._all), 2)) ** across * float(max(self._depth, 2)) ** up


def _apply(found: list[StyleRule], by_key: Mapping[str, list[_Element]]) -> None:
    """Give elements the references of the rules that may choose them."""
    for rule in (rule for rule in found if rule.names or rule.seen_through):
        for element in (element for key in rule.keys for element in by_key.get(key, ())):
            element.references += [(name, rule.at_points) for name in rule.names]
            element.measured |= rule.seen_through


class _Repeats:
    """What elements come to with all that is drawn again for them."""

    def __init__(self, elements: list[_Element]) -> None:
        self._elements = elements
        self._referring = [number for number, element in enumerate(elements) if element.references or element.measured]
        self._numbers = {element.id: number for number, element in enumerate(elements) if element.id}
        self._known: dict[int, float] = {}
        self._begun: set[int] = set()

    def of(self, number: int) -> float:
        """The pieces of an element. Raises EndlessError if it is drawn inside itself."""
        if number in self._known:
            return self._known[number]
        if number in self._begun or len(self._begun) > _DEEPEST:
            raise EndlessError
        self._begun.add(number)
        element = self._elements[number]
        self._known[number] = element.pieces + sum(map(self._again, self._inside(element)))
        self._begun.discard(number)
        return self._known[number]

    def _inside(self, element: _Element) -> Iterator[_Element]:
        return (self._elements[n] for n in self._referring if element.begin[0] <= n < element.end[0])

    def _again(self, element: _Element) -> float:
        total = element.pieces / _MEASURED
        for name, at_points in element.references:
            if name in self._numbers:
                times = element.pieces + (element.points if at_points else 0)
                total += times * self.of(self._numbers[name])
        return total


_DEEPEST = 100
"""Most parts that refer to one another in a row; gradients that build on each other do."""


def rules(style: str) -> list[StyleRule]:
    """The rules of a style sheet, also those inside others."""
    found = []
    parts = _BRACES.split(" ".join(_COMMENT.sub(" ", style).split()))
    for prelude, brace, body in zip(parts[::2], parts[1::2], parts[2::2], strict=False):
        if brace == "}":
            continue
        selectors = tuple(part.strip() for part in prelude.rsplit(";", 1)[-1].split(",") if part.strip())
        chosen = frozenset(map(key_of, selectors))
        names = tuple(dict.fromkeys(LOCAL_URL.findall(body)))
        found.append(StyleRule(selectors, chosen, names, bool(_AT_EACH_POINT.search(body)), "opacity" in body))
    return found


def keys(name: str, attributes: dict[str, str]) -> tuple[str, ...]:
    """What a rule may choose an element by."""
    classes = (f".{word}" for word in attributes.get("class", "").split())
    return ("*", name, f"#{attributes.get('id', '')}", *dict.fromkeys(classes))


def key_of(selector: str) -> str:
    """One thing that whatever the selector chooses has: a class, an id, a name, or ``*`` if it is not plain."""
    last = _COMBINED.split(selector)[-1]
    if found := _PLAIN_KEY.fullmatch(last):
        return found[1]
    return last.lower() if re.fullmatch(r"[\w-]+", last) else "*"
