"""The app in a real browser, used as a clinician would."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect
from pypdfium2 import PdfDocument

from handoutkit.webapp.cards.library_cards import FileReader, find
from tests.support import pdf_reading
from tests.support.browser_app import HANDOUT, OWN_WORDS, PRACTICE, Opened, Served, shown

NAME = "Ottilie Fenn"


@pytest.fixture(autouse=True)
def _files_as_they_were(app: Served) -> Iterator[None]:
    kept = {path: path.read_bytes() for path in (app.handout, app.practice)}
    yield
    for path, data in kept.items():
        if path.read_bytes() != data:
            path.write_bytes(data)
    shutil.rmtree(app.folder / ".remembered", ignore_errors=True)


def test_find_a_handout_and_see_its_pages(opened: Opened, app: Served) -> None:
    one_of_all = f"1 of {len(app.state.library.workspace.handout_files)} handouts"
    page = opened("/")
    page.get_by_role("searchbox", name="Search by word").fill(OWN_WORDS)
    card = page.get_by_role("link", name="I and We")
    expect(page.locator(".count")).to_have_text(one_of_all)
    page.wait_for_function("() => document.querySelector('.sheet img').naturalWidth > 100")
    page.get_by_role("searchbox").fill("")
    page.get_by_label("Kind").select_option("psychoeducation")
    expect(card).to_have_count(0)
    chosen = {"kind": "worksheet", "topic": "couples", "language": "es", "framing": "faith-and-community"}
    for name, value in chosen.items():
        page.get_by_label(name.capitalize()).select_option(value)
    found = find(app.state.library, FileReader(), "handouts", chosen)
    expect(page.locator(".count")).to_have_text(f"{found.found} of {found.total} handouts")
    card.click()
    shown(page)
    expect(page.get_by_role("img", name="I and We, page 1 of 2")).to_be_visible()
    expect(page.get_by_role("complementary", name="The clinician’s guide")).to_contain_text("four mixes of I and We")


@pytest.mark.long(shown_by="test_find_a_handout_and_see_its_pages")
def test_templates_and_packets_are_found_too(opened: Opened, app: Served) -> None:
    page = opened("/templates?q=thought")
    expect(page.get_by_role("link", name="Thought record")).to_be_visible()
    page.get_by_role("link", name="Thought record").click()
    shown(page)
    expect(page.locator("#command")).to_have_text("handoutkit new my-thought-record --from thought-record")
    page.get_by_role("link", name="Packets").click()
    expect(page.locator(".card")).to_have_count(len(app.state.library.workspace.packet_files))


def test_choose_and_take_it_along(opened: Opened, app: Served) -> None:
    page = opened(f"/handouts/{HANDOUT}")
    before = shown(page)
    page.get_by_label("Format").select_option("large-print")
    large = shown(page, after=before)
    page.get_by_label("Paper").select_option("a4")
    page.get_by_label("Practice", exact=True).select_option("shift-your-journey")
    page.wait_for_function("() => document.querySelector('#command').textContent.includes('a4')")
    shown(page, after=large)
    said = f"handoutkit build {HANDOUT} --practice shift-your-journey --format large-print --paper a4"
    expect(page.locator("#command")).to_have_text(said)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the command").click()
    expect(page.get_by_role("status")).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == said
    with page.expect_download() as download:
        page.get_by_role("link", name="Download PDF").click()
    assert download.value.suggested_filename == f"{HANDOUT}.large-print.a4.pdf"
    pdf = PdfDocument(download.value.path())
    assert [round(side) for side in pdf[0].get_size()] == [595, 842]
    assert "SHIFT Your Journey" in pdf[0].get_textpage().get_text_range()
    pdf.close()
    for name, start in (("Word", b"PK"), ("Web page", b"<!doctype html>")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name, exact=True).click()
        assert download.value.path().read_bytes()[: len(start)].lower() == start.lower()
    printed = page.request.get(app.origin + (page.get_by_role("link", name="Print").get_attribute("href") or ""))
    assert printed.headers["content-disposition"].startswith("inline")
    page.reload()
    expect(page.get_by_label("Format")).to_have_value("large-print")
    page.goto(f"{app.origin}/packets/one-small-ask")  # what was chosen for the usual practice goes along
    page.locator("html.ready").wait_for()
    expect(page.get_by_label("Paper")).to_have_value("a4")
    expect(page.get_by_label("Practice", exact=True)).to_have_value(PRACTICE)


@pytest.mark.long(shown_by="test_choose_and_take_it_along")
def test_several_framings_as_the_command_takes_them(opened: Opened) -> None:
    page = opened(f"/handouts/{HANDOUT}")
    plain = shown(page)
    page.get_by_label("Cultural framing").select_option("Some of these:")
    page.get_by_label("Faith and community").check()
    one = shown(page, after=plain)
    page.get_by_label("Queer chosen family").check()
    both = shown(page, after=one)
    named = ("faith-and-community", "queer-chosen-family")
    expect(page.locator("#command")).to_contain_text(" ".join(f"--framing {name}" for name in named))
    page.reload()
    expect(page.get_by_label("Faith and community")).to_be_checked()
    assert shown(page) == both
    with page.expect_download() as download:
        page.get_by_role("link", name="Download PDF").click()
    assert sha256(download.value.path().read_bytes()).hexdigest() == both
    page.get_by_label("Cultural framing").select_option("None")
    shown(page, after=both)
    expect(page.locator("#command")).to_contain_text("--framing none")
    page.get_by_label("Cultural framing").select_option("As the practice chose")
    expect(page.locator(".shown")).to_have_attribute("data-digest", plain)
    expect(page.locator("#command")).not_to_contain_text("--framing")


def test_words_are_changed_and_nothing_else(opened: Opened, app: Served) -> None:
    before = app.handout.read_text(encoding="utf-8")
    page = opened(f"/edit/handout/{HANDOUT}")
    first = shown(page)
    page.get_by_label("Title", exact=True).first.fill("We and I: “both”")
    page.keyboard.press("Control+s")
    expect(page.locator("#state")).to_contain_text("Saved in")
    shown(page, after=first)
    changed = app.handout.read_text(encoding="utf-8")
    assert changed == before.replace("title: I and We\n", 'title: "We and I: “both”"\n', 1)
    block = page.locator(".item", has_text="Two people, one couple").first
    block.locator("summary").first.click()
    block.get_by_label("Text").fill("You are two.\n\nYou are also one.")
    page.locator(".item", has_text="When the mix tips").first.locator("summary").first.click()
    page.locator(".item", has_text="When the mix tips").first.get_by_role("button", name="Move this block up").click()
    page.get_by_role("button", name="Add a block", exact=True).click()
    page.get_by_role("button", name="Framed note").click()
    expect(page.locator("textarea:focus, input:focus")).to_have_count(1)
    page.keyboard.type("Go slowly")
    added = page.locator(".item", has=page.get_by_label("Role")).last
    added.get_by_label("Text").fill("One page a week is plenty.")
    added.get_by_label("Role").select_option("tip")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#state")).to_contain_text("Saved in")
    text = app.handout.read_text(encoding="utf-8")
    assert "# From the top down: from far apart to too close." in text
    assert "    text: >-\n      You are two.\n\n      You are also one.\n" in text
    was, now = ([one.get("id") for one in yaml.safe_load(words)["blocks"]] for words in (before, text))
    at = was.index("too-far-too-close")
    was[at - 1], was[at] = was[at], was[at - 1]
    assert [one for one in now if one] == [one for one in was if one]
    assert len(now) == len(was) + 1
    assert now[-2:] == was[-2:]  # what belongs at the end stays there
    assert "One page a week is plenty." in text


def test_what_is_wrong_is_shown_where_it_is(opened: Opened, app: Served) -> None:
    before = app.handout.read_bytes()
    page = opened(f"/edit/handout/{HANDOUT}")
    page.get_by_label("Key message").fill("")
    page.get_by_role("button", name="Save").click()
    field = page.get_by_label("Key message")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("This is empty. Write something here, or take it out.")
    assert app.handout.read_bytes() == before


def test_a_change_from_elsewhere_is_never_overwritten(opened: Opened, app: Served) -> None:
    before = app.handout.read_text(encoding="utf-8")
    page = opened(f"/edit/handout/{HANDOUT}")
    page.get_by_label("Purpose").first.fill("Mine.")
    theirs = before.replace("subtitle: Staying yourself in a couple", "subtitle: Theirs")
    app.handout.write_text(theirs, encoding="utf-8")
    expect(page.get_by_role("heading", name="This file was changed elsewhere")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#state")).to_have_text("Not saved.")
    assert app.handout.read_text(encoding="utf-8") == theirs
    page.get_by_role("button", name="Show the newer file").click()
    expect(page.get_by_role("textbox", name="Subtitle")).to_have_value("Theirs")


def test_the_practice_is_made_ones_own(opened: Opened, app: Served, tmp_path: Path) -> None:
    before = app.practice.read_text(encoding="utf-8")
    page = opened("/practice")
    first = shown(page)
    page.get_by_label("Your colour", exact=True).fill("#F0C330")
    expect(page.locator("#contrast")).to_contain_text("too light to read")
    page.get_by_label("Your colour", exact=True).fill("#5B2A86")
    expect(page.locator("#contrast")).to_contain_text("can be read well as it is")
    harmful = tmp_path / "logo.svg"
    harmful.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script>1</script></svg>')
    upload = page.locator("[data-upload]").first
    upload.set_input_files(harmful)
    expect(page.locator(".wrong")).to_be_visible()
    harmful.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>')
    upload.set_input_files(harmful)
    expect(page.get_by_label("Picture", exact=True)).to_have_value(f"{PRACTICE}-logo.svg")
    assert not app.practice.with_name(f"{PRACTICE}-logo.svg").exists()  # not before it is saved
    page.get_by_role("heading", name="Small print").click()
    page.get_by_role("button", name="Add a line of small print").click()
    expect(page.get_by_role("textbox", name="Line of small print").last).to_be_focused()
    page.keyboard.type("Ask us anything.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#state")).to_contain_text("Saved in")
    shown(page, after=first)
    text = app.practice.read_text(encoding="utf-8")
    assert app.practice.with_name(f"{PRACTICE}-logo.svg").read_text(encoding="utf-8") == harmful.read_text()
    assert 'colour: "#5B2A86"' in text
    assert "# One colour is enough" in text
    assert "  - Ask us anything.\n" in text
    assert text.count("\n") == before.count("\n") + 1


def test_contacts_and_next_steps(opened: Opened, app: Served) -> None:
    before = app.practice.read_text(encoding="utf-8")
    page = opened("/practice")
    page.get_by_label("Phone").first.fill("(555) 010-0199")
    page.get_by_role("heading", name="Next steps").click()
    step = page.locator("[data-key='next_steps'] .item").first
    step.locator("summary").first.click()
    step.get_by_label("Text").first.fill("Write down one question for us.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#state")).to_contain_text("Saved in")
    was, now = before.splitlines(), app.practice.read_text(encoding="utf-8").splitlines()
    assert sum(one not in was for one in now) == 2
    assert [line for line in now if line.lstrip().startswith("#")] == [
        line for line in was if line.lstrip().startswith("#")
    ]


def test_framing_notes_are_changed_and_an_outside_edit_is_noticed(opened: Opened, app: Served) -> None:
    file = app.folder / "handouts/framings/faith-and-community.yaml"
    before = file.read_text(encoding="utf-8")
    page = opened("/framings")
    page.get_by_role("link", name="Faith and community", exact=True).click()
    first = shown(page)
    note = page.locator("[data-key='notes'] .item").filter(has_text="Asking can be part of faith").first
    note.locator("summary").first.click()
    note.get_by_label("Text").fill("You may ask. Someone is glad to give.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#state")).to_contain_text("Saved in")
    shown(page, after=first)
    mine = file.read_text(encoding="utf-8")
    assert [line for line in mine.splitlines() if line not in before] == ["      You may ask. Someone is glad to give."]
    page.get_by_label("Title", exact=True).first.fill("Mine")
    file.write_text(before, encoding="utf-8")
    expect(page.get_by_role("heading", name="This file was changed elsewhere")).to_be_visible()
    assert file.read_text(encoding="utf-8") == before


def test_a_change_from_elsewhere_keeps_the_place_of_who_only_reads(opened: Opened, app: Served) -> None:
    """What was open is open, and as far down; a file that cannot be read just now leaves all of it as it is."""
    before = app.handout.read_text(encoding="utf-8")
    page = opened(f"/edit/handout/{HANDOUT}")
    shown(page)
    block = page.locator("[data-key='blocks'] > .items > .item").nth(2)
    block.locator("summary").first.click()
    expect(block.locator("details").first).to_have_attribute("open", "")
    page.evaluate("scrollTo(0, 700)")
    app.handout.write_text(before.replace("subtitle: Staying", "subtitle: Still staying"), encoding="utf-8")
    expect(page.get_by_role("textbox", name="Subtitle")).to_have_value("Still staying yourself in a couple")
    expect(block.locator("details").first).to_have_attribute("open", "")
    page.wait_for_function("Math.abs(scrollY - 700) < 5")
    app.handout.write_text("title: [", encoding="utf-8")
    expect(page.locator("#state")).to_contain_text("cannot be read just now")
    expect(page.get_by_role("textbox", name="Subtitle")).to_have_value("Still staying yourself in a couple")
    expect(page.locator("img.page").first).to_be_visible()
    app.handout.write_text(before, encoding="utf-8")
    expect(page.get_by_role("textbox", name="Subtitle")).to_have_value("Staying yourself in a couple")


def test_a_packet_is_put_together_and_built_for_one_client(opened: Opened, app: Served) -> None:
    page = opened("/new-packet")
    page.get_by_label("Title", exact=True).fill("A calm start")
    for name in ("I and We", "My next step"):
        page.get_by_label("Find a handout to add").fill(name.split()[-1])
        page.get_by_role("button", name=f"Add {name}").focus()
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Move My next step up").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pick-title")).to_have_text(["My next step", "I and We"])
    page.get_by_label("Name", exact=True).check()
    page.get_by_label("Who the client works with").check()
    page.get_by_role("heading", name="How it is put together").click()
    page.get_by_label("A table of contents").uncheck()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/packets/a-calm-start")
    shown(page)
    page.get_by_label("Your name").fill("June Alvarado")
    page.get_by_label("What the client is called").fill(NAME)
    page.get_by_label("Reference").fill("Not a reference!")
    page.get_by_role("button", name="Show it on the pages").click()
    reference = page.get_by_label("Reference")
    expect(reference).to_be_focused()
    expect(reference).to_have_accessible_description(re.compile("This cannot be the reference of a client"))
    page.get_by_label("Reference").fill("QX-7301")
    page.get_by_role("button", name="Show it on the pages").click()
    expect(page.locator("#pages [data-client] img.page").first).to_be_visible()
    with page.expect_download() as download:  # what is on the screen, and not the blank one
        page.get_by_role("link", name="Download it for this client").click()
    assert NAME in pdf_reading.text(download.value.path().read_bytes())
    assert not (app.folder / "output").exists()
    page.get_by_role("button", name="Build the packet").click()
    expect(page.locator("#client-told")).to_contain_text("output/packets/QX-7301.pdf")
    built = app.folder / "output/packets/QX-7301.pdf"
    _another_one_asks(page, built)
    cover = pdf_reading.text(built.read_bytes())
    assert NAME in cover
    assert "June Alvarado" in cover
    page.reload()
    expect(page.get_by_label("What the client is called")).to_have_value("")
    others = [path for path in app.folder.rglob("*") if path.is_file() and path != built]
    assert not [path for path in others if NAME.encode() in path.read_bytes() or "QX-7301" in path.name]


def _another_one_asks(page: Page, built: Path) -> None:
    """The reference may be another client's: the packet that is there is replaced only if one says so."""
    first = built.stat().st_mtime_ns
    page.get_by_role("button", name="Build the packet").click()
    expect(page.get_by_role("heading", name="There is one for this reference")).to_be_focused()
    page.get_by_role("button", name="Leave it as it is").click()
    assert built.stat().st_mtime_ns == first
    page.get_by_role("button", name="Build the packet").click()
    page.get_by_role("button", name="Put the new one in its place").click()
    expect(page.get_by_role("heading", name="The packet is built")).to_be_visible()


