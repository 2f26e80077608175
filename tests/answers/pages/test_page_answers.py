"""A page that is filled in on a phone comes back: saved, opened again, read exactly; and it keeps nothing unasked."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from handoutkit.answers.pages.page_answers import page_script
from handoutkit.answers.read_answers import ReadOptions, read_all
from handoutkit.build.add_reference import with_client_ref
from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.clients.client_ref import ClientRef
from handoutkit.render.render_cache import RenderCache
from tests.conftest import ROOT
from tests.support.browser_app import AXE
from tests.support.phone_pages import fill_all, phone, save
from tests.support.reading_order import parsed
from tests.support.short_suite import rest_is_long

EVERY_BLOCK = Library(Workspace(ROOT / "tests" / "every_block"))
SUPPORT_MAP = "your-support-map"


@pytest.fixture(scope="module")
def every_block(tmp_path_factory: pytest.TempPathFactory, cache: RenderCache) -> Path:
    """The page with every type of block, as it was sent."""
    built = Builder(EVERY_BLOCK, BuildOptions(practice="pink", to=("html",)), cache).render(["every-block"])
    return _sent(tmp_path_factory, with_client_ref(built, ClientRef("QX-7301")).finished[0].files[0].data)


@pytest.fixture(scope="module", params=rest_is_long(["ar", "es", "zh-Hans"], stays=lambda language: language == "ar"))
def translated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, cache: RenderCache) -> Path:
    builder = Builder(Library(Workspace(ROOT)), BuildOptions(language=request.param, to=("html",)), cache)
    return _sent(tmp_path_factory, builder.render([SUPPORT_MAP]).finished[0].files[0].data)


def _sent(folders: pytest.TempPathFactory, page: bytes) -> Path:
    path = folders.mktemp("phone") / "sent.html"
    path.write_bytes(page)
    return path


def _answers(path: Path) -> dict[str, tuple[str, int]]:
    """What the library reads out of a page: of each field what it says, and the option's number if it is a circle's."""
    found = read_all([path], EVERY_BLOCK, ReadOptions())
    assert [problem for problem in found.problems if problem.severity == "error"] == []
    assert {row.client_ref for row in found.rows} == {"QX-7301"}
    assert {row.day_from for row in found.rows} <= {"saved", "sheet"}
    rows = [row for row in found.rows if row.kind == "answer"]
    return {f"{row.handout}.{row.block}.{row.field}": (row.value, row.option or 0) for row in rows}


def test_a_page_comes_back_exactly_and_can_be_gone_on_with(browser: Browser, every_block: Path, tmp_path: Path) -> None:
    with phone(browser) as page:
        page.goto(every_block.as_uri())
        said = fill_all(page)
        first = save(page, tmp_path)
    assert first.name == "every-block.answers.html"  # and no client's
    back = _answers(first)
    assert {name: value for name, (value, _) in back.items()} == {name: value for name, (value, _) in said.items()}
    assert all(back[name][1] == number for name, (_, number) in said.items() if number)
    with phone(browser) as page:
        page.goto(first.as_uri())
        text = page.locator("textarea.field").first
        name, before = text.get_attribute("name") or "", text.input_value()
        assert before == said[name][0]
        text.fill(f"{before}and more")
        second = save(page, tmp_path)
    assert _answers(second) == {**back, name: (f"{before}and more", 0)}
    assert b'class="scripted"' not in second.read_bytes()


def test_nothing_is_kept_unless_somebody_says_so(browser: Browser, every_block: Path, tmp_path: Path) -> None:
    with phone(browser) as page:
        page.goto(every_block.as_uri())
        fill_all(page)
        assert page.evaluate("localStorage.length") == 0
        page.reload()
        assert page.locator("textarea.field").first.input_value() == ""
        page.get_by_role("button", name="Keep what I write on this device").tap()
        expect(page.get_by_role("status").first).to_contain_text("kept on this device")
        fill_all(page)
        values = page.evaluate(_VALUES)
        for _ in range(3):  # a busy browser hands what is kept to the page's next process a moment late
            page.reload()
            if page.evaluate(_VALUES) == values:
                break
        assert page.evaluate(_VALUES) == values
        copy = save(page, tmp_path)
        page.goto(copy.as_uri())  # a copy has places of its own
        expect(page.get_by_role("button", name="Keep what I write on this device")).to_be_visible()
        page.goto(every_block.as_uri())
        page.get_by_role("button", name="Take it off this device").tap()
        assert page.evaluate("localStorage.length") == 0
        page.reload()
        assert page.locator("textarea.field").first.input_value() == ""


_VALUES = """() => [...document.querySelectorAll(".field[name]")].map((field) =>
  ["radio", "checkbox"].includes(field.type) ? field.checked : field.value)"""


def test_the_answers_as_text(browser: Browser, every_block: Path) -> None:
    with phone(browser) as page:
        page.goto(every_block.as_uri())
        text, tick = page.locator("textarea.field").first, page.locator("input[type=checkbox].field").first
        text.fill("مرحبا 😀")
        tick.check()
        page.get_by_role("button", name="Copy my answers as text").tap()
        title = page.locator("h1").inner_text()
        shown = page.locator("[data-text]").inner_text().splitlines()
        assert shown[0] == title
        heard = {element.get_attribute("aria-label") for element in (text, tick)}
        assert set(shown[1:]) == {f"{text.get_attribute('aria-label')}: مرحبا 😀", tick.get_attribute("aria-label")}
        assert len(heard) == 2


def test_without_script_it_is_a_page_to_write_on(browser: Browser, every_block: Path) -> None:
    with phone(browser, script=False) as page:
        page.goto(every_block.as_uri())
        expect(page.get_by_text("To keep what you wrote, print the page")).to_be_visible()
        expect(page.get_by_role("button")).to_have_count(0)
        page.locator("textarea.field").first.fill("still")


def test_no_other_script_runs(browser: Browser, every_block: Path, tmp_path: Path) -> None:
    page_of_others = tmp_path / "changed.html"
    evil = b"<img src=x onerror=\"document.title='ran'\"><script>document.title='ran'</script></body>"
    page_of_others.write_bytes(every_block.read_bytes().replace(b"</body>", evil))
    context = browser.new_context()
    page = context.new_page()
    page.goto(page_of_others.as_uri())
    page.locator("html.scripted").wait_for()  # ours did
    assert page.title() != "ran"
    context.close()


def test_the_policy_lets_the_one_script_run(every_block: Path) -> None:
    root = parsed(every_block.read_bytes())
    (script,) = root.iter("script")
    digest = base64.b64encode(hashlib.sha256(page_script().encode()).digest()).decode()
    policy = next(str(meta.get("content")) for meta in root.iter("meta") if meta.get("http-equiv"))
    assert script.text == page_script()
    assert policy.endswith(f"; script-src 'sha256-{digest}'")


def test_every_language_has_the_buttons(browser: Browser, translated: Path, tmp_path: Path) -> None:
    with phone(browser) as page:
        page.goto(translated.as_uri())
        buttons = page.get_by_role("button").all_inner_texts()
        assert len(buttons) == 3
        assert not any(word in " ".join(buttons) for word in ("Save", "Keep", "Copy"))
        said = fill_all(page)
        path = save(page, tmp_path)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run().then((told) => told.violations.map((one) => one.id + one.nodes[0].html))")
        assert found == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    found = read_all([path], Library(Workspace(ROOT)), ReadOptions())
    assert {f"{row.handout}.{row.block}.{row.field}": row.value for row in found.rows} == {
        name: value for name, (value, _) in said.items()
    }


def test_a_phone_shows_of_which_time_a_measure_asks(browser: Browser, every_block: Path) -> None:
    with phone(browser) as page:
        page.goto(every_block.as_uri())
        period = page.locator(".measure thead th.statement").bounding_box()
        answers = page.locator(
            ".measure thead .statement ~ th"
        ).first.bounding_box()  # each answer has its words beside it
    assert period
    assert answers
    assert (period["height"] > 12, period["width"] > 100, answers["width"]) == (True, True, 1)
