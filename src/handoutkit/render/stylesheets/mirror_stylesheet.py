"""Mirrors stylesheets for pages that run from right to left.

Authors of themes write for one direction, and both come out. WeasyPrint itself mirrors tables, flex boxes, floats and
logical properties (``margin-inline-start``), which are left as they are; grids and indents are mirrored by
``weasyprint_patches.mirror_layout``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import copy
from itertools import pairwise
from typing import Any

import tinycss2
from tinycss2.ast import (
    AtKeywordToken,
    AtRule,
    CurlyBracketsBlock,
    Declaration,
    IdentToken,
    LiteralToken,
    Node,
    ParseError,
    PercentageToken,
    QualifiedRule,
    WhitespaceToken,
)

_OTHER = {"left": "right", "right": "left"}
_SIDE = re.compile(r"\b(left|right)\b")
_WITH_SIDES_IN_NAME = re.compile(r"^(left|right|(margin|padding|border|inset)-.*)$")
_WITH_SIDES_AS_VALUE = frozenset(
    {"text-align", "text-align-last", "text-align-all", "float", "clear", "justify-content", "justify-items"}
    | {"break-before", "break-after", "page-break-before", "page-break-after"}
)
_FOUR_SIDES = frozenset({"margin", "padding", "inset", "border-width", "border-style", "border-color"})
_WITH_RULES = frozenset({"media", "supports", "layer"})
_OF_PAGES = re.compile("page|(top|bottom|left|right)-.*")
"""The rules of pages and of the boxes in their margins."""
_LENGTHS = ("dimension", "number", "percentage")


def mirrored(css: str) -> str:
    """Swap left and right in a stylesheet."""
    rules = mirrored_rules(css)
    return str(tinycss2.serialize(rule for rule in rules if not isinstance(rule, ParseError)))


def mirrored_rules(css: str) -> list[Node]:
    """The rules of a stylesheet with left and right swapped; each part keeps the place that it has in the text."""
    rules: list[Node] = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    for rule in rules:
        _mirror(rule)
    return rules


def _mirror(rule: Node) -> None:
    if isinstance(rule, QualifiedRule):
        rule.content = _body(rule.content)
    if isinstance(rule, AtRule) and rule.content is not None:
        if rule.lower_at_keyword in _WITH_RULES:
            inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            rule.content = [token for part in inside for token in _tokens(part)]
        elif _OF_PAGES.fullmatch(rule.lower_at_keyword):
            rule.at_keyword = rule.lower_at_keyword = _swapped(rule.lower_at_keyword)
            rule.prelude = _page_sides(rule.prelude)
            rule.content = _body(rule.content)


def _page_sides(prelude: Sequence[Any]) -> list[Any]:
    """The pages that a rule is for: a document from right to left begins with a left page, ``page :left``."""
    return [*prelude[:1], *(_other_side(token) if before == ":" else token for before, token in pairwise(prelude))]


def _body(content: Iterable[Node]) -> list[Node]:
    parts = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return [token for part in parts for token in _tokens(part)]


def _tokens(part: Any) -> list[Node]:
    """What is inside a block, as the tokens that it is made of."""
    place = (part.source_line, part.source_column)
    end = LiteralToken(*place, ";")
    if isinstance(part, Declaration):
        important = [LiteralToken(*place, "!"), IdentToken(*place, "important")] if part.important else []
        return [IdentToken(*place, _name(part)), LiteralToken(*place, ":"), *_value(part), *important, end]
    if isinstance(part, ParseError):
        return [LiteralToken(*place, "!"), end]  # is taken for no rule, either
    _mirror(part)
    block = [CurlyBracketsBlock(*place, part.content)] if part.content is not None else [end]
    keyword = [AtKeywordToken(*place, part.at_keyword)] if isinstance(part, AtRule) else []
    return [*keyword, *part.prelude, *block]


def _name(declaration: Declaration) -> str:
    """The name of a declaration as it is written, or with the other side in it."""
    has_side = _WITH_SIDES_IN_NAME.match(declaration.lower_name)
    return _swapped(declaration.lower_name) if has_side else str(declaration.name)


def _swapped(name: str) -> str:
    return _SIDE.sub(lambda found: _OTHER[found[0]], name)


def _value(declaration: Declaration) -> list[Any]:
    """The value of a declaration; WeasyPrint tells the place of its first word, which stays where it was."""
    name, tokens = declaration.lower_name, declaration.value
    words = [token for token in tokens if token.type != "whitespace"]
    if name in ("background", "background-position"):
        layers = _split(words, ",")
        turned = [word for layer in layers for word in (*_background(name, layer), LiteralToken(0, 0, ","))][:-1]
    elif name in _WITH_SIDES_AS_VALUE:
        turned = [_other_side(word) for word in words]
    elif name in _FOUR_SIDES and len(words) == 4:
        turned = [words[0], words[3], words[2], words[1]]
    elif name == "border-radius" and "/" not in words:
        turned = _corners(words)
    else:
        return list(tokens)
    if turned:
        turned[0].source_line, turned[0].source_column = words[0].source_line, words[0].source_column
    return [token for word in turned for token in (WhitespaceToken(0, 0, " "), word)]


def _other_side(word: Any) -> Any:
    if word.type != "ident" or word.lower_value not in _OTHER:
        return word
    return IdentToken(word.source_line, word.source_column, _OTHER[word.lower_value])


def _corners(words: list[Any]) -> list[Any]:
    """Swap corners given as upper left, upper right, lower right, lower left; one left out is as its opposite."""
    match words:
        case [one, two]:
            return [two, one]
        case [one, two, three]:
            return [two, one, copy(two), three]
        case [one, two, three, four]:
            return [two, one, four, three]
    return words


def _background(name: str, words: Sequence[Any]) -> list[Any]:
    """A layer with its picture as far from the right edge as it was from the left."""
    slash = next((number for number, word in enumerate(words) if word == "/"), len(words))
    start = slash
    while start and _is_place(words[start - 1]):
        start -= 1
    if slash == len(words) and name == "background":  # no size: the place may stand anywhere
        places = [number for number, word in enumerate(words) if _is_place(word)]
        start, slash = (places[0], places[-1] + 1) if places else (slash, slash)
    return [*words[:start], *_place(words[start:slash]), *words[slash:]]


def _place(words: Sequence[Any]) -> list[Any]:
    turned = [_other_side(word) for word in words]
    if turned != list(words) or len(words) != 2 or words[0].type == "ident":
        return turned
    if words[0].type == "percentage":
        rest = 100 - words[0].value
        return [PercentageToken(words[0].source_line, words[0].source_column, rest, None, f"{rest:g}"), words[1]]
    return [IdentToken(0, 0, "right"), words[0], IdentToken(0, 0, "top"), words[1]]


def _is_place(word: Any) -> bool:
    if word.type == "function":
        return bool(word.lower_name == "calc")
    if word.type == "ident":
        return word.lower_value in ("left", "right", "top", "bottom", "center")
    return word.type in _LENGTHS


def _split(tokens: Sequence[Any], at: str) -> list[list[Any]]:
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token == at:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts
