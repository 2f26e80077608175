"""YAML files with some values changed: what is meant is what is written, and all else stays letter by letter."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handoutkit.files.source_file import Address, SourceFile
from handoutkit.files.text_files import read_text
from handoutkit.loading.yaml_data import read_yaml
from handoutkit.yaml_writing.yaml_edit import rewritten
from handoutkit.yaml_writing.yaml_emit import MovedItem, plain
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


def _read(text: str) -> SourceFile:
    source, problems = read_yaml(SourceFile("a.yaml", Path("a.yaml"), text))
    assert problems == []
    return source


def _data(text: str) -> Any:
    return _read(text).data


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


@pytest.mark.parametrize(
    ("old", "change", "new"),
    [
        ("a: x  # why\nb: 1\n", {"a": "one\ntwo"}, "a: |-  # why\n  one\n  two\nb: 1\n"),
        ("a: >-  # why\n  x\n  y\nb: 1\n", {"a": "z"}, "a: >-  # why\n  z\nb: 1\n"),
        ("a: x  # why\nb: 1\n", {"a": ("w" * 60, "v" * 60)}, f"a:  # why\n  - {'w' * 60}\n  - {'v' * 60}\nb: 1\n"),
        ("a: [x,  # why\n    y]\nb: 1\n", {"a": ("x", "z")}, "a: [x,  # why\n    z]\nb: 1\n"),
        ("a: {k: 'x', l: y}\nb: 1\n", {"a": {"k": "x", "l": "z"}}, "a: {k: 'x', l: z}\nb: 1\n"),
        ("a: {k: 'x', l: }\nb: 1\n", {"a": {"k": "x", "l": "z"}}, "a: {k: x, l: z}\nb: 1\n"),
        ("a:  # why\nb: 1\n", {"a": "x\ny"}, "a: |-  # why\n  x\n  y\nb: 1\n"),
    ],
)
def test_what_stands_around_a_value_stays(old: str, change: dict[str, Any], new: str) -> None:
    before = _data(old)
    assert rewritten(old, before, before | change) == new
    assert _data(new) == before | change


# ---- Any edit of any shipped file

MANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp", "Cf"))
ANY_TEXT = (
    st.sampled_from(("yes", "12", "2026-01-02", "~", "- a", "a: b # c", "# a", "*a", "|", ">-", "'", '"', "{a}", "%"))
    | st.text(LETTERS, max_size=40)
    | st.lists(st.text(LETTERS, min_size=1, max_size=60), min_size=2, max_size=6).map("\n".join)
    | st.lists(st.text(LETTERS, min_size=1, max_size=20), min_size=8, max_size=40).map(" ".join)
)
SCALARS = ANY_TEXT | st.booleans() | st.integers(-(10**6), 10**6)
KEYS = st.from_regex("[a-z_]{1,9}", fullmatch=True)
VALUES = st.recursive(
    SCALARS,
    lambda some: st.lists(some, max_size=3).map(tuple) | st.dictionaries(KEYS, some, max_size=3),
    max_leaves=4,
)  # fmt: skip


@dataclass(frozen=True, repr=False)
class Edit:
    """One change of a file.

    Attributes:
        after: the data that are meant.
        at: where the change is: the deepest value that holds all of it.
        keeps: nothing that had a place of its own goes, so that every comment stays.
    """

    after: Any
    at: Address
    keeps: bool


@cache
def _file(path: Path) -> SourceFile:
    return _read(read_text(path).text)


def _value(data: Any, at: Address) -> Any:
    for part in at:
        data = data[part]
    return data


def _with(data: Any, at: Address, value: Any) -> Any:
    """The data with another value at an address; lists as the form sends them."""
    if not at:
        return value
    if isinstance(data, dict):
        return {key: _with(one, at[1:], value) if key == at[0] else one for key, one in data.items()}
    return tuple(MovedItem(_with(one, at[1:], value) if n == at[0] else one, n) for n, one in enumerate(data))


@st.composite
def edits(draw: st.DrawFn) -> tuple[Path, Edit]:
    path = draw(st.sampled_from(FILES))
    source = _file(path)
    at = draw(st.sampled_from(sorted(source.spots, key=str)).filter(bool))
    old = _value(source.data, at)
    if isinstance(old, tuple) and draw(st.booleans()):
        items = [MovedItem(one, number) for number, one in enumerate(old)]
        place = draw(st.integers(0, len(items)))
        how = draw(st.sampled_from(("insert", "remove", "move"))) if items else "insert"
        if how == "insert":
            items.insert(place, MovedItem(draw(VALUES)))
        else:
            moved = items.pop(draw(st.integers(0, len(items) - 1)))
            items[place:place] = [moved] if how == "move" else []
        return path, Edit(_with(source.data, at, tuple(items)), at, how != "remove")
    if isinstance(old, dict) and draw(st.booleans()):
        pairs = list(old.items())
        remove = draw(st.booleans()) and len(pairs) > 1
        if remove:
            pairs.pop(draw(st.integers(0, len(pairs) - 1)))
        else:
            pairs.insert(draw(st.integers(0, len(pairs))), ("new_key", draw(VALUES)))
        return path, Edit(_with(source.data, at, dict(pairs)), at, not remove)
    return path, Edit(_with(source.data, at, draw(VALUES)), at, not isinstance(old, dict | tuple))


@MANY
@given(edits())
def test_any_edit_gives_the_file_but_for_that_value(drawn: tuple[Path, Edit]) -> None:
    path, edit = drawn
    source = _file(path)
    new = rewritten(source.text, source.data, edit.after)
    assert _read(new).data == plain(edit.after)
    # Lines from the one with the value's key to the value's last one may be others; none before, none behind.
    lines = new.split("\n")
    spot = source.spots[edit.at]
    first = (spot.key or spot.value).line
    assert lines[: first - 1] == list(source.lines[: first - 1])
    behind = source.lines[_last_line(source, first, edit.at) :]
    assert lines[len(lines) - len(behind) :] == list(behind)
    if edit.keeps:
        assert not _comments(source.lines) - _comments(lines)


def _last_line(source: SourceFile, first: int, at: Address) -> int:
    """The last line of a value: the parser lets a block of text end at the line behind it."""
    last = max(spot.end for known, spot in source.spots.items() if known[: len(at)] == at)
    indent = len(source.lines[first - 1]) - len(source.lines[first - 1].lstrip())
    while last > first and (
        not source.lines[last - 1].strip() or not source.lines[last - 1].startswith(" " * (indent + 1))
    ):
        last -= 1
    return last


def _comments(lines: Sequence[str]) -> Counter[str]:
    """Lines of comments and comments behind a value, in any order."""
    text = "\n".join(lines)
    return Counter(token.strip() for token in re.findall(r"(?:^| )#.*$", text, re.MULTILINE))


@pytest.mark.parametrize(
    "key", ["Pt #", "Pt: id", "yes", "12", "- a", "?", "{ref}", "a\nb", "é ñ", "*", "2026-01-02", ""]
)
def test_a_key_that_someone_else_named_is_read_back(key: str) -> None:
    """As the columns of a spreadsheet are, which are remembered by their names."""
    for before, after in (
        ("", {"rosters": ({"columns": {key: "client_ref", "Goes by": "display_name"}},)}),
        ("a: {b: c}\n", {"a": {"b": "c", key: "d"}}),
        ("a:\n  b: c\n", {"a": {"b": "c", key: "d"}}),
    ):
        assert _data(rewritten(before, _data(before) if before else {}, after)) == after, before
