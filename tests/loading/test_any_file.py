"""Whatever a file holds, loading it gives a model or problems that point into it; nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handoutkit.loading.load_file import Loaded, load_framing, load_handout, load_packet
from tests.support.loading_helpers import HANDOUT, LOADERS, problems_of

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
VALID = {
    "handouts": (ROOT / "handouts" / "interdependence" / "asking-for-what-you-need.yaml").read_text(encoding="utf-8"),
    "practices": (ROOT / "practices" / "riverbend-counseling.yaml").read_text(encoding="utf-8"),
    "framings": (ROOT / "handouts" / "framings" / "collective-care-black-communities.yaml").read_text("utf-8"),
    "settings": (ROOT / "handoutkit.yaml").read_text(encoding="utf-8"),
}
FEW = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
KINDS = st.sampled_from(sorted(LOADERS))


def check(folder: Path, data: bytes, kind: str) -> None:
    """Load a file; every problem must point into it."""
    path = folder / "any.yaml"
    path.write_bytes(data)
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    problems = problems_of(path, kind)  # anything but a ContentError goes through, and fails the test
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)
    for problem in problems:
        if not problem.line:  # of the file as a whole: not text at all
            assert problem.code in ("not-utf-8", "not-text")
            continue
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(problem.excerpt) + 1
        assert problem.width >= 1
        assert problem.message
        assert problem.hint
        str(problem).encode("utf-8")
        if problem.code != "not-utf-8":  # there, what cannot be read has another length than what is shown
            assert len(problem.excerpt) == len(lines[problem.line - 1])


@FEW
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode), KINDS)
def test_any_bytes(tmp_path: Path, data: bytes, kind: str) -> None:
    check(tmp_path, data, kind)


@FEW
@given(st.data(), KINDS)
def test_lines_lost_repeated_or_moved(tmp_path: Path, data: st.DataObject, kind: str) -> None:
    lines = VALID[kind].split("\n")
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(lines) - 1))
        change = data.draw(st.sampled_from(["lose", "repeat", "move", "indent", "dedent", "tab", "cut", "insert"]))
        if change == "lose":
            del lines[at : at + data.draw(st.integers(1, 12))]
        elif change == "repeat":
            lines[at:at] = lines[at : at + data.draw(st.integers(1, 12))]
        elif change == "move":
            lines.insert(data.draw(st.integers(0, len(lines) - 1)), lines.pop(at))
        elif change == "indent":
            lines[at] = " " * data.draw(st.integers(1, 4)) + lines[at]
        elif change == "dedent":
            lines[at] = lines[at].lstrip()
        elif change == "tab":
            lines[at] = "\t" + lines[at].lstrip()
        elif change == "cut":
            lines[at] = lines[at][: data.draw(st.integers(0, 20))]
        else:
            column = data.draw(st.integers(0, len(lines[at])))
            extra = data.draw(st.text("\"'*&!|>%@`#:-[]{}, \t\r\x00\u2028\u202e\ufeffé📎", min_size=1, max_size=3))
            lines[at] = lines[at][:column] + extra + lines[at][column:]
        lines = lines or [""]
    check(tmp_path, "\n".join(lines).encode(), kind)


ODD = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates(date(1, 1, 1), date(9999, 12, 31))
    | st.text(max_size=12)
    | st.sampled_from(["no", "", "prose", "line", "2026-02-30", "<b>", "[a](b)", "a" * 2_000, "\u202e", "../x", "con"])
    | st.lists(st.none() | st.text(max_size=3), max_size=9)
    | st.dictionaries(st.sampled_from(["type", "id", "text", "box", "<<", "a.b", "\x1b[0m"]), st.text(max_size=3))
)


@FEW
@given(st.data(), KINDS.filter(lambda kind: kind != "settings"), st.booleans())
def test_values_of_another_type(tmp_path: Path, data: st.DataObject, kind: str, flow: bool) -> None:
    content = yaml.load(VALID[kind], Loader=yaml.SafeLoader)
    for _ in range(data.draw(st.integers(1, 4))):
        _swap_one(content, data)
    text = yaml.safe_dump(content, allow_unicode=True, default_flow_style=flow, sort_keys=False)
    check(tmp_path, text.encode("utf-8", "replace"), kind)


def _swap_one(content: Any, data: st.DataObject) -> None:
    """Put an odd value somewhere into nested lists and mappings, or a key too many, or take something out."""
    while True:
        places = list(content) if isinstance(content, dict) else list(range(len(content)))
        if not places:
            return
        place = data.draw(st.sampled_from(places))
        inner = content[place]
        if isinstance(inner, dict | list) and data.draw(st.booleans()):
            content = inner
            continue
        change = data.draw(st.sampled_from(["swap", "swap", "drop", "add"]))
        if change == "drop":
            del content[place]
        elif change == "add" and isinstance(content, dict):
            content[data.draw(st.text(min_size=1, max_size=8))] = data.draw(ODD)
        else:
            content[place] = data.draw(ODD)
        return


@pytest.mark.parametrize("line", range(HANDOUT.count("\n")))
def test_a_handout_without_one_of_its_lines(tmp_path: Path, line: int) -> None:
    lines = HANDOUT.splitlines()
    del lines[line]
    check(tmp_path, "\n".join(lines).encode(), "handouts")


def test_the_files_that_are_changed_here_are_right() -> None:
    for path in sorted((ROOT / "handouts").rglob("*.yaml")):
        loaders: dict[str, Callable[[Path], Loaded[Any]]] = {"framings": load_framing, "packets": load_packet}
        assert loaders.get(path.parent.name, load_handout)(path).model.id == path.stem
