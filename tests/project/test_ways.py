"""The ways through the code that ``docs/ways.md`` describes, followed in real runs: short, and going down."""

from __future__ import annotations

import itertools
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from handoutkit.batch.finish_packet import Job, finish_in_process
from handoutkit.models.clients.client_ref import ClientRef
from handoutkit.models.clients.roster_client import Client
from handoutkit.packets.personalise import make_client_packet
from scripts.make_rooms import ways
from tests.conftest import ROOT, Tree
from tests.project.test_layers import LEVEL, PACKAGE, _room
from tests.support.packet_sample import ANNA, sample
from tests.support.samples import FILES

MAX_STOPS, MAX_CLIMBS = 10, 2
WAYS = ways()
HANDOUT = "a handout's file to its PDF"


def followed(work: Callable[[], Any]) -> tuple[list[str], Any]:
    """The modules whose functions run, in the order they are first met, and what the work gives."""
    stops: dict[str, None] = {}
    seen: set[CodeType] = set()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        if event != "call" or code in seen:
            return
        seen.add(code)
        path = Path(code.co_filename)
        if code.co_name != "<module>" and path.is_relative_to(PACKAGE):
            stops.setdefault(path.relative_to(PACKAGE).with_suffix("").as_posix())

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        given = work()
    finally:
        sys.setprofile(before)
    return list(stops), given


def climbs(stops: list[str]) -> int:
    """How often a way goes back to a room above the one it is in."""
    levels = [LEVEL[_room(tuple(stop.split("/")))] for stop in stops]
    return sum(after < before for before, after in itertools.pairwise(levels))


def described(section: str) -> list[str]:
    """The stops of a way, as ``docs/ways.md`` has them."""
    text = (ROOT / "docs" / "ways.md").read_text(encoding="utf-8").split(f"## {section}\n")[1].split("\n## ")[0]
    return re.findall(r"^\d+\. `([\w/]+)`", text, re.MULTILINE)


def test_one_row_of_a_roster() -> None:
    values = tuple((name, ANNA[name]) for name in ANNA if name not in ("client_ref", "next_session"))
    client = Client(
        row=2,
        client_ref=ClientRef(ANNA["client_ref"]),
        values=(*values, ("next_session", "2026-12-03 14:30")),
        due=date(2026, 12, 24),
        password="geheim-23",
    )
    job = Job(sample().layout, sample().theme, (client,), full=frozenset({2}))
    as_sent = pickle.dumps(job)
    make_client_packet._maker.cache_clear()  # the first packet of a layout has the longest way
    stops, (outcome,) = followed(lambda: finish_in_process(pickle.loads(as_sent)))  # noqa: S301
    assert outcome.state == "made"
    assert outcome.pdf
    assert stops == described("The way of one row of a roster")
    assert len(stops) <= MAX_STOPS
    assert climbs(stops) <= MAX_CLIMBS


@pytest.mark.parametrize("way", WAYS)
def test_every_module_named_is_there(way: str) -> None:
    files = [ROOT / "src" / "handoutkit" / f"{module}.py" for module in WAYS[way].modules]
    assert [str(file) for file in files if not file.is_file()] == []


def test_a_build_enters_every_module_on_the_way_of_a_handout(tree: Tree) -> None:
    """In a process of its own: what is imported for the first time here must not count as used."""
    command = [sys.executable, "-m", "tests.support.trace_build", str(tree(FILES))]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    entered = [line.replace(".", "/") for line in ran.stdout.splitlines()]
    assert [module for module in WAYS[HANDOUT].modules if module not in entered] == []
