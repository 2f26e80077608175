"""A YAML file with some of its values changed, and nothing else: comments, order and layout stay as they were.

The text is spliced: what has not changed is copied from the file letter by letter, and only a value that is new is
written anew. PyYAML's nodes say where each value begins and ends.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from handoutkit.loading.yaml_data import plain_scalar

WIDTH = 108
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SAFE_IN_FLOW = re.compile(r"[A-Za-z0-9À-ɏ][\w À-ɏ./’?()+-]*")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list that stood at ``at`` before, and what it holds now; ``at`` is None for a new one."""

    value: Any
    at: int | None = None


def rewritten(text: str, before: Any, after: Any) -> str:
    """The text of a file that holds ``before``, made to hold ``after``.

    Args:
        before: the file's data: mappings, tuples, scalars.
        after: the same with changes; lists may have ``Item`` for what was moved.
    """
    node = yaml.compose(text, Loader=_LOADER)
    if node is None:
        return dumped(after, 0) + "\n"
    return _Rewriter(text).file(node, before, after)


def dumped(value: Any, indent: int) -> str:
    """A value as YAML, as it stands from its second line on at an indentation."""
    value = plain(value)
    if isinstance(value, Mapping) and value:
        return ("\n" + " " * indent).join(_pair(key, one, indent) for key, one in value.items())
    if isinstance(value, list | tuple) and value:
        return ("\n" + " " * indent).join("- " + dumped(one, indent + 2) for one in value)
    return _scalar(value, indent)


def plain(value: Any) -> Any:
    """A value without what is only said of where it was."""
    if isinstance(value, Item):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return tuple(plain(one) for one in value)
    return value


def _pair(key: str, value: Any, indent: int) -> str:
    if isinstance(value, Mapping) and value:
        return f"{key}:\n{' ' * (indent + 2)}{dumped(value, indent + 2)}"
    if isinstance(value, list | tuple) and value:
        if all(isinstance(one, str | int | float) and len(str(one)) < 40 for one in value):
            flow = _flow(value)
            if len(flow) + len(key) + indent < WIDTH:
                return f"{key}: {flow}"
        return f"{key}:\n{' ' * (indent + 2)}{dumped(value, indent + 2)}"
    return f"{key}: {_scalar(value, indent + 2)}"


def _scalar(value: Any, indent: int, *, style: str | None = None) -> str:
    """One value; ``style`` is the one it had before."""
    if not isinstance(value, str):
        return _flow(value)
    if style in ('"', "'") and "\n" not in value:
        return json.dumps(value, ensure_ascii=False)
    if "\n" in value or len(value) + indent > WIDTH or style in ("|", ">"):
        return _block(value, indent, style)
    safe = _reads_back(value)
    return value if safe else json.dumps(value, ensure_ascii=False)


def _reads_back(value: str) -> bool:
    """Whether a text without quotes is read as the same text."""
    if not value or value != value.strip() or plain_scalar(value) != value:
        return False
    try:
        found = yaml.compose(f"- {value}\n", Loader=_LOADER)
    except yaml.YAMLError:
        return False
    return (
        isinstance(found, yaml.SequenceNode)
        and isinstance(found.value[0], yaml.ScalarNode)
        and found.value[0].value == value
        and not value.startswith(("&", "*", "!"))
    )


def _block(value: str, indent: int, style: str | None) -> str:
    """A longer text: folded, or line by line where it has breaks of its own."""
    lead = " " * indent
    paragraphs = value.split("\n\n")
    odd = value != value.strip() or re.search(r"[ \t]\n|\n[ \t]|\n{3}|\t|  ", value)
    if odd:
        return json.dumps(value, ensure_ascii=False)
    if style != "|" and not any("\n" in paragraph for paragraph in paragraphs):
        folded = [
            textwrap.wrap(one, WIDTH - indent, break_long_words=False, break_on_hyphens=False) for one in paragraphs
        ]
        return ">-\n" + "\n\n".join("\n".join(lead + line for line in lines) for lines in folded)
    return "|-\n" + "\n".join(lead + line if line else "" for line in value.split("\n"))