def test_handouts_are_dragged_into_order(opened: Opened, app: Served) -> None:
    page = opened("/edit/packet/one-small-ask")
    titles = page.locator(".pick-title")
    before = titles.all_text_contents()
    page.locator(".pick").last.drag_to(page.locator(".pick").first, target_position={"x": 200, "y": 4})
    expect(titles).to_have_text([before[-1], *before[:-1]])
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#state")).to_contain_text("Saved in")
    text = (app.folder / "handouts/packets/one-small-ask.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server")


def test_saved_files_show_at_once_and_broken_ones_keep_the_last_pages(opened: Opened, app: Served) -> None:
    before = app.handout.read_text(encoding="utf-8")
    page = opened(f"/handouts/{HANDOUT}")
    first = shown(page)
    spare = app.handout.with_name(".spare")  # as many editors save: beside it, then renamed
    spare.write_text(before.replace("title: I and We", "title: You and I"), encoding="utf-8")
    spare.replace(app.handout)
    second = shown(page, after=first)
    app.handout.write_text(re.sub(r"(?m)^edition: .*$", "edition: first", before), encoding="utf-8")
    expect(page.get_by_role("heading", name="There is something to mend")).to_be_visible()
    expect(page.locator(".problem-place")).to_contain_text(f"{HANDOUT}.yaml, line")
    expect(page.locator(".shown")).to_have_attribute("data-digest", second)
    expect(page.locator("img.page").first).to_be_visible()
    app.handout.write_text(before, encoding="utf-8")
    expect(page.locator(".trouble")).to_have_count(0)
    expect(page.locator(".shown")).to_have_attribute("data-digest", first)
    for name, text in (
        (f"practices/{PRACTICE}.yaml", None),
        ("templates/base/css/99-mine.css", "h1 { letter-spacing: 2pt }"),
        ("templates/base/parts/about.html", "<p>Ours</p>"),
    ):
        path = app.folder / name
        old = path.read_text(encoding="utf-8") if path.exists() else None
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text or (old or "").replace("#1B5E6B", "#7A2048"), encoding="utf-8")
        shown(page, after=first)
        if old is None:
            path.unlink()
        else:
            path.write_text(old, encoding="utf-8")
        expect(page.locator(".shown")).to_have_attribute("data-digest", first)


@pytest.mark.long(shown_by="test_saved_files_show_at_once_and_broken_ones_keep_the_last_pages")
def test_another_practice_in_the_settings_shows_at_once(opened: Opened, app: Served) -> None:
    page = opened(f"/handouts/{HANDOUT}")
    first = shown(page)
    expect(page.get_by_label("Practice", exact=True)).to_have_value(PRACTICE)
    settings = app.folder / "handoutkit.yaml"
    settings.write_text("practice: shift-your-journey\n", encoding="utf-8")
    shown(page, after=first)
    expect(page.get_by_label("Practice", exact=True)).to_have_value("shift-your-journey")
    settings.write_text("practice: [\n", encoding="utf-8")
    expect(page.locator(".problem-place").first).to_contain_text("handoutkit.yaml, line")
    expect(page.locator("img.page").first).to_be_visible()
    settings.write_text(f"practice: {PRACTICE}\n", encoding="utf-8")
    expect(page.locator(".shown")).to_have_attribute("data-digest", first)
    expect(page.locator(".trouble")).to_have_count(0)
