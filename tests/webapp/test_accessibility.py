"""The app for everyone: axe-core, keyboard alone, narrow and wide, light and dark."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.support.browser_app import AXE, HANDOUT, NARROW, OWN_WORDS, WIDE, Opened, Served, shown
from tests.support.short_suite import rest_is_long

pytestmark = pytest.mark.xdist_group("browser")
VIEWS = ("/", f"/handouts/{HANDOUT}", f"/edit/handout/{HANDOUT}", "/practice", "/packets/one-small-ask", "/packets",
         "/edit/packet/one-small-ask", "/new-packet", "/roster", "/framings",
         "/edit/framing/faith-and-community", "/returns", "/manage/handout/i-and-we", "/bin", "/new")  # fmt: skip
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("size", rest_is_long([WIDE, NARROW], stays=lambda size: size is WIDE), ids=["wide", "narrow"])
def test_every_view_is_accessible(opened: Opened, app: Served, size: dict[str, int]) -> None:
    """All of it in light; in the dark, where only colours differ, the contrasts, which no width changes."""
    page = opened("/", size=size)
    axe, found = AXE.read_text(encoding="utf-8"), {}
    for view in VIEWS:
        page.emulate_media(color_scheme="light")
        page.goto(app.origin + view)
        if page.locator("#pages").count():
            shown(page)
        if size is WIDE:
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        page.evaluate(axe)
        violations = page.evaluate(_violations({"runOnly": WCAG}))
        if size is WIDE:
            page.emulate_media(color_scheme="dark")
            violations += page.evaluate(_violations({"runOnly": {"type": "rule", "values": ["color-contrast"]}}))
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found[view] = [(one["id"], one["nodes"][0]["html"][:120]) for one in violations] + (
            [("wide", wide)] if wide > 0 else []
        )
    assert found == {view: [] for view in VIEWS}


def _violations(options: dict[str, object]) -> str:
    """The call of axe-core that tells of them, and of nothing else, which would take as long again."""
    return f"axe.run({json.dumps({**options, 'resultTypes': ['violations']})}).then((told) => told.violations)"


def test_the_keyboard_alone_is_enough(opened: Opened) -> None:
    page = opened("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type(OWN_WORDS)
    expect(page.locator(".card")).to_have_count(1)
    while page.evaluate("document.activeElement.closest('.card') === null"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/handouts/{HANDOUT}")
    shown(page)
