"""YAML to plain data: which value a word stands for, and where each value stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from handoutkit.errors import Problem
from handoutkit.files.source_file import Address, SourceFile, Spot
from handoutkit.loading import yaml_events
from handoutkit.loading.yaml_data import MAX_DEPTH, MAX_VALUES, plain_scalar, read_yaml


def read(text: str) -> tuple[SourceFile, list[Problem]]:
    return read_yaml(SourceFile("file.yaml", Path("file.yaml"), text))


def data_of(text: str) -> Any:
    source, problems = read(text)
    assert problems == []
    return source.data


def only_problem(text: str) -> Problem:
    (problem,) = read(text)[1]
    return problem


# ---- Plain words (YAML 1.2.2, section 10.3.2)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("NULL", None),
        ("nUll", "nUll"),
        ("true", True),
        ("FALSE", False),
        ("tRue", "tRue"),
        ("no", "no"),
        ("No", "No"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("0", 0),
        ("-12", -12),
        ("+12", 12),
        ("007", 7),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("1.5", 1.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("-1e3", -1000.0),
        ("1e3", 1000.0),
        ("1.2.3", "1.2.3"),
        ("e3", "e3"),
        (".", "."),
        ("-", "-"),
        ("9" * 19, "9" * 19),
        ("٣", "٣"),
        ("2026-01-31", date(2026, 1, 31)),
        ("2026-02-30", "2026-02-30"),
        ("2026-1-31", "2026-1-31"),
        ("2026-W05-6", "2026-W05-6"),
        ("2026-01-31 10:00", "2026-01-31 10:00"),
        # Numbers by the schema, texts here: see plain_scalar.
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        (".inf", ".inf"),
        (".nan", ".nan"),
    ],
)
def test_plain_words(text: str, value: object) -> None:
    said = plain_scalar(text)
    assert said == value
    assert type(said) is type(value)


@pytest.mark.parametrize("quoted", ['"no"', "'5'", '"2026-01-31"', "! 5", "!!str 5", '"~"'])
def test_a_quoted_word_is_a_text(quoted: str) -> None:
    assert isinstance(data_of(f"key: {quoted}\n")["key"], str)


def test_blocks_of_text() -> None:
    """An empty line in a folded text parts paragraphs; YAML itself would let them run together in silence."""
    folded = "folded: >-\n  one\n  paragraph\n\n  and another\nkept: |-\n  line\n  line\n"
    assert data_of(folded) == {"folded": "one paragraph\n\nand another", "kept": "line\nline"}


def test_lists_are_tuples_and_an_alias_stands_for_its_value() -> None:
    assert data_of("a: &it [1, {b: c}]\nd: *it\n") == {"a": (1, {"b": "c"}), "d": (1, {"b": "c"})}


def test_what_a_key_may_be() -> None:
    assert data_of("1: a\ntrue: b\n'q r': c\n2026-01-31: d\n") == {"1": "a", "true": "b", "q r": "c", "2026-01-31": "d"}


def test_the_first_of_two_like_keys_is_kept_with_its_places() -> None:
    source, problems = read("a: {b: 1}\na: {b: 2, c: 3}\n")
    assert source.data == {"a": {"b": 1}}
    assert ("a", "c") not in source.spots
    assert [(problem.code, problem.line, problem.path) for problem in problems] == [("duplicate-key", 2, "a")]


def test_limits_are_where_they_are_said_to_be() -> None:
    assert data_of("a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH)
    assert only_problem("a: " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).code == "too-deep"
    assert len(data_of("a: [" + "x, " * (MAX_VALUES - 2) + "]")["a"]) == MAX_VALUES - 2
    assert only_problem("a: [" + "x, " * (MAX_VALUES - 1) + "]").code == "too-many-values"


# ---- Places

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=8)
SCALARS = st.none() | st.booleans() | st.integers(-999, 999) | st.dates() | WORDS
KEYS = st.text("abcdefé😀ü_", min_size=1, max_size=6).filter(lambda key: plain_scalar(key) == key)
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
DATA = st.dictionaries(KEYS, TREES, min_size=1, max_size=5)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML names it
        return True


def _frozen(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _frozen(value) for key, value in data.items()}
    return tuple(map(_frozen, data)) if isinstance(data, list) else data


def _scalars(data: Any, at: Address = ()) -> list[tuple[Address, Any]]:
    if isinstance(data, dict):
        return [pair for key, value in data.items() for pair in _scalars(value, (*at, key))]
    if isinstance(data, tuple):
        return [pair for number, value in enumerate(data) for pair in _scalars(value, (*at, number))]
    return [(at, data)]


@settings(max_examples=150, deadline=None)
@given(DATA, st.booleans(), st.sampled_from([4, 2]))
def test_what_is_written_is_read_back_and_found_in_its_place(data: dict[str, Any], flow: bool, indent: int) -> None:
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, default_flow_style=flow, indent=indent, width=10_000)
    source, problems = read(text)
    assert problems == []
    assert source.data == _frozen(data)
    for at, value in _scalars(source.data):
        spot = source.spots[at]
        assert _text_at(source, spot) == value
        if isinstance(at[-1], str):
            assert spot.key
            line = source.lines[spot.key.line - 1]
            assert line[spot.key.column - 1 :].lstrip("\"'").startswith(at[-1])


def _text_at(source: SourceFile, spot: Spot) -> Any:
    """What a YAML reader makes of the stretch of the source that a spot points at."""
    start = spot.value.column - 1
    return plain_or_quoted(source.lines[spot.value.line - 1][start : start + spot.value.width])


def plain_or_quoted(text: str) -> Any:
    return data_of(f"k: {text}\n")["k"] if text[:1] in "\"'" else plain_scalar(text)


def test_marks_count_characters() -> None:
    source, _ = read('é😀: "ü"\n"ключ": [📎, {a: b}]\n')
    value, item = source.spots["é😀",].value, source.spots["ключ", 1, "a"].value
    assert (value.line, value.column, value.width) == (1, 5, 3)
    assert (item.line, item.column, item.width) == (2, 17, 1)


@pytest.mark.parametrize("loader", [yaml_events._LOADER, yaml.SafeLoader])
@pytest.mark.parametrize(
    "value",
    [
        "|\n  one\n  two",
        ">-\n  one\n\n  two",
        "|\n  one\n\n",
        "|\n  one\n  # two",
        "one\n  two",
        "'one\n  two'",
        '"one\n  two "',
    ],
)
def test_a_text_ends_on_its_own_last_line(monkeypatch: pytest.MonkeyPatch, loader: Any, value: str) -> None:
    monkeypatch.setattr(yaml_events, "_LOADER", loader)
    text = f"a: {value}\nb: else\n"
    source, _ = read(text)
    assert source.spots["a",].end == source.spots["b",].value.line - 1
    assert source.problem("x", "x", at=("a",), found="else").line == 1


def test_a_group_or_list_is_shown_by_its_key_or_first_line() -> None:
    source, _ = read("a:\n  - b: c\n    d: e\nf: [1, 2]\ng:\n")
    shown = {at: source.problem("code", "words", at=at) for at in (("a",), ("a", 0), ("a", 0, "x"), ("f",), ("g",))}
    stretches = {at: p.excerpt[p.column - 1 : p.column - 1 + p.width] for at, p in shown.items()}
    assert list(stretches.values()) == ["a", "b: c", "b: c", "[1, 2]", "g"]


# ---- The two parsers


@settings(max_examples=150, deadline=None)
@given(st.text("ab:-[]{},\"'*&!>|%@`#? \t\n\\é", max_size=40))
def test_anything_is_read_or_refused_inside_the_file(text: str) -> None:
    for problem in read(text)[1]:
        lines = text.split("\n")
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert problem.message
        assert problem.hint


@pytest.mark.parametrize(
    "text",
    [
        'a: "b',
        'a: "b" c',
        "a: b: c",
        "a: @b",
        "a: *b c",
        "a: [b",
        "a: {b: c",
        "a: > b",
        "a:\n\tb: c",
        "a: b\n c: d",
        "a:\n  - b\n c: d",
        "a: - b",
        'a: "\\d"',
        "a: b\nc\nd: e",
        "a: b\nc:d\ne: f",
        "a: [b], c",
        "%a\nb: c",
        "a: b\n...\nc: d",
        "a: !b!c d",
        "a: ** b",
    ],
)
def test_the_parser_in_python_says_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the wheel of PyYAML brings no libyaml, its own parser has other words for the same faults."""
    with_libyaml = only_problem(text)
    monkeypatch.setattr(yaml_events, "_LOADER", yaml.SafeLoader)
    without = only_problem(text)
    assert without.code == with_libyaml.code
    assert "cannot be read" not in without.message
