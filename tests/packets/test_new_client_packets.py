"""The packets for new clients: their papers have gaps, which keep a practice from handing them out unfinished."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from tests.conftest import ROOT, Run, Tree
from tests.support.batch_samples import roster
from tests.support.fill_in_viewer import fields, in_viewer
from tests.support.pdf_reading import failures, text
from tests.support.samples import PRACTICE

PACKETS = ("new-client", "new-couple", "new-teen", "telehealth", "working-together")
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
    assert with_gaps
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
    _come_back(run, folder)


def _come_back(run: Run, folder: Path) -> None:
    """What is filled in on a screen comes back letter for letter, of each client, and whom to call stands first."""
    put_in: dict[tuple[str, str], str] = {}
    paths = sorted((folder / "output" / "new").glob("QX-*.pdf"))
    for path in paths:
        form = fields(path.read_bytes())
        texts = [name for name, one in form.items() if one.kind == "/Tx" and one.widgets and name.count(".") == 2]
        values = {name: f"{path.stem} é ={number}" for number, name in enumerate(texts)}
        put_in |= {(path.stem, name): value for name, value in values.items()}
        ticked = dict.fromkeys(name for name in form if name.startswith("intake-questionnaire.safety.option-"))
        path.write_bytes(in_viewer(path.read_bytes(), values | dict.fromkeys(list(ticked)[:1], "1")))
    read = run("-C", folder, "answers", *paths, "--json")
    assert read.exit_code == 0, read.stderr
    first, *rows = json.loads(read.stdout)["rows"]
    assert (first["kind"], first["client_ref"], first["value"]) == ("alert", "QX-0", "I think about ending my life")
    back = {(row["client_ref"], f"{row['handout']}.{row['block']}.{row['field']}"): row["value"] for row in rows}
    assert back == put_in | {("QX-0", "intake-questionnaire.safety.option-1"): first["value"]}
