"""Rosters in the app: dropped, made into packets, stopped, gone on with, and forgotten."""

from __future__ import annotations

import csv
import time
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from handoutkit.batch.batch_request import BatchRequest
from handoutkit.build.build_options import BuildOptions
from handoutkit.rosters.readers.table import ENDINGS
from handoutkit.webapp.uploaded_rosters import UploadedRosters
from tests.support.browser_app import Opened, Served
from tests.support.pdf_reading import text

NAME = "Ottilie Fenn"
STOP_WHEN_SOME_ARE_MADE = """() => {
  const far = document.querySelector("#far");
  const watcher = new MutationObserver(() => {
    if (!far.textContent.includes("made")) return;
    watcher.disconnect();
    window.focusWhileMaking = document.activeElement.textContent.trim();
    document.querySelector("#stop").click();
  });
  watcher.observe(far, { childList: true, characterData: true, subtree: true });
}"""
"""Clicked by the page itself: on a busy machine all are made before another process has found the button."""


def test_a_roster_becomes_packets_and_is_forgotten(
    opened: Opened, app: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    roster = tmp_path / "november.csv"
    rows = [("client_ref", "display_name", "next_session"), ("QX-1", NAME, "2026-12-01"), ("not a ref", "B", "")]
    with roster.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    page = opened("/roster")
    page.get_by_label("Packet").select_option("one-small-ask")
    page.get_by_label("Language").select_option("es")
    page.locator("#file").set_input_files(roster)
    expect(page.locator("#checked")).to_contain_text("no column of this roster has them", timeout=30_000)
    page.get_by_role("button", name="leave these values out").click()
    expect(page.locator("#checked")).to_contain_text("1 packet to make, 1 row with problems", timeout=30_000)
    expect(page.locator("#checked")).to_contain_text("november.csv, line 3")
    page.get_by_role("button", name="Make 1 packet").click()
    expect(page.locator("#report")).to_contain_text("1 packet is there", timeout=60_000)
    kept = [one.folder for one in app.state.rosters._open.values()]
    assert len(kept) == 1
    folder = app.folder / "output/november"
    assert "Preparado para" in text((folder / "QX-1.pdf").read_bytes())
    assert "november.csv" in (folder / "report.txt").read_text(encoding="utf-8")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all of them").click()
    with zipfile.ZipFile(download.value.path()) as packets:
        assert packets.namelist() == ["QX-1.pdf"]
        assert packets.read("QX-1.pdf") == (folder / "QX-1.pdf").read_bytes()
    page.get_by_text("Look at one").click()
    link = app.origin + (page.get_by_role("link", name="QX-1").get_attribute("href") or "")
    assert page.request.get(link).body() == (folder / "QX-1.pdf").read_bytes()
    printed = page.get_by_role("link", name="One file to print").get_attribute("href") or ""
    assert "Preparado para" in text(page.request.get(app.origin + printed).body())
    assert (folder / "print/november.pdf").exists()
    for name in ("report.txt", "..%2f..%2fhandoutkit.yaml"):
        assert page.request.get(link.replace("QX-1.pdf", name)).status == 404
    page.get_by_role("button", name="Open the folder").click()
    expect(page.locator("#said")).to_contain_text("It could not be opened from here")  # nobody has a desktop in a test
    page.close()
    deadline = time.monotonic() + 12
    while kept[0].exists():
        assert time.monotonic() < deadline, "the roster is still there"
        time.sleep(0.1)


def test_a_batch_is_stopped_and_gone_on_with(opened: Opened, app: Served, tmp_path: Path) -> None:
    roster, count = tmp_path / "december.csv", 300
    rows = [("client_ref", "display_name"), *((f"QX-{number}", NAME) for number in range(count))]
    with roster.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    page = opened("/roster")
    page.get_by_label("Packet").select_option("one-small-ask")
    page.locator("#file").set_input_files(roster)
    page.get_by_role("button", name="leave these values out").click()
    make = page.get_by_role("button", name=f"Make {count} packets")
    expect(make).to_be_visible(timeout=30_000)
    page.evaluate(STOP_WHEN_SOME_ARE_MADE)
    make.click()
    expect(page.get_by_role("heading", name="Stopped:")).to_be_focused(timeout=30_000)
    expect(page.locator("#report")).to_contain_text("nothing is half written. Go on when you like")
    assert page.evaluate("() => window.focusWhileMaking") == "Stop"
    folder = app.folder / "output/december"
    first = {path: path.stat().st_mtime_ns for path in folder.glob("*.pdf")}
    assert 0 < len(first) < count
    assert "still to be made" in (folder / "report.txt").read_text(encoding="utf-8")
    page.get_by_role("button", name=f"Go on with the other {count - len(first)}").click()
    expect(page.get_by_role("heading", name=f"{count} packets are there")).to_be_visible(timeout=60_000)
    assert len(list(folder.glob("*.pdf"))) == count
    assert all(path.stat().st_mtime_ns == made for path, made in first.items())


def test_any_roster_that_is_read_can_be_chosen_and_keeps_its_ending(opened: Opened, app: Served) -> None:
    assert opened("/roster").locator("#file").get_attribute("accept") == ".csv,.tsv,.xlsx,.ods"
    rosters = UploadedRosters()
    batch = BatchRequest(app.state.library, BuildOptions(), Path(), None, app.folder / "output")
    kept = [rosters.add(b"", f"May{ending}", batch)[1].batch.roster.name for ending in (*ENDINGS, ".TSV", ".exe")]
    assert kept == ["May.csv", "May.tsv", "May.xlsx", "May.ods", "May.tsv", "May.csv"]
    rosters.forget_all()


def test_columns_are_picked_from_lists_and_remembered(opened: Opened, app: Served, tmp_path: Path) -> None:
    roster = tmp_path / "export.csv"
    rows = [("Pt #", "Full Name", "Seen by", "When"), ("QX-7", NAME, "June A", "12/01/2026 9:00 AM")]
    with roster.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    page = opened("/roster")
    page.get_by_label("Packet").select_option("first-weeks")
    page.get_by_label("Language").select_option("en")  # the app remembers what the last roster was made with
    page.locator("#file").set_input_files(roster)
    expect(page.locator("#checked")).to_contain_text(
        "nor one with a name that such columns usually have", timeout=30_000
    )
    expect(page.locator(".first-cell").first).to_have_text("QX-7")
    expect(page.locator("#checked")).to_contain_text("Choose above, at “Is for”, which column it is")
    for theirs, ours in (("Pt #", "client_ref"), ("Seen by", "clinician"), ("When", "next_session")):
        page.get_by_label(theirs, exact=True).select_option(ours)
        chosen = page.get_by_label(theirs, exact=True).locator("option:checked").inner_text()
        expect(page.locator("#columns p").first).to_contain_text(f"{theirs}: {chosen}", timeout=30_000)
        expect(page.get_by_label(theirs, exact=True)).to_be_focused()
    page.get_by_role("button", name="leave these values out").click()
    page.get_by_role("button", name="Make 1 packet").click()
    expect(page.locator("#report")).to_contain_text("1 packet is there", timeout=60_000)
    printed = text((app.folder / "output/export/QX-7.pdf").read_bytes())
    assert "December 1, 2026" in printed
    assert "A note for you" not in printed
    settings = (app.folder / "handoutkit.yaml").read_text(encoding="utf-8")
    assert "Seen by: clinician" in settings
    assert NAME not in settings
    page.reload()
    page.get_by_label("Packet").select_option("first-weeks")
    page.locator("#file").set_input_files(roster)
    expect(page.locator("#columns p").first).to_contain_text("Pt #: Reference", timeout=30_000)


def test_a_guessed_encoding_is_asked_about(opened: Opened, tmp_path: Path) -> None:
    roster = tmp_path / "names.csv"
    roster.write_bytes("client_ref,display_name,clinician\r\nQX-8,José Peña,Zoë Roussel\r\n".encode("mac_roman"))
    page = opened("/roster")
    page.get_by_label("Packet").select_option("first-weeks")
    page.route("**/rosters?**", lambda route: route.fulfill(status=500, body="<p>no</p>"))
    page.locator("#file").set_input_files(roster)
    expect(page.locator("#said")).to_contain_text("Please report it")
    page.unroute("**/rosters?**")
    page.locator("#file").set_input_files(roster)
    expect(page.get_by_role("heading", name="Are these names right?")).to_be_visible(timeout=30_000)
    expect(page.locator("#checked li").first).to_have_text("José Peña")
    page.get_by_role("button", name="Yes, they are right").click()
    expect(page.locator("#checked")).to_contain_text("no column of this roster has them", timeout=60_000)
    page.get_by_role("button", name="leave these values out").click()
    expect(page.locator("#checked")).to_contain_text("1 packet to make", timeout=30_000)
