"""Looks through the files of a theme that are not ours for the rule or the template that is behind a fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import cssselect2
import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

from handoutkit.files.source_file import FilePosition, SourceFile
from handoutkit.files.text_files import read_text
from handoutkit.render.theme import Theme

_NAMES = {
    "place": re.compile(
        r"(margin|padding|inset|border|break|page-break|grid|flex|min|max|overflow|column|gap|row|align|justify)(-.*)?"
        r"|position|display|float|clear|clip|left|right|top|bottom|width|height|transform|translate|scale|rotate"
        r"|visibility|opacity|text-indent|line-height|letter-spacing|word-spacing|white-space|font|font-size|z-index"
        r"|background(-.*)?|list-style(-.*)?|content|--(?!size-).*"
    ),
    "colour": re.compile(r"color|background(-.*)?|opacity|mix-blend-mode|--.*"),
    "line": re.compile(
        r"(border|background|outline)(-.*)?|color|display|visibility|opacity|position|inset(-.*)?|left|right|top|bottom"
        r"|width|height|transform|clip|overflow|--(?!size-).*"
    ),
    "size": re.compile(r"font|font-size|transform|scale|zoom|--size-.*"),
}
SMALL_IN_THEMSELVES = frozenset({"h5", "h6", "small", "sub", "sup"})
"""HTML elements whose words are smaller than those around them, if no stylesheet says otherwise."""
_WITH_RULES = frozenset({"media", "supports", "layer"})


@dataclass(frozen=True, slots=True)
class Cause:
    """A place in a file of a theme."""

    file: SourceFile = field(compare=False)
    name: str
    line: int
    column: int


@dataclass(frozen=True)
class OwnFiles:
    """The files of a theme that are not ours, as they apply to one page.

    Attributes:
        root: of the page's HTML.
    """

    theme: Theme
    root: Any

    def rule(self, element: Any, behind: str) -> Cause | None:
        """The rule that has most to do with an element: the last one for it or for what is nearest around it.

        What is on a page as a whole is looked at next (``@page``, ``@font-face``), then any rule of that kind.
        """
        of_kind = [rule for rule in self._rules if any(map(_NAMES[behind].fullmatch, rule.names))]
        for around in _outwards(self._wrapped.get(element)):
            if found := [rule for rule in of_kind if rule.matches(around)]:
                return found[-1].cause
        pages = [rule for rule in of_kind if rule.selectors is None]
        return next((rule.cause for rule in reversed([*of_kind, *pages])), None)

    def shrinking(self, element: Any) -> Cause | None:
        """What sets words smaller than those around them: a rule for their element itself, or else its template.

        Without a rule, some elements are small in themselves, such as ``h5``; then it is the template that has one.
        None where the words are as large as those around them.
        """
        of_kind = [rule for rule in self._rules if any(map(_NAMES["size"].fullmatch, rule.names))]
        for around in _outwards(self._wrapped.get(element)):
            if around.local_name in SMALL_IN_THEMSELVES:
                own = [rule for rule in of_kind if rule.matches(around)]
                return own[-1].cause if own else self.template(f"<{around.local_name}")
        return None

    def template(self, sought: str) -> Cause | None:
        """The page template of that name; of a piece of HTML such as ``<h5``, the one that has it."""
        paths = [path for path in self._paths if path.suffix == ".html"]
        if not sought.startswith("<"):
            paths = [path for path in paths if path.stem == sought]
        for source in map(read_text, paths):
            at = source.text.lower().find(sought) if sought.startswith("<") else 0
            if at >= 0:
                mark = FilePosition.in_text(source.text, at)
                return Cause(source, source.name, mark.line, mark.column)
        return None

    @cached_property
    def _paths(self) -> list[Path]:
        return [path for files in self.theme.files[:-1] for path in files.values()]

    @cached_property
    def _rules(self) -> list[_StyleRule]:
        own = {path for path in self._paths if path.suffix == ".css"}
        sheets = [read_text(path) for path in self.theme.stylesheets if path in own]
        return [rule for sheet in sheets for rule in _rules_in(tinycss2.parse_stylesheet(sheet.text), sheet)]

    @cached_property
    def _wrapped(self) -> dict[Any, Any]:
        """The elements of the page as selectors are held against them."""
        if self.root is None:
            return {}
        top = cssselect2.ElementWrapper.from_html_root(self.root)
        return {wrapped.etree_element: wrapped for wrapped in top.iter_subtree()}


@dataclass(frozen=True, slots=True)
class _StyleRule:
    """A rule with the names of what it sets; of one that is for pages as a whole, the selectors are None."""

    cause: Cause
    names: tuple[str, ...]
    selectors: tuple[Any, ...] | None

    def matches(self, wrapped: Any) -> bool:
        return any(selector.test(wrapped) for selector in self.selectors or ())


def _rules_in(nodes: list[Node], sheet: SourceFile) -> Iterator[_StyleRule]:
    for node in nodes:
        if isinstance(node, AtRule) and node.content is not None and node.lower_at_keyword in _WITH_RULES:
            yield from _rules_in(tinycss2.parse_rule_list(node.content), sheet)
        elif isinstance(node, AtRule | QualifiedRule) and node.content is not None:
            cause = Cause(sheet, sheet.name, node.source_line, node.source_column)
            yield _StyleRule(cause, tuple(_names(node.content)), _selectors(node))


def _names(content: list[Node]) -> Iterator[str]:
    for part in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if isinstance(part, Declaration):
            yield part.lower_name
        elif isinstance(part, AtRule | QualifiedRule) and part.content is not None:
            yield from _names(part.content)


def _selectors(node: Any) -> tuple[Any, ...] | None:
    if not isinstance(node, QualifiedRule):
        return None
    try:
        return tuple(cssselect2.compile_selector_list(node.prelude))
    except cssselect2.SelectorError:
        return ()


def _outwards(wrapped: Any) -> Iterator[Any]:
    while wrapped is not None:
        yield wrapped
        wrapped = wrapped.parent
