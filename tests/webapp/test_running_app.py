"""The app started as a double click on the desktop starts it, and started again while it runs."""

from __future__ import annotations

import json
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from handoutkit.render.render_cache import RenderCache
from handoutkit.scaffold.desktop_start import put_on_desktop
from handoutkit.scaffold.start import start_workspace
from handoutkit.webapp.running_app import RUNNING, forget_where, say_where, way_in
from tests.conftest import TODAY
from tests.support.browser_app import Served
from tests.support.desktop_entries import exec_words, read_entry

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the start of Linux")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "50% of $mine"
    start_workspace(folder, TODAY)
    return folder


@pytest.fixture
def double_click(
    tmp_path: Path, workspace: Path, cache: RenderCache, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts what the file on the desktop says; instead of a browser, a program notes what it was to open."""
    desktop, browser = tmp_path / "Desktop", tmp_path / "browser"
    desktop.mkdir()
    browser.write_text(f'#!/bin/sh\necho "$1" >> {tmp_path}/opened\n', encoding="utf-8")
    browser.chmod(0o700)
    env = {"XDG_DESKTOP_DIR": str(desktop), "BROWSER": str(browser), "XDG_CACHE_HOME": str(cache.folder)}
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    words = exec_words(read_entry(put_on_desktop(workspace).read_text(encoding="utf-8"))["Exec"])
    begun: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        begun.append(subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd="/"))
        return begun[-1]

    yield start
    for one in begun:
        one.kill()
        one.wait()
        assert one.stdout
        one.stdout.close()


def _opened(tmp_path: Path, number: int) -> str:
    """The address that the browser was to open as the n-th."""
    for _ in range(600):
        found = (tmp_path / "opened").read_text("utf-8").splitlines() if (tmp_path / "opened").exists() else []
        if len(found) >= number:
            return found[number - 1]
        time.sleep(0.1)
    raise AssertionError("no browser was opened")


def test_a_double_click_starts_it_another_opens_it_again_and_a_button_stops_it(
    double_click: Callable[[], subprocess.Popen[str]], workspace: Path, tmp_path: Path, browser: Browser
) -> None:
    first = double_click()
    address = _opened(tmp_path, 1)
    assert stat.S_IMODE((workspace / RUNNING).stat().st_mode) == 0o600
    secrets = json.loads((workspace / RUNNING).read_bytes())
    assert secrets["knock"] not in Path(f"/proc/{first.pid}/cmdline").read_text("utf-8")
    second = double_click()
    again = _opened(tmp_path, 2)
    assert second.wait(30) == 0
    assert first.poll() is None
    page = browser.new_page()
    for one in (address, again):
        page.route("**/thumbnail/**", lambda route: route.fulfill(status=204))  # each is a handout that is set
        page.goto(one)
        page.get_by_role("heading", name="Handouts").wait_for()
        assert f":{secrets['port']}/" in page.url
        page.get_by_role("link", name="Start and stop").click()
        expect(page.get_by_text("“handoutkit 50% of $mine” is on your desktop.")).to_be_visible()
        page.locator("html.ready").wait_for()
    page.get_by_role("button", name="Stop handoutkit").click()
    expect(page.get_by_text("handoutkit has stopped. You can close this window.")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("double click on “handoutkit 50% of $mine” on your desktop")
    assert first.wait(30) == 0
    assert first.communicate()[0] == ""  # what is printed without a terminal would lie in a log
    assert not (workspace / RUNNING).exists()
    assert not list(workspace.glob("open-handoutkit-*"))
    double_click()
    _opened(tmp_path, 3)
    expect(page.get_by_role("alert")).to_contain_text("handoutkit was started again. Double click on")
    page.goto(_opened(tmp_path, 3))
    page.get_by_role("heading", name="Handouts").wait_for()


def test_people_click_more_than_twice(
    double_click: Callable[[], subprocess.Popen[str]], workspace: Path, tmp_path: Path
) -> None:
    started = [double_click() for _ in range(3)]
    addresses = {_opened(tmp_path, number) for number in (1, 2, 3)}
    assert len(addresses) == 3
    for _ in range(100):
        if sum(one.poll() is None for one in started) == 1:
            break
        time.sleep(0.1)
    assert sum(one.poll() is None for one in started) == 1
    assert len(list(workspace.glob("open-handoutkit-*"))) == 3


def test_what_a_killed_app_left_leads_nowhere(app: Served, tmp_path: Path) -> None:
    assert way_in(tmp_path) is None
    for left in (
        b"",
        b"[]",
        b'{"port": "x", "knock": 1}',
        b'{"port": 1, "knock": "x"}',
        b'{"port": 99999999, "knock": ""}',
    ):
        (tmp_path / RUNNING).write_bytes(left)
        assert way_in(tmp_path) is None
    other = json.dumps({"port": app.state.keys.port, "knock": "of another run"})
    (tmp_path / RUNNING).write_text(other, encoding="utf-8")
    assert way_in(tmp_path) is None
    (tmp_path / RUNNING).write_text(json.dumps({"port": app.state.keys.port, "knock": app.state.keys.knock}), "utf-8")
    assert way_in(tmp_path) is None  # it runs over another workspace
    for file in app.folder.glob("open-handoutkit-*"):
        file.unlink()


def test_another_start_takes_no_running_apps_place(app: Served) -> None:
    say_where(app.folder, app.state.keys)
    words = (app.folder / RUNNING).read_bytes()
    another = type(app.state.keys)(port=app.state.keys.port + 1)
    say_where(app.folder, another)
    forget_where(app.folder, another)
    assert (app.folder / RUNNING).read_bytes() == words
    file = way_in(app.folder)
    assert file
    assert file.parent == app.folder.resolve()
    forget_where(app.folder, app.state.keys)
    app.state.keys.forget()
    assert not (app.folder / RUNNING).exists()
    assert not file.exists()


def test_who_stops_it_by_a_key_is_not_told_that_it_could_not_start(
    double_click: Callable[[], subprocess.Popen[str]], tmp_path: Path
) -> None:
    first = double_click()
    _opened(tmp_path, 1)
    first.send_signal(signal.SIGINT)
    assert first.wait(30) in (0, 130)
    assert len((tmp_path / "opened").read_text("utf-8").splitlines()) == 1
