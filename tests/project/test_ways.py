"""The ways through the code that ``docs/ways.md`` describes, followed in real runs: short, and going down."""

from __future__ import annotations

import itertools
import pickle
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

from handoutkit.batch.finish_packet import Job, finish_in_process
from handoutkit.models.clients.client_ref import ClientRef
from handoutkit.models.clients.roster_client import Client
from handoutkit.packets.personalise import make_client_packet
from tests.conftest import ROOT
from tests.project.test_layers import LEVEL, PACKAGE, _room
from tests.support.packet_sample import ANNA, sample

MOST_STOPS, MOST_CLIMBS = 10, 2


def followed(work: Callable[[], Any]) -> tuple[list[str], Any]:
    """The modules whose functions run, in the order they are first met, and what the work gives."""
    stops: dict[str, None] = {}

    def note(frame: FrameType, event: str, _argument: object) -> None:
        path = Path(frame.f_code.co_filename)
        if event == "call" and frame.f_code.co_name != "<module>" and path.is_relative_to(PACKAGE):
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
    job = Job(sample().layout, sample().theme, (client,), full=frozenset({2}), folder=None)
    as_sent = pickle.dumps(job)
    make_client_packet._maker.cache_clear()  # the first packet of a layout has the longest way
    stops, (outcome,) = followed(lambda: finish_in_process(pickle.loads(as_sent)))  # noqa: S301
    assert outcome.state == "made"
    assert outcome.pdf
    assert stops == described("The way of one row of a roster")
    assert len(stops) <= MOST_STOPS
    assert climbs(stops) <= MOST_CLIMBS
