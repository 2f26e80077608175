"""What the app says of a problem is for whoever has a form before them: no key, no option, no sign of a file."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from handoutkit.errors import Problem
from handoutkit.webapp.forms.problem_words import _WORDS, file_in_words, in_words, is_written, place_in_words
from tests.conftest import ROOT

FOREIGN = re.compile(r"`|--[a-z]|\b(YAML|keys?|indent\w*|anchors?|alias(es)?|pipx?|mapping)\b", re.IGNORECASE)
EXPECTED = sorted((ROOT / "tests/wrong_files").rglob("*.expected"))
SOURCES = sorted(
    path for path in (ROOT / "src/handoutkit").rglob("*.py") if not {"cli", "translations"} & set(path.parts)
)


def _problems(text: str) -> Iterator[Problem]:
    """The problems of an expected text: the line with the code, the file's line, the message and the hint."""
    for found in re.finditer(r"\w+\[([\w-]+)\][^\n]*\n((?:  [^\n]*\n?)+)", text):
        message, *hint = [line.strip() for line in found[2].splitlines() if not re.match(r"\s+(\d+ +)?\|", line)]
        yield Problem(found[1], message, " ".join(hint))


def _texts(path: Path) -> Iterator[str]:
    """All texts of a module but its docstrings, with something in the place of each value."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and not {id(node)} & (docs | inner):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else "one-of-them" for part in node.values)
            yield "".join(map(str, parts))


def _foreign(problem: Problem) -> list[str]:
    told = in_words(problem)
    return [text for text in (told.message, told.hint) if FOREIGN.search(text)]


def test_every_code_of_a_wrong_file_is_said_in_plain_words() -> None:
    problems = [one for path in EXPECTED for one in _problems(path.read_text(encoding="utf-8"))]
    assert len({one.code for one in problems}) > 80
    assert {(one.code, text) for one in problems for text in _foreign(one)} == set()


def test_no_backtick_comes_through_whatever_the_code() -> None:
    """Each text in quotation marks of the whole program, as if it were the message and the hint of a problem."""
    texts = {text for path in SOURCES for text in _texts(path) if "`" in text or "--" in text}
    assert len(texts) > 200
    told = [in_words(Problem("some-code", text, text)) for text in texts]
    assert [one for one in told if "`" in one.message + one.hint] == []
    assert [one for one in told if re.search(r"--[a-z]", one.hint)] == []


def test_the_codes_that_have_words_are_codes() -> None:
    known = {text for path in SOURCES for text in _texts(path)} | {
        one.code for path in EXPECTED for one in _problems(path.read_text(encoding="utf-8"))
    }
    others = (ROOT / "src/handoutkit/translations").rglob("*.py")
    assert set(_WORDS) - known - {text for path in others for text in _texts(path)} == set()


@pytest.mark.parametrize(
    ("code", "message", "said"),
    [
        (
            "some-code",
            "nothing says how to reach it, to print with `after-trust-was-broken`",
            "“After trust was broken”",
        ),
        ("practice-language", "what it says is in `en`, and stands so in what is in `es`", "“English”, and"),
        ("no-column-for-value", "the packet says `clinician` of each client", "“Who the client works with”"),
        ("some-code", "`november.csv` has no rows", "“november.csv”"),
    ],
)
def test_what_a_message_names_has_the_name_that_a_person_knows(code: str, message: str, said: str) -> None:
    assert said in in_words(Problem(code, message, "")).message


def test_a_hint_that_names_the_program_and_no_command_stays() -> None:
    hint = "ask for the file as handoutkit made it, with nothing but the answers added"
    assert in_words(Problem("some-code", "this is not one", hint)).hint == hint
    assert in_words(Problem("some-code", "this is not one", "run handoutkit doctor")).hint == ""


@pytest.mark.parametrize(
    ("path", "said"),
    [("blocks[2].heading", "Blocks, 3, Heading"), ("key_message", "Key message"), ("", "")],
)
def test_a_place_is_called_as_in_the_form(path: str, said: str) -> None:
    assert place_in_words(path) == said


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("handouts/sleep/sleep-well.yaml", "Sleep well"),
        ("handouts/locale/es/sleep-well.po", "Sleep well (translation)"),
        ("handoutkit.yaml", "the settings of this folder"),
    ],
)
def test_a_file_is_named_without_its_folders_and_its_ending(file: str, said: str) -> None:
    assert is_written(file)
    assert file_in_words(file) == said
    assert not is_written("november.csv")  # its lines are rows, which whoever dropped it can find


def test_a_picture_that_is_not_chosen_yet_is_said_so() -> None:
    assert in_words(Problem("missing-field", "x", "y", path="logo.file")).message == "no picture is chosen yet"
    assert in_words(Problem("missing-field", "x", "y", path="logo.text")).message == "this is needed"
