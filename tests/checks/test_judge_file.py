"""No handout that can be loaded makes the checks fail, and every problem points into its file."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from handoutkit.checks.judge_file import judge_handout
from handoutkit.checks.rules.all_rules import RULES
from handoutkit.loading.load_file import Loaded, load_handout
from handoutkit.models.handout import Handout
from tests.conftest import ROOT

EVERY = load_handout(ROOT / "tests" / "every_block" / "handouts" / "every-block.yaml")
SHIPPED = load_handout(ROOT / "handouts" / "templates" / "safety-plan.yaml")
TEXTS = st.text(min_size=1, max_size=60) | st.sampled_from(
    [
        "*",
        "**a** b. C",
        "1.",
        "A. B? C!",
        "{x}",
        "OK NOW THEN",
        "You.",
        "studies",
        "é ñ",
        "\u200b",
        "10% or 3.5",
        "...",
        "'s",
    ]
)


def strings(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where the texts of a file's data stand."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, tuple) else ()
    found = [at] if isinstance(value, str) else []
    return found + [each for key, item in items for each in strings(item, (*at, key))]


def put(value: Any, at: tuple[Any, ...], text: str) -> Any:
    """The data with another text in one place."""
    if not at:
        return text
    if isinstance(value, dict):
        return {key: put(item, at[1:], text) if key == at[0] else item for key, item in value.items()}
    return tuple(put(item, at[1:], text) if number == at[0] else item for number, item in enumerate(value))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.sampled_from([EVERY, SHIPPED]))
def test_any_valid_handout(data: st.DataObject, start: Loaded[Handout]) -> None:
    changed = start.source.data
    places = strings(changed)
    for _ in range(data.draw(st.integers(1, 12))):
        changed = put(changed, data.draw(st.sampled_from(places)), data.draw(TEXTS))
    keep = data.draw(st.sets(st.integers(0, len(changed["blocks"]) - 1), min_size=1))
    changed["blocks"] = tuple(block for number, block in enumerate(changed["blocks"]) if number in keep)
    try:
        model = Handout.model_validate(changed)
    except ValidationError:
        return
    problems, card = judge_handout(Loaded(model, start.source))
    for problem in problems:
        assert problem.code in RULES
        assert 1 <= problem.line <= len(start.source.lines)
        str(problem).encode("utf-8")
    assert all(0 <= score.percent <= 100 for score in card.scores)
