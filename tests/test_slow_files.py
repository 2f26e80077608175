"""YAML and PO files are read in the main process, so the worst of them may cost neither much time nor much memory."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.conftest import ROOT
from tests.faults import environment
from tests.slow_files import FILES, LINEAR


def test_no_file_costs_more_than_seconds_and_a_few_hundred_megabytes() -> None:
    """Twice the time and memory that SECURITY.md tells, for machines that are slower; some of these once took hours."""
    names = [name for name in FILES if name not in LINEAR]
    command = [sys.executable, "-m", "tests.slow_files", *names]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=120, check=True)
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert [name for name, *_ in read] == names
    for name, seconds, megabytes, code in read:
        assert code, name
        assert seconds < 10, name
        assert megabytes < 300, name
