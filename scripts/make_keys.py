"""Writes docs/keys.md from the models: every key of the files that people write, with what it takes.

usage: make_keys.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from handoutkit.models.json_schema import SchemaName, json_schema

PAGE = Path(__file__).resolve().parent.parent / "docs" / "keys.md"
_HEAD = """\
# Every key

For who writes a handout, a practice, a packet, a framing or a theme: every key of each file, what it takes, and what it
is when it is left out. Made by `make docs` from the models, so it is what `handoutkit check` holds a file to.
[blocks.md](blocks.md) shows the blocks as pictures; an editor that reads `schemas/` shows these sentences as one types.

Text may hold `**bold**`, `*emphasis*` and `[link](https://...)`, and nothing else: a list is a block (`list`), and so
are a table (`table`), a picture (`figure` of the kind `image`, or the `picture` of a `prose`) and a square for a camera
(`qr`). A day is written `2026-11-21`. [cookbook.md](cookbook.md) has what one often wants, each as lines to copy.
"""
_TITLES: dict[SchemaName, str] = {
    "handout": "A handout",
    "practice": "A practice",
    "packet": "A packet",
    "framing": "A framing",
    "workspace": "The settings of a workspace, `handoutkit.yaml`",
    "theme": "A theme, `theme.yaml`",
}
_WORDS = {"string": "text", "integer": "whole number", "number": "number", "boolean": "`true` or `false`"}


def page() -> str:
    """The page."""
    parts = [_HEAD]
    told: set[str] = set()
    for name in ("handout", "practice", "packet", "framing", "workspace", "theme"):
        parts += _file(name, told)
    return "\n".join(parts)


def _file(name: SchemaName, told: set[str]) -> Iterator[str]:
    """A kind of file: its top, its blocks, and what stands in these; each part once on the page."""
    schema = json_schema(name)
    below = schema.get("$defs", {})
    yield f"## {_TITLES[name]}\n"
    yield _table(schema)
    blocks = {title: part for title, part in below.items() if "page_break" in part["properties"]}
    if blocks:
        yield "### Every block\n"
        common = next(iter(blocks.values()))["properties"]
        shared = [key for key in common if key != "type" and all(key in part["properties"] for part in blocks.values())]
        yield _table({"properties": {key: common[key] for key in shared}, "required": []})
        for part in sorted(blocks.values(), key=_type):
            yield f"### `type: {_type(part)}`\n"
            yield _first_sentence(part)
            own = {k: v for k, v in part["properties"].items() if k not in shared or k in part.get("required", [])}
            yield _table({**part, "properties": {key: what for key, what in own.items() if key != "type"}})
    for title in sorted(below.keys() - blocks.keys() - told):
        told.add(title)
        yield f"### {title}\n"
        yield _first_sentence(below[title])
        yield _table(below[title])


def _type(part: dict[str, Any]) -> str:
    return str(part["properties"]["type"]["const"])


def _first_sentence(part: dict[str, Any]) -> str:
    said = " ".join(part.get("description", "").split("\n\n", 1)[0].split())
    return f"{said.replace('``', '`')}\n"


def _table(part: dict[str, Any]) -> str:
    needed = part.get("required", [])
    rows = [
        f"| `{key}` | {_takes(what)} | {'needed' if key in needed else _usual(what)} | {what.get('description', '')} |"
        for key, what in part["properties"].items()
    ]
    return "\n".join(["| key | takes | without it | what it is |", "|---|---|---|---|", *rows, ""]) if rows else ""


def _usual(what: dict[str, Any]) -> str:
    usual = what.get("default")
    if isinstance(usual, bool):
        return f"`{str(usual).lower()}`"
    return f"`{usual}`" if isinstance(usual, str | int) and usual != "" else ""


def _takes(what: dict[str, Any]) -> str:
    """What a key takes, in words, with its limits."""
    if options := what.get("anyOf") or what.get("oneOf"):
        known = dict.fromkeys(_takes(option) for option in options if option.get("type") != "null")
        return "one of the blocks" if len(known) > 12 else " or ".join(known)
    if "$ref" in what:
        title = what["$ref"].rsplit("/", 1)[1]
        return f"[{title}](#{title.lower()})"
    if "const" in what or "enum" in what:
        return ", ".join(f"`{word}`" for word in what.get("enum", [what.get("const")]))
    if what.get("type") == "array":
        return f"list of {_takes(what['items'])}{_limits(what, 'minItems', 'maxItems', '')}"
    if what.get("type") == "object":
        return "keys of your own"
    if what.get("type") == "string":
        is_day = what.get("format") == "date"
        return "day" if is_day else "text" + _limits(what, "minLength", "maxLength", " letters")
    return _WORDS[what["type"]] + _limits(what, "minimum", "maximum", "")


def _limits(what: dict[str, Any], low: str, high: str, unit: str) -> str:
    least, most = what.get(low), what.get(high)
    if least is not None and most is not None:
        return f", {least} to {most}{unit}"
    return f", at most {most}{unit}" if most is not None else f", at least {least}{unit}" if least is not None else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
