"""What is one's own is put into another language in the app: text beside text, as the command line keeps it."""

from __future__ import annotations

import json
import re
from typing import Any

from playwright.sync_api import expect

from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.translations.work.translate_files import items, statuses
from tests.support.browser_app import HANDOUT, PRACTICE, Opened, Served
from tests.webapp.test_access import Asked


def _kept(app: Served, address: str, **sent: Any) -> tuple[int, dict[str, Any]]:
    usual = {"words": {}, "sure": [], "who": {"name": "Ana Ejemplo"}, "digest": ""}
    answer = Asked(app, "POST", address, json.dumps({**usual, **sent}).encode(), accept="application/json")
    return answer.status, json.loads(answer.body)


def _status(app: Served, name: str, language: str) -> tuple[int, int, int]:
    found = statuses(items(Library(Workspace(app.folder)), [name]), language)
    return found[0].done, found[0].stale, found[0].missing


def test_a_translation_is_begun_written_and_kept(opened: Opened, app: Served) -> None:
    """Of the texts of a new handout, one after the other; what is written is in the catalogue, and nothing else is."""
    answer = Asked(app, "POST", "/new", json.dumps({"title": "Quiet evenings", "kind": "worksheet"}).encode())
    assert answer.status == 200
    page = opened("/translations/handout/quiet-evenings")
    page.get_by_role("link", name="Spanish").click()
    page.wait_for_url("**/es", wait_until="commit")
    page.locator("html.ready").wait_for()
    catalogue = app.folder / "handouts/locale/es/quiet-evenings.po"
    assert not catalogue.exists()  # nothing was written yet
    row = page.locator('[data-place="title"]')
    expect(row).to_contain_text("Quiet evenings")
    expect(row.locator(".state-of-text")).to_have_text("Missing")
    page.get_by_label("Who translates").fill("Ana Ejemplo")
    row.get_by_role("textbox").fill('Noches "tranquilas"')
    expect(page.locator("#state")).to_contain_text("Kept. ")
    expect(row.locator(".state-of-text")).to_have_text("Translated")
    text = catalogue.read_text(encoding="utf-8")
    assert 'msgstr "Noches \\"tranquilas\\""' in text
    assert '"Last-Translator: Ana Ejemplo\\n"' in text
    done, stale, missing = _status(app, "quiet-evenings", "es")
    assert (done > 0, stale, missing > 0) == (True, 0, True)
    expect(page.locator("#state")).to_contain_text(f"{done} of {done + missing} texts")
    page.get_by_role("button", name="Next that is open").click()
    expect(page.locator('[data-state="missing"] textarea').first).to_be_focused()
    page.reload()
    expect(page.locator('[data-place="title"] textarea')).to_have_value('Noches "tranquilas"')
    page.goto(f"{app.origin}/translations/handout/quiet-evenings")
    expect(page.get_by_text(f"{done} of {done + missing} texts are translated.")).to_be_visible()


def test_what_changed_since_is_shown_with_what_it_was_and_reviews_end(app: Served) -> None:
    address = f"/translations/handout/{HANDOUT}/es"
    status, told = _kept(app, address, who={"name": "Ana", "reviewed_by": "Luz Muestra, LCSW", "reviewed_on": ""})
    assert (status, told["who"]) == (200, {"reviewed_by": "Luz Muestra, LCSW", "reviewed_on": "2026-11-30"})
    text = app.handout.read_text(encoding="utf-8")
    app.handout.write_text(text.replace("subtitle: Staying", "subtitle: Still staying"), encoding="utf-8")
    app.state.reload_library()
    page = Asked(app, "GET", address).body.decode()
    assert 'data-place="subtitle" data-state="stale"' in page
    assert "It said before:" in page
    status, told = _kept(app, address, digest=told["digest"], sure=["subtitle"])
    assert (status, told["states"]["subtitle"]) == (200, "done")
    assert "Staying yourself" not in (app.folder / f"handouts/locale/es/{HANDOUT}.po").read_text(encoding="utf-8")
    assert _kept(app, address, digest="of another time")[0] == 409


def test_lost_strong_words_are_told_in_words_and_the_practice_is_translated_too(app: Served) -> None:
    address = f"/translations/practice/{PRACTICE}/es"
    status, told = _kept(app, address, words={"disclaimers.1": "Esto es **para** aprender."})
    assert status == 200, told
    said = told["wrong"]["disclaimers.1"]
    assert "`" not in said
    assert "bold" in said
    page = Asked(app, "GET", address)
    assert (page.status, b"es **para** aprender" in page.body) == (200, True)


def test_what_was_translated_is_undone_and_an_earlier_version_taken_back(opened: Opened, app: Served) -> None:
    address = "/translations/framing/faith-and-community/es"
    status, told = _kept(app, address, words={"title": "La fe"})
    assert status == 200, told
    page = opened(address)
    title = page.locator('[data-place="title"]').get_by_role("textbox")
    title.fill("La comunidad")
    expect(page.locator("#state")).to_contain_text("Kept. ")
    title.press("Control+z")
    expect(title).to_have_value("La fe")
    page.get_by_role("button", name="Redo").click()
    expect(title).to_have_value("La comunidad")
    catalogue = app.state.library.workspace.own_catalogue("framing", "faith-and-community", "es")
    expect(page.locator("#state")).to_contain_text("Kept. ")
    page.reload()
    expect(title).to_have_value("La comunidad")
    page.get_by_role("link", name="Earlier versions").click()
    expect(page.get_by_role("heading", name=re.compile("in Spanish"))).to_be_visible()
    newest = page.locator("details").first
    newest.locator("summary").click()
    expect(newest.get_by_role("row", name="Title")).to_contain_text("La fe")
    newest.get_by_role("button", name="Take this one back").click()
    page.wait_for_url(f"**{address}?done=back")
    expect(page.locator('[data-place="title"]').get_by_role("textbox")).to_have_value("La fe")
    assert "La comunidad" not in catalogue.read_text(encoding="utf-8")


def test_an_address_reaches_no_other_file(app: Served) -> None:
    for address in (
        f"/translations/handout/{HANDOUT}/en",
        f"/translations/handout/{HANDOUT}/..%2f..",
        f"/translations/handout/{HANDOUT}/xx",
        "/translations/handout/..%2fi-and-we/es",
        f"/translations/workspace/{HANDOUT}/es",
        f"/earlier/handout/{HANDOUT}?lang=xx",
        f"/earlier/handout/{HANDOUT}?lang=..%2fes",
        f"/earlier/handout/{HANDOUT}/nothing?lang=es",
    ):
        assert Asked(app, "GET", address).status in (404, 422), address
