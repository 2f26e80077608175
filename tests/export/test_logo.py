"""A practice's logo: beside its name or in its place, for paper and for dark grounds, and what is told of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PIL import Image

from tests.conftest import Run, Tree
from tests.support.samples import FILES, PRACTICE

MARK = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><rect width="90" height="30" fill="{}"/></svg>'
MASTHEAD = re.compile(r'<header class="masthead">.*?</header>', re.DOTALL)


Masthead = Callable[..., tuple[str, str]]


@pytest.fixture
def masthead(tree: Tree, run: Run) -> Masthead:
    """Builds a page for the screen with a logo; gives the top of the page and what was told."""

    def built(logo: str, *options: str, mark: str = "#17635A") -> tuple[str, str]:
        files = {"practices/mark.svg": MARK.format(mark), "practices/light.svg": MARK.format("#ffffff")}
        folder = tree({**FILES, "practices/oak-house.yaml": f"{PRACTICE}logo: {{file: mark.svg, {logo}}}\n", **files})
        on_white = Image.new("RGB", (40, 20), "white")
        on_white.paste((0, 90, 80), (5, 5, 30, 15))
        on_white.save(folder / "practices/box.png")
        ran = run("build", "small-page", "--to", "html", *options, cwd=folder)
        assert ran.exit_code == 0, ran.stderr
        (page,) = (folder / "output/oak-house").glob("*.html")
        found = MASTHEAD.search(page.read_text(encoding="utf-8"))
        assert found
        page.unlink()
        return found[0], ran.stderr

    return built


def test_a_mark_stands_beside_the_name_and_a_wordmark_in_its_place(masthead: Masthead) -> None:
    beside, told = masthead("text: An oak")
    assert ('alt="An oak"' in beside, '<p class="practice">Oak House</p>' in beside, told) == (True, True, "")
    alone, told = masthead("text: Oak House, replaces_name: true")
    assert ('alt="Oak House"' in alone, 'class="practice"' in alone, told) == (True, False, "")
    paper, _ = masthead("text: Oak House, replaces_name: true", "--format", "low-ink")
    assert ("<img" in paper, '<p class="practice">Oak House</p>' in paper) == (False, True)


def test_a_screen_that_is_dark_shows_the_light_version(masthead: Masthead) -> None:
    both, told = masthead("text: An oak, light: light.svg, height: 14")
    assert re.search(r'<source media="[^"]*dark\)" srcset="data:image/svg', both)
    assert "--logo-height: 14.0mm" in both
    assert told == "", "a version for dark grounds may be white"
    plain, _ = masthead("text: An oak")
    assert ("<source" in plain, "logo-on-white" in plain) == (False, True)


def test_what_will_not_look_as_it_is_meant_is_a_warning(masthead: Masthead) -> None:
    _, told = masthead("text: An oak", mark="#FFFFFF")
    assert "warning[picture-white] logo.file" in told
    _, told = masthead("text: An oak, light: box.png")
    assert "warning[picture-white-ground] logo.light" in told
    _, told = masthead("text: oak house")
    assert "warning[name-twice] logo.text" in told
    assert "replaces_name: true" in told
