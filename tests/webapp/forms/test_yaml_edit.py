"""YAML files with some values changed: what is meant is what is written, and all else stays letter by letter."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from handoutkit.files.source_file import SourceFile
from handoutkit.files.text_files import read_text
from handoutkit.loading.yaml_data import read_yaml
from handoutkit.webapp.forms.yaml_edit import rewritten
from handoutkit.webapp.forms.yaml_emit import MovedItem, plain
from tests.conftest import ROOT

FILES = sorted([*ROOT.glob("handouts/**/*.yaml"), *ROOT.glob("practices/*.yaml")])
TEXTS = (
    "Plain words",
    "a: b # c",
    "yes",
    "12",
    "2026-01-02",
    "Line one\nline two",
    "Words " * 30 + "end\n\nand more",
    "'one' \"two\"",
    "- dash",
    "[x](https://e.org)",
    "*star* start",
    "é ñ 日本",
    "two  spaces",
    "{gap} here",
)


def _data(text: str) -> Any:
    source, problems = read_yaml(SourceFile("a.yaml", Path("a.yaml"), text))
    assert problems == []
    return source.data


def _changed(value: Any, dice: random.Random, *, top: bool = True) -> Any:
    """The value with some of it changed, moved, added and taken out."""
    if isinstance(value, dict):
        pairs = [(key, _changed(one, dice, top=False)) for key, one in value.items()]
        if not top and len(pairs) > 1 and dice.random() < 0.05:
            pairs.pop(dice.randrange(len(pairs)))
        if dice.random() < 0.08:
            new = dice.choice([dice.choice(TEXTS), ("a", "b c"), {"x": dice.choice(TEXTS)}, True, 3, ()])
            pairs.insert(dice.randrange(len(pairs) + 1), ("new_key", new))
        return dict(pairs)
    if isinstance(value, tuple):
        items = [MovedItem(_changed(one, dice, top=False), at) for at, one in enumerate(value)]
        if dice.random() < 0.1:
            dice.shuffle(items)
        if len(items) > 1 and dice.random() < 0.07:
            items.pop(dice.randrange(len(items)))
        if dice.random() < 0.07:
            new = dice.choice([dice.choice(TEXTS), {"type": "prose", "text": dice.choice(TEXTS)}, ("a", "b")])
            items.insert(dice.randrange(len(items) + 1), MovedItem(new))
        return tuple(items)
    return dice.choice(TEXTS) if isinstance(value, str) and dice.random() < 0.06 else value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_meant_is_written(path: Path) -> None:
    text = read_text(path).text
    before = _data(text)
    assert rewritten(text, before, before) == text
    dice = random.Random(path.stem)  # noqa: S311 - the same changes each time
    for _ in range(3):
        after = _changed(before, dice)
        assert _data(rewritten(text, before, after)) == plain(after)


def test_comments_and_order_stay() -> None:
    text = "\n".join((
        "# About it.", "id: a   # the name", "", "# What it says.", "title: Old", "", "parts:",
        "  # The first.", "  - {id: one, text: I}", "", "  # The second.", "  - id: two", "    text: >-",
        "      Folded", "      words.", "", "  # The third.", "  - id: three", "", "# The end.", "last: [a, b]", "",
    ))  # fmt: skip
    before = _data(text)
    parts = [MovedItem(one, at) for at, one in enumerate(before["parts"])]
    two = MovedItem({**before["parts"][1], "text": "Other words: new."}, 1)
    after = {**before, "title": "New", "parts": (parts[0], parts[2], two, MovedItem({"id": "four"}))}
    assert rewritten(text, before, after) == "\n".join((
        "# About it.", "id: a   # the name", "", "# What it says.", "title: New", "", "parts:",
        "  # The first.", "  - {id: one, text: I}", "", "  # The third.", "  - id: three", "",
        "  # The second.", "  - id: two", "    text: >-", "      Other words: new.", "", "  - id: four", "",
        "# The end.", "last: [a, b]", "",
    ))  # fmt: skip
