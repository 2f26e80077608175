"""SECURITY.md names a test for each promise, and every test that it or the log of attacks names is there."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT


@pytest.mark.parametrize("page", ["SECURITY.md", "docs/attack-log.md"])
def test_every_test_that_is_named_is_there(page: str) -> None:
    named = set(re.findall(r"`(?:tests/)?([a-z_/]+/test_\w+\.py)[`:]", (ROOT / page).read_text(encoding="utf-8")))
    assert len(named) > 5
    assert [name for name in sorted(named) if not (ROOT / "tests" / name).is_file()] == []
