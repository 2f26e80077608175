"""Blocks are added where they belong, from pictures with a sentence each, and begin with words that are valid."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from handoutkit.library.shipped_files import shipped_root
from handoutkit.models.block_types import BLOCK_TYPES
from handoutkit.webapp.forms.drafts import data_of
from handoutkit.webapp.forms.new_blocks import GROUPS, PICTURE, NewBlock, first_words, groups
from tests.conftest import ROOT
from tests.support.browser_app import AXE, HANDOUT, NARROW, Opened, Served


def test_every_kind_of_block_has_a_sentence_a_picture_and_words() -> None:
    kinds = [one.kind for _, some in groups() for one in some if one.kind != PICTURE]
    assert sorted(kinds) == sorted(block.type_name() for block in BLOCK_TYPES)
    for kind in kinds:
        assert first_words(kind)["type"] == kind
        assert (shipped_root() / "docs" / "blocks" / f"{kind}.png").is_file()
    assert first_words("../../nothing") == {}


def test_a_block_type_from_elsewhere_can_be_chosen_with_the_sentence_of_whoever_made_it() -> None:
    """Where Python finds more block types, as a package that is installed beside handoutkit brings them."""
    names = "from handoutkit.webapp.forms.new_blocks import first_words, groups"
    script = f"{names}; print(groups()[-1], first_words('mood_tally'))"
    paths = os.pathsep.join([str(ROOT / "tests" / "outside_types"), str(ROOT / "src")])
    said = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": paths}, capture_output=True, encoding="utf-8", check=True,
    ).stdout  # fmt: skip
    assert "NewBlock(kind='mood_tally', name='Mood tally', about='Moods to count the days of" in said
    assert "{'type': 'mood_tally'}" in said
    other = NewBlock("mood_tally", "Mood tally", "")
    assert (ROOT / "src/handoutkit/webapp" / other.shown_as.lstrip("/")).is_file()


def _blocks(app: Served) -> list[Mapping[str, Any]]:
    return list(data_of(app.handout.read_text(encoding="utf-8"))["blocks"])


def _add(page: Page, name: str) -> None:
    page.get_by_role("button", name="Add a block", exact=True).click()
    page.locator(f"[data-kind-of-block='{name}']").click()
    expect(page.locator("#picker")).to_be_hidden()


def test_blocks_are_added_copied_moved_and_saved_as_they_come(opened: Opened, app: Served) -> None:
    before = _blocks(app)
    page = opened("/framings")
    page.route("**/show/**", lambda one: one.fulfill(status=204))  # each would set the pages anew
    page.goto(f"{app.origin}/edit/handout/{HANDOUT}")
    page.locator("html.ready").wait_for()
    blocks = page.locator("[data-key='blocks'] > .items > .item")
    added = [
        kind for kinds in GROUPS.values() for kind in kinds if kind not in ("quotation", "next_step", "references")
    ]
    for kind in added:
        _add(page, kind)
        expect(blocks).to_have_count(len(before) + added.index(kind) + 1)
    expect(page.locator("[data-kind-of-block='prose'] img")).to_have_js_property("complete", True)
    first = blocks.first
    first.locator("summary").first.click()
    first.get_by_role("button", name="Copy this block").click()
    first.get_by_role("button", name="Add a block below this block").click()
    page.get_by_role("button", name="Framed note").click()
    expect(blocks.nth(1).locator("input:focus")).to_have_count(1)
    page.keyboard.type("Go slowly")
    expect(blocks.nth(1).locator("summary .item-title").first).to_have_text("Go slowly")
    blocks.nth(1).locator("summary").first.click()
    with page.expect_response("**/edit/handout/**"):
        page.get_by_role("button", name="Save").click()
    expect(page.locator("#state")).to_contain_text("Saved in")
    now = _blocks(app)
    kinds = [one["type"] for one in now]
    assert kinds[:3] == [before[0]["type"], "callout", before[0]["type"]]
    assert {key: one for key, one in now[2].items() if key != "id"} == {
        key: one for key, one in now[0].items() if key != "id"
    }
    assert [one for one in now if one in before] == before
    ending = [one["type"] for one in before if one["type"] in ("next_step", "references")]
    assert kinds[-len(ending) - len(added) :] == [*added, *ending]
    assert len({one["id"] for one in now if "id" in one}) == len([one for one in now if "id" in one])
    titles = page.locator("[data-key='blocks'] > .items > .item .item-kind")
    first_kind = titles.first.text_content()
    blocks.first.locator("summary").first.click()  # closed, so that both are in view and nothing scrolls in the drag
    blocks.first.hover()
    blocks.first.locator("[data-grip]").drag_to(blocks.nth(1), target_position={"x": 60, "y": 48})
    expect(titles.nth(1)).to_have_text(first_kind or "")
    page.keyboard.press("Control+z")
    expect(titles.first).to_have_text(first_kind or "")


def test_the_pages_follow_to_where_a_new_block_stands(opened: Opened) -> None:
    page = opened(f"/edit/handout/{HANDOUT}")
    page.locator(".place").first.wait_for(state="attached")
    assert page.locator(".pages-room").evaluate("(one) => one.scrollTop") == 0
    page.get_by_role("button", name="Add a block", exact=True).last.click()
    page.get_by_role("dialog").get_by_role("button", name="List").first.click()
    block = page.locator("[data-key='blocks'] > .items > .item").filter(has=page.locator(":focus"))
    block.get_by_label("Heading").first.fill("Three things for tonight")
    added = page.locator(".place[aria-label*='Three things for tonight']")
    added.wait_for(state="attached", timeout=30_000)
    expect(added).to_be_in_viewport()
    page.reload(wait_until="commit")
    page.locator("html.ready").wait_for()
    page.get_by_role("button", name="Drop these changes").click()
    expect(page.locator("#state")).to_have_text("Nothing is changed yet.")


def test_a_picture_is_found_under_its_name_and_chosen_at_once(opened: Opened, app: Served, tmp_path: Path) -> None:
    picture = tmp_path / "bed.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>', "utf-8")
    before = len(_blocks(app))
    page = opened("/framings")
    page.route("**/show/**", lambda one: one.fulfill(status=204))
    page.goto(f"{app.origin}/edit/handout/{HANDOUT}")
    page.locator("html.ready").wait_for()
    page.get_by_role("button", name="Add a block", exact=True).click()
    picker = page.get_by_role("button", name="Picture A photo or a drawing of yours, from a file.")
    expect(picker.locator("img")).to_have_js_property("complete", True)
    with page.expect_file_chooser() as choosing:
        picker.click()
    on_its_way: list[Route] = []

    def hold(route: Route) -> None:
        on_its_way.append(route)

    page.route("**/picture/**", hold)
    block = page.locator("[data-key='blocks'] > .items > .item").filter(has=page.locator(":focus"))
    block.get_by_label("In words, for someone who cannot see it").fill("A bed.")
    choosing.value.set_files(picture)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#state")).to_have_text("Saving …")  # for the picture is not there yet
    on_its_way[0].continue_()
    expect(page.locator("#state")).to_contain_text("Saved in")
    (made,) = [one for one in _blocks(app) if str(one.get("file", "")).endswith("/bed.svg")]
    assert (made["type"], made["kind"], made["alt"]) == ("figure", "image", "A bed.")
    assert len(_blocks(app)) == before + 1


def test_words_and_pages_are_two_tabs_on_a_phone(opened: Opened, app: Served) -> None:
    page = opened("/framings", size=NARROW)
    page.route("**/show/**", lambda one: one.fulfill(status=204))
    page.goto(f"{app.origin}/edit/handout/{HANDOUT}")
    page.locator("html.ready").wait_for()
    words, pages = page.locator("#form details.section"), page.get_by_role("region", name="The pages")
    expect(words.first).to_be_visible()
    expect(pages).to_be_hidden()
    page.get_by_role("button", name="Pages", exact=True).click()
    expect(pages).to_be_visible()
    assert not any(one.is_visible() for one in words.all())
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()  # for what is changed on the pages
    page.get_by_role("button", name="Words", exact=True).click()
    page.get_by_role("button", name="Add a block", exact=True).click()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    told = page.evaluate("axe.run('#picker').then((told) => told.violations.map((one) => one.id))")
    assert told == []
    page.keyboard.press("Escape")
    expect(page.locator("#picker")).to_be_hidden()
