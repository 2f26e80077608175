"""Every file that we ship with words in it is read by the most common YAML parser as well, which follows YAML 1.1."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

FILES = [path for folder in ("handouts", "practices") for path in sorted((ROOT / folder).rglob("*.yaml"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_another_parser_reads_it(path: Path) -> None:
    assert yaml.compose(path.read_text(encoding="utf-8"))
