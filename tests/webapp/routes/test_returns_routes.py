"""Filled files that came back: who, when, which questions and what, alerts first; and nothing is kept."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from playwright.sync_api import expect

from handoutkit.render.render_cache import RenderCache
from tests.support.answer_samples import HOPELESS, LOW, THOUGHTS, VALUES, WORKSPACE, blank, locked, of_client
from tests.support.browser_app import AXE, NARROW, Opened, Served, served, workspace
from tests.support.hand_made_forms import changed, filled_in
from tests.webapp.test_access import Asked

WORDS = "A quiet morning"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, cache: RenderCache) -> Iterator[Served]:
    folder = workspace(tmp_path_factory.mktemp("practice"))
    (folder / "handouts/small-page.yaml").write_text(WORKSPACE["handouts/small-page.yaml"], encoding="utf-8")
    with served(folder, cache) as running:
        yield running


@pytest.fixture(scope="module")
def calm() -> bytes:
    return filled_in(blank().save(), {THOUGHTS: WORDS, LOW: 1})


@pytest.fixture(scope="module")
def alarming() -> bytes:
    return filled_in(blank().save(), {**VALUES, "small-page.mood.hopeless": 3})


def _body(files: dict[str, bytes], **said: str) -> bytes:
    about = [{"name": name, "size": len(data), "day": 1_795_000_000} for name, data in files.items()]
    return json.dumps({**said, "files": about}).encode() + b"\n" + b"".join(files.values())


def _asked(app: Served, path: str, files: dict[str, bytes], **said: str) -> Asked:
    return Asked(app, "POST", path, _body(files, **said), accept="application/json")


def test_an_alert_of_a_file_that_is_refused_stands_first(app: Served, calm: bytes) -> None:
    other = filled_in(of_client(blank(), small_page="C-1"), {HOPELESS: 3})
    html = _asked(app, "/returned", {"a.pdf": calm, "b.pdf": other}, client_ref="QX-7").body.decode()
    first = html[html.index("Look at this first") : html.index("1 file read, 1 with an answer that needs you")]
    assert all(words in first for words in (">b.pdf<", "I felt hopeless.", "C-1 or QX-7", "look at this answer first"))
    assert html.count("I felt hopeless.") == 1


def test_it_is_said_where_a_day_is_from(app: Served, alarming: bytes) -> None:
    def save(file: pikepdf.Pdf) -> None:
        file.docinfo["/ModDate"] = "D:20261126200000Z"

    html = _asked(app, "/returned", {"a.pdf": alarming, "b.pdf": changed(alarming, save)}).body.decode()
    alerts = html[html.index("Look at this first") : html.index("2 files read, 2 with an answer that needs you")]
    assert "saved 26 November 2026" in alerts
    assert "file of 18 November 2026" in alerts


def test_alerts_come_first_and_nothing_is_kept(app: Served, calm: bytes, alarming: bytes) -> None:
    answer = _asked(app, "/returned", {"a.pdf": calm, "b.pdf": alarming, "../c.pdf": b"nothing"}, client_ref="QX-7")
    html = answer.body.decode()
    assert answer.status == 200, html
    assert html.index("Look at this first") < html.index("I felt hopeless.") < html.index(WORDS)
    assert "2 files read, 1 with an answer that needs you" in html
    assert "QX-7" in html
    assert ">c.pdf<" in html  # the file that is none, by its own name
    assert "`" not in html
    assert "--" not in html
    left = [path for path in [*app.state.rosters.folder.rglob("*"), *app.folder.rglob("*.pdf")] if path.is_file()]
    assert left == []


def test_they_are_saved_as_a_table(app: Served, calm: bytes) -> None:
    answer = _asked(app, "/returned/table.csv", {"Montag.pdf": calm}, client_ref="QX-7")
    rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert (WORDS, "Montag.pdf", "QX-7") in {(row["value"], row["file"], row["client_ref"]) for row in rows}
    assert "attachment" in str(answer.headers["content-disposition"])
    answer = _asked(app, "/returned/table.xlsx", {"Montag.pdf": calm}, client_ref="QX-7")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.body)).worksheets[0]
    assert WORDS in {cell.value for row in sheet.iter_rows() for cell in row}


def test_one_clients_answers_are_shown_over_time(app: Served, calm: bytes, alarming: bytes) -> None:
    files = {"a.pdf": calm, "b.pdf": alarming}
    assert "QX-7 over time" in _asked(app, "/returned", files, client_ref="QX-7").body.decode()
    answer = _asked(app, "/returned/over-time", files, client_ref="QX-7", client="QX-7")
    assert answer.body.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "did not arrive whole"),
        (b'{"files": []}\n', "no files"),
        (b'{"files": [{"name": "a.pdf", "size": 9, "day": 0}]}\nx', "did not arrive whole"),
        (b'{"files": [{"name": "a.pdf", "size": -1, "day": 0}]}\n', "did not arrive whole"),
        (b"[" * 90_000, "did not arrive whole"),
        (_body({"a.pdf": b"x"}, client_ref="Ana Gomez?"), "reference"),
    ],
)
def test_what_is_no_list_of_files_is_told_in_words(app: Served, body: bytes, words: str) -> None:
    answer = Asked(app, "POST", "/returned", body, accept="application/json")
    assert (answer.status, words in answer.body.decode()) == (422, True)
    assert b"Gomez" not in answer.body


def test_a_password_opens_them(app: Served) -> None:
    files = {"locked.pdf": locked("open sesame")}
    assert "write the password above" in _asked(app, "/returned", files).body.decode().lower()
    assert "1 file read" in _asked(app, "/returned", files, password="open sesame").body.decode()


def test_they_are_dropped_and_read_in_the_browser(opened: Opened, tmp_path: Path, calm: bytes, alarming: bytes) -> None:
    for name, data in (("a.pdf", calm), ("b.pdf", alarming)):
        (tmp_path / name).write_bytes(data)
    page = opened("/returns", size=NARROW)
    page.get_by_text("If a file does not say").click()
    page.get_by_label("Reference of the client").fill("QX-7")
    page.locator("#file").set_input_files([tmp_path / "a.pdf", tmp_path / "b.pdf"])
    expect(page.get_by_role("heading", name="Look at this first")).to_be_visible(timeout=60_000)
    expect(page.locator("#returned")).to_contain_text(WORDS)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save for Excel").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert (
        page.evaluate("axe.run({resultTypes: ['violations']}).then((told) => told.violations.map((one) => one.id))")
        == []
    )
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.reload()
    expect(page.locator("#returned")).to_be_empty()
