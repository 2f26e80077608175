"""What was changed is undone, across saves too; and what a file held before is looked at and taken back."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from handoutkit.webapp.forms.kept_versions import MAX_VERSIONS, VERSIONS, keep_version, text_by_digest, versions_of
from handoutkit.webapp.forms.save_form import digest_of
from tests.support.browser_app import HANDOUT, Opened, Served, shown
from tests.webapp.test_access import Asked


@pytest.fixture(autouse=True)
def _as_it_was(app: Served) -> Iterator[None]:
    kept = app.handout.read_bytes()
    yield
    app.handout.write_bytes(kept)


def _save(page: Page) -> None:
    with page.expect_response("**/edit/handout/**"):
        page.get_by_role("button", name="Save").click()
    expect(page.locator("#state")).to_contain_text("Saved in")


def test_everything_is_undone_and_done_again_across_saves(opened: Opened, app: Served) -> None:
    before = app.handout.read_text(encoding="utf-8")
    page = opened(f"/edit/handout/{HANDOUT}")
    title, blocks = page.get_by_label("Title", exact=True).first, page.locator("[data-key='blocks'] > .items > .item")
    count, first = blocks.count(), blocks.first.inner_text()
    title.fill("Other words")
    blocks.first.locator("summary").first.click()
    blocks.first.get_by_role("button", name="Take this block out").click()
    expect(blocks).to_have_count(count - 1)
    _save(page)
    assert app.handout.read_text(encoding="utf-8") != before
    page.get_by_label("Purpose").first.fill("For now.")
    for _ in range(2):
        page.keyboard.press("Control+z")
    expect(blocks).to_have_count(count)
    expect(blocks.first.locator("summary").first).to_be_focused()
    assert blocks.first.inner_text().split("\n")[0] == first.split("\n")[0]
    _save(page)  # the block is back letter by letter, with its comments
    assert app.handout.read_text(encoding="utf-8") == before.replace("title: I and We\n", "title: Other words\n", 1)
    page.get_by_role("button", name="Undo").click()
    expect(title).to_have_value("I and We")
    page.get_by_role("button", name="Redo").click()
    expect(title).to_have_value("Other words")
    expect(page.locator("#state")).to_have_text("It is as it was saved.")
    page.keyboard.press("Control+Shift+z")
    expect(blocks).to_have_count(count - 1)
    page.keyboard.press("Control+z")
    blocks.nth(1).locator("summary").first.click()
    blocks.nth(1).get_by_role("button", name="Move this block up").click()
    page.keyboard.press("Control+z")
    page.get_by_role("button", name="Undo").click()
    _save(page)
    assert app.handout.read_text(encoding="utf-8") == before
    assert not list((app.folder / ".drafts").glob("*.json"))


def test_pages_follow_the_words_and_are_written_on(opened: Opened, app: Served) -> None:
    before = app.handout.read_bytes()
    page = opened(f"/edit/handout/{HANDOUT}")
    saved = shown(page)
    page.get_by_role("textbox", name="Key message").fill("You can be quiet together.")
    shown(page, after=saved)
    expect(page.locator("#state")).to_contain_text("kept as a draft")
    assert app.handout.read_bytes() == before
    field = page.locator("[data-key='blocks'] > .items > .item").first.get_by_label("Text")
    place = page.get_by_role("button", name=re.compile("^Change Text: You want to share your days"))
    place.click()
    on_page = page.locator(".in-place").get_by_label("Text")
    expect(on_page).to_be_focused()
    assert on_page.input_value() == field.input_value()
    over, its = page.locator(".in-place").bounding_box(), place.bounding_box()
    assert over
    assert its
    assert abs(over["y"] - its["y"]) < 20
    assert over["width"] >= its["width"]
    now = shown(page)
    on_page.press_sequentially(" Here too.")
    assert field.input_value().endswith(" Here too.")
    now = shown(page, after=now)  # the pages are set anew, and the words stay open
    expect(on_page).to_be_focused()
    on_page.press("Control+z")
    expect(on_page).not_to_have_value(re.compile("Here too"))
    assert field.input_value() == on_page.input_value()
    expect(on_page).to_be_focused()
    on_page.press("Control+a")
    on_page.press("Control+b")
    assert field.input_value().startswith("**")
    page.get_by_role("button", name="Strong words").click()
    assert not field.input_value().startswith("**")
    expect(page.locator("#judged")).to_contain_text("school grade")
    on_page.press("Escape")
    expect(page.locator(".in-place")).to_have_count(0)
    while page.get_by_role("button", name="Undo").get_attribute("aria-disabled") == "false":
        page.get_by_role("button", name="Undo").click()
    expect(page.locator(".shown")).to_have_attribute("data-digest", saved)


def test_places_of_a_page_are_reached_by_keys_and_lead_to_their_fields(opened: Opened) -> None:
    page = opened(f"/edit/handout/{HANDOUT}")
    shown(page)
    title = page.get_by_label("Title", exact=True).first
    places = page.locator(".place")
    expect(places.first).to_have_attribute("aria-label", re.compile("^Change Title: I and We"))
    assert places.evaluate_all("all => all.filter((one) => one.tabIndex === 0).length") == 1
    assert places.count() > 10
    places.first.focus()
    page.keyboard.press("ArrowDown")
    expect(places.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    on_page = page.locator(".in-place").get_by_label("Title")
    expect(on_page).to_be_focused()
    page.keyboard.type("Both of us")
    assert title.input_value() == "Both of us"
    before = shown(page)
    page.keyboard.press("Enter")
    shown(page, after=before)
    expect(page.get_by_role("button", name="Change Title: Both of us")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Show it in the form").click()
    expect(title).to_be_focused()
    page.locator("img.page").first.click(position={"x": 2, "y": 2})
    expect(page.get_by_role("status").filter(has_text="not in this form")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(title).to_have_value("I and We")


def test_an_earlier_version_is_looked_at_and_taken_back(opened: Opened, app: Served) -> None:
    before = app.handout.read_text(encoding="utf-8")
    page = opened(f"/edit/handout/{HANDOUT}")
    page.get_by_role("textbox", name="Subtitle").fill("With other words")
    _save(page)
    page.goto(f"{app.origin}/earlier/handout/{HANDOUT}")
    page.locator("html.ready").wait_for()
    newest = page.locator("details").first
    newest.locator("summary").click()
    expect(newest.get_by_role("row", name="Subtitle")).to_contain_text("With other words")
    newest.get_by_role("button", name="Take this one back").click()
    page.wait_for_url(f"**/edit/handout/{HANDOUT}?done=back")
    expect(page.get_by_role("status").filter(has_text="The earlier version is back")).to_be_visible()
    expect(page.get_by_role("textbox", name="Subtitle")).to_have_value("Staying yourself in a couple")
    assert app.handout.read_text(encoding="utf-8") == before
    [*_, folder] = [one for one in (app.folder / VERSIONS).rglob("*.yaml") if one.is_dir()]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()} == {0o600}
    kept = [one.path.read_text(encoding="utf-8") for one in versions_of(app.handout, app.folder)]
    assert "subtitle: With other words\n" in kept[0]


def test_a_version_that_cannot_be_used_says_so_in_words(app: Served) -> None:
    keep_version(app.handout, b"title: [\n", 1_800_000_000, app.folder)
    key = versions_of(app.handout, app.folder)[0].key
    before = app.handout.read_bytes()
    answer = Asked(app, "POST", f"/earlier/handout/{HANDOUT}/{key}", b"{}", accept="application/json")
    assert answer.status == 422
    assert json.loads(answer.body)["problems"]
    assert app.handout.read_bytes() == before
    for path in (f"/earlier/handout/{HANDOUT}/..%2f..%2fx", f"/earlier/handout/{HANDOUT}/nothing", "/earlier/theme/x"):
        assert Asked(app, "GET", path).status == 404


def test_the_newest_twenty_are_kept(app: Served) -> None:
    for number in range(MAX_VERSIONS + 5):
        keep_version(app.practice, f"number: {number}\n".encode(), 1_700_000_000 + number, app.folder)
        keep_version(app.practice, f"number: {number}\n".encode(), 1_700_000_000 + number, app.folder)
    kept = versions_of(app.practice, app.folder)
    assert [one.path.read_text() for one in kept] == [f"number: {one}\n" for one in reversed(range(5, 25))]
    assert text_by_digest(app.practice, app.folder, digest_of(kept[3].path)) == kept[3].path.read_text()
