"""Values as YAML that a person would write: short lists on a line, longer texts folded."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from handoutkit.loading.yaml_data import plain_scalar

WIDTH = 108
LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SAFE_IN_FLOW = re.compile(r"[A-Za-z0-9À-ɏ][\w À-ɏ./’?()+-]*")


@dataclass(frozen=True, slots=True)
class MovedItem:
    """An item of a list that stood at ``at`` before, and what it holds now; ``at`` is None for a new one."""

    value: Any
    at: int | None = None


def dumped(value: Any, indent: int) -> str:
    """A value as YAML, as it stands from its second line on at an indentation."""
    value = plain(value)
    if isinstance(value, Mapping) and value:
        return ("\n" + " " * indent).join(yaml_pair(key, one, indent) for key, one in value.items())
    if isinstance(value, list | tuple) and value:
        return ("\n" + " " * indent).join("- " + dumped(one, indent + 2) for one in value)
    return scalar(value, indent)


def plain(value: Any) -> Any:
    """A value without what is only said of where it was."""
    if isinstance(value, MovedItem):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return tuple(plain(one) for one in value)
    return value


def yaml_pair(key: str, value: Any, indent: int) -> str:
    """A key with its value. A key can be anything: columns of a spreadsheet are remembered by their names."""
    key = flow(str(key))
    if isinstance(value, Mapping) and value:
        return f"{key}:\n{' ' * (indent + 2)}{dumped(value, indent + 2)}"
    if isinstance(value, list | tuple) and value:
        if all(isinstance(one, str | int | float) and len(str(one)) < 40 for one in value):
            line = flow(value)
            if len(line) + len(key) + indent < WIDTH:
                return f"{key}: {line}"
        return f"{key}:\n{' ' * (indent + 2)}{dumped(value, indent + 2)}"
    return f"{key}: {scalar(value, indent + 2)}"


def scalar(value: Any, indent: int, *, style: str | None = None) -> str:
    """One value; ``style`` is the one it had before."""
    if not isinstance(value, str):
        return flow(value)
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
        found = yaml.compose(f"- {value}\n", Loader=LOADER)
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


def flow(value: Any) -> str:
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
        return "{" + ", ".join(f"{flow(str(key))}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    text = str(value)
    bare = _SAFE_IN_FLOW.fullmatch(text) and _reads_back(text)
    return text if bare else json.dumps(text, ensure_ascii=False)
