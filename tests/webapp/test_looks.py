"""How the app looks where colours are forced, in the dark and on narrow screens: what axe-core does not measure."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.support.browser_app import HANDOUT, NARROW, Opened, Served


def _colour(page: Page, selector: str, of: str = "backgroundColor") -> str:
    return str(page.locator(selector).first.evaluate(f"(one) => getComputedStyle(one).{of}"))


def test_in_forced_colours_what_to_do_first_and_what_cannot_be_done_are_told_apart(opened: Opened) -> None:
    page = opened(f"/edit/handout/{HANDOUT}")
    page.emulate_media(forced_colors="active", color_scheme="dark")
    assert _colour(page, "#save") != _colour(page, ".side, .form")
    assert _colour(page, "#save") != _colour(page, "#save", "color")
    undo, strong = ".undoing [aria-disabled=true]", "[data-mark]"
    assert _colour(page, undo, "color") != _colour(page, strong, "color")


def test_in_forced_colours_the_samples_of_a_colour_keep_theirs(opened: Opened) -> None:
    page = opened("/practice")
    page.emulate_media(forced_colors="active", color_scheme="dark")
    page.locator(".sample").first.wait_for()
    assert (
        len(
            set(
                page.locator(".sample").evaluate_all("(all) => all.map((one) => getComputedStyle(one).backgroundColor)")
            )
        )
        > 1
    )


def test_a_page_that_waits_for_its_picture_is_not_white_in_the_dark(opened: Opened, app: Served) -> None:
    page = opened("/framings", dark=True)
    page.route("**/thumbnail/**", lambda one: one.fulfill(status=204))
    page.goto(app.origin + "/packets")
    assert _colour(page, ".card .sheet") == _colour(page, ".top")


def test_who_is_not_let_in_has_a_page_for_the_dark_as_well(browser: Browser, app: Served) -> None:
    context = browser.new_context(color_scheme="dark", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(app.origin)
    expect(page.get_by_role("heading", name="This page opens from")).to_be_visible()
    assert _colour(page, "body") == "rgb(15, 26, 28)"
    assert page.locator("h1").evaluate("(one) => one.getBoundingClientRect().left") >= 16
    context.close()


def test_on_a_narrow_screen_the_name_of_a_block_stands_beside_its_arrow(opened: Opened) -> None:
    page = opened(f"/edit/handout/{HANDOUT}", size=NARROW)
    lefts = page.locator(".block > .fold > summary").evaluate_all(
        """(all) => all.flatMap((one) => [...one.querySelectorAll(".item-kind, .item-title")].flatMap(
          (part) => [...part.getClientRects()].map((line) => line.left - one.getBoundingClientRect().left)))"""
    )
    assert min(lefts) >= 38


def test_what_is_said_is_as_wide_as_its_words(opened: Opened) -> None:
    page = opened("/framings", size=NARROW)
    page.evaluate("import('/static/common.js').then(({ say }) => say('The command is copied.'))")
    expect(page.locator("#said")).to_have_text("The command is copied.")
    assert page.locator("#said").evaluate("(one) => one.getBoundingClientRect().height") < 60


def test_the_page_of_a_new_handout_begins_at_its_head(opened: Opened) -> None:
    page = opened("/framings")
    page.route("**/thumbnail/**", lambda one: one.fulfill(status=204))
    page.goto(page.url.replace("/framings", "/new?from=thought-record"))
    page.locator("html.ready").wait_for()
    expect(page.locator("#template-title")).to_have_value("Thought record")
    assert page.evaluate("scrollY") == 0
    card, shelf = (page.locator(one).bounding_box() for one in (".choice:has(:checked)", ".shelf-pictures"))
    assert card
    assert shelf
    assert shelf["y"] <= card["y"]
    assert card["y"] + card["height"] <= shelf["y"] + shelf["height"] + 1  # scrolled by whole pixels


def test_on_a_narrow_screen_the_button_that_saves_stays_at_the_bottom_beside_words_and_pages(opened: Opened) -> None:
    page = opened(f"/edit/handout/{HANDOUT}", size=NARROW)
    page.emulate_media(color_scheme="dark")
    for view in ("Words", "Pages"):
        seen = page.get_by_role("button", name=view, exact=True)
        seen.click()
        page.locator("img.page").first.wait_for(state="attached")
        bar = page.locator(".savebar").bounding_box()
        assert bar
        assert bar["y"] + bar["height"] > NARROW["height"] - 3
        luminance = [
            sum(int(part) for part in _colour(page, one).removeprefix("rgb(").rstrip(")").split(","))
            for one in (f"[data-see={view.lower()}]", ".views")
        ]
        assert luminance[0] > luminance[1] + 40, "what is chosen is raised in the dark as well"
