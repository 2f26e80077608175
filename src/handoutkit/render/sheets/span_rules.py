"""Which rules of a theme look at how many columns a tile takes; for all other tiles, one width is like another."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import NamedTuple

from handoutkit.render.look.theme_comments import without_comments

_SPAN = re.compile(r"\bspan-(\d+)")
_SELECTOR = re.compile(r"[^,{};]*\bspan-[^,{};]*")
_NOT = re.compile(r":not\([^()]*\)")
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_CLASSES = re.compile(r'\bclass="([^"]*)"')
_AROUND = frozenset({"one-sheet", "numbered", "measured", "headings-serif", "headings-sans"})
"""Classes of what tiles stand in on the page on which they are measured."""


class SpanRule(NamedTuple):
    """A selector that names a number of columns, and the classes there must be on the page for it to hold."""

    span: str
    classes: frozenset[str]


class SpanRules:
    """The rules of some stylesheets that look at the columns of a tile.

    In doubt, a rule is taken to hold: then a width is measured by itself, which takes longer and is never wrong.
    """

    def __init__(self, stylesheets: Iterable[str]) -> None:
        self._texts = tuple(map(without_comments, stylesheets))
        self._by_attribute = any("[class" in text for text in self._texts)

    def that_hold(self, html: str, span: int) -> frozenset[SpanRule]:
        """Those that may hold somewhere in a tile of so many columns.

        >>> rules = SpanRules([".span-6 .term { color: red } .span-7 .term, .span-7 .sides { color: blue }"])
        >>> sorted(rule.span for rule in rules.that_hold('<p class="term">', 7))
        ['7']
        >>> rules.that_hold('<p class="words">', 6)
        frozenset()
        """
        if self._by_attribute:
            return frozenset({SpanRule(str(span), frozenset())})
        classes = _AROUND.union(*(found.split() for found in _CLASSES.findall(html)))
        return frozenset(rule for rule in self._rules if rule.span == str(span) and rule.classes <= classes)

    @cached_property
    def _rules(self) -> Collection[SpanRule]:
        return frozenset(rule for text in self._texts for rule in _rules(text))


def _rules(text: str) -> Iterable[SpanRule]:
    for selector in _SELECTOR.findall(text):
        whole = selector.count("(") == selector.count(")")
        named = _CLASS.findall(_NOT.sub("", selector)) if whole else []
        needed = frozenset(name for name in named if not name.startswith("span-"))
        yield from (SpanRule(span, needed) for span in _SPAN.findall(selector))
