"""The worst YAML and PO files cost neither much time nor much memory; large ones are read by the worker first."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from handoutkit.errors import ContentError
from handoutkit.files import careful_reading
from handoutkit.files.text_files import MAX_BYTES
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.loading.load_file import load_handout
from handoutkit.translations.catalogue import load_catalogue
from handoutkit.webapp.forms.save_form import opened
from tests.conftest import ROOT
from tests.support.machine_faults import environment
from tests.support.samples import HANDOUT
from tests.support.short_suite import rest_is_long
from tests.support.slow_files import FILES, LINEAR


@pytest.mark.parametrize(
    ("size", "used", "used_here", "most"),
    rest_is_long([(careful_reading.LARGE, 4, 4, 80), (MAX_BYTES, 20, 5, 400)], stays=lambda row: row[0] < MAX_BYTES),
    ids=["small", "largest"],
)
def test_no_file_costs_more_than_seconds_and_a_few_hundred_megabytes(
    size: int, used: float, used_here: float, most: float
) -> None:
    """Twice and more of what SECURITY.md tells, for machines that are slower; some of these once took hours."""
    names = [name for name in FILES if name not in LINEAR]
    command = [sys.executable, "-m", "tests.support.slow_files", str(size), *names]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=120, check=True)
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert [name for name, *_ in read] == names
    for name, seconds, seconds_here, megabytes, code in read:
        assert code, name
        assert seconds < used, name
        assert seconds_here < used_here, name
        assert megabytes < most, name


READERS: tuple[tuple[str, Callable[[Path], object]], ...] = (
    ("YAML: 19,700 keys that are not known", load_handout),
    ("YAML: 19,700 keys that are not known", lambda path: opened(path, "handout")),
    ("PO: messages that stand twice", lambda path: load_catalogue(path, "es")),
)


@pytest.mark.parametrize(("name", "read"), READERS, ids=["build", "app", "translation"])
def test_a_large_file_is_read_by_the_worker_first(
    name: str, read: Callable[[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that hits a limit there is a problem that names the file and the limit, and is not read here."""
    path = tmp_path / "large.txt"
    path.write_text(FILES[name](900_000), encoding="utf-8")
    monkeypatch.setattr(careful_reading, "LIMITS", ResourceLimits(seconds=10, wall=0.01, memory=1_500_000_000))
    with pytest.raises(ContentError) as caught:
        read(path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("too-much-time", str(path))


def test_a_large_file_without_faults_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_text(f"{HANDOUT}\n# {'long ' * (careful_reading.LARGE // 5)}", encoding="utf-8")
    assert load_handout(path).model.id == "small-page"