def _flow(value: Any) -> str:
    """A value on one line."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(one) for one in value) + "]"
    text = str(value)
    bare = _SAFE_IN_FLOW.fullmatch(text) and _reads_back(text)
    return text if bare else json.dumps(text, ensure_ascii=False)


class _Rewriter:
    def __init__(self, text: str) -> None:
        self._text = text

    def file(self, node: yaml.Node, before: Any, after: Any) -> str:
        return self._text[: node.start_mark.index] + self._node(node, before, after) + self._text[self._end(node) :]

    def _node(self, node: yaml.Node, before: Any, after: Any) -> str:
        """The text that stands for a node now, from its first letter to its last."""
        old = self._text[node.start_mark.index : self._end(node)]
        value = plain(after)
        if value == before and type(value) is type(before) and not _moved(after):
            return old
        if not old:  # a key with nothing behind it
            return " " + self._anew(node, value)
        if isinstance(node, yaml.ScalarNode) or type(before) is not type(value) or node.flow_style or not value:
            return self._anew(node, value)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, before, after)
        return self._sequence(node, before, after)

    def _anew(self, node: yaml.Node, value: Any) -> str:
        indent = self._indent_below(node)
        if isinstance(node, yaml.ScalarNode) and isinstance(value, str):
            return _scalar(value, indent, style=node.style)
        if isinstance(value, Mapping | tuple) and value and len(_flow(value)) + node.start_mark.column > WIDTH:
            return "\n" + " " * indent + dumped(value, indent)
        return _flow(value) if isinstance(value, Mapping | tuple) else _scalar(value, indent)

    def _mapping(self, node: yaml.MappingNode, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
        """The pairs in their order; a new one comes behind the one that it follows in ``after``."""
        indent = node.start_mark.column
        starts = [self._from(key, first=number == 0) for number, (key, _) in enumerate(node.value)]
        ends = [*starts[1:], self._end(node)]
        new = _new_pairs(before, after, indent)
        pieces = [new.pop("", "")]
        for (key, value), start, end in zip(node.value, starts, ends, strict=True):
            name = str(key.value)
            if name not in after:
                continue
            line, newline, rest = self._text[self._end(value) : end].partition("\n")
            piece = self._text[start : value.start_mark.index] + self._node(value, before[name], after[name])
            pieces.append(piece + line + new.get(name, "") + newline + rest)
        return _one_after_another(pieces, indent)

    def _sequence(self, node: yaml.SequenceNode, before: Sequence[Any], after: Sequence[Any]) -> str:
        dash = node.start_mark.column
        starts = [self._dash(one, first=number == 0) for number, one in enumerate(node.value)]
        ends = [*starts[1:], self._end(node)]
        apart = any(self._text[:start].endswith("\n\n") for start in starts[1:])
        pieces = []
        for number, one in enumerate(after):
            item = one if isinstance(one, Item) else Item(one, number if number < len(before) else None)
            if item.at is None or item.at >= len(node.value):
                pieces.append(" " * dash + "- " + dumped(item.value, dash + 2))
            else:
                child = node.value[item.at]
                inner = self._node(child, before[item.at], item.value)
                piece = self._text[starts[item.at] : child.start_mark.index] + inner
                pieces.append(piece + self._text[self._end(child) : ends[item.at]])
        return _one_after_another(pieces, dash, apart=apart)

    def _from(self, key: yaml.Node, *, first: bool) -> int:
        """Where a pair begins, with the comments above it."""
        return key.start_mark.index if first else self._with_comments(key.start_mark.index - key.start_mark.column)

    def _dash(self, item: yaml.Node, *, first: bool) -> int:
        """Where an item begins, with the comments above it."""
        at = self._text.rindex("-", 0, item.start_mark.index)
        return at if first else self._with_comments(self._text.rindex("\n", 0, at) + 1)

    def _with_comments(self, line: int) -> int:
        """The start of the first of the comment lines right above a line."""
        while line > 0:
            above = self._text.rfind("\n", 0, line - 1) + 1
            if not self._text[above:line].lstrip().startswith("#"):
                break
            line = above
        return line

    def _end(self, node: yaml.Node) -> int:
        """Behind the last letter of a node: PyYAML lets it end where the next one begins, or behind empty lines."""
        if isinstance(node, yaml.ScalarNode):
            end = node.end_mark.index
            return self._trimmed(node.start_mark.index, end) if node.style in ("|", ">") else end
        if node.flow_style or not node.value:
            return node.end_mark.index
        last = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
        return max(self._end(last), last.start_mark.index)

    def _trimmed(self, start: int, end: int) -> int:
        return start + len(self._text[start:end].rstrip("\n "))

    def _indent_below(self, node: yaml.Node) -> int:
        """The indentation for the further lines of a value: two deeper than the line of its key."""
        start = self._text.rfind("\n", 0, node.start_mark.index) + 1
        line = self._text[start : node.start_mark.index]
        behind = line.lstrip(" -")
        return len(line) - len(behind) + (2 if behind else 0)


def _new_pairs(before: Mapping[str, Any], after: Mapping[str, Any], indent: int) -> dict[str, str]:
    """The lines of new pairs, by the name of the pair that each comes behind."""
    new: dict[str, str] = {}
    behind = next((name for name in after if name in before), "")
    for name, value in after.items():
        if name in before:
            behind = name
        else:
            new[behind] = new.get(behind, "") + "\n" + " " * indent + _pair(name, plain(value), indent)
    return new


def _one_after_another(pieces: Sequence[str], indent: int, *, apart: bool = False) -> str:
    """Pieces on lines of their own. What comes first stands behind an indentation that was copied already."""
    whole = ""
    for piece in pieces:
        if not piece:
            continue
        lead = "" if piece.startswith((" " * indent, "\n")) and indent else " " * indent
        if whole and not whole.endswith("\n"):
            whole += "\n\n" if apart else "\n"
        whole += lead + piece
    return whole.strip("\n")[indent:]


def _moved(after: Any) -> bool:
    if isinstance(after, Item):
        return _moved(after.value)
    if isinstance(after, Mapping):
        return any(map(_moved, after.values()))
    if isinstance(after, list | tuple):
        at = [one.at for one in after if isinstance(one, Item)]
        return at != list(range(len(at))) or any(map(_moved, after))
    return False
