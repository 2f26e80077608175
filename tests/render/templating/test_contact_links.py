"""Numbers and addresses lead to where they can be reached."""

from __future__ import annotations

import pytest

from handoutkit.render.templating.text_filters import contact_link
from tests.conftest import Run, Tree
from tests.support.pdf_reading import opened
from tests.support.samples import FILES

CRISIS = """\
crisis_resources:
  - name: A line
    when: At any time.
    channels:
      - {kind: call, to: "(555) 010-0199"}
      - {kind: text, to: "838255"}
      - {kind: text, to: START to 88788}
      - {kind: chat, to: line.example.org}
    hours: All hours
    region: GB
    source: https://line.example.org
    verified_on: 2026-11-01
"""
LINKS = ["tel:5550100199", "sms:838255", "https://line.example.org"]


@pytest.mark.parametrize(
    ("to", "kind", "link"),
    [
        ("(555) 010-0199", "call", "tel:5550100199"),
        ("+44 117 496 0123", "call", "tel:+441174960123"),
        ("988", "text", "sms:988"),
        ("START to 88788", "text", ""),
        ("1-800-799-SAFE", "call", ""),
        ("988lifeline.org", "chat", "https://988lifeline.org"),
        ("https://a.example/x", "web", "https://a.example/x"),
        ("the front desk", "chat", ""),
    ],
)
def test_what_a_number_leads_to(to: str, kind: str, link: str) -> None:
    assert contact_link(to, kind) == link


def test_crisis_lines_can_be_tapped_on_every_page(tree: Tree, run: Run) -> None:
    practice = (FILES["practices/oak-house.yaml"] + CRISIS).replace("region: GB", "region: US")
    folder = tree({"handoutkit.yaml": "", **FILES, "practices/oak-house.yaml": practice})
    wanted = [part for form in ("pdf", "html", "docx", "txt") for part in ("--to", form)]
    built = run("-C", folder, "build", "small-page", *wanted, "--json")
    assert built.exit_code == 0
    made = folder / "output" / "oak-house"
    pdf = opened((made / "small-page.pdf").read_bytes())
    notes = [note for page in pdf.pages for note in page.get("/Annots", ())]
    led = [str(note.A.URI) for note in notes if note.Subtype == "/Link"]
    assert [link for link in led if link in LINKS] == LINKS
    html = (made / "small-page.html").read_text(encoding="utf-8")
    assert all(f'href="{link}"' in html for link in LINKS)
    assert "tel:" not in (made / "small-page.txt").read_text(encoding="utf-8")
