"""What was only opened or added in a form asks for nothing, and what is still to be written is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from handoutkit.render.render_cache import RenderCache
from tests.support.browser_app import HANDOUT, PRACTICE, TAKEN_ON, Opened, Served, served, shown, workspace
from tests.webapp.test_access import Asked

KEPT = "Not saved yet. It is kept as a draft."


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, cache: RenderCache) -> Iterator[Served]:
    with served(workspace(tmp_path_factory.mktemp("practice")), cache) as running:
        yield running


def _after(page: Page, *names: str) -> str:
    """The pages after buttons were pressed and their words were kept, as text."""
    for name in names:
        with page.expect_response("**/show/handout/**"):
            page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator("#state")).to_have_text(KEPT)
    return page.locator("#pages").inner_text()


def test_a_logo_and_a_person_that_were_only_added_ask_for_nothing(opened: Opened, app: Served, tmp_path: Path) -> None:
    file = app.folder / f"practices/{TAKEN_ON}.yaml"
    page = opened(f"/edit/practice/{TAKEN_ON}")
    before = shown(page)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    if page.get_by_role("button", name="Take out logo").count():
        page.get_by_role("button", name="Take out logo").click()
    assert "to mend" not in _after(page, "Add logo", "Add a person")
    page.get_by_role("button", name="Add a framing", exact=True).first.click()
    words = page.locator("[data-key='logo'] [data-key='text'] [data-control]")
    words.fill("A lamp")  # before the picture is chosen, which is then told; the pages stay
    expect(page.locator("#pages .trouble")).to_contain_text("No picture is chosen yet")
    expect(page.locator("#pages .trouble")).not_to_contain_text("For whoever changed the file")  # nobody else did
    assert page.locator("img.page").count() > 0
    picture = tmp_path / "lamp.jpg"
    Image.new("RGB", (400, 100), "navy").save(picture)
    choose = page.locator("[data-key='logo'] [data-upload]").first
    assert ".jpg" in (choose.get_attribute("accept") or "")
    choose.set_input_files(picture)
    expect(page.locator("#pages .trouble")).to_have_count(0)
    assert shown(page) != before
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#state")).to_contain_text("Saved in")
    text = file.read_text(encoding="utf-8")
    assert f"file: {TAKEN_ON}-logo.jpg" in text
    assert 'name: ""' not in text
    assert 'id: ""' not in text


def test_a_framing_is_chosen_by_its_title(app: Served) -> None:
    for at in ("framings/*", "unreviewed_framings/*"):
        part = Asked(app, "GET", f"/part/practice?at={at}&item=framing").body.decode()
        assert '<option value="" selected>Choose one …</option>' in part
        assert '<option value="faith-and-community">Faith and community</option>' in part


def test_a_new_handout_says_what_is_still_to_be_written(opened: Opened, app: Served) -> None:
    (app.folder / "handoutkit.yaml").write_text("practice: real\n", encoding="utf-8")
    practice = (
        app.practice.read_text(encoding="utf-8")
        .replace(f"id: {PRACTICE}", "id: real")
        .replace("example: true", "example: false")
    )
    (app.folder / "practices/real.yaml").write_text(practice, encoding="utf-8")
    made = Asked(app, "POST", "/new", json.dumps({"title": "Calm nights", "kind": "worksheet"}).encode())
    assert made.status == 200
    page = opened("/edit/handout/calm-nights")
    shown(page)
    told = page.locator("#pages details", has_text="DRAFT is on the pages")
    expect(told).to_contain_text("“Your name” is a placeholder")
    expect(page.locator("img.page").first).to_have_attribute("alt", "Calm nights, page 1 of 2")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    page.get_by_label("Subtitle").fill("For the hours before you sleep.")
    source = page.locator("[data-key='sources'] .item").first
    source.get_by_label("Author").fill("June Example")
    source.locator("[data-key='title'] [data-control]").fill("What I have seen")
    expect(source.locator("summary .item-title").first).to_have_text("What I have seen")
    topic = page.locator("[data-key='topics'] [data-control]").first
    expect(topic).to_have_value("Small steps")
    topic.fill("Sleep habits")
    expect(told).to_have_count(0)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#state")).to_contain_text("Saved in")
    assert "topics: [sleep-habits]" in (app.folder / "handouts/calm-nights.yaml").read_text(encoding="utf-8")


def test_to_add_a_handout_to_a_packet_copies_nothing(opened: Opened) -> None:
    page = opened("/edit/packet/one-small-ask")
    page.get_by_role("button", name="Add I and We", exact=True).click()
    expect(page.locator("#said")).to_have_text("I and We is number 3.")
    page.wait_for_timeout(200)
    expect(page.locator("#said")).to_have_text("I and We is number 3.")


def test_what_is_not_translated_yet_is_counted_and_not_told_one_by_one(app: Served) -> None:
    address, words = "/translations/packet/one-small-ask/ar", {"title": "طلب صغير"}
    sent = {"words": words, "sure": [], "who": {"name": "Ana Ejemplo"}, "digest": ""}
    assert "hidden>" in Asked(app, "GET", address).body.decode().partition("data-pages")[2][:20]
    assert Asked(app, "POST", address, json.dumps(sent).encode(), accept="application/json").status == 200
    assert "hidden>" not in Asked(app, "GET", address).body.decode().partition("data-pages")[2][:20]
    page = Asked(app, "GET", "/show/packet/one-small-ask?lang=ar").body.decode()
    assert "Not all of it is translated" in page
    assert ".po" not in page


def test_the_pages_of_a_handout_that_nobody_writes_are_those_of_its_file(app: Served) -> None:
    assert "DRAFT is" not in Asked(app, "GET", f"/show/handout/{HANDOUT}").body.decode()
