"""A handout for one person: fewer blocks, one side, a note and their own words; nothing of theirs is kept."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from handoutkit.build.build_options import BuildOptions
from handoutkit.packets.personalise.personalise_packet import terminal_fields
from handoutkit.webapp.routes.one_person_routes import blocks_to_choose, places_to_fill
from tests.support import pdf_reading
from tests.support.browser_app import HANDOUT, Opened, Served, shown
from tests.webapp.test_access import Asked

WORDS, NOTE = "Ottilie and Bram", "Start with the second page, Ottilie."


def test_the_words_of_one_person_are_on_their_copy_and_nowhere_else(app: Served) -> None:
    handout = app.state.library.handout(HANDOUT).model
    places = [place for _, some in places_to_fill(handout) for place in some]
    place = next(one for one in places if one.kind in ("text", "multiline"))
    assert not any("`" in one.label or "<" in one.label for one in places)
    before = {path for path in app.folder.rglob("*") if path.is_file()}

    def sent(**values: str) -> Asked:
        body = json.dumps({"values": values, "do": "print"}).encode()
        return Asked(app, "POST", f"/handouts/{HANDOUT}/client", body, accept="application/json")

    made = sent(client_ref="QX-7301", note=NOTE, **{place.name: WORDS})
    assert made.status == 200, made.body
    with pdf_reading.opened(made.body) as pdf:
        fields = {name: str(field.get("/V", "")) for name, field in terminal_fields(pdf)}
    assert fields[place.name] == WORDS
    assert NOTE in fields.values()
    assert {path for path in app.folder.rglob("*") if path.is_file()} == before
    for wrong in ({"client_ref": "Ottilie Fenn", "note": NOTE}, {"client_ref": "QX-1", "no.such": WORDS}):
        refused = sent(**wrong)
        assert refused.status == 422
        assert b"Ottilie" not in refused.body
        assert b"`" not in refused.body
        assert b"--" not in refused.body


def test_blocks_are_left_out_and_the_command_says_so(opened: Opened, app: Served) -> None:
    handout = app.state.library.handout(HANDOUT).model
    block = next(one for one in blocks_to_choose(handout, BuildOptions()) if one.title and one.name not in ("prose",))
    page = opened(f"/handouts/{HANDOUT}")
    whole = shown(page)
    page.get_by_text("Less of it, for one person").click()
    page.locator(f"[data-block][value='{block.name}']").uncheck()
    less = shown(page, after=whole)
    expect(page.locator("#command")).to_contain_text(f"--without {block.name}")
    page.get_by_label("One side only").check()
    shown(page, after=less)
    expect(page.locator("#command")).to_contain_text("--sides 1")
    page.reload()
    expect(page.locator(f"[data-block][value='{block.name}']")).not_to_be_checked()
    expect(page.get_by_label("One side only")).to_be_checked()
    page.get_by_text("With their own words").click()
    page.get_by_label("A note from you").fill("Call me.")
    page.get_by_role("button", name="Show it on the pages").click()
    expect(page.get_by_label("Reference")).to_be_focused()
    page.get_by_label("Reference").fill("QX-7301")
    page.get_by_role("button", name="Show it on the pages").click()
    expect(page.locator("#pages [data-client] img.page")).to_have_count(1)
    expect(page.locator("#get-pdf")).to_contain_text("for this client")
    assert not (app.folder / ".remembered").exists() or "without" not in app.state.remembered.of("riverbend-counseling")
