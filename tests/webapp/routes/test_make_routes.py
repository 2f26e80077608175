"""Handouts are made, copied, renamed, thrown away and put back in the app; a title is all one has to think of."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from handoutkit.loading.load_file import load_framing
from handoutkit.render.render_cache import RenderCache
from tests.support.browser_app import HANDOUT, Opened, Served, served, shown
from tests.webapp.test_access import Asked

WORDS = """# Sleep well

Sleep is a rest that your body and your mind both need.

## What helps

- A walk in the evening
- A dark room

## Questions

What keeps you awake? ____________________
"""


def _sent(app: Served, path: str, **values: str) -> tuple[int, dict[str, Any]]:
    answer = Asked(app, "POST", path, json.dumps(values).encode(), accept="application/json")
    return answer.status, json.loads(answer.body)


def test_a_handout_is_made_from_a_template_and_from_nothing(app: Served) -> None:
    page = Asked(app, "GET", "/new?from=thought-record").body.decode()
    assert 'value="thought-record" data-title="Thought record" checked' in page
    made = [
        _sent(app, "/new", **{"from": "thought-record", "title": "Gedanken prüfen"}),
        _sent(app, "/new", **{"from": "thought-record", "title": ""}),
        _sent(app, "/new", title="第一步", kind="plan"),
    ]
    ids = ("gedanken-pruefen", "thought-record", "diyibu")
    assert made == [(200, {"go": f"/edit/handout/{name}"}) for name in ids]
    shelf = Asked(app, "GET", "/new-packet").body.decode()
    for name in ids:
        assert Asked(app, "GET", f"/edit/handout/{name}").status == 200
        assert f'data-pick="{name}"' in shelf  # at once
    status, said = _sent(app, "/new", title=" ", kind="plan")
    assert (status, said["problems"][0]["message"]) == (422, "it needs a title")
    assert _sent(app, "/new", **{"from": "../../etc", "title": "x"})[0] == 422


def test_a_framing_is_made_from_nothing_and_is_valid_at_once(app: Served) -> None:
    assert _sent(app, "/new-framing", title="People who work at night") == (
        200,
        {"go": "/edit/framing/people-who-work-at-night"},
    )
    assert Asked(app, "GET", "/edit/framing/people-who-work-at-night").status == 200
    made = load_framing(app.folder / "handouts/framings/people-who-work-at-night.yaml").model
    assert (made.title, len(made.notes)) == ("People who work at night", 1)
    assert made.speaks_of(HANDOUT, ["closeness"])
    assert "1 note<" in Asked(app, "GET", "/framings").body.decode()
    assert _sent(app, "/new-framing", title=" ")[1]["problems"][0]["message"] == "it needs a title"


@pytest.mark.parametrize("name", ["Sleep well.md", "睡眠.md", "../../../sleep.md", "C:\\files\\sleep.md"])
def test_a_file_becomes_a_handout_and_is_not_kept(app: Served, name: str) -> None:
    before = set(app.state.library.workspace.handout_files)
    answer = Asked(app, "POST", f"/imports?file={quote(name)}&own=yes", WORDS.encode())
    assert answer.status == 200, answer.body.decode()
    assert "It is a handout now" in answer.body.decode()
    [made] = set(app.state.library.workspace.handout_files) - before
    assert f'href="/edit/handout/{made}"' in answer.body.decode()
    text = app.state.library.workspace.handout_files[made].read_text(encoding="utf-8")
    assert "What keeps you awake?" in text
    assert "© 2026 Riverbend Counseling" in text
    assert not list(app.state.rosters.folder.iterdir())


def test_a_file_that_cannot_be_read_is_told_in_words(app: Served) -> None:
    for data in (b"", b"\x89PNG", b"PK\x03\x04 no document"):
        answer = Asked(app, "POST", "/imports?file=x.docx", data)
        assert answer.status == 200
        assert "This file cannot be used as it is" in answer.body.decode()
        assert "`" not in answer.body.decode()


def test_it_is_copied_renamed_and_goes_back_to_what_shipped(app: Served) -> None:
    assert _sent(app, f"/manage/handout/{HANDOUT}/copy", title="Ours") == (200, {"go": "/edit/handout/ours"})
    shipped = "two-ideas-of-closeness"
    assert _sent(app, f"/manage/handout/{shipped}/rename", title="Ways") == (200, {"go": f"/handouts/{shipped}"})
    own = app.folder / f"handouts/interdependence/{shipped}.yaml"
    assert "title: Ways\n" in own.read_text(encoding="utf-8")
    assert "Back to the one that came with handoutkit" in Asked(app, "GET", f"/manage/handout/{shipped}").body.decode()
    done = _sent(app, f"/manage/handout/{shipped}/delete")
    assert done == (200, {"go": f"/handouts/{shipped}?done=bin"})
    assert not own.exists()
    assert "Ways" in Asked(app, "GET", "/bin").body.decode()
    status, said = _sent(app, f"/manage/handout/{shipped}/delete")
    assert (status, said["problems"][0]["code"]) == (422, "not-own")


def test_the_whole_way_in_the_browser(opened: Opened, app: Served, tmp_path: Path) -> None:
    page = opened("/templates?q=thought")
    page.get_by_role("link", name="New handout").click()
    page.locator("html.ready").wait_for()
    page.get_by_role("radio", name="Thought record", exact=True).check(force=True)
    expect(page.get_by_label("Its title").first).to_have_value("Thought record")
    page.get_by_label("Its title").first.fill("What I thought at night")
    page.get_by_role("button", name="Make it").first.click()
    page.wait_for_url("**/edit/handout/what-i-thought-at-night")
    shown(page)
    page.goto(f"{app.origin}/handouts/what-i-thought-at-night")
    page.get_by_role("link", name="Copy, rename").click()
    page.locator("html.ready").wait_for()
    page.get_by_label("New title").fill("")
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_role("alert").filter(has_text="needs a title")).to_be_visible()
    page.get_by_label("New title").fill("Thoughts at night")
    page.get_by_role("button", name="Rename").click()
    page.wait_for_url("**/handouts/what-i-thought-at-night")
    expect(page.get_by_role("heading", name="Thoughts at night")).to_be_visible()
    page.get_by_role("link", name="Copy, rename").click()
    page.locator("html.ready").wait_for()
    page.locator("html.ready").wait_for()
    page.route("**/thumbnail/**", lambda one: one.fulfill(status=204))  # each would be a handout that is set
    page.get_by_role("button", name="Delete it").click()
    page.get_by_role("link", name="Look into the bin").click()
    page.locator("html.ready").wait_for()
    page.get_by_role("button", name="Put it back Thoughts at night").click()
    page.wait_for_url("**/handouts/what-i-thought-at-night")
    page.goto(f"{app.origin}/new")
    page.locator("html.ready").wait_for()
    (tmp_path / "Evenings.md").write_text(WORDS, encoding="utf-8")
    page.locator("#file").set_input_files(tmp_path / "Evenings.md")
    expect(page.locator("#imported")).to_contain_text("It is a handout now", timeout=60_000)
    page.get_by_role("link", name="Read it through").click()
    expect(page.get_by_label("Title", exact=True).first).to_have_value("Sleep well")


def test_a_practice_begins_with_its_name(
    tmp_path: Path, cache: RenderCache, opened_in: Callable[[Served], AbstractContextManager[Opened]]
) -> None:
    """In an empty folder, where the pages carry an example's name until then; a second one changes nothing of that."""
    with served(tmp_path, cache) as app, opened_in(app) as open_:
        page = open_("/handouts")
        expect(page.locator(".told")).to_contain_text("Riverbend Counseling, marked as an example")
        page.get_by_role("link", name="Change that").click()
        page.wait_for_url("**/practice", wait_until="commit")
        page.locator("html.ready").wait_for()
        page.get_by_role("button", name="Make it").click()
        expect(page.get_by_role("alert").filter(has_text="It needs a title")).to_be_visible()
        page.get_by_label("Its name").fill("Quiet Harbor Therapy")
        page.get_by_role("button", name="Make it").click()
        page.wait_for_url("**/edit/practice/quiet-harbor-therapy", wait_until="commit", timeout=60_000)
        expect(page.get_by_label("Name on the handouts")).to_have_value("Quiet Harbor Therapy")
        expect(page.locator(".told").first).to_contain_text("marked as an example")
        page.locator("html.ready").wait_for()
        page.get_by_role("link", name="“Example”").click()
        expect(page.get_by_role("checkbox", name="Example", exact=True)).to_be_focused()
        shown(page)
        assert _sent(app, "/new-practice", title="安静") == (200, {"go": "/edit/practice/anjing"})
        assert (tmp_path / "handoutkit.yaml").read_text(encoding="utf-8") == "practice: quiet-harbor-therapy\n"
        text = (tmp_path / "practices/quiet-harbor-therapy.yaml").read_text(encoding="utf-8")
        assert "Your Name" not in text
        assert "555-0100" not in text
        page.goto(f"{app.origin}/practice")
        expect(page.get_by_label("Name on the handouts")).to_have_value("Quiet Harbor Therapy")
        page.goto(app.origin)
        expect(page.locator(".told")).to_contain_text("Quiet Harbor Therapy, marked as an example")
