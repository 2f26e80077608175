"""Copies for a record: PDF/A-2a and PDF/UA-1, by a validator and our own rules; forms still give answers."""

from __future__ import annotations

import io
import json
from pathlib import Path

import page as page_validation
import pikepdf
import pytest

from handoutkit.build.archive_copy import archive_copy
from tests.conftest import Run, Tree
from tests.support.fill_in_viewer import in_viewer
from tests.support.form_sample import FORM
from tests.support.packet_sample import ANNA, sample
from tests.support.pdf_reading import failures, opened
from tests.support.samples import FILES


def faults(pdf: bytes) -> list[str]:
    """What keeps a PDF from being PDF/A-2a."""
    return [
        f"{found.rule_id}: {found.message}" for found in page_validation.validate_pdf_bytes(pdf, profile="2a").failures
    ]


@pytest.fixture
def folder(tree: Tree) -> Path:
    return tree({"handoutkit.yaml": "", **FILES, "handouts/small-page.yaml": FORM})


def test_a_handout_for_a_record_is_both_and_says_so_in_its_name(folder: Path, run: Run) -> None:
    built = run(
        "-C", folder, "build", "small-page", "--client-ref", "QX-7301", "--archive", "--to", "pdf", "--to", "txt"
    )
    assert built.exit_code == 0
    made = folder / "output" / "oak-house"
    assert {path.name for path in made.iterdir()} == {"small-page.QX-7301.archive.pdf", "small-page.QX-7301.txt"}
    path = made / "small-page.QX-7301.archive.pdf"
    pdf = path.read_bytes()
    assert faults(pdf) == []
    assert failures(pdf) == []
    path.write_bytes(in_viewer(pdf, {"small-page.line.answer": "My aunt", "small-page.one.answer": "2"}))
    rows = json.loads(run("-C", folder, "answers", path, "--json").stdout)["rows"]
    assert [(row["client_ref"], row["value"]) for row in rows] == [("QX-7301", "My aunt"), ("QX-7301", "Soup")]


def test_a_client_s_packet_for_a_record() -> None:
    packet = sample().personaliser.personalise(ANNA)
    pdf = archive_copy(packet)
    assert faults(packet)
    assert faults(pdf) == []
    assert failures(pdf) == []
    assert archive_copy(packet) == pdf


def test_what_the_standard_asks_for_is_there() -> None:
    """ISO 19005-2: 6.2.3 and 6.2.4 (colours), 6.2.11 (fonts), 6.3 (annotations), 6.6.2 (metadata), 6.1.3 (trailer)."""
    pdf = opened(archive_copy(sample().personaliser.personalise(ANNA)))
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
    told = pdf.Root.Metadata.read_raw_bytes().decode()
    assert 'pdfaid:part="2" pdfaid:conformance="A"' in told
    assert 'pdfuaid:part="1"' in told
    assert "/ID" in pdf.trailer
    for font in (item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)):
        if font.get("/Type") == "/FontDescriptor":
            assert any(f"/FontFile{kind}" in font for kind in ("", "2", "3"))
    for page in pdf.pages:
        assert page.Group.CS == "/DeviceRGB"
        assert all(int(note.F) == 4 for note in page.obj.get("/Annots", ()))


def test_no_stream_ends_like_a_line() -> None:
    with pikepdf.new() as made:
        made.add_blank_page()
        made.Root.Kept = made.make_stream(b"\x0c")  # its checksum ends so
        file = io.BytesIO()
        made.Root.Metadata = made.make_stream(b"<rdf:RDF></rdf:RDF>")
        made.save(file, compress_streams=False)
    pdf = opened(archive_copy(file.getvalue()))
    kept = pdf.Root.Kept
    assert kept.read_bytes() == b"\x0c"
    assert kept.read_raw_bytes().endswith(b"~>")
