"""The start on the desktop, put there from the app."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.browser_app import Opened, Served


def test_a_button_puts_a_start_on_the_desktop(
    opened: Opened, app: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DESKTOP_DIR", str(tmp_path / "Desktop"))
    page = opened("/start")
    button = page.get_by_role("button", name="Put a start on the desktop")
    button.click()
    expect(page.get_by_role("alert").filter(has_text="This computer has no folder for a desktop")).to_be_visible()
    (tmp_path / "Desktop").mkdir()
    button.click()
    name = f"handoutkit {app.folder.name}"
    expect(page.get_by_text(f"“{name}” is on your desktop.")).to_be_visible()
    expect(button).to_have_count(0)
    assert [one.stem for one in (tmp_path / "Desktop").iterdir()] == [name]
    closed = page.context.browser
    assert closed
    stranger = closed.new_page()
    stranger.goto(app.origin)
    expect(stranger.get_by_role("heading", name="This page opens from your desktop")).to_be_visible()
    expect(stranger.get_by_text(name)).to_be_visible()
    stranger.close()
