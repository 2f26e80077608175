"""A packet for each topic: made of what ships, without gaps, for a roster of two."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from tests.conftest import ROOT, Run, Tree
from tests.support.batch_samples import roster
from tests.support.pdf_reading import failures, text
from tests.support.short_suite import rest_is_long

PACKETS = (
    "anxiety", "low-mood", "sleeping-better", "grieving", "relationships", "after-trauma", "anger-and-calm",
    "worn-out", "ending-well", "starting-therapy",
)  # fmt: skip
SHIPPED = Library(Workspace(ROOT))


@pytest.mark.parametrize("packet", rest_is_long(PACKETS, stays=lambda packet: packet == "low-mood"))
def test_a_roster_gets_the_packet_of_a_topic(
    packet: str, run: Run, tree: Tree, warm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(warm))
    folder = tree({"handoutkit.yaml": "practice: riverbend-counseling\n"})
    rows = ["QX-1,Nkechi Example,Nkechi,2026-12-03", "QX-2,,,"]
    path = roster(folder / "New.csv", rows, "client_ref,display_name,first_name,next_session")
    ran = run("-C", folder, "batch", path, "--packet", packet, "--processes", "1", "--allow-empty")
    assert ran.exit_code == 0, ran.stderr
    model = SHIPPED.packet(packet).model
    found = [(folder / "output" / "new" / f"QX-{number}.pdf").read_bytes() for number in (1, 2)]
    for pdf, greeting in zip(found, ("Hello Nkechi,", "Hello there,"), strict=True):
        words = " ".join(text(pdf).split())
        assert failures(pdf) == []
        assert greeting in words
        for one in model.handouts:
            named = SHIPPED.workspace.handout_files.get(one.handout)
            handout = SHIPPED.handout(one.handout) if named else SHIPPED.template(one.handout)
            assert handout.model.title in words


def test_no_topic_packet_gives_two_people_what_is_for_one_alone() -> None:
    for packet in PACKETS:
        assert SHIPPED.packet(packet).model.written_for == ("self",)
