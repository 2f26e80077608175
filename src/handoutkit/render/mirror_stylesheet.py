"""Mirrors stylesheets for pages that run from right to left.

Authors of themes write for one direction, and both come out. WeasyPrint itself mirrors tables, flex boxes, floats and
logical properties (``margin-inline-start``), which are left as they are; grids and indents are mirrored by
``weasyprint_patches.mirror_layout``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

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
_PAGE_SIDE = re.compile(r":(left|right)\b")
_LENGTHS = ("dimension", "number", "percentage")


def mirrored(css: str) -> str:
    """Swap left and right in a stylesheet."""
    return "".join(map(_rule, tinycss2.parse_stylesheet(css, skip_comments=True)))


def _rule(rule: Node) -> str:
    if isinstance(rule, QualifiedRule):
        return f"{tinycss2.serialize(rule.prelude)}{{{_body(rule.content)}}}"
    if isinstance(rule, AtRule) and rule.content is not None and rule.lower_at_keyword in _WITH_RULES:
        inside = "".join(map(_rule, tinycss2.parse_rule_list(rule.content, skip_comments=True)))
        return f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inside}}}"
    if isinstance(rule, AtRule) and rule.content is not None and _OF_PAGES.fullmatch(rule.lower_at_keyword):
        return f"@{_page_rule(rule)}{{{_body(rule.content)}}}"
    return str(rule.serialize())


def _page_rule(rule: AtRule) -> str:
    """The head of a rule of pages: a document from right to left begins with a left page, ``page :left``."""
    keyword = _SIDE.sub(lambda found: _OTHER[found[0]], rule.at_keyword)
    return keyword + _PAGE_SIDE.sub(lambda found: f":{_OTHER[found[1]]}", str(tinycss2.serialize(rule.prelude)))


def _body(content: Iterable[Node]) -> str:
    parts = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return "".join(_declaration(part) if isinstance(part, Declaration) else _rule(part) for part in parts)


def _declaration(declaration: Declaration) -> str:
    name: str = declaration.name
    if name.startswith("--"):
        return f"{declaration.serialize()};"
    value = _value(declaration.lower_name, declaration.value)
    if _WITH_SIDES_IN_NAME.match(declaration.lower_name):
        name = _SIDE.sub(lambda found: _OTHER[found[0]], declaration.lower_name)
    return f"{name}:{value}{'!important' if declaration.important else ''};"


def _value(name: str, tokens: Sequence[Any]) -> str:
    if name in ("background", "background-position"):
        return ",".join(_background(name, layer) for layer in _split(tokens, ","))
    words = [token for token in tokens if token.type != "whitespace"]
    texts = [str(word.serialize()) for word in words]
    if name in _WITH_SIDES_AS_VALUE:
        texts = [_OTHER.get(text, text) for text in texts]
    elif name in _FOUR_SIDES and len(texts) == 4:
        texts = [texts[0], texts[3], texts[2], texts[1]]
    elif name == "border-radius" and "/" not in texts:
        texts = _corners(texts)
    else:
        return str(tinycss2.serialize(tokens))
    return " ".join(texts)


def _corners(texts: list[str]) -> list[str]:
    """Swap corners given as upper left, upper right, lower right, lower left; one left out is as its opposite."""
    match texts:
        case [one, two]:
            return [two, one]
        case [one, two, three]:
            return [two, one, two, three]
        case [one, two, three, four]:
            return [two, one, four, three]
    return texts


def _background(name: str, tokens: Sequence[Any]) -> str:
    """A layer with its picture as far from the right edge as it was from the left."""
    words = [token for token in tokens if token.type != "whitespace"]
    slash = next((number for number, word in enumerate(words) if word == "/"), len(words))
    start = slash
    while start and _is_place(words[start - 1]):
        start -= 1
    if slash == len(words) and name == "background":  # no size: the place may stand anywhere
        places = [number for number, word in enumerate(words) if _is_place(word)]
        start, slash = (places[0], places[-1] + 1) if places else (slash, slash)
    place = [str(word.serialize()) for word in words[start:slash]]
    texts = [str(word.serialize()) for word in words]
    return " ".join([*texts[:start], *_place(words[start:slash], place), *texts[slash:]])


def _place(words: Sequence[Any], texts: list[str]) -> list[str]:
    if any(text in _OTHER for text in texts):
        return [_OTHER.get(text, text) for text in texts]
    if len(texts) != 2:
        return texts
    if words[0].type == "percentage":
        return [f"{100 - words[0].value:g}%", texts[1]]
    if words[0].type == "ident":
        return texts
    return ["right", texts[0], "top", texts[1]]


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
