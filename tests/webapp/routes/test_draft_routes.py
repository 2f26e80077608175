"""What is written in a form is never lost: kept at once, found again, and beside what somebody else saved meanwhile."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Route, expect

from handoutkit.render.render_cache import RenderCache
from handoutkit.webapp.forms.drafts import DRAFTS
from tests.conftest import ROOT
from tests.support.browser_app import COPIED, HANDOUT, PRACTICE, Opened, Served, served, tabs, workspace
from tests.webapp.test_access import Asked

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


@pytest.fixture(autouse=True)
def _as_it_was(app: Served) -> Iterator[None]:
    kept = {path: path.read_bytes() for path in (app.handout, app.practice)}
    yield
    for path, data in kept.items():
        path.write_bytes(data)
    for draft in (app.folder / DRAFTS).glob("*.json"):
        draft.unlink()


def _post(app: Served, path: str, **values: Any) -> tuple[int, dict[str, Any]]:
    answer = Asked(app, "POST", path, json.dumps(values).encode(), accept="application/json")
    return answer.status, json.loads(answer.body)


def _digest(app: Served) -> str:
    return str(json.loads(Asked(app, "GET", f"/digest/handout/{HANDOUT}").body)["digest"])


def _draft(app: Served) -> Path:
    return app.folder / DRAFTS / f"handout-{HANDOUT}.json"


def _changed(path: Path = ROOT / COPIED[0], **values: Any) -> dict[str, Any]:
    """A form of a file in which nothing but these was changed."""
    return {key: {"_keep": True} for key in yaml.safe_load(path.read_text(encoding="utf-8"))} | values


def _answering(status: int) -> Callable[[Route], None]:
    """Answers whatever is to be saved like that, with a page that no script of ours can read."""

    def answer(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=status, body="<p>no</p>")
        else:
            route.continue_()

    return answer


def test_what_is_not_valid_yet_is_kept_for_its_owner_only(app: Served) -> None:
    before = app.handout.read_bytes()
    assert _post(app, f"/draft/handout/{HANDOUT}", digest=_digest(app), data=_changed(title=""))[0] == 200
    assert stat.S_IMODE(_draft(app).stat().st_mode) == 0o600
    assert stat.S_IMODE(_draft(app).parent.stat().st_mode) == 0o700
    assert app.handout.read_bytes() == before
    page = Asked(app, "GET", f"/edit/handout/{HANDOUT}").body.decode()
    assert "did not save is still there" in page
    assert _post(app, f"/draft/handout/{HANDOUT}/drop")[0] == 200
    assert not _draft(app).exists()
    assert "did not save is still there" not in Asked(app, "GET", f"/edit/handout/{HANDOUT}").body.decode()


def test_what_is_as_in_the_file_is_no_draft(app: Served) -> None:
    _post(app, f"/draft/handout/{HANDOUT}", digest=_digest(app), data=_changed(title="Other"))
    assert _draft(app).exists()
    _post(app, f"/draft/handout/{HANDOUT}", digest=_digest(app), data=_changed(title="I and We"))
    assert not _draft(app).exists()


def test_a_draft_outlives_the_server_and_is_saved_with_comments(app: Served, cache: RenderCache) -> None:
    before = app.handout.read_text(encoding="utf-8")
    _post(app, f"/draft/handout/{HANDOUT}", digest=_digest(app), data=_changed(title="Du und ich"))
    with served(app.folder, cache) as again:
        page = Asked(again, "GET", f"/edit/handout/{HANDOUT}").body.decode()
        assert 'value="Du und ich"' in page
        digest = page.split('data-digest="')[1].split('"')[0]
        status, told = _post(again, f"/edit/handout/{HANDOUT}", digest=digest, data=_changed(subtitle="Zwei"))
        assert (status, told.get("problems")) == (200, None)
    changed = [line for line in app.handout.read_text(encoding="utf-8").splitlines() if line not in before.splitlines()]
    assert changed == ["title: Du und ich", "subtitle: Zwei"]
    assert not _draft(app).exists()


def test_both_versions_are_offered_and_one_is_chosen(app: Served) -> None:
    before = app.handout.read_text(encoding="utf-8")
    Asked(app, "GET", f"/edit/handout/{HANDOUT}")  # the form is opened, and its text is known
    digest = _digest(app)
    app.handout.write_text(before.replace("title: I and We", "title: Theirs"), encoding="utf-8")
    data = _changed(title="Mine", topics=["Interdependence", "Couples", "Closeness", "Trust"])
    assert _post(app, f"/draft/handout/{HANDOUT}", digest=digest, data=data)[0] == 200
    assert _post(app, f"/edit/handout/{HANDOUT}", digest=digest, data=data) == (409, {"conflict": True})
    both = Asked(app, "GET", f"/versions/handout/{HANDOUT}").body.decode()
    assert '<th scope="row">Title</th><td data-is="Yours">Mine</td><td data-is="The file now">Theirs</td>' in both
    assert "Topics" not in both  # the form has them in words, which are no difference
    theirs = both.split('data-theirs="')[1].split('"')[0]
    assert _post(app, f"/edit/handout/{HANDOUT}", digest=digest, data=data, over="0" * 64)[0] == 409
    assert _post(app, f"/edit/handout/{HANDOUT}", digest=digest, data=data, over=theirs)[0] == 200
    assert app.handout.read_text(encoding="utf-8") == before.replace("title: I and We", "title: Mine")


def test_words_outlive_their_file(app: Served) -> None:
    digest = _digest(app)
    name = "mine"
    own = app.folder / f"handouts/{name}.yaml"
    own.write_text(app.handout.read_text(encoding="utf-8").replace("id: i-and-we\n", "id: mine\n"), encoding="utf-8")
    app.state.changes.notify()
    digest = json.loads(Asked(app, "GET", f"/digest/handout/{name}").body)["digest"]
    data = _changed(title="Kept")
    assert _post(app, f"/draft/handout/{name}", digest=digest, data=data)[0] == 200
    own.unlink()
    app.state.changes.notify()
    assert json.loads(Asked(app, "GET", f"/digest/handout/{name}").body)["digest"] == ""
    page = Asked(app, "GET", f"/edit/handout/{name}").body.decode()
    assert "data-elsewhere" in page
    digest = page.split('data-digest="')[1].split('"')[0]
    assert _post(app, f"/edit/handout/{name}", digest=digest, data=data)[0] == 409
    assert _post(app, f"/edit/handout/{name}", digest=digest, data=data, over="")[0] == 200
    assert "title: Kept\n" in own.read_text(encoding="utf-8")
    own.unlink()


def test_a_picture_is_put_in_place_by_saving_and_another_one_is_left(app: Served) -> None:
    old = app.practice.with_name(f"{PRACTICE}-logo.svg")
    old.write_bytes(SVG.replace(b"h9v9", b"h8v8"))
    before = old.read_bytes()
    answer = Asked(app, "POST", f"/picture/practice/{PRACTICE}?name=River.svg", SVG)
    assert json.loads(answer.body) == {"file": f"{PRACTICE}-logo-2.svg"}
    assert not app.practice.with_name(f"{PRACTICE}-logo-2.svg").exists()
    digest = json.loads(Asked(app, "GET", f"/digest/practice/{PRACTICE}").body)["digest"]
    data = _changed(app.practice, logo={"file": f"{PRACTICE}-logo-2.svg", "text": "A river"})
    status, told = _post(app, f"/edit/practice/{PRACTICE}", digest=digest, data=data)
    assert (status, told.get("problems")) == (200, None)
    assert app.practice.with_name(f"{PRACTICE}-logo-2.svg").read_bytes() == SVG
    assert old.read_bytes() == before
    answer = Asked(app, "POST", f"/picture/handout/{HANDOUT}?name=Mein Bild.svg".replace(" ", "%20"), SVG)
    assert json.loads(answer.body) == {"file": f"pictures/{HANDOUT}/mein-bild.svg"}


def test_a_picture_shows_on_the_pages_before_it_is_saved(app: Served) -> None:
    """Of the practice and of a handout, each beside others that it had already."""
    drawn = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#D01010" d="M0 0h9v9H0z"/></svg>'
    of_handout = f"/show/handout/{HANDOUT}?draft_of=handout/{HANDOUT}"
    of_practice = f"/show/handout/{HANDOUT}?practice={PRACTICE}&draft_of=practice/{PRACTICE}"
    for what, name, path, key, shows in (
        ("practice", PRACTICE, app.practice, "logo", of_practice),
        ("handout", HANDOUT, app.handout, "blocks", of_handout),
    ):
        before = _digest_of_pages(Asked(app, "GET", shows).body.decode())
        file = json.loads(Asked(app, "POST", f"/picture/{what}/{name}?name=Red.svg", drawn).body)["file"]
        digest = json.loads(Asked(app, "GET", f"/digest/{what}/{name}").body)["digest"]
        logo: Any = {"file": file, "text": "A red square"}
        count = len(yaml.safe_load(path.read_text(encoding="utf-8")).get("blocks", ()))
        kept: list[Any] = [{"_at": at, "_value": {"_keep": True}} for at in range(count)]
        figure = {"type": "figure", "id": "red", "kind": "image", "alt": "A red square.", "file": file, "height": 30}
        value = logo if key == "logo" else [{"_at": None, "_value": figure}, *kept]
        status, told = _post(app, f"/draft/{what}/{name}", digest=digest, data=_changed(path, **{key: value}))
        assert (status, told.get("problems")) == (200, None)
        page = Asked(app, "GET", shows).body.decode()
        assert "something to mend" not in page, page
        assert _digest_of_pages(page) != before
        assert not (path.parent / file).exists()


def _digest_of_pages(part: str) -> str:
    found = re.search('data-digest="([0-9a-f]{64})"', part)
    assert found, part
    return found[1]


def test_answers_that_nobody_expected_are_said_in_words(opened: Opened) -> None:
    page = opened(f"/edit/handout/{HANDOUT}")
    page.get_by_label("Purpose").first.fill("Mine.")
    expect(page.locator("#state")).to_have_text("Not saved yet. It is kept as a draft.")
    for status, words in ((413, "too long for one file"), (403, "started again"), (500, "Please report it")):
        page.route("**/edit/**", _answering(status))
        with page.expect_response("**/draft/**"):  # that it is kept as a draft does not take the words away
            page.get_by_role("button", name="Save").click()
        expect(page.locator("#state")).to_contain_text(words)
        page.unroute("**/edit/**")
        assert page.get_by_label("Purpose").first.input_value() == "Mine."
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#state")).to_contain_text("Saved in")


@pytest.mark.long(shown_by="test_an_open_page_goes_on_when_the_app_is_started_again")
def test_words_outlive_a_closed_tab_and_a_stopped_server(browser: Browser, app: Served, cache: RenderCache) -> None:
    with tabs(browser, app) as opened:
        page = opened(f"/edit/handout/{HANDOUT}")
        page.get_by_label("Purpose").first.fill("So that nothing is lost.")
        expect(page.locator("#state")).to_contain_text("kept as a draft")
        page.close()
    with served(app.folder, cache) as again, tabs(browser, again) as opened:
        page = opened(f"/edit/handout/{HANDOUT}")
        expect(page.get_by_label("Purpose").first).to_have_value("So that nothing is lost.")
    with tabs(browser, app) as opened:
        page = opened(f"/edit/handout/{HANDOUT}")
        expect(page.get_by_label("Purpose").first).to_have_value("So that nothing is lost.")
        theirs = app.handout.read_text(encoding="utf-8").replace("title: I and We", "title: Theirs")
        app.handout.write_text(theirs, encoding="utf-8")
        expect(page.get_by_role("heading", name="This file was changed elsewhere")).to_be_visible()
        expect(page.get_by_role("row", name="Purpose")).to_contain_text("So that nothing is lost.")
        page.get_by_role("button", name="Keep mine").click()
        expect(page.locator("#state")).to_have_text("Nothing is changed yet.")  # once the page has loaded itself again
        text = app.handout.read_text(encoding="utf-8")
        assert "So that nothing is lost." in text
        assert "title: I and We" in text


def test_an_open_page_goes_on_when_the_app_is_started_again(
    browser: Browser, cache: RenderCache, tmp_path: Path
) -> None:
    """Its words are safe meanwhile. (A packet that is still to be made has no pages that would have to be set.)"""
    folder, context, faults = workspace(tmp_path), browser.new_context(), list[str]()
    with served(folder, cache) as first:
        context.request.get(first.address, max_redirects=0)
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(f"{first.origin}/new-packet")
        page.locator("html.ready").wait_for()
    page.get_by_label("Title", exact=True).first.fill("Written meanwhile")
    expect(page.locator("#state")).to_contain_text("not running any more")
    add = page.locator("[data-do='fill'], [data-do='add']").first
    add.evaluate("button => { for (let one = button; one; one = one.parentElement) one.open = true }")
    add.click()  # nothing can be added meanwhile, and the bar says why
    page.get_by_role("button", name="Save").click()  # the bar that says so does not cover it
    expect(page.locator("#state")).to_contain_text("What you wrote is still here")
    with served(folder, cache, first.state.keys.port) as again:
        expect(page.locator("#lost-words")).to_contain_text("started again")
        context.request.get(again.address, max_redirects=0)  # as opening the new address does
        expect(page.locator("#lost")).to_be_hidden()
        expect(page.locator("#state")).to_contain_text("kept as a draft")
        assert "Written meanwhile" in (folder / DRAFTS / "packet-_new.json").read_text(encoding="utf-8")
        context.close()
    assert not faults
