"""What a theme of somebody's own may rely on stays as it is, or a test says what changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.errors import ContentError
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.document import FORMATS
from handoutkit.own_themes.contract import PAIRS, VARIABLES, classes_given, selected_in, theme_contract
from handoutkit.render.colour.oklch import contrast
from handoutkit.render.colour.palette import Palette
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.templating.document_html import document_to_html, palette_of
from handoutkit.render.templating.jinja_environment import environment
from handoutkit.render.theme import Theme
from tests.conftest import Run, Tree
from tests.support.golden import compare_text
from tests.support.samples import FILES

SETTINGS = "title: Ours\ndescription: As we like it.\nextends: base\n"
PLACES = [line.rpartition(": ")[2] for line in theme_contract().places if line.startswith("handout.html")]
Page = Callable[[Mapping[str, str]], str]


@pytest.fixture
def page(tree: Tree) -> Page:
    """The HTML of a small page in a theme of these files."""

    def fill(files: Mapping[str, str]) -> str:
        theme = {f"templates/ours/{name}": text for name, text in {"theme.yaml": SETTINGS, **files}.items()}
        library = Library(Workspace(tree({**FILES, **theme})))
        options = BuildOptions(layout="booklet", theme="ours", practice="oak-house")
        builder = Builder(library, options, RenderCache(None))
        document = builder.compose(library.handout("small-page"))
        return document_to_html(document, environment(builder.theme, document.locale), builder.theme)

    return fill


def test_the_contract_is_the_one_that_was_promised() -> None:
    """A line that goes breaks themes: keep the name, or list it as deprecated; then write the new right."""
    compare_text("theme-contract.txt", "\n".join(theme_contract().lines()) + "\n")


def test_each_pair_of_colours_has_its_contrast_where_grounds_are_filled(tree: Tree) -> None:
    library = Library(Workspace(tree(FILES)))
    practice = library.practice("oak-house").model
    themes = [Theme.find("base", library.workspace.roots, format) for format in FORMATS if format != "low-ink"]
    assert {role for role, grounds, _ in PAIRS for role in (role, *grounds)} == set(Palette.__dataclass_fields__)
    for colour, second in (("#FFD400", None), ("#7A3B69", "#00A0A0"), ("#101010", "#F0F0F0")):
        ours = practice.model_copy(update={"colour": colour, "second_colour": second})
        for palette in (palette_of(ours, theme, fields=True) for theme in themes):
            for role, grounds, least in PAIRS:
                assert min(contrast(getattr(palette, role), getattr(palette, on)) for on in grounds) >= least, role


def test_a_template_is_given_every_variable(page: Page) -> None:
    read = "".join(f"<i>{name}={{{{ {name} is defined }}}}</i>" for name in VARIABLES)
    html = page({"blocks/prose.html": read})
    assert [name for name in VARIABLES if f"<i>{name}=True</i>" not in html] == []


@pytest.mark.parametrize("place", PLACES)
def test_each_place_of_a_handout_takes_what_a_theme_puts_there(place: str, page: Page) -> None:
    words = "marked-here" if place == "body_class" else "<p>marked-here</p>"
    text = f'{{% extends "shipped/handout.html" %}}{{% block {place} %}}{words}{{% endblock %}}'
    assert "marked-here" in page({"handout.html": text})


def test_a_theme_for_a_later_contract_is_told_so(tree: Tree, run: Run) -> None:
    folder = tree({**FILES, "templates/ours/theme.yaml": SETTINGS + "contract: 2\n"})
    ran = run("-C", str(folder), "theme", "show", "ours")
    assert ran.exit_code == ContentError.exit_code
    assert "theme.yaml:4:11" in ran.stderr


def test_classes_are_read_out_of_templates_and_stylesheets() -> None:
    assert classes_given('<p class="a{% if x %} b{% else %} c{% endif %} d-{{ e }}">') == {"a", "b", "c", "d-*"}
    assert selected_in('/* .no */ .a:has(.b) > p { width: .5em; background: url("x.svg") } @media print { .c {} }') == [
        *"abc"
    ]
