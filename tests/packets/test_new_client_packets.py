"""The packets for new clients: their papers have gaps, which keep a practice from handing them out unfinished."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from tests.conftest import ROOT, Run, Tree
from tests.support.batch_samples import roster
from tests.support.pdf_reading import failures, text
from tests.support.samples import PRACTICE

PACKETS = ("new-client", "new-couple", "new-teen", "telehealth")
GAP = re.compile(r"\[your\b[^\]]*\](?!\()", re.IGNORECASE)
SHIPPED = Library(Workspace(ROOT))


def papers(packet: str) -> list[str]:
    return [one.handout for one in SHIPPED.packet(packet).model.handouts]


@pytest.mark.parametrize("packet", PACKETS)
def test_each_paper_with_gaps_is_told_with_what_to_do(packet: str, run: Run, tree: Tree) -> None:
    folder = tree({"practices/oak-house.yaml": PRACTICE})
    ran = run("-C", folder, "packet", packet)
    assert ran.exit_code != 0
    templates = SHIPPED.workspace.template_files
    with_gaps = [name for name in papers(packet) if GAP.search(templates[name].read_text(encoding="utf-8"))]
    assert len(with_gaps) >= 2
    assert ran.stderr.count("[paper-with-gaps]") == len(with_gaps)
    for name in with_gaps:
        assert f"handoutkit new {name} --from {name}" in ran.stderr


def test_a_roster_gets_them_once_the_gaps_are_filled(
    run: Run, tree: Tree, warm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(warm))
    templates = SHIPPED.workspace.template_files
    names = dict.fromkeys(name for packet in PACKETS for name in papers(packet))
    filled = {
        f"handouts/papers/{name}.yaml": GAP.sub("what we filled in", templates[name].read_text(encoding="utf-8"))
        for name in names
    }
    folder = tree({"practices/oak-house.yaml": PRACTICE, **filled})
    rows = [f"QX-{number},{packet},{'minor' if packet == 'new-teen' else ''}" for number, packet in enumerate(PACKETS)]
    path = roster(folder / "New.csv", rows, "client_ref,packet,when")
    ran = run("-C", folder, "batch", path, "--processes", "1", "--allow-empty")
    assert ran.exit_code == 0, ran.stderr
    for number, packet in enumerate(PACKETS):
        pdf = (folder / "output" / "new" / f"QX-{number}.pdf").read_bytes()
        words = " ".join(text(pdf).split())
        assert failures(pdf) == []
        for name in papers(packet):
            assert SHIPPED.template(name).model.title in words
        assert "[your" not in words.casefold()
        assert ("Parent or guardian, signature" in words) == (packet == "new-teen")
