"""A letter: paragraphs, lists and line breaks in small Markdown, with a client's values among its words.

``{display_name}`` stands for a value, ``{first_name|there}`` for one with what stands there when it is empty, ``{{``
for a brace, and ``{signature}`` on a line of its own for the signature's picture.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic_core import PydanticCustomError

from handoutkit.models.markdown import QUOTES, check_marked_up, markdown_parser
from handoutkit.models.rule_problems import problem

SIGNATURE: Literal["signature"] = "signature"
"""What the picture of a signature is called in a letter."""
_NOT_TAKEN = re.compile(r"^\s{0,3}(#{1,6}\s|>|```|~~~|\||!\[)", re.MULTILINE)
_SIGNATURE_LINE = re.compile(rf"^[ \t]*\{{{SIGNATURE}\}}[ \t]*$", re.MULTILINE)
_BRACES = re.compile(r"\{\{|\}\}|\{(?P<name>[^{}|\n]*)(?:\|(?P<otherwise>[^{}\n]*))?\}|(?P<open>\{)")
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_PRINTED = "`{{` prints a brace"
_MAX_VALUES = 60
"""Most values among the words of one letter."""


@dataclass(frozen=True, slots=True)
class LetterRun:
    """Words that look alike, or a value among them.

    Attributes:
        text: the words, with line ends where lines are to end; empty for a value.
        value: the name of a value, and ``otherwise`` what stands there when it is empty.
        link: where the words lead to.
    """

    text: str = ""
    value: str = ""
    otherwise: str = ""
    strong: bool = False
    emphasis: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class LetterBlock:
    """A paragraph, an item of a list with its ``marker``, or the place of the signature, which has no words."""

    kind: Literal["paragraph", "item", "signature"]
    runs: tuple[LetterRun, ...] = ()
    marker: str = ""

    @property
    def values(self) -> tuple[str, ...]:
        """The names of the values among its words."""
        return tuple(run.value for run in self.runs if run.value)

    @property
    def is_fixed(self) -> bool:
        """Whether it can only be set on a page that is laid out: it has a link, or is a picture."""
        return self.kind == "signature" or any(run.link for run in self.runs)


def check_letter(value: str) -> str:
    """A letter, unchanged except for the space around it. Raises PydanticCustomError."""
    value = check_marked_up(value, _NOT_TAKEN, "write it as a paragraph, or as a list whose items start with `- `")
    blocks = parse_letter(value)
    if sum(len(block.values) for block in blocks) > _MAX_VALUES:
        raise problem("too-many-values", f"more than {_MAX_VALUES} values are named here", "make the text shorter")
    for block in blocks:
        if block.values and block.is_fixed:
            hint = "give the link a paragraph of its own, with an empty line before and after it"
            raise problem("link-beside-value", "a paragraph with a link cannot hold a client's value", hint)
    return value


def check_line_with_values(value: str) -> str:
    """One paragraph with values among its words, unchanged. Raises PydanticCustomError."""
    value = check_letter(value)
    blocks = parse_letter(value)
    if len(blocks) != 1 or blocks[0].kind != "paragraph":
        raise problem("one-paragraph", "this text must be one paragraph", "take out the empty line, or the list")
    return value


def parse_letter(value: str, quotes: str = QUOTES) -> tuple[LetterBlock, ...]:
    """The blocks of a letter.

    Args:
        quotes: what straight quotation marks become: outer and inner ones, opening and closing.

    Raises:
        PydanticCustomError: a brace is no value's, or a list stands in a list.
    """
    parts = _SIGNATURE_LINE.split(value)
    blocks: list[LetterBlock] = []
    for number, part in enumerate(parts):
        if number:
            blocks.append(LetterBlock(SIGNATURE))
        blocks += _blocks(_letter_parser(quotes).parse(part))
    return tuple(blocks)


def values_in(blocks: Sequence[LetterBlock], *, needed: bool = False) -> tuple[str, ...]:
    """The names of the values in a letter, each once; ``needed``, only those with nothing to stand there instead."""
    runs = [run for block in blocks for run in block.runs if run.value]
    return tuple(dict.fromkeys(run.value for run in runs if not (needed and run.otherwise)))


def words_for_nobody(value: str) -> str:
    """The words of a letter where it is nobody's: what stands there when a value is empty, or an ellipsis."""
    runs = [run for block in parse_letter(value) for run in block.runs]
    return "".join(run.text or run.otherwise or "\N{HORIZONTAL ELLIPSIS}" for run in runs)


