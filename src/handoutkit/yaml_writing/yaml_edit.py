"""A YAML file with some of its values changed, and nothing else: comments, order and layout stay as they were.

The text is spliced: what has not changed is copied from the file letter by letter, and only a value that is new is
written anew. PyYAML's nodes say where each value begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from .yaml_emit import LOADER, WIDTH, MovedItem, dumped, flow, plain, scalar, yaml_pair

_COMMENT_OF_BLOCK = re.compile(r"[|>][-+0-9]*([ \t]+#[^\n]*)")


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
        """The new text of a node, from its first letter to its last."""
        old = self._text[node.start_mark.index : self._end(node)]
        value = plain(after)
        if value == before and type(value) is type(before) and not _moved(after):
            return old
        if not old:  # a key with nothing behind it
            return " " + self._anew(node, value)
        if type(before) is type(value) and value and isinstance(node, yaml.CollectionNode):
            if node.flow_style:
                return self._flow(node, before, after) or self._anew(node, value)
            is_mapping = isinstance(node, yaml.MappingNode)
            return self._mapping(node, before, after) if is_mapping else self._sequence(node, before, after)
        return self._anew(node, value)

    def _anew(self, node: yaml.Node, value: Any) -> str:
        line = self._text[self._text.rfind("\n", 0, node.start_mark.index) + 1 : node.start_mark.index]
        behind_dash = not line.lstrip(" -")
        # Further lines of a value: below an item's first letter, or two deeper than the key.
        indent = len(line) if behind_dash else len(line) - len(line.lstrip(" -")) + 2
        if isinstance(value, Mapping | tuple):
            if not value or len(flow(value)) + node.start_mark.column <= WIDTH:
                return flow(value)
            return dumped(value, indent) if behind_dash else "\n" + " " * indent + dumped(value, indent)
        style = node.style if isinstance(node, yaml.ScalarNode) else None
        return scalar(value, indent, style=style)

    def _mapping(self, node: yaml.CollectionNode, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
        """The pairs in their order; a new one comes behind the one that it follows in ``after``."""
        indent = node.start_mark.column
        begins = [key.start_mark.index for key, _ in node.value]
        starts = [begins[0], *(self._with_comments(at - indent) for at in begins[1:])]
        ends = [*starts[1:], self._end(node)]
        new = _new_pairs(before, after, indent)
        pieces = [new.pop("", "")]
        for (key, value), start, end in zip(node.value, starts, ends, strict=True):
            name = str(key.value)
            if name in after:
                line, newline, rest = self._text[self._end(value) : end].partition("\n")
                piece = self._with_value(start, value, before[name], after[name], line)
                pieces.append(piece + new.get(name, "") + newline + rest)
        return _one_after_another(pieces, indent)

    def _sequence(self, node: yaml.CollectionNode, before: Sequence[Any], after: Sequence[Any]) -> str:
        dash = node.start_mark.column
        starts = [self._dash(one, first=number == 0) for number, one in enumerate(node.value)]
        ends = [*starts[1:], self._end(node)]
        apart = any(self._text[:start].endswith("\n\n") for start in starts[1:])
        pieces = []
        for item in _as_moved(before, after):
            if item.at is None:
                pieces.append(" " * dash + "- " + dumped(item.value, dash + 2))
            else:
                child = node.value[item.at]
                line, newline, rest = self._text[self._end(child) : ends[item.at]].partition("\n")
                pieces.append(
                    self._with_value(starts[item.at], child, before[item.at], item.value, line) + newline + rest
                )
        return _one_after_another(pieces, dash, apart=apart)

    def _with_value(self, start: int, node: yaml.Node, before: Any, after: Any, line: str) -> str:
        """What stands before a value, its new text, and the rest of its line.

        A comment on the line of the value must not become a part of a new block of text: it goes to the line that the
        block begins on, and is also found there.
        """
        lead, new = self._text[start : node.start_mark.index], self._node(node, before, after)
        old = self._text[node.start_mark.index : self._end(node)]
        if new == old:
            return lead + new + line
        comment = _COMMENT_OF_BLOCK.match(old)
        first, newline, further = new.partition("\n")
        if comment and isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return lead + first + comment[1] + newline + further + line
        if newline and not isinstance(before, Mapping | tuple):
            return (lead + first if first else lead.rstrip()) + line + newline + further
        return (lead if first else lead.rstrip()) + new + line

    def _flow(self, node: yaml.CollectionNode, before: Any, after: Any) -> str:
        """A list or mapping in brackets with its new values; empty, if lines of their own suit them better."""
        if isinstance(node, yaml.MappingNode):
            spans = [(key.start_mark.index, value.end_mark.index) for key, value in node.value]
            parts, in_place = self._pairs_in_flow(node, before, after), list(before) == list(after)
        else:
            spans = [(child.start_mark.index, child.end_mark.index) for child in node.value]
            items = _as_moved(before, after)
            in_place = [item.at for item in items] == list(range(len(before)))
            parts = [self._in_flow(item, node.value, before) for item in items]
        start, end, column = node.start_mark.index, node.end_mark.index, node.start_mark.column
        if in_place:  # what stands between the values stays: commas, line ends, comments
            edges = [start, *(edge for span in spans for edge in span), end]
            between = [self._text[edges[n] : edges[n + 1]] for n in range(0, len(edges), 2)]
            new = between[0] + "".join(part + rest for part, rest in zip(parts, between[1:], strict=True))
        else:
            new = self._text[start] + _filled(parts, column + 1) + self._text[end - 1]
        fits = all(len(line) <= WIDTH for line in (" " * column + new).split("\n"))
        has_lines = "\n" in self._text[start:end]
        return new if all(parts) and (has_lines or (fits and "\\n" not in new)) else ""

    def _pairs_in_flow(self, node: yaml.MappingNode, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
        nodes = {str(key.value): (key, value) for key, value in node.value}
        parts = []
        for name, value in after.items():
            if name in before:
                key, child = nodes[name]
                lead = self._text[key.start_mark.index : child.start_mark.index]
                text = self._in_flow(MovedItem(value, 0), [child], [before[name]])
                parts.append(lead + text if text else "")
            else:
                parts.append(f"{flow(name)}: {flow(plain(value))}")
        return parts

    def _in_flow(self, item: MovedItem, nodes: Sequence[yaml.Node], before: Sequence[Any]) -> str:
        """The new text of a value inside brackets; empty, if nothing stood for it there."""
        value = plain(item.value)
        if item.at is None:
            return flow(value)
        node, old = nodes[item.at], before[item.at]
        if value == old and type(value) is type(old) and not _moved(item.value):
            return self._text[node.start_mark.index : node.end_mark.index]
        if type(old) is type(value) and value and isinstance(node, yaml.CollectionNode):
            return self._flow(node, old, item.value) or flow(value)
        return flow(value) if node.start_mark.index < node.end_mark.index else ""

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


def _as_moved(before: Sequence[Any], after: Sequence[Any]) -> list[MovedItem]:
    """The items with where each stood; what does not say it stands where it stood."""
    items = [
        one if isinstance(one, MovedItem) else MovedItem(one, number if number < len(before) else None)
        for number, one in enumerate(after)
    ]
    return [item if item.at is not None and item.at < len(before) else MovedItem(item.value) for item in items]


def _filled(parts: Sequence[str], indent: int) -> str:
    """Parts in brackets on as few lines as they need."""
    lines = [""]
    for number, part in enumerate(parts):
        text = part + ("," if number < len(parts) - 1 else "")
        if lines[-1] and indent + len(lines[-1]) + 1 + len(text) >= WIDTH:
            lines.append(text)
        else:
            lines[-1] += f" {text}" if lines[-1] else text
    return ("\n" + " " * indent).join(lines)


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
