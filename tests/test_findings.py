"""What fuzzers found once is tried for ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.loaders_under_fire import LOADERS, under_fire

FINDINGS = sorted((ROOT / "tests" / "findings").glob("*/*"))


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_finding_stays_mended(path: Path) -> None:
    under_fire(path.parent.name, path.read_bytes())


def test_every_loader_is_under_fire() -> None:
    assert {path.parent.name for path in FINDINGS} <= set(LOADERS)
    for loader in LOADERS:
        under_fire(loader, b"\xff\x00")
