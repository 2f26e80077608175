"""A batch in one PDF for the printer: in the roster's order, fronts on fronts, and held against its packets."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest

from handoutkit.batch.handover import print_run
from handoutkit.batch.handover.finished_packets import FinishedPacket, LayoutFacts
from handoutkit.batch.handover.pdf_stream_writer import PdfStreamWriter
from handoutkit.errors import WithheldError
from tests.conftest import TODAY, Run, Tree
from tests.support.batch_samples import roster, small_workspace
from tests.support.pdf_reading import texts

ROWS = ["1,QX-2,Nkechi Example,2026-12-03,", "2,QX-1,مريم يوسف,2026-12-03,", "1,QX-3,Ola Example,2026-12-03,"]
HEADER = "copies,client_ref,display_name,next_session,note"


@pytest.fixture
def folder(tree: Tree, tmp_path: Path, warm: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(warm))
    workspace = small_workspace(tree)
    roster(tmp_path / "clients.csv", ROWS, HEADER)
    return workspace


def batch(run: Run, folder: Path, tmp_path: Path, *more: str) -> list[str]:
    """Run a batch; gives what it printed."""
    args = (
        "-C",
        folder,
        "batch",
        tmp_path / "clients.csv",
        "--packet",
        "small",
        "--allow-empty",
        "-o",
        tmp_path / "out",
    )
    ran = run(*args, "--date", TODAY.isoformat(), "--processes", "1", *more)
    assert ran.exit_code == 0, ran.stderr
    return ran.stdout.splitlines()


def lines(place: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (place / "manifest.jsonl").read_text().splitlines()]


def test_all_copies_stand_in_the_rosters_order_on_sheets_of_their_own(run: Run, folder: Path, tmp_path: Path) -> None:
    said = batch(run, folder, tmp_path, "--print-file", "--verify", "full")
    place = tmp_path / "out" / "clients" / "print"
    assert any("clients.pdf" in line and "4 copies" in line for line in said)
    printed = lines(place)
    assert [(line["client_ref"], line["copy"]) for line in printed] == [
        ("QX-2", 1),
        ("QX-1", 1),
        ("QX-1", 2),
        ("QX-3", 1),
    ]
    pages = texts((place / "clients.pdf").read_bytes())
    for line in printed:
        first = int(str(line["first_page"]))
        assert first % 2 == 1
        own = texts((tmp_path / "out" / "clients" / f"{line['client_ref']}.pdf").read_bytes())
        assert pages[first - 1 : first - 1 + len(own)] == own
    assert len(pages) == 2 * sum(int(str(line["sheets"])) for line in printed)
    with pikepdf.open(place / "clients.pdf") as pdf:
        assert not pdf.check_pdf_syntax()
        assert all("/Annots" not in page.obj for page in pdf.pages)


def test_a_slip_stands_before_each_and_files_are_split_between_clients(run: Run, folder: Path, tmp_path: Path) -> None:
    batch(run, folder, tmp_path, "--print-file", "--mark", "slip", "--split", "1")
    place = tmp_path / "out" / "clients" / "print"
    printed = lines(place)
    assert len({line["file"] for line in printed}) == len(printed)
    slips = [texts((place / str(line["file"])).read_bytes())[0] for line in printed]
    assert [slip.split()[0] for slip in slips] == ["QX-2", "QX-1", "QX-1", "QX-3"]
    assert "2/3 - 2/2" in slips[2]
    batch(run, folder, tmp_path, "--print-file", "--mark", "page")
    assert sorted(path.name for path in place.iterdir()) == ["clients.pdf", "manifest.jsonl"]
    assert "QX-2 small 1/3" in texts((place / "clients.pdf").read_bytes())[0]


def test_the_files_go_with_the_batch(run: Run, folder: Path, tmp_path: Path) -> None:
    batch(run, folder, tmp_path, "--print-file", "--zip", "--file-names", "{client_ref}-{packet}")
    assert run("-C", folder, "purge", "clients", "-o", tmp_path / "out").exit_code == 0
    assert not (tmp_path / "out" / "clients").exists()


def test_a_packet_that_is_not_the_batchs_is_not_printed(run: Run, folder: Path, tmp_path: Path) -> None:
    batch(run, folder, tmp_path, "--print-file")
    packet = tmp_path / "out" / "clients" / "QX-3.pdf"
    layout = LayoutFacts("digest", "small", "en", 10, "", 10, 1)
    forged = FinishedPacket("QX-3", packet, "0" * 64, 1, layout)
    made = print_run.PrintRun(tmp_path / "print", "clients", 1, print_run.PrintChoices())
    with pytest.raises(WithheldError, match=r"QX-3.pdf"):
        made.make([forged])
    assert not list((tmp_path / "print").glob("*.pdf"))


def test_a_page_that_came_out_wrong_is_found(tmp_path: Path) -> None:
    path = tmp_path / "wrong.pdf"
    with path.open("w+b") as stream:
        writer = PdfStreamWriter(stream)
        writer.add_empty_page(pikepdf.Array([0, 0, 100, 100]))
        writer.finish("wrong")
        stream.flush()
        with pytest.raises(WithheldError, match="is not the page"):
            print_run.verify_print_file(print_run.PrintFile(path, stream, writer, digests=[b"another"]))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--mark", "slip"), "--print-file"),
        (("--file-names", "{client_ref}"), "--zip"),
        (("--print-file", "--password-column", "code"), "without a password"),
        (("--zip", "--file-names", "{display_name}-{client_ref}"), "cannot say `{display_name}`"),
        (("--zip", "--file-names", "{packet}"), "must hold `{client_ref}`"),
        (("--zip", "--file-names", "../{client_ref}"), "no pattern"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    run: Run, folder: Path, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    ran = run("-C", folder, "batch", tmp_path / "clients.csv", *options)
    assert ran.exit_code == 2
    assert said in ran.stderr
