"""What fuzzers found once is tried for ever; and every loader is tried with a little damage."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.support.loaders_under_fire import LOADERS, has_words, seeds

SEEDS = {loader: seeds(loader) for loader in LOADERS}
FINDINGS = sorted((ROOT / "tests" / "findings").glob("*/*"))


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_finding_stays_mended(path: Path) -> None:
    assert has_words(path.parent.name, path.read_bytes())


@given(st.data(), st.sampled_from(sorted(LOADERS)))
@settings(deadline=None, max_examples=300)
def test_files_with_any_damage_are_taken_or_refused(data: st.DataObject, loader: str) -> None:
    whole = data.draw(st.sampled_from(SEEDS[loader]))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(whole)))
        whole = whole[:at] + data.draw(st.binary(max_size=12)) + whole[at + data.draw(st.integers(0, 30)) :]
    assert has_words(loader, whole)


def test_every_loader_is_under_fire() -> None:
    assert {path.parent.name for path in FINDINGS} <= set(LOADERS)
    for loader in LOADERS:
        assert has_words(loader, b"\xff\x00")
