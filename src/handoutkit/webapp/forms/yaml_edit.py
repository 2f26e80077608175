"""A YAML file with some of its values changed, and nothing else: comments, order and layout stay as they were.

The text is spliced: what has not changed is copied from the file letter by letter, and only a value that is new is
written anew. PyYAML's nodes say where each value begins and ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from .yaml_emit import LOADER, WIDTH, MovedItem, dumped, flow, plain, scalar, yaml_pair


def rewritten(text: str, before: Any, after: Any) -> str:
    """The text of a file that holds ``before``, made to hold ``after``.

    Args:
        before: the file's data: mappings, tuples, scalars.
        after: the same with changes; lists may have ``MovedItem`` for what was moved.
    """
    node = yaml.compose(text, Loader=LOADER)
    if node is None:
        return dumped(after, 0) + "\n"
    return _Rewriter(text).file(node, before, after)


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
        if type(before) is type(value) and value:
            if isinstance(node, yaml.MappingNode) and not node.flow_style:
                return self._mapping(node, before, after)
            if isinstance(node, yaml.SequenceNode) and not node.flow_style:
                return self._sequence(node, before, after)
        return self._anew(node, value)

    def _anew(self, node: yaml.Node, value: Any) -> str:
        indent = self._indent_below(node)
        if isinstance(node, yaml.ScalarNode) and isinstance(value, str):
            return scalar(value, indent, style=node.style)
        if isinstance(value, Mapping | tuple) and value and len(flow(value)) + node.start_mark.column > WIDTH:
            return "\n" + " " * indent + dumped(value, indent)
        return flow(value) if isinstance(value, Mapping | tuple) else scalar(value, indent)

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
            item = one if isinstance(one, MovedItem) else MovedItem(one, number if number < len(before) else None)
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
        at: int = key.start_mark.index
        return at if first else self._with_comments(at - key.start_mark.column)

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
        end: int = node.end_mark.index
        if isinstance(node, yaml.ScalarNode):
            return self._trimmed(node.start_mark.index, end) if node.style in ("|", ">") else end
        if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
            last = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
            begins: int = last.start_mark.index
            return max(self._end(last), begins)
        return end

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
            new[behind] = new.get(behind, "") + "\n" + " " * indent + yaml_pair(name, plain(value), indent)
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
    if isinstance(after, MovedItem):
        return _moved(after.value)
    if isinstance(after, Mapping):
        return any(map(_moved, after.values()))
    if isinstance(after, list | tuple):
        at = [one.at for one in after if isinstance(one, MovedItem)]
        return at != list(range(len(at))) or any(map(_moved, after))
    return False
