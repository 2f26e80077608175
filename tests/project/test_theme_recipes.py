"""The recipes for themes are whole themes: each builds, is accessible, and does what the guide says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.render.render_cache import RenderCache
from scripts import make_theme_recipes as recipes
from tests.support.browser_app import AXE
from tests.support.pdf_reading import failures, opened, tags, text
from tests.support.samples import FILES

PRACTICE = FILES["practices/oak-house.yaml"].replace(
    "  phone: 0117 496 0123\n",
    "  phone: 0117 496 0123\n  web: https://oakhouse.example\n"
    "  hours: Monday, 9 a.m. to 6 p.m.; Saturday, 9 a.m. to noon\n",
)
ARABIC_HOURS = PRACTICE.replace("id: oak-house", "id: nile-house").replace(
    "Monday, 9 a.m. to 6 p.m.; Saturday, 9 a.m. to noon", "الاثنين، 9 صباحًا إلى 6 مساءً؛ السبت، 9 صباحًا إلى 12"
)
MANY_HOURS = PRACTICE.replace("id: oak-house", "id: elm-house").replace(
    "Monday, 9 a.m. to 6 p.m.; Saturday, 9 a.m. to noon",
    "Monday, Wednesday, 9 to 5; Friday, 9 to noon, 2 to 5; Sunday, closed",
)
PRACTICES = {
    "practices/oak-house.yaml": PRACTICE,
    "practices/nile-house.yaml": ARABIC_HOURS,
    "practices/elm-house.yaml": MANY_HOURS,
}
Built = Callable[..., bytes]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The PDF of a small page in the theme of a recipe."""
    folder = tmp_path_factory.mktemp("recipes")
    for name, words in {**FILES, **PRACTICES}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(words, encoding="utf-8")
    library = Library(recipes.workspace_with_recipes(Path(folder)))

    def build(name: str, **choices: Any) -> bytes:
        options = BuildOptions(**{"theme": name, "practice": "oak-house", "layout": "booklet", **choices})
        return Builder(library, options, RenderCache(None)).render(["small-page"]).finished[0].files[0].data

    return build


SCREEN_FAULTS = """axe.run().then(({ violations, incomplete }) => [
  ...violations.map(({ id, nodes }) => [id, nodes[0].html]),
  ...incomplete.flatMap(({ nodes }) => nodes).filter(({ any }) => any[0]?.data?.messageKey === "equalRatio")
    .map(({ html }) => ["words in the colour of their ground", html]),
])"""
"""What axe-core finds; words in the very colour of their ground are no fault to it, but a thing to look at."""
SMALLEST, LARGEST = 60, 220
"""Pixels that a picture in words of a page for screens is wide: large enough for a phone's camera, and no poster."""


SAYS = {
    "logo-right": "Care that keeps you whole",
    "hours-table": "Saturday 9 a.m. to noon",
    "license-foot": "0117 496 0123",
    "letterhead": "0117 496 0123 · oakhouse.example",
}


@pytest.mark.parametrize("name", recipes.NAMES)
def test_a_recipe_builds_and_is_accessible(name: str, built: Built) -> None:
    pdf = built(name)
    assert failures(pdf) == []
    assert SAYS.get(name, "") in " ".join(text(pdf).split())
    kinds = [tag.name for tag in tags(opened(pdf))]
    assert ("/Figure" in kinds) == (name == "qr-contact")
    assert ("/TH" in kinds) == (name == "hours-table")


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("second-accent", "low-ink"),
        ("own-bullets", "low-ink"),
        ("license-foot", "large-print"),
        ("magazine", "large-print"),
        ("magazine", "dyslexia-friendly"),
        ("letterhead", "dyslexia-friendly"),
    ],
)
def test_a_recipe_holds_in_another_format(name: str, format: str, built: Built) -> None:
    """What every build measures (contrast, sizes, fills, nothing lost) would raise."""
    assert failures(built(name, format=format)) == []


@pytest.mark.parametrize("name", recipes.NAMES)
def test_a_recipe_can_be_read_on_a_screen(name: str, built: Built, browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(built(name, to=("html",)))
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for wide in (1000, 390):
        page.set_viewport_size({"width": wide, "height": 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate(SCREEN_FAULTS) == []
        pictures = page.locator(".next-step img").evaluate_all("(all) => all.map((one) => one.clientWidth)")
        assert all(SMALLEST < width < LARGEST for width in pictures)
    page.close()


def test_hours_are_divided_where_the_days_end_and_not_between_two_days(built: Built) -> None:
    words = " ".join(text(built("hours-table", practice="elm-house")).split())
    assert "Monday, Wednesday 9 to 5 Friday 9 to noon, 2 to 5 Sunday closed" in words


def test_hours_with_the_commas_of_arabic_are_rows_too(built: Built) -> None:
    kinds = [tag.name for tag in tags(opened(built("hours-table", practice="nile-house")))]
    assert (kinds.count("/TH"), kinds.count("/TD")) == (2, 2)


def test_the_guide_is_up_to_date() -> None:
    assert recipes.PAGE.read_text(encoding="utf-8") == recipes.page_text(), "run `make docs`"
    for name in recipes.NAMES:
        with Image.open(recipes.RECIPES / f"{name}.png") as picture:
            assert picture.width > 2 * recipes.WIDTH
        assert (recipes.RECIPES / f"{name}.png").stat().st_size < 60_000