def set_last(blocks: Sequence[LetterBlock]) -> tuple[bool, ...]:
    """Which blocks are set once a client's values are known: those that hold any, and what moves with them."""
    found, moved = [], False
    for block in blocks:
        moved = moved or bool(block.values)
        found.append(moved and not block.is_fixed)
    return tuple(found)


def unknown_values(blocks: Sequence[LetterBlock], known: Collection[str]) -> Iterator[PydanticCustomError]:
    """A problem for each value in a letter that nothing knows."""
    for name in values_in(blocks):
        if name in known:
            continue
        if name == SIGNATURE:
            hint = "put it on a line of its own, and name the picture with `signature` below `cover`"
            yield problem("unknown-value", "`{signature}` is no value of a client", hint, f"{{{name}")
            continue
        close = get_close_matches(name, known, 1)
        guess = f"did you mean `{{{close[0]}}}`? " if close else ""
        hint = f"{guess}there are {', '.join(sorted(known))}; {_PRINTED}"
        yield problem("unknown-value", f"there is no value `{name}` to stand here", hint, f"{{{name}")


@lru_cache(maxsize=4)
def _letter_parser(quotes: str) -> MarkdownIt:
    return markdown_parser(quotes).enable("list")


def _blocks(tokens: Sequence[Token]) -> Iterator[LetterBlock]:
    lists: list[int | None] = []
    marker = ""
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            if lists:
                raise problem("list-in-list", "a list stands in a list here", "make one list of it")
            lists.append(int(token.attrs.get("start", 1)) if token.type.startswith("ordered") else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            number = lists[-1]
            marker = "\N{BULLET}" if number is None else f"{number}."
            lists[-1] = None if number is None else number + 1
        elif token.type == "inline":
            runs = tuple(_runs(token.children or ()))
            if lists and not marker:
                raise problem("one-paragraph", "an item of a list is one paragraph", "take out the empty line in it")
            yield LetterBlock("item", runs, marker) if lists else LetterBlock("paragraph", runs)
            marker = ""


def _runs(tokens: Sequence[Token]) -> Iterator[LetterRun]:
    look = LetterRun()
    text = ""
    for token in [*tokens, Token("end", "", 0)]:
        if token.type == "text":
            text += token.content
            continue
        yield from _with_values(text, look)
        text = ""
        if token.type in ("softbreak", "hardbreak"):
            yield replace(look, text="\n")
        elif token.type == "text_special":
            yield replace(look, text=token.content)
        elif token.type in ("strong_open", "strong_close"):
            look = replace(look, strong=token.nesting == 1)
        elif token.type in ("em_open", "em_close"):
            look = replace(look, emphasis=token.nesting == 1)
        elif token.type in ("link_open", "link_close"):
            look = replace(look, link=str(token.attrs.get("href", "")))


def _with_values(text: str, look: LetterRun) -> Iterator[LetterRun]:
    start = 0
    for found in _BRACES.finditer(text):
        if before := text[start : found.start()]:
            yield replace(look, text=before)
        start = found.end()
        if found[0] in ("{{", "}}"):
            yield replace(look, text=found[0][0])
            continue
        name = (found["name"] or "").strip()
        if found["open"] or not _NAME.fullmatch(name):
            hint = f"a value is written as `{{display_name}}`, or `{{first_name|there}}`; {_PRINTED}"
            raise problem("bad-value-place", f"`{found[0]}` does not name a value", hint, found[0])
        yield replace(look, value=name, otherwise=(found["otherwise"] or "").strip())
    if after := text[start:]:
        yield replace(look, text=after)
