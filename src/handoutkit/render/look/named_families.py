"""Families of fonts that a theme's stylesheets name: each is there, or WeasyPrint would take another without a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

from handoutkit.errors import Problem
from handoutkit.files.source_file import FilePosition, SourceFile

from .font_families import near

_NAMES_FAMILIES = frozenset({"font-family", "--text", "--display", "--sans", "--scripts"})
_GENERIC = frozenset({"serif", "sans-serif", "monospace", "system-ui", "inherit", "initial", "unset", "revert"})
_DECLARED = re.compile(r"@font-face\s*\{[^}]*?font-family:\s*[\"']?([^\"';}]+)")


def declared_families(styles: Iterable[SourceFile]) -> frozenset[str]:
    """The families that stylesheets bring by ``@font-face``."""
    return frozenset(name.strip() for sheet in styles for name in _DECLARED.findall(sheet.text))


def unknown_families(sheet: SourceFile, known: frozenset[str]) -> Iterator[Problem]:
    """A problem for each family that a stylesheet names and nobody brings, at its place."""
    folded = {name.casefold() for name in known}
    for name, token in _families(tinycss2.parse_stylesheet(sheet.text, skip_comments=True)):
        if name.casefold() not in folded and name.lower() not in _GENERIC:
            mark = FilePosition(token.source_line, token.source_column, len(name))
            hint = near(name, known)
            yield sheet.problem_at(mark, "no-such-family", f"no font of the family `{name}` is there", hint)


def _families(nodes: Iterable[Node]) -> Iterator[tuple[str, Any]]:
    """The families in rules, each with the token it begins with."""
    for node in nodes:
        if isinstance(node, QualifiedRule | AtRule) and node.content is not None:
            if isinstance(node, AtRule) and node.lower_at_keyword == "font-face":
                continue
            if isinstance(node, AtRule) and node.lower_at_keyword in ("media", "supports", "layer"):
                yield from _families(tinycss2.parse_rule_list(node.content, skip_comments=True))
                continue
            inside = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            yield from _families(part for part in inside if not isinstance(part, Declaration))
            for part in inside:
                if isinstance(part, Declaration) and part.lower_name in _NAMES_FAMILIES:
                    yield from _names(part.value)


def _names(tokens: list[Any]) -> Iterator[tuple[str, Any]]:
    """The names in a list of families; what is in a function, such as ``var()``, is not one."""
    words: list[Any] = []
    for part in [*tokens, ","]:
        if part != ",":
            words += [part] if part.type != "whitespace" else []
            continue
        if words and all(word.type in ("ident", "string") for word in words):
            yield " ".join(word.value for word in words), words[0]
        words = []
