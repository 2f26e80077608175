"""`make test` keeps the tests of one file in one worker, so that what they share is made once."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.conftest import ROOT

TESTS = """\
import os
from pathlib import Path
import pytest

@pytest.mark.parametrize("number", range(6))
def test_it(number: int) -> None:
    Path(__file__ + "." + os.environ["PYTEST_XDIST_WORKER"]).touch()
"""


def _options() -> Iterable[str]:
    """How tests are dealt out, as the Makefile says it."""
    (said,) = re.findall(r"-m pytest -q -n auto (.+) \$\(WHICH\)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    return str(said).split()


def test_each_file_is_run_by_one_worker(tmp_path: Path) -> None:
    files = [tmp_path / f"test_{name}.py" for name in ("first", "second", "third")]
    for file in files:
        file.write_text(TESTS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", *_options(), "-p", "no:cacheprovider", str(tmp_path)]
    subprocess.run(command, cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
    ran = [[path.name.rpartition(".")[2] for path in tmp_path.glob(f"{file.name}.*")] for file in files]
    assert {len(workers) for workers in ran} == {1}
    assert {worker for workers in ran for worker in workers} == {"gw0", "gw1"}
