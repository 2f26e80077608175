"""The app for everyone: axe-core, keyboard alone, narrow and wide, light and dark."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.support.browser_app import AXE, HANDOUT, NARROW, OWN_WORDS, WIDE, Opened, Served, shown
from tests.support.short_suite import rest_is_long

VIEWS = ("/", f"/handouts/{HANDOUT}", f"/edit/handout/{HANDOUT}", "/practice", "/packets/one-small-ask", "/packets",
         "/edit/packet/one-small-ask", "/new-packet", "/roster", "/framings",
         "/edit/framing/faith-and-community", "/returns", "/manage/handout/i-and-we", "/bin", "/new", "/new-practice",
         "/translations/handout/i-and-we", "/translations/handout/i-and-we/es")  # fmt: skip
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


def test_no_control_that_has_the_focus_is_hidden_by_a_bar(opened: Opened, app: Served) -> None:
    """WCAG 2.2, 2.4.11, for every control of the longest forms with all of their parts open, forwards and backwards."""
    page = opened(f"/edit/handout/{HANDOUT}")
    for view in (f"/edit/handout/{HANDOUT}", "/practice", f"/translations/handout/{HANDOUT}/es"):
        page.goto(app.origin + view)
        page.locator("html.ready").wait_for()
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        count, hidden = page.evaluate(_HIDDEN)
        assert (count > 40, hidden) == (True, []), view


_HIDDEN = """() => {
  const bars = [document.querySelector(".top"), document.querySelector(".savebar")];
  const all = [...document.querySelectorAll(":is(main) :is(a, button, input, select, textarea, summary)")]
    .filter((one) => one.checkVisibility() && !one.disabled && !one.closest(".savebar") && one.offsetWidth > 1);
  const hidden = [];
  for (const one of [...all, ...all.toReversed()]) {
    one.focus();
    const its = one.getBoundingClientRect();
    const covered = bars.some((bar) => {
      const { top, bottom } = bar.getBoundingClientRect();
      return getComputedStyle(bar).position !== "static" && its.top >= top && its.bottom <= bottom;
    });
    if (covered || its.bottom < 0 || its.top > innerHeight) hidden.push(one.outerHTML.slice(0, 120));
  }
  return [all.length, hidden];
}"""


def test_in_forced_colours_what_is_only_read_out_is_not_seen(opened: Opened) -> None:
    page = opened(f"/handouts/{HANDOUT}")
    shown(page)  # what it says itself is said by then
    page.emulate_media(forced_colors="active")
    page.evaluate("import('/static/common.js').then(({ say }) => say('Two pages', false))")
    expect(page.locator("#said")).to_have_text("Two pages")
    assert page.evaluate("getComputedStyle(document.querySelector('#said')).clipPath") == "inset(50%)"


def test_the_keyboard_alone_is_enough(opened: Opened) -> None:
    page = opened("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(8):  # links of the page's head and its buttons come first
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "search":
            break
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type(OWN_WORDS)
    expect(page.locator(".card")).to_have_count(1)
    while page.evaluate("document.activeElement.closest('.card') === null"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/handouts/{HANDOUT}")
    shown(page)
